"""A template and what is to stand in it, to a Word document."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
PICTURE_WIDTH = Mm(155)


def filled(template: Path, contents: Mapping[str, object]) -> bytes:
    """The document. Text is text, whatever signs it holds; bytes are a picture (PNG).

    Raises FileNotFoundError where the template is missing.
    """
    document = DocxTemplate(str(template))
    document.render({name: ready(value, document) for name, value in contents.items()}, autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def ready(value: object, document: DocxTemplate) -> Any:
    """A value as the template takes it."""
    if isinstance(value, bytes):
        return InlineImage(document, io.BytesIO(value), width=PICTURE_WIDTH)
    if isinstance(value, Mapping):
        return {name: ready(each, document) for name, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [ready(each, document) for each in value]
    return NOT_IN_XML.sub("", str(value))
