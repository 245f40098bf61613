"""What surrounds every page: looks, freshness, filters, and a net for whatever goes wrong."""

from __future__ import annotations

import base64
import copy
import gc
import logging
import secrets
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from etl import acting, keep_log, look_after, may, troubles
from queries import choices, nation, reporting
from ui import filters, formats, links, settings
from ui.ask import ask, is_empty, is_stale, start_run, today
from ui.signin import entry

STATIC = Path(__file__).resolve().parent.parent / "static"
STYLE, LEADING, SAYING = (
    (STATIC / name).read_text(encoding="utf-8") for name in ("app.css", "leading.js", "saying.js")
)
SURROUNDINGS = f"<style>{STYLE}</style><script>{LEADING}{SAYING}</script>"
"""The style sheet, what leads on from a click, and what Streamlit would say in English."""


def inline(name: str, kind: str) -> str:
    """A small picture as an address that holds it: a named icon is fetched elsewhere, a file is read at every run."""
    return f"data:{kind};base64,{base64.b64encode((STATIC / name).read_bytes()).decode()}"


ICON, LOGO = inline("icon.png", "image/png"), inline("icon.svg", "image/svg+xml")
ABOUT = (
    "Theo dõi việc thực hiện Nghị quyết số 57-NQ/TW ở cấp xã. Số liệu quản lý, không phải số liệu thống kê chính thức."
)
ONCE_MORE = """<script>
for (let wait = 0; wait <= 4000; wait += 200) setTimeout(() => {
    const said = document.querySelector('[role="dialog"]');
    if (said && /^(Page not found|Không có trang này)/.test(said.innerText)) window.location.reload();
}, wait);
</script>"""
"""Until a server has seen st.navigation once, it takes the folder pages/ for its menu and covers the addresses asked
for meanwhile with "Page not found"; asked again, it knows better.
"""
FIRST_MINUTE = 60.0
BEGAN = time.monotonic()
LOOK_EVERY = 60
"""Seconds between looks for newer numbers."""
log = logging.getLogger(__name__)


def begin() -> None:
    """Settle on a snapshot; title, icon, logo and style sheet."""
    keep_log("server")
    settings.read_once()
    look_after()
    start_run()
    st.set_page_config(
        page_title="Theo dõi Nghị quyết 57",
        page_icon=ICON,
        layout="wide",
        menu_items={"About": ABOUT},
    )
    st.logo(LOGO, size="large")
    with st.container(key="surroundings"):
        st.html(SURROUNDINGS, unsafe_allow_javascript=True)
    entry.enter()


def page(script: str, title: str, icon: str, url_path: str | None = None, *, default: bool = False) -> Any:
    """A page of the menu."""
    links.PAGES[script] = _made(script, title, icon, url_path, default)
    return copy.copy(links.PAGES[script])  # navigation writes into what it is given


@cache
def _made(script: str, title: str, icon: str, url_path: str | None, default: bool) -> Any:
    """Made once: Streamlit follows the path of each page anew, a hundred looks at the disk a run."""
    return st.Page(script, title=title, icon=icon, url_path=url_path, default=default)


def menu(sections: Mapping[str, Sequence[Any]]) -> Any:
    """The menu above the page; the first section is its one page. Returns the page chosen, and keeps its name for
    its head.
    """
    sections = allowed(sections)
    (_, first), *others = sections.items()
    chosen = st.navigation({"": list(first), **{name: list(pages) for name, pages in others}}, position="top")
    if chosen.url_path and time.monotonic() - BEGAN < FIRST_MINUTE:
        st.html(ONCE_MORE, unsafe_allow_javascript=True)
    section = next(name for name, pages in sections.items() if chosen in pages)
    st.session_state[filters.PLACE] = f"{section} · {chosen.title}"
    return chosen


NEEDS = {"nop-bao-cao": "submit", "xuat-bao-cao": "export", "nhat-ky": "manage"}
"""Pages that need more than the right to look."""
OF_ONE = ("don-vi", "truy-xuat-so-lieu")
"""Pages for those who may see one unit only."""


def allowed(sections: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """The pages that whoever signed in may open; others have no address for them."""
    actor = acting()
    one = actor is not None and actor.role == "unit"
    kept = {
        name: [page for page in pages if may(NEEDS.get(address(page), "look")) and (not one or address(page) in OF_ONE)]
        for name, pages in sections.items()
    }
    return {name: pages for name, pages in kept.items() if pages}


def address(page: Any) -> str:
    """The address of a page; the first page of all has none."""
    return str(page.url_path)


def is_new() -> bool:
    """Whether there is no monthly report to show yet."""
    return is_empty() or bool(ask(choices.periods, today()).empty)


def is_national() -> bool:
    """Whether this server compares provinces; it then has no units of its own."""
    return not is_empty() and bool(ask(nation.is_national))


def around(page: Any, unfiltered: frozenset[str], longer: frozenset[str]) -> None:
    """Run a page inside the frame; what goes wrong in it is said in a sentence. `unfiltered` pages ask for no period,
    `longer` ones also tell of quarters and years.
    """
    try:
        for sentence in troubles():
            st.warning(formats.plain(sentence), icon=":material/build:")
        new = is_new()
        if page.url_path in unfiltered or (new and not page.url_path):
            filters.forget()
            with st.container(horizontal=True, horizontal_alignment="right"):
                entry.signed_in()
            page.run()
        elif new:
            nothing_yet(page.title)
        else:
            bar(longer=page.url_path in longer)
            if ask(reporting.units, filters.chosen()):
                page.run()
            else:
                nobody(page.title)
    except Exception:
        fault(address(page))
    settle()


@cache
def settle() -> None:
    """After the first run of a server: its libraries stay, so the garbage collector need not walk them again."""
    gc.collect()
    gc.freeze()


def nothing_yet(title: str) -> None:
    """No report at all: where to begin."""
    st.title(title, anchor=False)
    st.info("Chưa có báo cáo nào. Bắt đầu ở trang Tổng quan, hoặc nộp báo cáo đầu tiên.", icon=":material/inbox:")


def nobody(title: str) -> None:
    """No unit is of the kind and in the district chosen, or none owed a report of the period."""
    st.title(title, anchor=False)
    st.info(
        "Không có đơn vị nào phải báo cáo trong phạm vi đã chọn. Bỏ bớt điều kiện lọc.",
        icon=":material/filter_alt_off:",
    )


def bar(*, longer: bool) -> None:
    """The filters, and beside them how fresh the numbers are and whether they are real."""
    fresh = ask(choices.freshness).iloc[0]
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="frame_bar"):
        filters.bar(longer=longer)
        with st.container(horizontal=True, gap="small", width="content", vertical_alignment="center"):
            if fresh["demo"]:
                st.badge(
                    "Dữ liệu minh họa",
                    icon=":material/science:",
                    color="orange",
                    help="Số liệu do hệ thống tạo để làm quen, không phải số liệu thật.",
                )
            newer()
            entry.signed_in()
            if closing := filters.closing():
                st.badge("Số liệu đã chốt", icon=":material/lock:", color="violet", help=formats.plain(closing.name))
                st.caption(f"Chốt kỳ lúc {formats.moment(closing.at)}", width="content")
            else:
                if adjusted := filters.choice().adjusted:
                    st.badge(
                        f"{adjusted} điều chỉnh sau chốt", icon=":material/lock_open:", color="violet",
                        help="Kỳ này đã chốt; xem điều chỉnh ở Tình hình nộp, mục Chốt kỳ.",
                    )  # fmt: skip
                st.caption(f"Số liệu chốt lúc {formats.moment(fresh['loaded_at'])}", width="content")


@st.fragment(run_every=LOOK_EVERY)
def newer() -> None:
    """From time to time: whether newer numbers are there, and a button to see them."""
    if is_stale() and st.button("Có số liệu mới, tải lại", icon=":material/refresh:", type="primary", key="newer"):
        st.rerun(scope="app")


def fault(place: str) -> None:
    """Say that something went wrong, with a code that leads to the log; nothing that was stored is touched."""
    code, actor = secrets.token_hex(3).upper(), acting()
    log.exception("page failed", extra={"code": code, "page": place, "who": actor.name if actor else ""})
    st.error(
        "Trang này gặp lỗi, chưa hiển thị được. Số liệu đã ghi nhận vẫn an toàn. "
        f"Tải lại trang; nếu vẫn lỗi, báo quản trị hệ thống mã **{code}**.",
        icon=":material/error:",
    )
