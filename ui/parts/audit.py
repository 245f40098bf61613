"""What was done, by whom, when and why; and whether the record of it is whole."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from etl import Verified, later_events
from queries import audit, unit
from queries.audit import MOST, Wanted
from ui import ask, cards, choosing, formats, tables
from ui.audit_words import ACTIONS, actor, content, said
from ui.remembering import remembered
from ui.tables import Column

DAYS = 30
WHO, WHAT, OF = "nguoi", "viec", "don-vi-nhat-ky"
SINCE, UNTIL = "tu-ngay", "den-ngay"


def chain(found: Verified) -> None:
    """Whether the journal is as it was written, line by line."""
    lines = formats.number(found.pieces)
    if not found.faults:
        st.success(
            f"Sổ nguyên vẹn: cả {lines} dòng khớp chuỗi băm và khớp dòng cuối ghi riêng. Không dòng nào bị sửa, bỏ hay "
            "chèn.", icon=":material/verified:",
        )  # fmt: skip
        return
    more = f" và {len(found.faults) - 1} điểm khác" if len(found.faults) > 1 else ""
    st.error(
        f"Sổ không còn nguyên vẹn: {formats.plain(found.faults[0])}{more}. Chạy “python -m etl verify” trên máy chủ để "
        "xem hết; giữ nguyên thư mục dữ liệu và so với bản sao lưu.", icon=":material/gpp_bad:",
    )  # fmt: skip


def wanted() -> Wanted:
    """What the reader asks for: days, person, kind, unit."""
    empty, today = ask.is_empty(), ask.now().date()
    people = [] if empty else ask.ask(audit.actors)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.date_input("Từ ngày", today - dt.timedelta(DAYS), key=SINCE, format="DD/MM/YYYY", width=140,
                              bind="query-params", max_value=today)  # fmt: skip
        until = st.date_input("Đến ngày", today, key=UNTIL, format="DD/MM/YYYY", width=140, bind="query-params",
                              max_value=today)  # fmt: skip
        who = choosing.one_of("Người", WHO, {one: actor(one) for one in people}, 240, nothing="Mọi người")
        what = choosing.one_of("Việc", WHAT, ACTIONS, 240, nothing="Mọi việc")
        code = choosing.one_of("Đơn vị", OF, units(), 300, nothing="Mọi đơn vị")
    return Wanted(day(since, today), day(until, today), who, what, code)


def units() -> dict[str, str]:
    """The units there are to choose from."""
    if ask.is_empty():
        return {}
    frame = ask.ask(unit.units)
    return dict(zip(frame["unit_code"], frame["unit"], strict=True))


def day(chosen: object, otherwise: dt.date) -> dt.date:
    """The day chosen, another while the box is empty."""
    return chosen if isinstance(chosen, dt.date) else otherwise


def found(asked: Wanted) -> tuple[pd.DataFrame, int]:
    """What happened, with what was noted since the last load before it; and how many there are in all."""
    later = noted_since()
    later = later[fits(later, asked)] if len(later) else later
    if ask.is_empty():
        return later, len(later)
    told = ask.ask(audit.events, asked)
    many = int(told["found"].iloc[0]) if len(told) else 0
    return (pd.concat([later, told], ignore_index=True) if len(later) else told), many + len(later)


def noted_since() -> pd.DataFrame:
    """What was noted since the last load, the latest first. Columns as of audit.events."""
    return pd.DataFrame(
        [
            {"line": line, **{name: value or None for name, value in each._asdict().items()},
             "at": dt.datetime.fromisoformat(each.at)}
            for line, each in reversed(later_events(ask.folder()))
        ]
    )  # fmt: skip


def fits(frame: pd.DataFrame, asked: Wanted) -> pd.Series[bool]:
    """Which rows are asked for."""
    days = frame["at"].dt.date
    fitting: pd.Series[bool] = (days >= asked.since) & (days <= asked.until)
    for name, value in (("actor", asked.actor), ("action", asked.action), ("unit_code", asked.unit_code)):
        fitting &= (frame[name] == value) if value else True
    return fitting


def listed(frame: pd.DataFrame, many: int) -> None:
    """The events, the latest first."""
    if frame.empty:
        st.info("Không có sự kiện nào trong phạm vi đã chọn.", icon=":material/inbox:")
        return
    shown = f"; hiện {formats.number(MOST)} sự kiện mới nhất, thu hẹp bộ lọc để xem hết" if many > len(frame) else ""
    names = units()
    with cards.box(f"{formats.number(many)} sự kiện", f"Mới nhất xếp trước{shown}."):
        tables.show(
            in_words(frame).assign(unit=frame["unit_code"].map(names)),
            (
                Column("at", "Lúc", formats.moment, width=160, pinned=True),
                Column("what", "Việc", width=150),
                Column("who", "Người", width=170),
                Column("unit", "Đơn vị", width=170),
                Column("period", "Kỳ", formats.short_month, width=80),
                Column("about", "Nội dung", width=240),
                Column("was", "Trước", width=200),
                Column("now", "Sau", width=200),
                Column("reason", "Lý do", width=240),
                Column("more", "Chi tiết", width=260),
                Column("line", "Dòng sổ", formats.number, width=80),
            ),
            key="nhat-ky", alt="Nhật ký", rows=18,
        )  # fmt: skip


def history(frame: pd.DataFrame, key: str) -> None:
    """What happened to the reports of one unit."""
    if frame.empty:
        return
    with cards.box("Lịch sử", f"{len(frame)} việc đã ghi trong nhật ký, mới nhất xếp trước."):
        tables.show(
            in_words(frame),
            (
                Column("at", "Lúc", formats.moment, width=160, pinned=True),
                Column("what", "Việc", width=130),
                Column("period", "Kỳ", formats.short_month, width=80),
                Column("was", "Trước", width=200),
                Column("now", "Sau", width=200),
                Column("reason", "Lý do", width=220),
                Column("who", "Người", width=150),
                Column("more", "Chi tiết", width=260),
            ),
            key=key, alt="Lịch sử của đơn vị", rows=8,
        )  # fmt: skip


@remembered
def in_words(frame: pd.DataFrame) -> pd.DataFrame:
    """The events in words."""
    rows = formats.rows_of(frame)
    return frame.assign(
        who=[actor(row["actor"]) for row in rows],
        what=[ACTIONS.get(row["action"], row["action"]) for row in rows],
        about=[content(row) for row in rows],
        was=[state(row["before"]) for row in rows],
        now=[state(row["after"]) for row in rows],
        more=[state(row["detail"]) for row in rows],
    )


def state(text: object) -> Any:
    """A state as people read it; missing where nothing is said of it."""
    return said(text) or None
