"""Files in one zip, to be taken along together."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Sequence


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """Files in one zip; those of the same name are told apart by a number."""
    out = io.BytesIO()
    names: Counter[str] = Counter()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            names[name] += 1
            archive.writestr(name if names[name] == 1 else f"{names[name]}-{name}", content)
    return out.getvalue()
