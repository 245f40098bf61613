"""How a workbook becomes numbers: read -> parse -> check -> load -> publish.

    read       bytes to cells, refusing what is no safe workbook              read.py, sheet.py
    parse      cells to a report: which form, whose, when, every number       parse.py, identity.py, tables.py, cover.py
    check      arithmetic and history rules, all findings in one pass         rules.py, history.py, findings.py
    load       reports and findings into the working file, all or nothing     intake.py, judge.py, load.py, refresh.py
    publish    an immutable snapshot for all who read                         warehouse.py

This is the front door: pages and the command line use what is named here and nothing else.
"""

from etl.front import (
    check_files,
    check_paths,
    clear_demo,
    load_demo,
    prepare_templates,
    rebuild,
    submit_files,
    submit_paths,
)
from etl.receipt import Receipt
from etl.warehouse import data_dir, open_to_read, version

__all__ = [
    "Receipt",
    "check_files",
    "check_paths",
    "clear_demo",
    "data_dir",
    "load_demo",
    "open_to_read",
    "prepare_templates",
    "rebuild",
    "submit_files",
    "submit_paths",
    "version",
]
