"""Files in one zip, to be taken along together."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence

from etl import Receipt
from ui.telling import told

MARKED, MARKED_ZIP = "Tệp đánh dấu lỗi", "tep-danh-dau-loi.zip"


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Files in one zip; those of the same name are told apart by a number."""
    out = io.BytesIO()
    names: Counter[str] = Counter()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            names[name] += 1
            archive.writestr(name if names[name] == 1 else f"{names[name]}-{name}", content)
    return out.getvalue()


def told_marked(make: Callable[[], bytes], file_name: str, receipts: Sequence[Receipt]) -> Callable[[], bytes]:
    """Makes marked workbooks, and notes for each unit that its own was taken along."""
    return told(make, file_name, [(one.unit_code, one.period) for one in receipts], MARKED)
