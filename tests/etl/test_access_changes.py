"""Changes of who may sign in are told, each line once."""

from pathlib import Path

from etl.access_changes import access_rows, tell_access
from tests.etl.test_refusals import notes
from ui.signin.people import actor_of

HEAD = "who,role,unit_code\n"


def told(table: Path, text: str) -> list[tuple[str, str]]:
    before = len(notes(table.parent))
    table.write_text(HEAD + text, encoding="utf-8")
    tell_access(table)
    return [(note.before, note.after) for note in notes(table.parent)[before:]]


def test_lines_that_came_and_went_are_told_once(tmp_path: Path) -> None:
    table = tmp_path / "access.csv"
    assert told(table, "an@x.vn,admin,\n") == [("", "an@x.vn,admin,")]
    assert told(table, "an@x.vn,admin,\n") == []
    assert told(table, "an@x.vn,leader,\nb@x.vn,unit,10966\n") == [
        ("an@x.vn,admin,", ""), ("", "an@x.vn,leader,"), ("", "b@x.vn,unit,10966"),
    ]  # fmt: skip
    assert told(table, "b@x.vn,unit,10966\n\n,,\n") == [("an@x.vn,leader,", "")]
    table.unlink()
    tell_access(table)
    assert notes(tmp_path)[-1].before == "b@x.vn,unit,10966"


def test_a_table_that_excel_saved_lets_in_whom_it_names(tmp_path: Path) -> None:
    """Semicolons, and what is not ASCII in an encoding of Windows."""
    table = tmp_path / "access.csv"
    text = "who;role;unit_code\ngroup:lãnh đạo;leader;\nan@x.vn;admin;\n"
    table.write_bytes(text.encode("cp1258", errors="replace"))
    assert [row["role"] for row in access_rows(table)] == ["leader", "admin"]
    assert actor_of({"email": "An@x.vn"}, tmp_path).role == "admin"
    assert [(note.subject, note.after) for note in notes(tmp_path)][1:] == [("an@x.vn", "an@x.vn;admin;")]
