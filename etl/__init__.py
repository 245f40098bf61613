"""How a workbook becomes numbers: read -> parse -> check -> load -> publish.

    read       bytes to cells, refusing what is no safe workbook              read.py, sheet.py
    parse      cells to a report: which form, whose, when, every number       parse.py, identity.py, matrix.py, cover.py
    check      arithmetic and history rules, all findings in one pass         rules.py, history.py, findings.py
    load       reports and findings into the working file, all or nothing     intake.py, judge.py, load.py, refresh.py
    publish    an immutable snapshot for all who read                         warehouse.py

This is the front door: pages and ui use what is named here and nothing else.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etl.access_changes import access_rows, tell_access
    from etl.actors import RIGHTS, STRANGER, Actor, act_as, acting, may
    from etl.clock import now
    from etl.copies import open_closed
    from etl.desk import Preview
    from etl.differences import Change
    from etl.front import (
        clear_demo,
        kept_workbook,
        load_demo,
        void_submission,
    )
    from etl.front_desk import (
        inspect_files,
        judge_files,
        mark_inspected,
        mark_kept,
        preview_files,
        redate_files,
        settle_files,
        unpack_files,
    )
    from etl.inspection import Incoming, Inspected
    from etl.logs import keep_log
    from etl.notes import later_events, note_event, note_exports
    from etl.receipt import Receipt
    from etl.refusals import note_refusal
    from etl.settle import (
        close_period,
        explain_findings,
        extend_deadline,
        take_back_extension,
        working_day_after,
    )
    from etl.settled import FindingPlace, open_closing
    from etl.spelling import slug
    from etl.tabular import Field, as_csv, as_workbook
    from etl.trial import Effect, Sides
    from etl.trouble import Unsaved
    from etl.undecidable import Undecidable
    from etl.upkeep import bring_in_step, look_after, troubles
    from etl.verify import Verified, verify_journal
    from etl.warehouse import catalogue_dir, data_dir, open_to_read, version

__all__ = [
    "RIGHTS",
    "STRANGER",
    "Actor",
    "Change",
    "Effect",
    "Field",
    "FindingPlace",
    "Incoming",
    "Inspected",
    "Preview",
    "Receipt",
    "Sides",
    "Undecidable",
    "Unsaved",
    "Verified",
    "access_rows",
    "act_as",
    "acting",
    "as_csv",
    "as_workbook",
    "bring_in_step",
    "catalogue_dir",
    "clear_demo",
    "close_period",
    "data_dir",
    "explain_findings",
    "extend_deadline",
    "inspect_files",
    "judge_files",
    "keep_log",
    "kept_workbook",
    "later_events",
    "load_demo",
    "look_after",
    "mark_inspected",
    "mark_kept",
    "may",
    "note_event",
    "note_exports",
    "note_refusal",
    "now",
    "open_closed",
    "open_closing",
    "open_to_read",
    "preview_files",
    "redate_files",
    "settle_files",
    "slug",
    "take_back_extension",
    "tell_access",
    "troubles",
    "unpack_files",
    "verify_journal",
    "version",
    "void_submission",
    "working_day_after",
]
HOMES = dict.fromkeys(("catalogue_dir", "data_dir", "open_to_read", "version"), "etl.warehouse") | {
    "Change": "etl.differences",
    "Preview": "etl.desk",
    "Receipt": "etl.receipt",
    "Unsaved": "etl.trouble",
    "slug": "etl.spelling",
    **dict.fromkeys(("Effect", "Sides"), "etl.trial"),
    **dict.fromkeys(("Incoming", "Inspected"), "etl.inspection"),
    **dict.fromkeys(
        (
            "inspect_files",
            "judge_files",
            "mark_inspected",
            "mark_kept",
            "preview_files",
            "redate_files",
            "settle_files",
            "unpack_files",
        ),
        "etl.front_desk",
    ),
    **dict.fromkeys(("RIGHTS", "STRANGER", "Actor", "act_as", "acting", "may"), "etl.actors"),
    "Undecidable": "etl.undecidable",
    **dict.fromkeys(("later_events", "note_event", "note_exports"), "etl.notes"),
    "note_refusal": "etl.refusals",
    "now": "etl.clock",
    **dict.fromkeys(("access_rows", "tell_access"), "etl.access_changes"),
    **dict.fromkeys(("Verified", "verify_journal"), "etl.verify"),
    "keep_log": "etl.logs",
    **dict.fromkeys(("bring_in_step", "look_after", "troubles"), "etl.upkeep"),
    "FindingPlace": "etl.settled",
    "open_closing": "etl.settled",
    "open_closed": "etl.copies",
    **dict.fromkeys(
        (
            "close_period",
            "explain_findings",
            "extend_deadline",
            "take_back_extension",
            "working_day_after",
        ),
        "etl.settle",
    ),
    **dict.fromkeys(("Field", "as_csv", "as_workbook"), "etl.tabular"),
}


def __getattr__(name: str) -> object:
    """What stands behind the door is imported when it is asked for: worker processes need little of it."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(HOMES.get(name, "etl.front")), name)
