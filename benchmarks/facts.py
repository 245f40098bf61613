"""A warehouse of any size, its facts made directly in the tables: what questions and pages are measured on.

    python -m benchmarks.facts /tmp/city --units 114 --months 12

makes a data folder with one published snapshot. Units beyond the catalogue's communes get numbers for names. Every
value comes from a hash of unit, period and item, so the same sizes give the same warehouse. What is derived is worked
out by the same statements as after a load, and lies in the order in which loads month by month leave it.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb

from etl import warehouse
from etl.catalogue import Catalogue, load_catalogue, unit_of
from etl.refresh import refresh_all
from etl.store import store_catalogue
from tests.folders import writing

SIZES = {"1,368 reports": (114, 12), "50,000 reports": (834, 60), "199,260 reports": (3_321, 60)}
LAST_MONTH = dt.date(2026, 11, 1)
TODAY = dt.date(2026, 11, 21)

CHANCE = "create or replace temp macro chance(a, b, c) as hash(a, b, c) % 10000 / 10000.0"

# Which unit reported which month, and when: 3% never, 1.5% only a file that was sent back, 7% late.
SUBMISSIONS = """
insert into submission by name
select row_number() over (order by p.date_to, u.unit_code) as submission_id, u.unit_code, p.period, 1 as version,
    'NQ57-HP-1' as form_id,
    case when chance(u.unit_code, p.period, 'returned') < 0.015 then 'returned' else 'accepted' end as status,
    'bao-cao-' || u.unit_code || '-' || p.period || '.xlsx' as file_name,
    sha256(u.unit_code || p.period) as file_sha256,
    least(p.due_at + to_hours(case when chance(u.unit_code, p.period, 'late') < 0.07
        then 10 + (200 * chance(u.unit_code, p.period, 'h'))::integer
        else -(120 * chance(u.unit_code, p.period, 'h'))::integer end), $now) as received_at,
    received_at as loaded_at, 'benchmark' as loaded_by, 'ND09' as convention,
    case when chance(u.unit_code, p.period, 'nothing') < 0.004 then '*' end as nothing_in,
    120 as cells_required, 112 + (8 * chance(u.unit_code, p.period, 'cells'))::integer as cells_filled,
    case when status = 'returned' then 3 else 0 end as errors, 1 as explains, 0 as notes,
    chance(u.unit_code, 'plan', 0) < 0.9 as has_plan, true as demo
from unit u
join duty d on d.unit_code = u.unit_code and d.period_kind = 'month'
join period p on p.kind = 'month' and p.date_to >= d.valid_from
where p.period between $first and $last and chance(u.unit_code, p.period, 'missing') >= 0.03
"""

# What the journal tells of each: received, and what became of it.
EVENTS = """
insert into event by name
select s.received_at as "at", 'Người tổng hợp ' || s.submission_id % 5 as actor, a.action,
    case a.action when 'received' then s.file_name else concat_ws(' ', s.form_id, s.unit_code, s.period, 'v1') end
        as subject,
    '' as reason, s.file_sha256 as detail, '' as before, case a.action when 'received' then '' else 'v1' end as after,
    s.unit_code, s.period, s.form_id,
    row_number() over (order by s.received_at, s.unit_code, a.action = 'received' desc) as line
from submission s, (values ('received'), (s.status)) a(action)
order by line
"""

# One row a report: how big the unit is, how far the year has come.
REPORTS = """
create or replace temp table made as
select s.submission_id, s.unit_code, s.period, 0.4 + 1.8 * chance(s.unit_code, 'size', 0) as size,
    date_diff('month', $day, p.date_to) / $months::double as progress, chance(s.unit_code, 'skill', 0) as skill
from submission s join period p using (period)
where s.status = 'accepted' and s.nothing_in is null
"""

PRODUCTS = """
insert into observation
select m.submission_id, '2_TUYEN_TRUYEN', c.channel_code, null, 'products',
    case when chance(m.unit_code, c.parent_code, 1) < 0.06 and chance(m.unit_code, m.period, c.parent_code) < 0.8 then 0
         else floor(greatest(0, 14 * m.size * chance(m.unit_code, m.period, c.channel_code) - 3)) end, 'D' || c.place
from made m, (
    select channel_code, parent_code, 3 + row_number() over (order by channel_code) as place
    from channel where parent_code <> '' and valid_to is null and parent_code not in ('K99')) c
where not (c.parent_code = 'K07' and chance(m.unit_code, 'screen', 0) < 0.4)
"""

THEMES = """
insert into observation
select o.submission_id, o.sheet, o.item_code, t.theme, 'products_by_theme',
    floor(o.value * [0.25, 0.3, 0.15, 0.12, 0.15][t.place] * (0.5 + chance(o.submission_id, o.item_code, t.theme))),
    t.letter || substr(o.cell, 2)
from observation o,
    (values ('T1', 1, 'E'), ('T2', 2, 'F'), ('T3', 3, 'G'), ('T4', 4, 'H'), ('T5', 5, 'I')) t(theme, place, letter)
where o.measure = 'products' and o.value > 0 and o.item_code in ('K0101', 'K0201', 'K0301', 'K0402', 'K0801')
"""

REACH = """
insert into observation
select submission_id, sheet, item_code, null, 'reach',
    floor(value * (80 + 900 * chance(submission_id, item_code, 'reach'))), 'N' || substr(cell, 2)
from observation where measure = 'products' and item_code[:3] in ('K02', 'K03', 'K04')
"""

SERVICES = """
insert into observation
with day as (
    select submission_id, floor(60 + 420 * size * (0.7 + 0.6 * chance(unit_code, period, 'dvc')))
            * case when chance(unit_code, 'tiny', 0) < 0.03 then 0.012 else 1 end as n,
        least(0.97, 0.42 + 0.3 * skill + 0.18 * progress + 0.06 * chance(unit_code, period, 'on')) as rate
    from made
),
written as (
    select submission_id, floor(n) as recv_total, floor(n * rate) as recv_online, floor(n * rate * 0.62) as recv_full,
        floor(n) - floor(n * rate) - floor(n * 0.01) as recv_direct, floor(n * 0.01) as recv_post,
        floor(n * 0.1) as carried_in, floor(n * 0.95) as done_total, floor(n * 0.5) as done_early,
        floor(n * 0.95) - floor(n * 0.5) - floor(n * 0.02) as done_ontime,
        floor(n * 0.02) as done_late, floor(n * 0.15) as open_total, floor(n * 0.14) as open_intime,
        floor(n * 0.15) - floor(n * 0.14) as open_late, 0.0 as withdrawn, floor(n * 0.55) as fee_total,
        floor(n * 0.55 * rate * 0.9) as fee_online, floor(n * rate * 0.95) as digitised,
        floor(n * rate * 0.6) as reused,
        floor(n * 0.95 * rate) as e_result, 385.0 as procs_total, 328.0 as procs_online, 210.0 as procs_full,
        floor(328 * rate * 0.6) as procs_used, floor(n * 0.2) as ratings, floor(n * 0.2 * 0.93) as ratings_good
    from day
)
select submission_id, '5_DVC', 'TONG', null, measure, value, 'C5'
from (unpivot written on columns(* exclude submission_id) into name measure value value)
"""

SKILLS = """
insert into observation
select m.submission_id, '6_KY_NANG_SO', k.item_code, null, g.measure,
    floor(case g.measure when 'base' then 8000 * m.size
        when 'cumulative' then 8000 * m.size * least(0.98, 0.2 + 0.4 * m.skill + 0.3 * m.progress)
        else 120 * m.size * chance(m.unit_code, m.period, k.item_code) end), g.letter || k.place
from made m, (select item_code, 3 + row_number() over (order by item_code) as place from skill) k,
    (values ('base', 'D'), ('in_period', 'E'), ('cumulative', 'F')) g(measure, letter)
where case g.measure when 'in_period' then k.place > 13 when 'base' then k.place < 7 else k.place <= 13 end
"""

COVER = """
insert into observation
with written as (
    select submission_id, floor(16000 * size) as population, floor(11000 * size) as adults,
        floor(4300 * size) as households,
        floor(10 + 20 * size) as villages, floor(30 + 60 * size) as civil_servants, floor(60 * size) as enterprises,
        (chance(unit_code, 'screen', 0) >= 0.4)::integer::double as has_screen, 1.0 as has_portal_column
    from made
)
select submission_id, '1_THONG_TIN', '', null, measure, value, 'B20'
from (unpivot written on columns(* exclude submission_id) into name measure value value)
"""

AUDIENCES = """
insert into observation
select m.submission_id, '3_DOI_TUONG', a.code, null, g.measure,
    floor(g.most * m.size * chance(m.unit_code, m.period, a.code || g.measure)), g.letter || a.place
from made m, (values ('A01', 4), ('A03', 5), ('A05', 6), ('A06', 7)) a(code, place),
    (values ('sessions', 'D', 6), ('attendances', 'E', 400)) g(measure, letter, most)
"""

TASKS = """
insert into task by name
with given as (
    select m.submission_id, m.unit_code, m.period, m.skill, p.date_to, p.date_to.year() as year, n,
        case when n % 5 > 0
             then make_date(year, 1, 1) + (20 + 330 * chance(m.unit_code, n, 'due'))::integer end as due_date,
        due_date + (120 * chance(m.unit_code, n, 'late') * (1.1 - 0.6 * m.skill) - 85)::integer as finished
    from made m join period p on p.period = m.period, range(1, 11) t(n)
)
select submission_id, unit_code || '-' || year || '-' || lpad(n::text, 3, '0') as task_id,
    (1 + n % 7)::text as task_group, 'Nhiệm vụ số ' || n as title, 'KH NQ57 ' || year as source_doc,
    ['U01', 'U02', 'U03', 'U05', 'U09', 'U07', 'U04'][1 + (hash(unit_code, n) % 7)::integer] as lead_role,
    case when chance(unit_code, n, 'who') < 0.85 then 'Trưởng phòng' end as responsible,
    case when n % 5 = 0 then 'THUONG_XUYEN' else 'MOT_LAN' end as kind, make_date(year, 1, 5) as start_date, due_date,
    case when chance(unit_code, n, 'product') < 0.9 then 'Báo cáo kết quả' end as product,
    case when n % 5 = 0 and chance(unit_code, period, n) < 0.95 or finished <= date_to then 'HOAN_THANH'
         when chance(unit_code, n, 'stop') < 0.02 then 'TAM_DUNG' else 'DANG_THUC_HIEN' end as status,
    case when status = 'HOAN_THANH' then 100 else floor(90 * chance(unit_code, period, n)) end as progress,
    case when status = 'HOAN_THANH' then coalesce(finished, date_to - 1) end as done_date,
    case when status = 'HOAN_THANH' and chance(unit_code, n, 'proof') < 0.8 then '12/BC-UBND' end as evidence,
    case when status <> 'HOAN_THANH' and chance(unit_code, n, 'stuck') < 0.3
         then 'Chưa bố trí kinh phí' end as obstacle,
    'C' || (3 + n) as cell
from given
"""

FACTS = (SUBMISSIONS, EVENTS, REPORTS, PRODUCTS, THEMES, REACH, SERVICES, SKILLS, COVER, AUDIENCES, TASKS)


def sized(units: int, months: int) -> Catalogue:
    """The project's catalogue with so many communes, their duties old enough for so many months; it bears a mark of
    its own, so that what is remembered of one size is not told of another.
    """
    catalogue = load_catalogue(warehouse.catalogue_dir())
    first = months_before(LAST_MONTH, months - 1)
    rows = [dict(row) for row in catalogue.tables["units"]]
    communes = [row for row in rows if row["kind"] in ("xa", "phuong", "dac_khu")]
    made = [made_unit(rows[0], number) for number in range(1, units - len(communes) + 1)]
    kept = [*communes[:units], *made]
    for row in kept:
        row["valid_from"] = (first - dt.timedelta(days=60)).isoformat()
    tables = {
        **catalogue.tables,
        "units": kept,
        "duties": [{**row, "valid_from": "2000-01-01"} for row in catalogue.tables["duties"]],
        "calendar": [{**row, "first": "2000"} for row in catalogue.tables["calendar"]],
    }
    mark = hashlib.sha256(f"{catalogue.sha256} {units} {months}".encode()).hexdigest()
    return dataclasses.replace(catalogue, tables=tables, units=tuple(unit_of(row) for row in kept), sha256=mark)


def made_unit(like: Mapping[str, str], number: int) -> dict[str, str]:
    """A commune that there is not."""
    return {
        **like, "unit_code": f"X{number:04}", "name": f"Số {number}", "full_name": f"Xã số {number}", "kind": "xa",
        "old_district": f"Khu vực {number % 40 + 1}", "aliases": "", "valid_to": "",
    }  # fmt: skip


def months_before(month: dt.date, count: int) -> dt.date:
    """The first day of the month so many months before."""
    years, index = divmod(month.year * 12 + month.month - 1 - count, 12)
    return dt.date(years, index + 1, 1)


def fill(con: duckdb.DuckDBPyConnection, catalogue: Catalogue, months: int) -> None:
    """Catalogue, facts and all that follows from them, in an empty warehouse."""
    first = months_before(LAST_MONTH, months - 1)
    given = {
        "now": dt.datetime.combine(TODAY, dt.time(7, 45)),
        "first": first.strftime("%Y-%m"),
        "last": LAST_MONTH.strftime("%Y-%m"),
        "day": first,
        "months": months,
    }
    con.execute("begin")
    con.execute(CHANCE)
    store_catalogue(con, catalogue, TODAY)
    for statement in FACTS:
        con.execute(statement, {name: value for name, value in given.items() if f"${name}" in statement})
    refresh_all(con, TODAY)
    for table in ("current_measure", "current_indicator", "report"):
        con.execute(f"create temp table ordered as select * from {table} order by period, rowid")
        con.execute(f"delete from {table}")
        con.execute(f"insert into {table} select * from ordered")
        con.execute("drop table ordered")
    con.execute("commit")


def make(data: Path, units: int, months: int) -> Path:
    """A data folder with so many units and months; returns its published snapshot."""
    shutil.rmtree(data, ignore_errors=True)
    with writing(data) as con:
        fill(con, sized(units, months), months)
        return data / "published" / warehouse.publish(con, data)


def main() -> None:
    """Make the folder the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--units", type=int, default=114)
    parser.add_argument("--months", type=int, default=12)
    given = parser.parse_args()
    snapshot = make(given.data, given.units, given.months)
    with duckdb.connect(str(snapshot), read_only=True) as con:
        for table in ("submission", "observation", "task", "report", "current_measure", "current_indicator"):
            print(f"{table:20}{con.execute(f'select count(*) from {table}').fetchall()[0][0]:>14,}")


if __name__ == "__main__":
    main()
