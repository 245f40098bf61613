"""Online services: how units spread, who is where, and the way of the dossiers."""

from __future__ import annotations

import pandas as pd

from ui import cards, charts, formats, theme
from ui.charts import Drawn
from ui.formats import Row
from ui.remembering import remembered

STEPS = {
    "recv_total": "Hồ sơ tiếp nhận mới", "recv_online": "nộp trực tuyến", "recv_full": "trong đó toàn trình",
    "fee_total": "Hồ sơ có phí, lệ phí", "fee_online": "thanh toán trực tuyến",
    "done_total": "Hồ sơ đã giải quyết", "e_result": "trả kết quả điện tử",
}  # fmt: skip

ADOPTION = {
    "DV01": "Hồ sơ nộp trực tuyến",
    "DV02": "Hồ sơ toàn trình",
    "DV06": "Thanh toán trực tuyến",
    "DV08": "Kết quả điện tử",
}
"""The cards of the page, in order."""


def flow(frame: pd.DataFrame) -> None:
    """From received to paid online to an electronic result, each step against what it is a part of."""
    with cards.box(
        "Hồ sơ qua từng bước trên môi trường điện tử", "Số hồ sơ trong kỳ; phần trăm tính trên nhóm tương ứng."
    ):
        charts.show(drawn(frame), key="flow")


@remembered
def drawn(frame: pd.DataFrame) -> Drawn:
    """The steps as bars."""
    shown = frame.assign(name=[STEPS.get(one, one) for one in frame["measure"]])
    text = [step(row) for row in formats.rows_of(shown)]
    colours = [theme.SOFT if formats.is_missing(share) else theme.NORMAL for share in shown["share"]]
    figure = charts.bars(shown, "name", "value", text, colours, top=float(frame["value"].max() or 1))
    return charts.drawn(figure, "; ".join(f"{name} {said}" for name, said in zip(shown["name"], text, strict=True)))


def step(row: Row) -> str:
    """A count, and its share of what it is a part of."""
    count = formats.number(row["value"])
    return count if formats.is_missing(row["share"]) else f"{count} · {formats.share(row['share'], 0)}"
