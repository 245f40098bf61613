"""Which form a workbook is, and of what kind of unit."""

from __future__ import annotations

from collections.abc import Mapping

from etl import identity
from etl.cover import places
from etl.findings import Finding, finding
from etl.form import Form
from etl.locate import find_table
from etl.prepare import Prepared
from etl.sheet import Sheet, Workbook
from etl.sheets import match_sheets, stray_sheets
from etl.values import text


def recognise(prepared: Prepared, workbook: Workbook) -> tuple[Form | None, Mapping[str, Sheet], list[Finding]]:
    """The form of a workbook, by its stamp or, without one, by its sheets and headings."""
    best: tuple[float, Form, Mapping[str, Sheet], list[Finding]] | None = None
    for form in prepared.catalogue.forms:
        sheets = match_sheets(form, workbook)
        if any(sheet.layout == "units" for sheet in form.sheets):
            sheets = sheets or by_headings(form, workbook)
        stamp = stamped_version(prepared, form, sheets)
        if stamp in form.versions:
            return form, sheets, list(stray_sheets(form, workbook, sheets))
        if stamp in form.retired:
            return None, {}, [finding("retired_form", value=stamp, expected=", ".join(form.versions))]
        wanted = [sheet for sheet in form.sheets if sheet.required and sheet.layout not in ("guide", "lists")]
        share = sum(sheet.sheet in sheets for sheet in wanted) / max(1, len(wanted))
        if share >= 0.5 and (best is None or share > best[0]):
            expected = ", ".join(form.versions)
            problems = [finding("unknown_version", value=stamp, expected=expected)] if stamp else []
            best = share, form, sheets, problems
    if best is None:
        names = ", ".join(form.name for form in prepared.catalogue.forms)
        return None, {}, [finding("unknown_form", expected=names)]
    return best[1], best[2], [*stray_sheets(best[1], workbook, best[2]), *best[3]]


def by_headings(form: Form, workbook: Workbook) -> dict[str, Sheet]:
    """The sheet of a many-units form under whatever name it was exported: the one whose headings fit."""
    part = next(sheet for sheet in form.sheets if sheet.layout == "units")
    needed = sum(column.type not in ("label", "computed") for column in part.columns) * 0.6
    for sheet in workbook.sheets:
        table = find_table(part, sheet)
        if table and len(table.columns) >= needed:
            return {part.sheet: sheet}
    return {}


def stamped_version(prepared: Prepared, form: Form, sheets: Mapping[str, Sheet]) -> str:
    """The template version a cover bears, "" where there is no cover or no stamp."""
    plan = prepared.plan(form, "").cover
    sheet = sheets.get(plan.form.sheet) if plan else None
    if plan is None or sheet is None:
        return ""
    return text(sheet.cell(*places(plan, sheet).get("template_version", (-1, -1)))).strip()


def stamped_kind(prepared: Prepared, form: Form, sheet: Sheet) -> str:
    """The kind of the unit a cover is stamped with, "" where it is not known yet."""
    plan = prepared.plan(form, "").cover
    assert plan is not None
    where = places(plan, sheet)
    code = text(sheet.cell(*where.get("unit_code", (-1, -1))))
    if prepared.catalogue.has_unit(code):
        return prepared.catalogue.unit(code).kind
    named = identity.unit_of_name(prepared.catalogue, text(sheet.cell(*where.get("unit_name", (-1, -1)))))
    return named[0].kind if len(named) == 1 else ""
