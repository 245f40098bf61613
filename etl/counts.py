"""Counts that no honest workbook reaches, told before anything is made of what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from etl.package import Refused, counted


class Cap(NamedTuple):
    """An element of XML, how often it may stand in a part, and the refusal where it stands there more often."""

    element: str
    limit: int
    reason: str


OF_STYLES = (Cap("xf", 65_490, "too_many_styles"), Cap("dxf", 65_490, "too_many_styles"))
"""As many as Excel itself can open."""
OF_STRINGS = (Cap("si", 500_000, "too_many_strings"),)
OF_SHEET = (
    Cap("mergeCell", 10_000, "too_many_merges"),
    Cap("cfRule", 10_000, "too_many_rules"),
    Cap("dataValidation", 10_000, "too_many_rules"),
    Cap("hyperlink", 65_530, "too_many_rules"),
)


def refuse_many(xml: bytes, caps: Sequence[Cap], sheet: str = "") -> None:
    """Refuse a part in which something stands too often; one too short for that is not even searched."""
    for element, limit, reason in caps:
        if len(xml) > limit * len(f"<{element}/>"):
            elements = re.finditer(rb"<(?:[\w.-]+:)?%s[\s/>]" % element.encode(), xml)
            if next(islice(elements, limit, None), None):
                raise Refused(reason, sheet=sheet, limit=counted(limit))
