"""One file closely: whose it is, what is wrong with it by cause, what it changes, what that does to the indicators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from etl import Change, Effect, Preview, Receipt, Sides
from ui import cards, formats, sentences, tables
from ui.parts import receipts as desk
from ui.parts import recording, tray
from ui.parts.archive import told_marked
from ui.parts.tray import Entry
from ui.signs import OUTCOMES, SEVERITIES, Sign, marked
from ui.tables import Column
from ui.taking import XLSX

SHOWN_OF_A_KIND = 5
"""Findings shown of one cause; the rest is counted."""
RANK = {severity: place for place, severity in enumerate(SEVERITIES)}
ARROW = " → "


def show(entry: Entry, entries: Sequence[Entry]) -> None:
    """The file in view, with the way to the next."""
    with st.container(border=True, height="stretch"):
        way_through(entry, entries)
        head(entry)
        choices(entry)
        seen = tray.preview([entry]) if entry.receipt.counts.get("units") else None
        parts = parts_of(entry, seen)
        if parts:
            for tab, (_, draw) in zip(st.tabs([name for name, _ in parts]), parts, strict=True):
                with tab:
                    draw()


def way_through(entry: Entry, entries: Sequence[Entry]) -> None:
    """Which file is in view, and the one before and after it."""
    keys = [one.key for one in entries]
    place = keys.index(entry.key)
    names = {
        one.key: f"{OUTCOMES[desk.state_of(one)].mark} {desk.whose(one.receipt)} · {one.receipt.file}"
        for one in entries
    }
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.selectbox("Tệp đang xem", keys, format_func=lambda key: names[key], key=desk.IN_VIEW,
                     label_visibility="collapsed")  # fmt: skip
        for icon, step, key, word in (
            (":material/chevron_left:", -1, "K", "Tệp trước"),
            (":material/chevron_right:", 1, "J", "Tệp sau"),
        ):
            target = keys[(place + step) % len(keys)]
            st.button("", icon=icon, key=f"step{step}", shortcut=key, help=word, on_click=look_at, args=(target,),
                      disabled=len(keys) < 2)  # fmt: skip


def look_at(key: str) -> None:
    """Bring a file into view."""
    st.session_state[desk.IN_VIEW] = key


def head(entry: Entry) -> None:
    """Whose, which period, which version, and what happened to the same report before."""
    receipt = entry.receipt
    sign = OUTCOMES[desk.state_of(entry)]
    facts = formats.plain(" · ".join(
        one for one in (receipt.period, receipt.form_version or receipt.form_id, receipt.file) if one
    ))  # fmt: skip
    st.markdown(f"##### {formats.plain(desk.whose(receipt))}\n\n{cards.quiet(facts)}", anchors=False)
    st.badge(marked(sign), color=sign.badge)  # type: ignore[arg-type]
    for sentence, draw in standing(entry):
        draw(sentence)


def standing(entry: Entry) -> Iterator[tuple[str, Callable[[str], Any]]]:
    """What is held of the same report already, in sentences."""
    receipt = entry.receipt
    if receipt.earlier and receipt.earlier.loaded_at:
        before = receipt.earlier
        when = f"lần {before.version}, nhận {formats.moment(before.received_at)}, {formats.plain(before.loaded_by)} ghi"
        yield (
            f"Đã nhận rồi: {formats.plain(before.file_name)}, {when}. Nội dung giống hệt, không có gì thay đổi.",
            st.info,
        )
    elif receipt.earlier:
        yield f"Nội dung giống hệt tệp {formats.plain(receipt.earlier.file_name)} trong cùng đợt.", st.info
    elif len(receipt.held) == 1 and receipt.held[0].last:
        held = receipt.held[0]
        who = f"{formats.plain(held.loaded_by)} ghi lúc {formats.moment(held.loaded_at)}"
        if entry.overtaken:
            yield (
                f"Trong lúc xem, lần nộp {held.last} của báo cáo này vừa được lưu ({who}). So lại rồi chọn.",
                st.warning,
            )
        elif held.current:
            yield f"Nộp lại: thay lần nộp {held.current} đang có hiệu lực ({who}).", st.caption
        else:
            yield f"Lần nộp {held.last} đã bị trả lại với {held.errors} lỗi ({who}).", st.caption
    elif entry.overtaken:
        yield "Trong lúc xem, người khác đã lưu tệp khác của cùng báo cáo. So lại rồi chọn.", st.warning


def choices(entry: Entry) -> None:
    """What can be done with this file."""
    good = desk.is_good(entry)
    some = entry.receipt.counts.get("units_good", 0)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if good or (some and entry.receipt.outcome == "returned"):
            label = "Ghi nhận" if good else f"Ghi nhận {some} đơn vị hợp lệ"
            st.button(label, icon=":material/save:", key="record-one", shortcut="Alt+G", on_click=recording.record,
                      args=([entry],))  # fmt: skip
        if entry.receipt.outcome != "duplicate":
            desk.returning([entry], "Trả lại", "one", "Alt+T")
        st.button("Bỏ", icon=":material/close:", key="leave-one", shortcut="Alt+B", on_click=recording.leave_out,
                  args=([entry.key],))  # fmt: skip
        if desk.is_markable(entry):
            name = entry.receipt.file.rsplit("/", 1)[-1]
            st.download_button(
                "Tải tệp đánh dấu lỗi",
                data=told_marked(lambda: desk.marked_files([entry])[0][1], name, [entry.receipt]),
                file_name=name, mime=XLSX, icon=":material/download:",
                key=f"marked-{entry.key}", on_click="ignore",
            )  # fmt: skip


def parts_of(entry: Entry, seen: Preview | None) -> list[tuple[str, Callable[[], None]]]:
    """What there is to say of a file: of one that needs work what is wrong first, of a good one what it brings."""
    receipt = entry.receipt
    wrong = [(f"Điểm cần xem ({len(receipt.findings)})", lambda: findings(receipt))] if receipt.findings else []
    brought: list[tuple[str, Callable[[], None]]] = []
    if seen and receipt.outcome != "duplicate":
        if seen.changes:
            brought.append((f"Khác bản trước ({len(seen.changes)})", lambda: changes(seen.changes, entry.key)))
        if seen.effects:
            brought.append((f"Chỉ tiêu ({len(seen.effects)})", lambda: effects(seen.effects, entry.key)))
        if seen.samples:
            brought.append(("Số liệu đọc được", lambda: samples(seen.samples, receipt)))
    return [*brought, *wrong] if desk.state_of(entry) == "accepted" else [*wrong, *brought]


def findings(receipt: Receipt) -> None:
    """What is wrong, cause by cause, blocking ones first; of many alike the first few and a count."""
    causes: dict[tuple[str, str], list[Any]] = {}
    for finding in receipt.findings:
        causes.setdefault((finding.severity, finding.rule_id), []).append(finding)
    for (severity, _), those in sorted(causes.items(), key=lambda one: (RANK[one[0][0]], -len(one[1]))):
        with st.container(gap=None):
            cause(SEVERITIES[severity], those)


def cause(sign: Sign, those: Sequence[Any]) -> None:
    """One cause: what is wrong, where, what was expected and how to put it right."""
    first = those[0]
    same = len({each.message for each in those}) == 1
    count = f" · {len(those)} chỗ" if len(those) > 1 else ""
    st.markdown(f":{sign.badge}-badge[{marked(sign)}] **{formats.plain(first.message)}**{count}")
    lines = [place_line(each, same) for each in those[:SHOWN_OF_A_KIND]]
    if len(those) > SHOWN_OF_A_KIND:
        what = "lỗi" if first.severity == "error" else "điểm"
        lines.append(f"… còn {len(those) - SHOWN_OF_A_KIND} {what} cùng loại")
    lines += [f"Yêu cầu: {formats.plain(first.expected)}"] if first.expected else []
    lines += [f"**Cách sửa:** {formats.plain(first.fix)}"] if first.fix else []
    st.markdown("  \n".join(f":small[{line}]" for line in lines))


def place_line(finding: Any, said: bool) -> str:
    """Where a finding stands and what is written there; its sentence unless that was `said`."""
    place = " ".join(one for one in (finding.sheet, finding.cell) if one) or "Cả tệp"
    whose = " · ".join(one for one in (finding.row_label, finding.column_label) if one)
    found = [f"đang ghi “{finding.value}”"] if finding.value and finding.cell and said else []
    words = "; ".join([*([whose] if whose else []), *([] if said else [finding.message.rstrip(".")]), *found])
    return f"**{formats.plain(place)}**" + (f" {formats.plain(words)}" if words else "")


def changes(those: Sequence[Change], key: str) -> None:
    """The cells that say something else than the version in force, old and new."""
    frame = pd.DataFrame([
        {"place": place_of(each), "name": name_of(each), "was": written(each.old), "now": written(each.new)}
        for each in those
    ])  # fmt: skip
    tables.show(
        frame,
        (
            Column("place", "Ô", width=150),
            Column("name", "Dòng, cột", width=290),
            Column("was", "Bản trước", width=100, alignment="right"),
            Column("now", "Bản này", width=100, alignment="right"),
        ),
        key=f"changes-{key}", alt="Các ô khác bản trước", rows=10,
    )  # fmt: skip


def place_of(change: Change) -> str:
    """Sheet and cell."""
    return " ".join(one for one in (change.sheet, change.cell) if one) or formats.NONE


def name_of(change: Change) -> str:
    """What a cell is called."""
    return " · ".join(one for one in (change.row, change.column) if one) or formats.NONE


def written(value: object) -> str:
    """A value of a cell as people write it."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, float | int):
        return formats.number(value, 0 if formats.whole(value) else 2)
    return (
        formats.date(value) if hasattr(value, "strftime") else str(value) if value not in (None, "") else formats.NONE
    )


def effects(those: Sequence[Effect], key: str, whose: str = "Đơn vị") -> None:
    """What recording does to the indicators, of those who sent and of the city; the leading ones first."""
    leading = list(sentences.LEADING)
    ranked = sorted(those, key=lambda one: leading.index(one.indicator) if one.indicator in leading else len(leading))
    frame = pd.DataFrame([
        {"name": f"{each.indicator} {each.name}", "unit": moved(each, each.before, each.after),
         "city": moved(each, each.city_before, each.city_after), "of": formats.of(each.city_after.units, each.owed)}
        for each in ranked
    ])  # fmt: skip
    tables.show(
        frame,
        (
            Column("name", "Chỉ tiêu", width=240),
            Column("unit", whose, width=140, alignment="right"),
            Column("city", "Toàn thành phố", width=160, alignment="right"),
            Column("of", "Số đơn vị", width=80, alignment="right"),
        ),
        key=f"effects-{key}", alt="Chỉ tiêu thay đổi nếu ghi nhận", rows=10,
    )  # fmt: skip


def moved(effect: Effect, before: Sides, after: Sides) -> str:
    """ "71,4% → 70,9%"; of what rounds to the same, the numerators too."""
    was, now = (formats.amount(effect.value(one), effect.unit) for one in (before, after))
    return f"{was}{ARROW}{now}"


def samples(those: Sequence[Change], receipt: Receipt) -> None:
    """A few of the numbers that were read, and how many there are."""
    counts = receipt.counts
    st.caption(
        f"Đã đọc {formats.number(counts.get('observations', 0))} số liệu, {formats.number(counts.get('tasks', 0))} "
        f"nhiệm vụ, {formats.number(counts.get('remarks', 0))} ý kiến. Năm số làm mẫu:"
    )
    rows = [{"Ô": place_of(each), "Dòng, cột": name_of(each), "Số": written(each.new)} for each in those]
    st.table(pd.DataFrame(rows), border="horizontal", hide_index=True)


def whole_batch(entries: Sequence[Entry]) -> None:
    """What recording all good files does to the indicators of the city, worked out when it is asked for."""
    good = [entry for entry in entries if desk.is_good(entry)]
    if len(good) < 2:
        return
    asked = tuple(entry.key for entry in good) in tray.tray().previews
    with cards.box(f"Nếu ghi nhận cả {len(good)} tệp hợp lệ", "Chỉ tiêu toàn thành phố trước và sau; chưa lưu gì."):
        if asked or st.button("Tính thử", icon=":material/calculate:", key="whole"):
            effects(tray.preview(good).effects, "whole", "Các đơn vị của đợt")
