"""An officer at a spreadsheet: LibreOffice opens a workbook, values are typed into cells, formulas are worked out."""

from __future__ import annotations

import atexit
import datetime as dt
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from tests.waiting import PATIENCE

MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
{}
</script:module>
"""
MACRO = """Sub Work
Dim hidden(0) As New com.sun.star.beans.PropertyValue
hidden(0).Name = "Hidden"
hidden(0).Value = True
book = StarDesktop.loadComponentFromURL("{source}", "_blank", 0, hidden())
{steps}
book.calculateAll()
Dim kind(0) As New com.sun.star.beans.PropertyValue
kind(0).Name = "FilterName"
kind(0).Value = "Calc MS Excel 2007 XML"
book.storeToURL("{target}", kind())
book.close(True)
End Sub
"""
EPOCH = dt.date(1899, 12, 30)


def types(source: Path, target: Path, typed: Mapping[tuple[str, str], object]) -> None:
    """Open a workbook, type values into (sheet, cell) places, work everything out and save it as another file.

    Text is typed letter for letter, so that "12a" stays what it is; protection of a sheet holds the officer back too.
    """
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed here, so nobody can fill in the template by hand")
    profile, asked = at_the_desk()
    steps = "\n".join(step(sheet, cell, value) for (sheet, cell), value in typed.items())
    macro = MACRO.format(source=source.as_uri(), target=target.as_uri(), steps=steps)
    module = profile / "user" / "basic" / "Standard" / "Module1.xba"
    module.write_text(MODULE.format(escape(macro)), encoding="utf-8")
    subprocess.run([*asked, "macro:///Standard.Module1.Work"], check=True, capture_output=True, timeout=PATIENCE)
    assert target.exists(), "LibreOffice did not save the workbook"


@cache
def at_the_desk() -> tuple[Path, list[str]]:
    """A user's folder of LibreOffice and the command that uses it, made once for all tests of a process."""
    folder = tempfile.mkdtemp(prefix="officer-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    asked = ["soffice", "--headless", f"-env:UserInstallation={Path(folder).as_uri()}"]
    subprocess.run([*asked, "--terminate_after_init"], check=True, capture_output=True, timeout=PATIENCE)
    return Path(folder), asked


def step(sheet: str, cell: str, value: object) -> str:
    """One cell typed, in LibreOffice's Basic."""
    place = f'book.Sheets.getByName("{sheet}").getCellRangeByName("{cell}")'
    if isinstance(value, dt.date):
        return f"{place}.setValue({(value - EPOCH).days})"
    if isinstance(value, int | float):
        return f"{place}.setValue({value})"
    quoted = str(value).replace('"', '""')
    return f'{place}.setString("{quoted}")'
