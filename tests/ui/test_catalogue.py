"""The lists of the catalogue as people read them: codes in words, numbers as they are written in Vietnamese."""

import re
from pathlib import Path

from etl.catalogue import load_catalogue
from ui.parts import catalogue

TABLES = load_catalogue(Path(__file__).parents[2] / "data" / "catalogue").tables
HELD = ("indicators", "targets", "channels", "rating_schemes", "units", "reporting_duties")


def test_every_code_of_the_lists_is_shown_in_words() -> None:
    held = {(table, name, row[name]) for table in HELD for row in TABLES.get(table, ()) for name in row
            if name in catalogue.CODED and row[name]}  # fmt: skip
    held |= {("rules", "severity", row["severity"]) for row in TABLES["rules"]}
    assert {"explain", "flow", "colour", "core"} <= {code for *_, code in held}
    assert not [one for one in held if re.search("[a-z]_|^[a-z]+$", catalogue.meaning(one[2]))]
    assert catalogue.meaning("Xuất sắc") == "Xuất sắc"


def test_numbers_of_the_lists_are_vietnamese() -> None:
    written = catalogue.writer("value")
    assert written is not None
    assert [written(100.0), written(62.5), written(1000)] == ["100", "62,5", "1.000"]
