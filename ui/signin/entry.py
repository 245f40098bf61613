"""Who looks at this page: asked again at every run, before anything of the data is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from etl import STRANGER, Actor, act_as, acting
from ui import formats
from ui.signin import people, sessions
from ui.signin.gate import config_has_auth
from ui.signin.guarded import is_guarded

HERE_ONLY = ("localhost", "127.0.0.1", "::1")
ROLES = {
    "admin": "Quản trị", "analyst": "Chuyên viên tổng hợp", "monitor": "Phòng chuyên môn", "leader": "Lãnh đạo",
    "unit": "Đơn vị báo cáo",
}  # fmt: skip


def enter() -> Actor | None:
    """Let this run act for whoever signed in, None where there is no sign-in; stops the run for strangers."""
    if not asks_for_sign_in():
        if st.get_option("server.address") not in HERE_ONLY:
            act_as(STRANGER)
            stop("Chưa cấu hình đăng nhập nên hệ thống chỉ phục vụ trên chính máy này. Đặt lại địa chỉ máy chủ là "
                 "localhost, hoặc cấu hình đăng nhập theo hướng dẫn triển khai.")  # fmt: skip
        act_as(None)
        return None
    if not is_guarded():
        act_as(STRANGER)
        stop("Máy chủ có cấu hình đăng nhập phải chạy bằng lệnh: streamlit run asgi.py")
    said = claims()
    actor = people.actor_of(said)
    act_as(actor)
    if actor == STRANGER:
        stop("Tài khoản này chưa được cấp quyền sử dụng. Liên hệ quản trị hệ thống của Sở để được cấp quyền.")
    sessions.seen(actor.name)
    return actor


def asks_for_sign_in() -> bool:
    """Whether signing in is set up, here or at a reverse proxy."""
    return config_has_auth() or bool(st.get_option("server.trustedUserHeaders"))


def claims() -> Mapping[str, Any]:
    """What the sign-in says of whoever looks."""
    try:
        return dict(st.user)
    except AttributeError:
        return {}


def stop(sentence: str) -> None:
    """Say why nothing is shown."""
    st.error(sentence, icon=":material/lock:")
    st.stop()


def signed_in() -> None:
    """Who is signed in, and a button to sign out; nothing where there is no sign-in."""
    actor = acting()
    if actor is None:
        return
    with st.popover(formats.plain(actor.name), icon=":material/account_circle:", type="tertiary"):
        st.markdown(f"Vai trò: **{ROLES.get(actor.role, actor.role)}**")
        if st.button("Đăng xuất", icon=":material/logout:", key="sign-out"):
            st.logout()
