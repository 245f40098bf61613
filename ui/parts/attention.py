"""Who needs attention first."""

from __future__ import annotations

import pandas as pd

from ui import cards, formats, links, sentences, tables
from ui.remembering import remembered
from ui.signs import REPORTS
from ui.tables import Column


def units(frame: pd.DataFrame, when: str = "") -> None:
    """Units without a report, then those with overdue work or silent on channels they must use; `when`: the month,
    where the page is of a longer period.
    """
    title = f"{when}: {sentences.attention(frame)}" if when else sentences.attention(frame)
    with cards.box(title, "Xếp theo: chưa nộp hoặc bị trả lại, có nhiệm vụ quá hạn, còn bỏ trống kênh bắt buộc."):
        tables.show(
            urgent(frame),
            (
                Column("unit", "Đơn vị", pinned=True, width=190),
                Column("state", "Báo cáo", signs=REPORTS),
                Column("overdue", "Nhiệm vụ quá hạn", formats.number, help="Số nhiệm vụ quá hạn chưa hoàn thành"),
                Column("value", "Đúng hạn", formats.share, help="Nhiệm vụ hoàn thành đúng hạn trên nhiệm vụ đến hạn"),
                Column("silent", "Kênh bỏ trống", formats.number, help="Kênh bắt buộc chưa có sản phẩm trong kỳ"),
            ),
            key="attention", alt=f"{title}: danh sách đơn vị cần đôn đốc", rows=5,
            lead=links.unit_of_row,
        )  # fmt: skip


@remembered
def urgent(frame: pd.DataFrame) -> pd.DataFrame:
    """The units of which any of this is true."""
    units = zip(frame["state"], frame["overdue"], frame["silent"], strict=True)
    return frame[[state in ("missing", "returned") or overdue > 0 or silent > 0 for state, overdue, silent in units]]
