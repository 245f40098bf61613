"""The rules of the house, kept by reading the source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import etl

ROOT = Path(__file__).resolve().parent.parent
VIETNAMESE = re.compile("[a-zà-ỹ]*[ăâđêôơưạ-ỹ][a-zà-ỹ]+", re.IGNORECASE)

FORBIDDEN = {
    "etl": {"streamlit", "plotly", "pandas", "queries", "documents", "ui", "pages"},
    "queries": {"streamlit", "plotly", "openpyxl", "python_calamine", "etl", "documents", "ui", "pages"},
    "ui": {"openpyxl", "duckdb", "documents", "pages", "python_calamine"},
    "documents": {"streamlit", "pages", "python_calamine"},
    "pages": {"pandas", "plotly", "duckdb", "openpyxl"},
}
COMMAND_LINE = "etl/__main__.py"
"""Puts the commands of etl and of documents together, as dashboard.py does the pages."""
SPEAKS_VIETNAMESE = {
    "etl/faults.py", "etl/findings.py",   # findings
    "etl/says.py", "etl/answers.py", "etl/undecidable.py", "etl/trouble.py", "etl/backup_says.py", "etl/lake_says.py",
    "etl/provinces_says.py", "etl/nation_says.py", "etl/typer_says.py",  # commands, faults
    "etl/spelling.py", "etl/dates.py", "etl/numbers.py", "etl/headings.py", "etl/records.py", "etl/totals.py",  # read it
    "etl/identity.py", "etl/calendar.py", "etl/cells.py", "etl/personal.py",
}  # fmt: skip
SPEAKING_FOLDERS = ("etl/annotate/", "etl/template/", "etl/demo/")
OWNERS = {
    "python_calamine": {"etl/read.py"},
    "filelock": {"etl/warehouse.py"},
    "typer": {"etl/cli.py", "etl/backup_cli.py", "etl/lake_cli.py", "etl/provinces_cli.py", "etl/typer_says.py"},
}
OPENPYXL = ("etl/template/", "etl/demo/", "etl/annotate/", "etl/tabular.py")


def sources(folder: str) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((ROOT / folder).rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.Module) -> Iterator[tuple[str, set[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name, set()
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module, {name.name for name in node.names}


@pytest.mark.parametrize("folder", sorted(FORBIDDEN))
def test_imports_go_one_way(folder: str) -> None:
    wrong = [
        (path, module)
        for path, tree in sources(folder)
        if path != COMMAND_LINE
        for module, _ in imported(tree)
        if module.split(".")[0] in FORBIDDEN[folder]
    ]
    assert not wrong


@pytest.mark.parametrize("folder", ["pages", "ui"])
def test_pages_and_parts_reach_the_write_side_only_by_its_front_door(folder: str) -> None:
    wrong = [
        (path, module) for path, tree in sources(folder) for module, _ in imported(tree) if module.startswith("etl.")
    ]
    assert not wrong


def test_each_library_has_one_owner() -> None:
    for path, tree in sources("etl"):
        for module, _ in imported(tree):
            owners = OWNERS.get(module.split(".")[0])
            assert owners is None or path in owners, (path, module)
            if module.split(".")[0] == "openpyxl":
                assert path.startswith(OPENPYXL), (path, module)


def test_vietnamese_stands_only_where_people_are_spoken_to() -> None:
    for folder in ("etl", "queries"):
        for path, tree in sources(folder):
            if path in SPEAKS_VIETNAMESE or path.startswith(SPEAKING_FOLDERS):
                continue
            docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                    assert not VIETNAMESE.search(node.value), (path, node.lineno, node.value)


def test_whatever_is_taken_along_is_told_in_the_journal() -> None:
    """Every button that hands over a file gets it from ui/telling.py, by itself or by way of what it was given."""
    calls = [
        (path, ast.unparse(keyword.value))
        for folder in ("pages", "ui")
        for path, tree in sources(folder)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("download_button")
        for keyword in node.keywords
        if keyword.arg == "data"
    ]
    assert len(calls) > 5
    assert not [call for call in calls if not call[1].startswith(("told(", "told_marked("))]


def test_no_page_lies_bare() -> None:
    """Streamlit runs pages/*.py without dashboard.py on a cold server, so without sign-in."""
    assert not list((ROOT / "pages").glob("*.py"))


def test_pages_are_thin() -> None:
    for path in (ROOT / "pages").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) < 40, path


def test_every_page_is_in_the_menu() -> None:
    menu = (ROOT / "dashboard.py").read_text(encoding="utf-8")
    for path in (ROOT / "pages").rglob("*.py"):
        assert path.relative_to(ROOT).as_posix() in menu or path.stem in menu, path


def test_modules_and_public_functions_say_what_they_are_for() -> None:
    for folder in ("etl", "queries", "ui", "documents"):
        for path, tree in sources(folder):
            assert ast.get_docstring(tree), path
            for node in tree.body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                    assert ast.get_docstring(node), (path, node.name)


def test_no_function_is_long() -> None:
    for folder in ("etl", "queries", "ui", "documents"):
        for path, tree in sources(folder):
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef):
                    assert lines_of_code(node) <= 40, (path, node.name)


def lines_of_code(function: ast.FunctionDef) -> int:
    """How long a function is, long texts (SQL, docstrings) left out."""
    texts = [node for node in ast.walk(function) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    inside = sum((text.end_lineno or text.lineno) - text.lineno for text in texts)
    return (function.end_lineno or 0) - function.lineno + 1 - inside


def test_nothing_is_called_utils() -> None:
    names = {path.stem for folder in ("etl", "queries", "ui", "documents") for path in (ROOT / folder).rglob("*.py")}
    assert not names & {"utils", "helpers", "common", "misc", "manager"}


def test_nothing_is_there_for_tests_alone() -> None:
    """What a module defines, and what the front door of etl offers, is used in it or by another one."""
    trees = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): tree
             for folder in FORBIDDEN for path, tree in sources(folder)}  # fmt: skip
    servers = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in ROOT.glob("*.py")}
    used = {use for module, tree in {**trees, **servers}.items() for use in uses(module, tree)}
    made = {
        (module, name)
        for module, tree in trees.items()
        for node in tree.body
        if not getattr(node, "decorator_list", ())
        for name in names_made(node)
        if not name.startswith("__")
    }
    offered = {("etl", name) for name in etl.__all__}
    assert sorted((made | offered) - used) == []


def names_made(node: ast.stmt) -> Iterator[str]:
    """The names that a statement of a module makes."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Assign):
        yield from (name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name))


def uses(module: str, tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Module and name of everything that a module asks for, its own included."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            known |= {name.asname or name.name: f"{node.module}.{name.name}" for name in node.names}
            yield from ((str(node.module), name.name) for name in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            yield module, node.id
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield known.get(node.value.id, ""), node.attr


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python before 3.11.5, which Debian 12 has, goes on from a wrong place where such a group fails half-way."""
    for folder in ("etl", "queries", "ui", "documents"):
        for path in (ROOT / folder).rglob("*.py"):
            assert not re.search(r"\)(?:[*+?]|\{[0-9,]+\})\+[^+ ]", path.read_text(encoding="utf-8")), path
