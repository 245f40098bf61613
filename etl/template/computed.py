"""A formula of ours in a cell."""

from __future__ import annotations


class Computed(str):
    """The text of a formula, from its "=" on.

    `shown` is what stands in the cell until a program works it out. Without it every program works it out when the
    workbook is opened; with it LibreOffice waits until something changes that the formula looks at.
    """

    shown: str | None

    def __new__(cls, formula: str, shown: str | None = None) -> Computed:
        made = super().__new__(cls, formula)
        made.shown = shown
        return made


def in_view(text: str | None) -> str:
    """A text as it is first seen."""
    return text.shown or "" if isinstance(text, Computed) else text or ""
