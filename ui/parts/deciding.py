"""Forms with which people decide something: fields, a reason, who decides, and one button."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from etl import Undecidable, Unsaved, acting, may
from ui import filters, formats
from ui.telling import WHO

SAID = "decided"


class Signed(NamedTuple):
    """Why something was decided, and by whom; `pressed` once the button was."""

    pressed: bool
    reason: str
    by: str


def name_of(form: str) -> str:
    """The key of a form and its fields: a new one after every decision, so that the fields are empty again."""
    return f"{form}-{st.session_state.get(f'{form}-turn', 0)}"


def signed(form: str, button: str, icon: str, why: str = "Lý do", hint: str = "") -> Signed:
    """The last fields of a form: the reason, the person, the button."""
    key = name_of(form)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        known = st.session_state.get(WHO, "")
        reason = st.text_input(why, key=f"{key}-reason", placeholder=hint, max_chars=300)
        actor = acting()
        by = (
            actor.name
            if actor
            else st.text_input("Người thực hiện", key=f"{key}-by", value=known, max_chars=80, width=220)
        )
        pressed = st.form_submit_button(button, icon=icon, type="primary")
    return Signed(pressed, reason.strip(), by.strip())


def decide(form: str, signature: Signed, work: Callable[[], None], said: str) -> None:
    """Take a decision once the button was pressed; what stands in its way is said, and the fields stay as they are."""
    if not signature.pressed:
        return
    if not signature.by:
        st.error("Ghi tên người thực hiện.", icon=":material/error:")
        return
    try:
        work()
    except (Undecidable, Unsaved) as fault:
        st.error(formats.plain(fault), icon=":material/error:")
        return
    st.session_state[WHO] = signature.by
    st.session_state[f"{form}-turn"] = st.session_state.get(f"{form}-turn", 0) + 1
    st.session_state[SAID] = said
    st.rerun()


def done() -> None:
    """Say once what the last decision did."""
    if said := st.session_state.pop(SAID, ""):
        st.success(formats.plain(said), icon=":material/task_alt:")


def allowed(right: str = "decide") -> bool:
    """Whether anything can be decided here: of a frozen state nothing can, and the page says so; nor by somebody whose
    role does not allow it, and the page says that too.
    """
    if not may(right):
        st.caption("Vai trò của bạn chỉ xem được phần này.")
        return False
    if filters.closing() is None:
        return True
    st.info("Đang xem số liệu đã chốt. Chọn “Số liệu hiện hành” ở thanh lọc để thực hiện.", icon=":material/lock:")
    return False
