"""The provinces side by side: the nation's figures, the order of the provinces, who is missing."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from queries.scope import Scope, made_out
from ui import cards, charts, choosing, filters, formats, signs, tables, theme
from ui.ask import ask
from ui.charts import Drawn
from ui.formats import Row
from ui.parts import indicators as indicator_parts
from ui.parts.indicators import Foot
from ui.remembering import remembered
from ui.tables import Column

HOW_TO = (
    "Tỉnh chạy `python -m etl share --out tinh.json` và gửi tệp; nơi tổng hợp chạy `python -m etl gather tinh.json`. "
    "Xem docs/scale.md."
)
SOURCE = (
    "Nguồn: số tổng hợp do từng tỉnh chia sẻ, không có số của từng đơn vị. Tỷ lệ toàn quốc bằng tổng tử số chia tổng "
    "mẫu số của các tỉnh có số liệu, không phải trung bình các tỉnh; so với kỳ trước chỉ tính các tỉnh có đủ hai kỳ. "
    "Tỉnh chưa chia sẻ không tính là 0. Số liệu quản lý, không phải số liệu thống kê chính thức."
)
FIRST = "DV01"
SHORT = 8
"""So many bars stand in one column."""
COMPARED = "Tỉnh, thành phố"


def period(periods: pd.DataFrame) -> Scope | None:
    """The period the reader chose, the newest month where none; None where no province has shared any."""
    if periods.empty:
        return None
    names = dict(zip(periods["period"], periods["name"], strict=True))
    months = [code for code, kind in zip(periods["period"], periods["kind"], strict=True) if kind == "month"]
    newest = (months or list(names))[0]
    chosen = choosing.one_of("Kỳ", choosing.NATION_PERIOD, names, 220, first=newest, nothing="Chọn kỳ")
    code = chosen if chosen in names else newest
    due_at = dict(zip(periods["period"], periods["due_at"], strict=True))[code]
    scope = ask(made_out, code)
    filters.hold(scope, names[code], due_at)
    return scope


def indicator(known: pd.DataFrame) -> str:
    """The indicator by which provinces are compared."""
    words = choosing.by_code(known["indicator"], known["name"])
    first = FIRST if FIRST in words else next(iter(words))
    return choosing.one_of("Chỉ tiêu so sánh", choosing.NATION_INDICATOR, words, 560, first=first) or first


def finding(every: pd.DataFrame, standing: pd.DataFrame) -> str:
    """ "Tháng 10/2026: 3/34 tỉnh có số liệu, 72,5% hồ sơ nộp trực tuyến"."""
    having = formats.of(int((~every["state"].isin(("missing", "old"))).sum()), len(every))
    online = standing.set_index("indicator")["value"].get(FIRST)
    rest = "" if formats.is_missing(online) else f", {formats.share(online)} hồ sơ nộp trực tuyến"
    return f"{filters.period_name()}: {having} tỉnh, thành phố có số liệu{rest}"


def about(every: pd.DataFrame) -> str:
    """Of what moment the numbers are, and how many provinces have not shared."""
    times = every["loaded_at"].dropna()
    first, last = formats.moment(times.min()), formats.moment(times.max())
    when = f"Số liệu các tỉnh chốt {f'lúc {first}' if first == last else f'từ {first} đến {last}'}. "
    demo = "**Có dữ liệu minh họa.** " if any(one is True for one in every["demo"]) else ""
    return f"{demo}{when if len(times) else ''}{absence(every)}"


def absence(every: pd.DataFrame) -> str:
    """ "31 tỉnh chưa chia sẻ, 1 tỉnh chưa có kỳ này.\""""
    counts = every["state"].value_counts()
    parts = [(counts.get("missing", 0), "tỉnh chưa chia sẻ"), (counts.get("old", 0), "tỉnh chưa chia sẻ kỳ này")]
    said = ", ".join(f"{formats.number(int(count))} {words}" for count, words in parts if count)
    return f"{said}; không tính là 0." if said else "Mọi tỉnh trong danh sách đã chia sẻ."


def foot(listed: int) -> Foot:
    """What a number is made of, and of how many provinces."""

    def said(row: Row, words: str) -> str:
        return cards.quiet(f"{words} · {formats.of(row['provinces'], listed)} tỉnh")

    return said


def ranking(frame: pd.DataFrame, row: Row) -> None:
    """The provinces that have the indicator as bars, the best first; many of them in two columns."""
    title = f"{formats.plain(row['name'])}: {leader(frame)}"
    known = frame[frame["value"].notna()]
    if known.empty:
        return
    unit, name = str(row["unit"]), str(row["name"])
    top = 100.0 if unit == formats.PERCENT else float(known[["value", "before"]].max().max() or 1)
    half = len(known) if len(known) <= SHORT else (len(known) + 1) // 2
    with (
        cards.box(title, f"Vạch đậm: kỳ trước. {made_of(frame, row)}"),
        st.grid(2 if half < len(known) else 1, min_column_width=cards.GRID_BOXES, gap="large"),
    ):
        for place, part in enumerate((known[:half], known[half:])):
            if not part.empty:
                charts.show(ranking_drawn(part, unit, name, top), key=f"nation-ranking-{place}")


def leader(frame: pd.DataFrame) -> str:
    """ "Quảng Ninh cao nhất trong 12 tỉnh có số liệu"."""
    known = int(frame["value"].notna().sum())
    return f"{formats.plain(frame['province'].iloc[0])} đứng đầu {known} tỉnh có số liệu"


def made_of(frame: pd.DataFrame, row: Row) -> str:
    """ "Toàn quốc 72,5% = 42.119/58.081, 2/34 tỉnh.\""""
    sides = formats.of(row["numerator"], row["denominator"])
    counts = "" if formats.is_missing(row["denominator"]) else f" = {sides}"
    value = formats.amount(row["value"], row["unit"])
    return f"Toàn quốc {value}{counts}, {formats.of(row['provinces'], len(frame))} tỉnh."


@remembered
def ranking_drawn(shown: pd.DataFrame, unit: str, name: str, top: float) -> Drawn:
    """Some of the provinces as bars."""
    text = [
        f"{formats.amount(value, unit)} · {formats.of(units, owed)} đơn vị"
        for value, units, owed in zip(shown["value"], shown["units"], shown["owed"], strict=True)
    ]
    figure = charts.bars(shown, "province", "value", text, [theme.NORMAL] * len(shown), before="before", top=top)
    return charts.drawn(figure, f"{name} của {len(shown)} tỉnh, thành phố")


def trend(row: Row, history: pd.DataFrame) -> None:
    """The nation over twelve months."""
    least, most = (history["provinces"].min(), history["provinces"].max()) if len(history) else (0, 0)
    counted = formats.number(most) if least == most else f"{formats.number(least)} đến {formats.number(most)}"
    about = f"{formats.plain(row['name'])}. Mỗi tháng tính trên các tỉnh có số liệu của tháng đó: {counted} tỉnh."
    with cards.box("Toàn quốc qua 12 tháng", about):
        charts.show(indicator_parts.drawn(row, history, "Toàn quốc", 300), key="nation-trend")


def trend_and_absent(frame: pd.DataFrame, row: Row, history: pd.DataFrame) -> None:
    """The nation over twelve months, beside the provinces that are not in it where there are any."""
    shown = frame[frame["state"] != "known"]
    with st.grid(1 if shown.empty else 2, min_column_width=cards.GRID_BOXES):
        trend(row, history)
        if not shown.empty:
            absent(shown, len(frame))


def absent(shown: pd.DataFrame, listed: int) -> None:
    """The provinces that are not in the numbers, by name, and why."""
    with cards.box(f"{len(shown)}/{listed} tỉnh không có trong số liệu"):
        for state, sign in signs.SHARING.items():
            names = [formats.plain(name) for name in shown.loc[shown["state"] == state, "province"]]
            if names:
                st.markdown(f"{cards.badge(f'{sign.word}: {len(names)}', sign.icon, sign.badge)}{', '.join(names)}.")


def table(frame: pd.DataFrame, row: Row) -> None:
    """Every province with what its value is made of."""
    in_per_cent = row["unit"] == formats.PERCENT
    value, change = (formats.share, formats.points) if in_per_cent else (formats.number, formats.signed)
    about = f"{formats.plain(row['name'])}. Tử số: {formats.plain(row['numerator_text'])}."
    if not formats.is_missing(row["denominator_text"]):
        about += f" Mẫu số: {formats.plain(row['denominator_text'])}."
    with cards.box("Từng tỉnh, thành phố", about):
        tables.show(
            counted(frame),
            (
                Column("place", "Hạng", formats.number, width=64),
                Column("province", COMPARED, pinned=True, width=200),
                Column("value", "Giá trị", value, width=90),
                Column("change", "So với kỳ trước", change, width=120),
                Column("numerator", "Tử số", formats.number, width=100),
                Column("denominator", "Mẫu số", formats.number, width=100),
                Column("counted", "Đơn vị có số liệu", width=120, alignment="right"),
                Column("state", "Tình trạng", signs=signs.SHARING, width=200),
                Column("loaded_at", "Số liệu đến", formats.moment, width=160),
            ),
            key="nation-provinces", alt=f"{row['name']} của từng tỉnh, thành phố", rows=12,
        )  # fmt: skip


@remembered
def counted(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with the units that have the value, of those that owe a report, in words."""
    words = [
        formats.NONE if formats.is_missing(owed) else formats.of(0 if formats.is_missing(units) else units, owed)
        for units, owed in zip(frame["units"], frame["owed"], strict=True)
    ]
    return frame.assign(counted=words)
