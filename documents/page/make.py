"""The page put together: everything it needs stands in it, and a content policy forbids it to ask for anything else."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection
from jinja2 import Environment
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from documents import wording
from documents.page.figures import LEADING, figures
from documents.word import city
from documents.word.parts import about, rows_of, target_of, value_of
from queries import indicators, reporting
from queries.scope import Scope
from ui import formats

TEMPLATE = Path(__file__).with_name("overview.html")


def overview(con: DuckDBPyConnection, scope: Scope, now: dt.datetime, closing: str = "") -> bytes:
    """The page (HTML, UTF-8) of a period; `closing` names the closing whose figures these are."""
    when = about(con, scope, now.date())
    owed = reporting.units(con, scope)
    said, drawn = city.contents(con, scope, now, closing), figures(con, scope)
    standing = indicators.standing(con, scope, list(LEADING))
    chosen = formats.units_of(scope.kind, scope.district)
    contents = {
        "title": f"Thực hiện Nghị quyết số 57-NQ/TW ở cấp xã, {formats.inside(when.name)}",
        "about": f"Từ ngày {when.date_from} đến ngày {when.date_to}. Đơn vị: {chosen or 'tất cả'}. "
                 f"Số liệu chốt lúc {when.fresh}{said['ten_chot']}.",
        "cards": [card(row, owed) for row in rows_of(standing)], "figures": drawn,
        "sentences": [*listed(said["nop"]), *listed(said["don_doc"])], "units": said["bang_don_vi"],
        "plotly": Markup(get_plotlyjs()),  # noqa: S704
        "drawn": as_script({name: figure for name, (_, figure) in drawn.items()}),
    }  # fmt: skip
    page = Environment(autoescape=True).from_string(TEMPLATE.read_text(encoding="utf-8"))
    return page.render(contents).encode()


def listed(sentences: object) -> list[object]:
    """Sentences of a report."""
    assert isinstance(sentences, list)
    return sentences


def card(row: Mapping[str, Any], owed: int) -> Mapping[str, str]:
    """One leading indicator: value, what it is made of, change, target and level."""
    missing = formats.is_missing(row["value"])
    return {
        "name": LEADING[str(row["indicator"])], "value": value_of(row),
        "made_of": "chưa có số liệu" if missing else wording.made_of(row, owed),
        "change": wording.changed(row["value"], row["before"], row["unit"], "kỳ trước"),
        "target": "" if target_of(row) == formats.NONE else f"Mục tiêu {target_of(row)}",
        "level": str(row["level"] or ""), "label": str(row["label"] or ""),
    }  # fmt: skip


def as_script(value: object) -> Markup:
    """A value as JSON inside a script: nothing in it can end the script."""
    written = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return Markup(written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704
