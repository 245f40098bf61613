"""How an official report words numbers: level, target, change, who leads and who lags. Plain text, no markup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from queries.judging import reached
from ui import formats

Row = Mapping[str, Any]
NAMED = 3
"""How many units are named at either end."""
KINDS = {"xa": "Khối xã", "phuong": "Khối phường", "dac_khu": "Khối đặc khu", "co_quan": "Khối cơ quan"}
MET, MISSED = ("good",), ("watch", "bad")


def result(row: Row, year_before: object, owed: int, then: str) -> str:
    """One indicator in a sentence: value with n/N, how many units have it, changes, target; `then` names the period
    before ("tháng trước").
    """
    name = str(row["name"])
    if formats.is_missing(row["value"]):
        return f"{name}: chưa có số liệu."
    clauses = [clause for clause in changes(row, year_before, then) if clause]
    moved = f"; {', '.join(clauses)}" if clauses else ""
    return f"{name}{verb(row)} {value(row)} ({made_of(row, owed)}){moved}{judged(row)}."


def result_of_unit(row: Row, then: str, kind: str) -> str:
    """One indicator of one unit in a sentence, with its place among the units of its kind."""
    if formats.is_missing(row["value"]):
        return f"{row['name']}: chưa có số liệu."
    counted = "" if formats.is_missing(row["denominator"]) else f" ({ratio(row)})"
    moved = changed(row["value"], row["before"], row["unit"], then)
    place = "" if formats.is_missing(row["place"]) else f"; xếp thứ {formats.of(row['place'], row['peers'])} {kind}"
    return f"{row['name']}{verb(row)} {value(row)}{counted}{'; ' if moved else ''}{moved}{judged(row)}{place.rstrip()}."


def verb(row: Row) -> str:
    """A rate that should rise is reached, another is; a count stands behind a colon."""
    if row["unit"] != formats.PERCENT:
        return ":"
    return " đạt" if row["direction"] == "up" else " là"


def value(row: Row) -> str:
    """The value with its unit: "79,4%", "1.234 tin, bài"."""
    written = formats.amount(row["value"], row["unit"])
    return written if row["unit"] == formats.PERCENT else f"{written} {row['unit']}"


def made_of(row: Row, owed: int) -> str:
    """ "1.234/1.554; 109/115 đơn vị có số liệu"."""
    units = f"{formats.of(row['units'], owed)} đơn vị có số liệu"
    return units if formats.is_missing(row["denominator"]) else f"{ratio(row)}; {units}"


def ratio(row: Row) -> str:
    """Numerator and denominator: "1.234/1.554"."""
    return formats.of(row["numerator"], row["denominator"])


def changes(row: Row, year_before: object, then: str) -> list[str]:
    """Against the period before and the same period of last year; nothing where there is nothing to compare with."""
    return [
        changed(row["value"], row["before"], row["unit"], then),
        changed(row["value"], year_before, row["unit"], "cùng kỳ năm trước"),
    ]


def changed(now: object, was: object, unit: object, than: str) -> str:
    """ "tăng 1,2 điểm phần trăm so với tháng trước"; "không thay đổi so với …" where it rounds to nothing."""
    if formats.is_missing(now) or formats.is_missing(was):
        return ""
    share = unit == formats.PERCENT
    difference = round(float(now) - float(was), 1)  # type: ignore[arg-type]
    if not difference:
        return f"không thay đổi so với {than}"
    size = formats.number(abs(difference), 1 if share or not difference.is_integer() else 0)
    return f"{'tăng' if difference > 0 else 'giảm'} {size} {'điểm phần trăm' if share else unit} so với {than}"


def judged(row: Row) -> str:
    """ "; đạt mục tiêu ≥ 90%", "; chưa đạt mục tiêu ≥ 90%"; a line of later years is named, not judged."""
    if not formats.is_missing(row["target"]):
        aim = f"mục tiêu {compared(row['operator'], row['target'], row['unit'])}"
        if row["level"] in MET or (row["level"] in MISSED and reached(row)):
            return f"; đạt {aim}"
        return f"; chưa đạt {aim}" if row["level"] in MISSED else f"; {aim}"
    if not formats.is_missing(row["line"]):
        return f"; mục tiêu {row['line_due']}: {compared(row['line_operator'], row['line'], row['unit'])}"
    return ""


def compared(sign: object, target: object, unit: object) -> str:
    """ "≥ 90%"; all of something is simply "100%"."""
    written = {">=": "≥\N{NO-BREAK SPACE}", "<=": "≤\N{NO-BREAK SPACE}", "=": ""}.get(
        str(sign), f"{sign}\N{NO-BREAK SPACE}"
    )
    everything = unit == formats.PERCENT and target == 100
    return f"{'' if everything else written}{formats.amount_short(target, unit)}"


def moment(at: dt.datetime) -> str:
    """ "23 giờ 59 phút ngày 20/11/2026", as letters write it."""
    return f"{at.hour:02d} giờ {at.minute:02d} phút ngày {formats.date(at)}"


def ends(rates: pd.DataFrame, about: str) -> list[str]:
    """For each kind of unit who leads and who lags in a rate, equal values together; `about` says in what. Takes one
    indicator of `rates_of_units`.
    """
    said = []
    for kind, words in KINDS.items():
        placed = rates[(rates["kind"] == kind) & rates["place"].notna()]
        if len(placed) > 2 * NAMED:
            said.append(f"{words}: {about} {end(placed, 'cao nhất', 1)}; {end(placed, 'thấp nhất', -1)}.")
    return said


def end(placed: pd.DataFrame, what: str, first: int) -> str:
    """ "cao nhất là xã A (95,0%), xã B (94,2%)"; many that share the place are counted, not named."""
    ordered = placed.sort_values("place", ascending=first > 0, kind="stable")
    alike = ordered[ordered["place"] == ordered["place"].iloc[0]]
    if len(alike) > NAMED:
        return f"{what} là {formats.share(alike['value'].iloc[0])} ở {formats.of(len(alike), len(placed))} đơn vị"
    return f"{what} là {named(ordered.head(NAMED))}"


def named(some: pd.DataFrame) -> str:
    """Units with their rates."""
    rows = zip(some["unit"], some["value"], strict=True)
    return ", ".join(f"{formats.unit_inside(str(name))} ({formats.share(one)})" for name, one in rows)


def listed(names: Sequence[str], most: int = 3) -> str:
    """ "xã A, xã B, xã C và 12 đơn vị khác"; one more is named too."""
    shown = [formats.unit_inside(name) for name in names[: most if len(names) > most + 1 else most + 1]]
    rest = len(names) - len(shown)
    return f"{', '.join(shown)} và {formats.number(rest)} đơn vị khác" if rest else ", ".join(shown)
