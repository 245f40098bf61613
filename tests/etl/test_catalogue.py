"""The catalogue itself: every code well formed, every reference resolved, every rule right about an example."""

from __future__ import annotations

import csv
import re
import string
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from etl.catalogue import load_catalogue
from etl.cells import KAD
from etl.expression import call_of, compile_expression
from etl.faults import FAULTS
from etl.figures import parts
from etl.form import Column, SheetForm
from etl.history import HISTORY_RULES
from etl.locate import column_keys
from etl.spelling import fold, heading_key, without_tones
from etl.store import measure_rows

FOLDER = Path(__file__).parents[2] / "data" / "catalogue"
CATALOGUE = load_catalogue(FOLDER)
TABLES = CATALOGUE.tables
FILES = sorted(FOLDER.rglob("*.csv"))

COMMUNE_KINDS = ("xa", "phuong", "dac_khu")
KINDS = (*COMMUNE_KINDS, "co_quan", "huyen")

# What etl/sql/measures.sql works out from tasks, channels and reports; everything else is a column of a form.
DERIVED = {
    "tasks_total", "tasks_done", "tasks_due", "tasks_on_time", "tasks_overdue", "tasks_late", "days_late",
    "tasks_with_progress", "progress_total", "tasks_five_clear", "tasks_with_evidence", "channel_active",
    "channel_possible", "channel_kept", "channels_active", "channels_planned", "theme_spoken", "themes_covered", "themes_core", "cells_filled_theme",
    "cells_possible_theme", "audiences_covered", "audiences_core", "portal_column_live", "reports_expected",
    "reports_received", "reports_on_time", "reports_accepted", "first_files", "first_files_valid", "report_days_late",
    "skill_base", "cells_required", "cells_filled", "plans_issued", "recv_online_year_before", "units_reporting",
}  # fmt: skip


def codes(table: str, column: str) -> list[str]:
    return [row[column] for row in TABLES[table]]


def split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]


def sheets() -> Iterator[tuple[str, SheetForm]]:
    for form in CATALOGUE.forms:
        for sheet in form.sheets:
            yield form.form_id, sheet


def columns() -> Iterator[tuple[str, SheetForm, Column]]:
    for form_id, sheet in sheets():
        for column in sheet.columns:
            yield form_id, sheet, column


# Files ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_a_file_is_plain_utf8_in_one_form_of_writing(path: Path) -> None:
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert "\r" not in text and "\u00a0" not in text and "\u200b" not in text
    assert unicodedata.normalize("NFC", text) == text
    assert text.endswith("\n")
    header, *rows = csv.reader(text.splitlines())
    assert len(set(header)) == len(header)
    for number, row in enumerate(rows, start=2):
        assert len(row) == len(header), f"line {number}"
        assert all(cell == cell.strip() for cell in row), f"line {number}"


CODES = [
    ("units", "unit_code", r"\d{5}|CQ-[A-Z]+|HU-[A-Z]+"),
    ("roles", "role_code", r"U\d\d"),
    ("channels", "channel_code", r"K\d\d(\d\d)?"),
    ("themes", "theme_code", r"T\d(\d\d)?"),
    ("audiences", "audience_code", r"A\d\d(\d\d)?"),
    ("products", "product_code", r"P\d\d"),
    ("skills", "item_code", r"KN\d\d"),
    ("task_groups", "task_group", r"[1-7]"),
    ("indicators", "indicator", r"(CC|TC|DV|BD|BC|KP)\d\d"),
    ("targets", "target_id", r"TG-[A-Z0-9]+(-[A-Z0-9]+)*"),
    ("rules", "rule_id", r"V\d\d[a-z]?(\.\d)?|B06-\d\d"),
    ("documents", "document", r"00\d"),
    ("settings", "setting", r"[a-z_]+"),
    ("forms", "form_id", r"[A-Z0-9-]+"),
]


@pytest.mark.parametrize(("table", "column", "shape"), CODES)
def test_codes_are_well_formed_and_said_once(table: str, column: str, shape: str) -> None:
    found = codes(table, column)
    assert [code for code in found if not re.fullmatch(shape, code)] == []
    assert [code for code, times in Counter(found).items() if times > 1] == []


def test_names_are_there_wherever_people_will_read_them() -> None:
    for table in (
        "units",
        "roles",
        "channels",
        "themes",
        "audiences",
        "products",
        "skills",
        "task_groups",
        "indicators",
    ):
        assert all(row["name"] for row in TABLES[table]), table


def test_every_class_of_source_is_one_of_five() -> None:
    for table, rows in TABLES.items():
        assert {row["source_class"] for row in rows if "source_class" in row} <= {"A", "B", "C", "D", "P"}, table


# Units ----------------------------------------------------------------------------------------------------------------


def test_there_are_114_communes_and_their_kind_is_that_of_their_full_name() -> None:
    kinds = Counter(unit.kind for unit in CATALOGUE.units)
    assert kinds == {"xa": 67, "phuong": 45, "dac_khu": 2, "co_quan": 1, "huyen": 1}
    words = {"xa": "Xã", "phuong": "Phường", "dac_khu": "Đặc khu", "huyen": "Huyện"}
    for unit in CATALOGUE.units:
        if unit.kind in COMMUNE_KINDS:
            assert unit.full_name == f"{words[unit.kind]} {unit.name}"
            assert re.fullmatch(r"1[01]\d{3}", unit.unit_code)


def test_every_unit_lies_in_the_north_east_of_the_country() -> None:
    for row in TABLES["units"]:
        assert 106 < float(row["x"]) < 108 and 20 < float(row["y"]) < 21.5, row["unit_code"]


def test_no_two_active_units_answer_to_one_name() -> None:
    answering: dict[str, set[str]] = {}
    for unit in CATALOGUE.units:
        if unit.valid_to is None:
            for name in (unit.name, unit.full_name, *unit.aliases):
                answering.setdefault(fold(name), set()).add(unit.unit_code)
    assert {name: those for name, those in answering.items() if len(those) > 1} == {}


def test_one_pair_of_names_differs_by_its_tones_only() -> None:
    bare: dict[str, set[str]] = {}
    for unit in CATALOGUE.units:
        if unit.valid_to is None:
            bare.setdefault(without_tones(unit.name), set()).add(unit.name)
    assert [those for those in bare.values() if len(those) > 1] == [{"Cẩm Giang", "Cẩm Giàng"}]
    assert CATALOGUE.unit("10888").name == "Cẩm Giang"
    assert CATALOGUE.unit("10903").name == "Cẩm Giàng"


def test_the_closed_district_ends_before_the_communes_begin() -> None:
    district = CATALOGUE.unit("HU-CAMGIANG")
    assert district.valid_to is not None
    assert all(district.valid_to < unit.valid_from for unit in CATALOGUE.units if unit.valid_to is None)


# What is measured -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "code"), [("channels", "channel_code"), ("themes", "theme_code"), ("audiences", "audience_code")]
)
def test_a_part_belongs_to_a_group_that_is_there(table: str, code: str) -> None:
    groups = {row[code] for row in TABLES[table] if not row["parent_code"]}
    for row in TABLES[table]:
        if row["parent_code"]:
            assert row["parent_code"] in groups and row[code].startswith(row["parent_code"])


def test_there_are_13_groups_of_channels_and_44_channels() -> None:
    parts = [row["parent_code"] for row in TABLES["channels"]]
    assert (parts.count(""), len(parts) - parts.count("")) == (13, 44)
    assert {row["condition"] for row in TABLES["channels"] if row["channel_code"].startswith("K07")} == {"has_screen"}
    assert {row["condition"] for row in TABLES["channels"] if not row["channel_code"].startswith("K07")} == {""}


def test_the_form_prints_a_row_for_every_group_of_channels_and_none_that_is_closed() -> None:
    sheet = CATALOGUE.form("NQ57-HP-1").sheet("2_TUYEN_TRUYEN")
    printed = [item.code for item in sheet.items]
    assert {code[:3] for code in printed} == {
        row["channel_code"] for row in TABLES["channels"] if not row["parent_code"]
    }
    assert "K99" in printed and "K01" not in printed and "K0203" not in printed
    assert len(printed) == 44


def test_five_themes_are_the_core() -> None:
    assert [row["theme_code"] for row in TABLES["themes"] if row["core"]] == ["T1", "T2", "T3", "T4", "T5"]


def test_a_skill_is_measured_against_a_number_of_the_cover() -> None:
    cover = {column.column_id for column in CATALOGUE.form("NQ57-HP-1").sheet("1_THONG_TIN").columns}
    for row in TABLES["skills"]:
        assert row["base"] in cover | {"", "declared", "KN20"}
        assert row["kind"] in ("stock", "flow")


def test_roles_say_which_units_have_them() -> None:
    for row in TABLES["roles"]:
        assert set(split(row["kinds"])) <= set(KINDS) and row["kinds"], row["role_code"]
        assert bool(row["valid_to"]) == row["role_code"].startswith("U9")


# Duties and obligations -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["obligations", "duties", "tasks"])
def test_what_applies_applies_to_a_kind_or_a_unit(table: str) -> None:
    assert set(codes(table, "applies_to")) <= {*KINDS, *codes("units", "unit_code")}


def obliged(who: str, subject: str) -> set[str]:
    return {row["code"] for row in TABLES["obligations"] if (row["applies_to"], row["subject"]) == (who, subject)}


def test_obligations_name_groups_that_are_there() -> None:
    groups = {
        "channel": {row["channel_code"] for row in TABLES["channels"] if not row["parent_code"]},
        "audience": {row["audience_code"] for row in TABLES["audiences"] if not row["parent_code"]},
    }
    for row in TABLES["obligations"]:
        assert row["code"] in groups[row["subject"]]
        assert row["condition"] == ("has_screen" if row["code"] == "K07" else "")


def test_every_commune_has_nine_groups_of_channels_and_four_audiences_unless_its_plan_says_otherwise() -> None:
    nine = {f"K0{number}" for number in range(1, 10)}
    for who in (*COMMUNE_KINDS, "10966"):
        assert obliged(who, "channel") == nine
        assert obliged(who, "audience") == {"A01", "A03", "A05", "A06"}


def test_the_zone_authority_has_no_radio_and_no_residents() -> None:
    assert "K02" not in obliged("CQ-BQLKKT", "channel")
    assert obliged("CQ-BQLKKT", "audience") == {"A01", "A02", "A03", "A05"}


def test_who_has_channels_of_its_own_has_audiences_of_its_own() -> None:
    whose = {
        subject: {row["applies_to"] for row in TABLES["obligations"] if row["subject"] == subject}
        for subject in ("channel", "audience")
    }
    assert whose["channel"] == whose["audience"]


def test_every_active_unit_owes_the_monthly_report_and_the_closed_district_one_yearly_one() -> None:
    duties = [(row["applies_to"], row["form_id"], row["period_kind"], row["valid_from"]) for row in TABLES["duties"]]
    assert duties == [
        *((kind, "NQ57-HP-1", "month", "2025-07-01") for kind in (*COMMUNE_KINDS, "co_quan")),
        ("HU-CAMGIANG", "NQ57-HP-1", "year", "2025-01-01"),
    ]


def test_the_settings_agree_with_the_calendar() -> None:
    assert CATALOGUE.settings["convention"] in {row["convention"] for row in TABLES["calendar"]}
    conventions = {item.code for item in CATALOGUE.lists["convention"]}
    kinds = {item.code for item in CATALOGUE.lists["period_type"]}
    for row in TABLES["calendar"]:
        assert row["convention"] in conventions and row["period_type"] in kinds


def test_every_setting_is_asked_for() -> None:
    asked = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("etl", "queries", "ui", "documents")
        for path in (CATALOGUE.folder.parents[1] / folder).rglob("*")
        if path.suffix in (".py", ".sql")
    )
    assert [name for name in CATALOGUE.settings if not re.search(rf"\b{name}\b", asked)] == []


# Lists and words ------------------------------------------------------------------------------------------------------


def test_a_word_names_one_entry_of_a_list() -> None:
    meaning: dict[tuple[str, str], str] = {}
    for row in TABLES["lists"]:
        for word in {row["code"], row["label"], *split(row["aliases"])}:
            assert meaning.setdefault((row["list_id"], fold(word)), row["code"]) == row["code"], word


def test_words_that_may_stand_in_one_cell_mean_one_thing() -> None:
    words = CATALOGUE.words
    for group in (
        ("blank", "not_applicable", "none"),
        ("blank", "not_applicable", "yes", "no"),
        ("total", "footer", "nothing"),
    ):
        for index, kind in enumerate(group):
            for other in group[index + 1 :]:
                assert words[kind] & words[other] == frozenset(), (kind, other)


# Forms ----------------------------------------------------------------------------------------------------------------

TYPES = {"int", "decimal", "percent", "text", "date", "enum", "codes", "yesno", "url", "code", "label", "computed"}


def test_a_column_is_of_a_known_type_and_its_list_and_bounds_are_there() -> None:
    for form_id, sheet, column in columns():
        where = f"{form_id} {sheet.sheet} {column.column_id}"
        ids = {each.column_id for each in sheet.columns}
        assert column.type in TYPES, where
        assert column.kind in ("flow", "stock"), where
        assert column.required <= {"*", *KINDS}, where
        assert not column.list_id or column.list_id in CATALOGUE.lists, where
        assert column.list_id or column.type not in ("enum", "codes"), where
        for bound in (column.low, column.high):
            assert bound in ("", *ids) or re.fullmatch(r"\d+|\d{4}-\d\d-\d\d", bound), where
        assert not column.theme or column.theme in codes("themes", "theme_code"), where
        assert set(re.findall(r"\w+", column.formula)) <= ids, where


def test_a_column_with_rows_of_its_own_names_rows_that_are_printed() -> None:
    for form_id, sheet, column in columns():
        for pattern in column.items:
            assert any(fnmatchcase(item.code, pattern) for item in sheet.items), (
                f"{form_id} {sheet.sheet} {column.column_id}"
            )


def test_every_heading_and_alias_leads_to_one_column() -> None:
    for form_id, sheet in sheets():
        keys = column_keys(sheet.columns)
        for column in sheet.columns:
            for heading in (column.label, *column.aliases):
                assert keys.get(without_tones(heading_key(heading))) == column.column_id, (
                    f"{form_id} {sheet.sheet}: {heading}"
                )


def test_no_two_sheets_of_a_form_answer_to_one_name() -> None:
    for form in CATALOGUE.forms:
        names = [fold(name) for sheet in form.sheets for name in {sheet.sheet, *sheet.aliases}]
        assert [name for name, times in Counter(names).items() if times > 1] == []


def test_the_forms_have_the_sheets_they_were_designed_with() -> None:
    assert [(form.form_id, form.rank, form.convention) for form in CATALOGUE.forms] == [
        ("NQ57-HP-1", 1, "ND09"),
        ("BIEU06", 2, "DUONG_LICH"),
    ]
    assert [(sheet.sheet, sheet.layout, sheet.required) for sheet in CATALOGUE.form("NQ57-HP-1").sheets] == [
        ("0_HUONG_DAN", "guide", False),
        ("1_THONG_TIN", "cover", True),
        ("2_TUYEN_TRUYEN", "matrix", True),
        ("3_DOI_TUONG", "matrix", False),
        ("4_NHIEM_VU", "records", True),
        ("5_DVC", "matrix", True),
        ("6_KY_NANG_SO", "matrix", True),
        ("7_KINH_PHI", "matrix", False),
        ("8_KHO_KHAN", "records", False),
        ("9_DANH_MUC", "lists", False),
    ]


def test_only_communes_must_give_their_people_and_villages() -> None:
    cover = CATALOGUE.form("NQ57-HP-1").sheet("1_THONG_TIN")
    for column_id in ("population", "adults", "villages"):
        assert cover.column(column_id).required == set(COMMUNE_KINDS)


def test_the_many_units_form_counts_for_the_whole_unit() -> None:
    sheet = CATALOGUE.form("BIEU06").sheet("BIEU06")
    feeding = {column.column_id: column.item for column in sheet.columns if column.measure}
    assert set(feeding.values()) == {"TONG"}
    assert sheet.column("recv_total").formula == "recv_online + recv_direct_post"
    ours = {column.measure for column in CATALOGUE.form("NQ57-HP-1").sheet("5_DVC").columns}
    assert set(feeding) - ours == {"recv_direct_post"}


# Indicators and targets -----------------------------------------------------------------------------------------------

SIDE = re.compile(r"[a-z_0-9]+(\[[A-Z0-9_*|]+\])?( [+-] [a-z_0-9]+(\[[A-Z0-9_*|]+\])?)*")
TERM = re.compile(r"([a-z_0-9]+)(?:\[([^]]+)\])?")


def items_of(measure: str) -> set[str]:
    """The item codes a measure comes with."""
    if measure.startswith("channel_"):
        return {row["channel_code"] for row in TABLES["channels"] if not row["parent_code"]}
    if measure == "skill_base":
        return {row["item_code"] for row in TABLES["skills"] if row["base"]}
    if measure in DERIVED:
        return (
            set(codes("task_groups", "task_group")) if measure.startswith(("tasks_", "days_late", "progress")) else {""}
        )
    return {item.code for _, sheet, column in columns() if column.measure == measure for item in sheet.items} | {
        column.item for _, _, column in columns() if column.measure == measure
    }


def test_there_are_59_indicators_in_six_families() -> None:
    families = Counter(row["group_code"] for row in TABLES["indicators"])
    assert families == {"A": 17, "B": 8, "C": 16, "D": 10, "E": 6, "F": 2}
    assert len({row["name"] for row in TABLES["indicators"]}) == 59


def test_an_indicator_is_made_of_measures_that_are_there() -> None:
    measures = {column.measure for _, _, column in columns()} | DERIVED
    for row in TABLES["indicators"]:
        for side in (row["numerator"], row["denominator"]):
            assert side == "" or SIDE.fullmatch(side), row["indicator"]
            for measure, items in TERM.findall(side):
                assert measure in measures, f"{row['indicator']}: {measure}"
                for pattern in items.split("|") if items else ():
                    assert any(fnmatchcase(code, pattern) for code in items_of(measure)), (
                        f"{row['indicator']}: {measure}[{pattern}]"
                    )


def test_an_indicator_says_how_it_adds_up() -> None:
    for row in TABLES["indicators"]:
        assert row["numerator"] and row["numerator_text"], row["indicator"]
        assert bool(row["denominator"]) == bool(row["denominator_text"]) == bool(row["denominator_kind"]), row[
            "indicator"
        ]
        assert row["kind"] in ("flow", "stock") and row["denominator_kind"] in ("flow", "stock", ""), row["indicator"]
        assert row["direction"] in ("up", "down", "neutral"), row["indicator"]
        assert row["scale"] in ("1", "100", "1000"), row["indicator"]
        assert (row["unit"] == "%") == (row["scale"] == "100") or row["indicator"] == "TC04", row["indicator"]


def test_people_and_procedures_are_never_added_over_months() -> None:
    stocks = {column.measure for _, _, column in columns() if column.kind == "stock"}
    for row in TABLES["indicators"]:
        for side, kind in (("numerator", row["kind"]), ("denominator", row["denominator_kind"])):
            measures = {measure for measure, _ in TERM.findall(row[side])}
            if measures and measures <= stocks:
                assert kind == "stock", f"{row['indicator']} {side}"


def test_targets_and_schemes_are_there_and_belong_to_their_indicator() -> None:
    indicators = set(codes("indicators", "indicator"))
    targets = {row["target_id"]: row for row in TABLES["targets"]}
    schemes = set(codes("rating_schemes", "scheme"))
    assert {row["indicator"] for row in targets.values()} <= indicators | {""}
    for row in TABLES["indicators"]:
        assert row["scheme"] in schemes, row["indicator"]
        if row["target_id"]:
            assert targets[row["target_id"]]["indicator"] == row["indicator"]


def test_a_target_is_a_number_or_words_and_says_how_it_is_used() -> None:
    for row in TABLES["targets"]:
        assert row["usage"] in ("colour", "line", "reference", "unverified"), row["target_id"]
        assert bool(row["value"]) != bool(row["value_text"]), row["target_id"]
        assert not row["value"] or float(row["value"]) >= 0
        assert bool(row["operator"]) == bool(row["value"]), row["target_id"]
        assert bool(row["valid_from"]) == (row["usage"] == "colour"), row["target_id"]


def test_nothing_unproved_colours_a_number_unless_it_is_marked_as_our_default() -> None:
    for row in TABLES["targets"]:
        if row["usage"] == "colour":
            assert row["source_class"] in ("A", "B", "P"), row["target_id"]
            assert row["source_class"] != "P" or row["note"].startswith("Mặc định của hệ thống"), row["target_id"]


def test_a_target_of_2030_colours_nothing() -> None:
    assert {row["usage"] for row in TABLES["targets"] if row["due"] == "2030"} <= {"line", "reference"}


def test_one_target_at_most_colours_an_indicator_at_a_time() -> None:
    colouring = [row["indicator"] for row in TABLES["targets"] if row["usage"] == "colour"]
    assert len(set(colouring)) == len(colouring)


def test_a_scheme_has_one_answer_for_every_number() -> None:
    for scheme in set(codes("rating_schemes", "scheme")):
        bands = [row for row in TABLES["rating_schemes"] if row["scheme"] == scheme]
        for number in (-5.0, 0.0, 0.5, 0.8, 0.9, 1.0, 2.0, 3.0, 5.0, 6.0, 50.0, 70.0, 85.0, 90.0, 100.0):
            assert any(within(row, number) for row in bands), (scheme, number)


def within(row: Mapping[str, str], number: float) -> bool:
    """Whether a number lies in a band, both ends included; the first band of the file that holds it counts."""
    return (not row["low"] or number >= float(row["low"])) and (not row["high"] or number <= float(row["high"]))


@pytest.mark.parametrize(
    ("scheme", "number", "level"),
    [
        ("S1", 1.0, "good"), ("S1", 0.99, "watch"), ("S1", 0.8, "watch"), ("S1", 0.79, "bad"),
        ("S3", 2.0, "good"), ("S3", 2.1, "watch"), ("S3", 5.0, "watch"), ("S3", 5.1, "bad"),
        ("S6", 0.1, "good"), ("S6", 0.0, "watch"), ("S6", -0.1, "bad"),
        ("S2", 90.0, "Xuất sắc"), ("S2", 89.9, "Tốt"), ("S2", 49.9, "Yếu"),
    ],
)  # fmt: skip
def test_the_first_band_that_holds_a_number_counts(scheme: str, number: float, level: str) -> None:
    assert (
        next(row["level"] for row in TABLES["rating_schemes"] if row["scheme"] == scheme and within(row, number))
        == level
    )


# Tasks ----------------------------------------------------------------------------------------------------------------


def test_the_five_plans_give_121_tasks_to_their_own_units() -> None:
    seeded = Counter(row["applies_to"] for row in TABLES["tasks"] if row["applies_to"] not in KINDS)
    assert seeded == {"10966": 31 + 37, "11359": 17, "CQ-BQLKKT": 19, "HU-CAMGIANG": 17}
    assert sum(seeded.values()) == 121


@pytest.mark.parametrize("kind", COMMUNE_KINDS)
def test_other_communes_get_the_28_tasks_of_the_seven_groups(kind: str) -> None:
    common = [row for row in TABLES["tasks"] if row["applies_to"] == kind]
    assert [row["task_id"] for row in common] == [f"CHUNG-{number:02}" for number in range(1, 29)]
    assert Counter(row["task_group"] for row in common) == {"1": 4, "2": 5, "3": 5, "4": 3, "5": 6, "6": 3, "7": 2}
    assert not any("Bình Giang" in row["title"] for row in common)


def test_a_task_is_one_the_form_accepts() -> None:
    roles = {row["role_code"]: set(split(row["kinds"])) for row in TABLES["roles"]}
    documents = set(codes("documents", "document"))
    kinds = {unit.unit_code: unit.kind for unit in CATALOGUE.units}
    seen = Counter((row["applies_to"], row["task_id"]) for row in TABLES["tasks"])
    assert max(seen.values()) == 1
    for row in TABLES["tasks"]:
        kind = kinds.get(row["applies_to"], row["applies_to"])
        assert all(kind in roles[role] for role in (row["lead_role"], *split(row["coop"]))), row["task_id"]
        assert row["task_group"] in codes("task_groups", "task_group")
        assert row["kind"] in {item.code for item in CATALOGUE.lists["task_kind"]}
        assert (row["kind"] == "MOT_LAN") == bool(row["due_date"]), row["task_id"]
        assert row["plan"] in documents
        assert 10 <= len(row["title"]) <= 500
        assert bool(row["responsible"]) == (row["lead_role"] != "U00"), row["task_id"]


# Rules ----------------------------------------------------------------------------------------------------------------


def names_of_a_rule(row: Mapping[str, str]) -> set[str]:
    if row["kind"] == "history":
        _, arguments = call_of(row["expression"])
        named = {name for argument in arguments for name in parts(argument) if name}
        names = {name for name in named if not name.replace(".", "").isdigit()}
    else:
        names = set(compile_expression(row["expression"]).names)
    return names | (set(compile_expression(row["condition"]).names) if row["condition"] else set())


WORDS_OF_HISTORY = {"before", "column", "value", "times", "usual", "so_far", "same", "all", "least"}


def quoted_names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_rule_speaks_of_columns_that_are_there() -> None:
    for row in TABLES["rules"]:
        form = CATALOGUE.form(row["form_id"])
        own = {column.column_id for column in form.sheet(row["sheet"]).columns}
        cover = {column.column_id for sheet in form.sheets if sheet.layout == "cover" for column in sheet.columns}
        known = own | {f"cover.{column_id}" for column_id in cover}
        assert names_of_a_rule(row) <= known, row["rule_id"]
        said = quoted_names(row["message"]) | quoted_names(row["fix"])
        history = WORDS_OF_HISTORY if row["kind"] == "history" else set()
        of_cover = {name.removeprefix("cover.") for name in names_of_a_rule(row) if name.startswith("cover.")}
        assert said <= own | of_cover | history, row["rule_id"]
        for pattern in split(row["items"]):
            items = form.sheet(row["sheet"]).items
            assert any(fnmatchcase(item.code, pattern) for item in items), f"{row['rule_id']} {pattern}"


def test_an_explanation_reaches_as_far_as_a_rule_that_asks_for_one() -> None:
    asking = {rule.rule_id for rule in CATALOGUE.rules if rule.severity == "explain"}
    asking |= {fault.rule_id for fault in FAULTS.values() if fault.severity == "explain"}
    rows = TABLES["explaining"]
    assert {row["rule_id"] for row in rows} - asking == {"*"}
    for row in rows:
        assert int(row["periods"]) >= 0
        assert row["within"] in ("same", "up_to", "near", "any")
        assert (row["within"] in ("up_to", "near")) == bool(row["margin"])
        assert row["note"]


def test_a_rule_says_what_is_wrong_and_how_to_put_it_right() -> None:
    for row in TABLES["rules"]:
        assert row["severity"] in ("error", "explain", "note"), row["rule_id"]
        assert row["message"].endswith(".") and row["fix"].endswith("."), row["rule_id"]
        assert row["basis"], row["rule_id"]
        if row["kind"] == "history":
            assert call_of(row["expression"])[0] in HISTORY_RULES, row["rule_id"]


def test_a_rule_expects_something_and_does_not_only_name_a_document() -> None:
    for row in TABLES["rules"]:
        assert not row["basis"].startswith(("Biểu", "QĐ", "NĐ", "Thông tư", "0")), row["rule_id"]


def test_words_that_send_to_a_column_name_one_of_that_sheet() -> None:
    for row in TABLES["rules"]:
        labels = {fold(column.label) for column in CATALOGUE.form(row["form_id"]).sheet(row["sheet"]).columns}
        named = re.findall(r"cột (ghi chú|vướng mắc)", fold(row["fix"]))
        assert set(named) <= labels, row["rule_id"]
        assert "ghi lý do." not in row["fix"], f"{row['rule_id']} does not say where"
    for _, sheet, column in columns():
        labels = {fold(each.label) for each in sheet.columns}
        assert set(re.findall(r"cột (ghi chú|vướng mắc)", fold(column.note))) <= labels, column.column_id


Row = Mapping[str, object]

COMMUNE = {
    "unit_type": "XA", "population": 12_000.0, "adults": 8_500.0, "households": 3_400.0, "villages": 14.0,
    "civil_servants": 62.0, "business_households": 180.0, "has_screen": True, "has_chatbot": True,
    "date_to": "2026-11-14",
}  # fmt: skip
# One plausible row a sheet: nothing here may be found odd.
PLAUSIBLE: Mapping[str, tuple[str, Row]] = {
    "1_THONG_TIN": ("", {name: value for name, value in COMMUNE.items() if name != "date_to"}),
    "2_TUYEN_TRUYEN": ("K0201", {
        "products": 24.0, "t1": 6.0, "t2": 8.0, "t3": 4.0, "t5": 6.0, "airings": 60.0, "minutes": 240.0,
        "reach": 9_000.0, "interactions": 150.0,
    }),
    "3_DOI_TUONG": ("A06", {"sessions": 3.0, "attendances": 210.0, "of_which_online": 40.0}),
    "4_NHIEM_VU": ("", {
        "task_id": "003-06", "lead_unit": "U01", "responsible_title": "Trưởng phòng", "product": "Kế hoạch",
        "kind": "MOT_LAN", "start": "2026-01-05", "due": "2026-12-14", "status": "HOAN_THANH", "progress": 100.0,
        "done_date": "2026-11-10", "evidence": "125/KH-UBND",
    }),
    "5_DVC": ("TONG", {
        "carried_in": 52.0, "recv_total": 640.0, "recv_online": 566.0, "recv_full": 301.0, "recv_direct": 66.0,
        "recv_post": 8.0, "done_total": 631.0, "done_early": 402.0, "done_ontime": 224.0, "done_late": 5.0,
        "open_total": 57.0, "open_intime": 56.0, "open_late": 1.0, "withdrawn": 4.0, "fee_total": 210.0,
        "fee_online": 155.0, "digitised": 520.0, "reused": 300.0, "e_result": 590.0, "procs_total": 328.0,
        "procs_online": 290.0, "procs_full": 180.0, "procs_used": 71.0, "score766": 88.5,
        "score766_date": "2026-11-16",
    }),
    "6_KY_NANG_SO": ("KN03", {"in_period": 120.0, "cumulative": 6_100.0}),
    "7_KINH_PHI": ("NSNN", {"approved": 150_000_000.0, "spent_period": 12_500_000.0, "spent_cum": 98_000_000.0}),
    "BIEU06": ("", {
        "recv_all": 692.0, "recv_online": 566.0, "recv_direct_post": 74.0, "carried_in": 52.0, "done_total": 635.0,
        "done_early": 402.0, "done_ontime": 228.0, "done_late": 5.0, "open_total": 57.0, "open_intime": 56.0,
        "open_late": 1.0,
    }),
}  # fmt: skip


def broken(sheet: str, item: str, row: Row, cover: Row) -> set[str]:
    """The arithmetic rules a row breaks."""
    values = {**{f"cover.{name}": value for name, value in cover.items()}, **row}
    values = {name: value for name, value in values.items() if value is not None}
    return {
        rule["rule_id"]
        for rule in TABLES["rules"]
        if rule["sheet"] == sheet and rule["kind"] == "expression"
        and (not rule["items"] or any(fnmatchcase(item, pattern) for pattern in split(rule["items"])))
        and (not rule["condition"] or compile_expression(rule["condition"]).true_of(values))
        and not compile_expression(rule["expression"]).holds(values)
    }  # fmt: skip


@pytest.mark.parametrize("sheet", PLAUSIBLE)
def test_a_plausible_row_breaks_no_rule(sheet: str) -> None:
    item, row = PLAUSIBLE[sheet]
    assert broken(sheet, item, row, COMMUNE) == set()


# The change that makes each rule speak: (rule, row where it is another than the plausible one, cells, cover).
EXAMPLES: Sequence[tuple[str, str, Row, Row]] = [
    ("V09a", "", {"adults": 12_001.0}, {}),
    ("V09b", "", {"households": 12_001.0}, {}),
    ("V11", "", {"t1": 7.0}, {}),
    ("V12", "", {"interactions": 9_001.0}, {}),
    ("V13", "", {"products": 0.0, "t1": 0.0, "t2": 0.0, "t3": 0.0, "t5": 0.0, "interactions": None}, {}),
    ("V14a", "K0701", {}, {"has_screen": False}),
    ("V14b", "K0501", {}, {"has_chatbot": False}),
    ("V17", "", {"minutes": 7_201.0}, {}),
    ("V18", "", {"of_which_online": 211.0}, {}),
    ("V19", "", {"sessions": 0.0}, {}),
    ("V22a", "", {"progress": 99.0}, {}),
    ("V22b", "", {"done_date": None}, {}),
    ("V22c", "", {"status": "DANG_THUC_HIEN", "done_date": None}, {}),
    ("V22d", "", {"status": "DANG_THUC_HIEN", "progress": 60.0}, {}),
    ("V23", "", {"status": "CHUA_THUC_HIEN", "progress": 10.0, "done_date": None}, {}),
    ("V24a", "", {"start": "2026-12-15"}, {}),
    ("V24b", "", {"done_date": "2026-11-15"}, {}),
    ("V26a", "", {"responsible_title": None}, {}),
    ("V26b", "", {"due": None}, {}),
    ("V27", "", {"evidence": None}, {}),
    ("V28", "", {"recv_direct": 67.0}, {}),
    ("V29a", "", {"recv_full": 567.0}, {}),
    ("V29b", "", {"recv_online": 641.0, "recv_direct": None}, {}),
    ("V30", "", {"done_early": 403.0}, {}),
    ("V31", "", {"open_intime": 57.0}, {}),
    ("V32", "", {"withdrawn": 5.0}, {}),
    ("V34a", "", {"fee_online": 211.0}, {}),
    ("V34b", "", {"fee_total": 693.0}, {}),
    ("V35a", "", {"digitised": 641.0}, {}),
    ("V35b", "", {"reused": 641.0}, {}),
    ("V35c", "", {"e_result": 632.0}, {}),
    ("V36a", "", {"procs_used": 291.0}, {}),
    ("V36b", "", {"procs_online": 329.0}, {}),
    ("V36c", "", {"procs_full": 291.0}, {}),
    ("V39", "", {"recv_online": 640.0, "recv_direct": 0.0, "recv_post": 0.0}, {}),
    ("V54", "", {"score766_date": None}, {}),
    ("V46a", "KN02", {"cumulative": None}, {}),
    ("V46b", "KN03", {"cumulative": None}, {}),
    ("V46c", "KN17", {"in_period": None}, {}),
    ("V46d", "KN12", {"in_period": None}, {}),
    ("V41a", "KN03", {"base": 6_000.0}, {}),
    ("V41b", "KN05", {"base": 6_000.0}, {}),
    ("V41c", "KN01", {"cumulative": 63.0}, {}),
    ("V41d", "KN03", {"cumulative": 8_501.0}, {}),
    ("V41e", "KN05", {"cumulative": 8_501.0}, {}),
    ("V41f", "KN07", {"cumulative": 12_001.0}, {}),
    ("V41g", "KN10", {"cumulative": 15.0}, {}),
    ("V41h", "KN13", {"cumulative": 181.0}, {}),
    ("V44a", "", {"spent_period": 98_000_001.0}, {}),
    ("V44b", "", {"spent_cum": 150_000_001.0}, {}),
    ("V45", "", {"approved": 150.0, "spent_period": 12.0, "spent_cum": 98.0}, {}),
    ("B06-01", "", {"carried_in": 53.0}, {}),
    ("B06-02", "", {"done_late": 6.0}, {}),
    ("B06-03", "", {"open_late": 2.0}, {}),
    ("B06-04", "", {"done_total": 636.0, "done_late": 6.0}, {}),
]


@pytest.mark.parametrize(("rule_id", "item", "cells", "cover"), EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_a_rule_speaks_of_its_own_fault_and_no_other_rule_does(rule_id: str, item: str, cells: Row, cover: Row) -> None:
    (sheet,) = (rule["sheet"] for rule in TABLES["rules"] if rule["rule_id"] == rule_id)
    usual, row = PLAUSIBLE[sheet]
    assert broken(sheet, item or usual, {**row, **cells}, {**COMMUNE, **cover}) == {rule_id}


def test_every_arithmetic_rule_has_its_example() -> None:
    assert [rule["rule_id"] for rule in TABLES["rules"] if rule["kind"] == "expression"] == [
        rule_id for rule_id, *_ in EXAMPLES
    ]


def test_a_rule_says_nothing_of_blank_cells_but_what_must_be_filled() -> None:
    asks = {rule["rule_id"] for rule in TABLES["rules"] if "filled(" in rule["expression"]}
    for sheet, (item, _) in PLAUSIBLE.items():
        assert broken(sheet, item, {}, COMMUNE) <= asks


def test_an_agency_need_not_know_of_residents() -> None:
    agency = {**COMMUNE, "unit_type": "CO_QUAN", "adults": None, "population": None, "villages": None}
    for item in ("KN03", "KN05", "KN07", "KN10", "KN12", "KN13"):
        assert broken("6_KY_NANG_SO", item, {}, agency) == set()
    assert broken("6_KY_NANG_SO", "KN02", {}, agency) == {"V46a"}


def test_what_does_not_apply_to_a_unit_is_not_held_against_it() -> None:
    assert broken("6_KY_NANG_SO", "KN13", {"cumulative": KAD}, {**COMMUNE, "business_households": KAD}) == set()
    assert broken("6_KY_NANG_SO", "KN12", {"in_period": KAD}, COMMUNE) == set()
    assert broken("2_TUYEN_TRUYEN", "K0701", {"products": KAD}, {**COMMUNE, "has_screen": False}) == set()
    assert broken("5_DVC", "TONG", dict.fromkeys(PLAUSIBLE["5_DVC"][1], KAD), COMMUNE) == set()


def test_a_routine_task_needs_no_deadline() -> None:
    _, row = PLAUSIBLE["4_NHIEM_VU"]
    routine = {
        **row,
        "kind": "THUONG_XUYEN",
        "due": None,
        "start": None,
        "status": "DANG_THUC_HIEN",
        "progress": 50.0,
        "done_date": None,
    }
    assert broken("4_NHIEM_VU", "", routine, COMMUNE) == set()


def test_every_measure_that_is_read_has_a_name() -> None:
    """Those with a column a theme were shown by their code where a number is followed to its cell."""
    labels: dict[str, set[object]] = {}
    for row in measure_rows(CATALOGUE):
        labels.setdefault(str(row["measure"]), set()).add(row["label"])
    assert labels["products_by_theme"] == {"Trong đó: nội dung"}, "the theme itself stands beside it"
    assert labels["x_dvctt"] == {"Kèm nội dung DVCTT (không cộng)"}
    assert all(map(str.strip, map(str, (label for those in labels.values() for label in those))))
