"""Every table can be taken along, as a workbook or as CSV; both are made when they are asked for, not before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from etl import Field, as_csv, as_workbook, slug
from ui import ask, filters, formats
from ui.signs import Sign
from ui.telling import told

KINDS: Mapping[Callable[..., str], str] = {
    formats.number: "number", formats.shortly: "number", formats.share: "share", formats.points: "points",
    formats.date: "date", formats.moment: "moment",
}  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = list[list[object]]


class Taken:
    """One column to take along: its heading, its kind, and the words of its states."""

    def __init__(
        self, name: str, label: str, writer: Callable[[Any], str] | None = None, signs: Mapping[str, Sign] | None = None
    ) -> None:
        self.name, self.signs = name, signs
        self.field = Field(label, KINDS.get(writer, "text") if writer else "text")

    def values(self, frame: pd.DataFrame) -> list[object]:
        """The column's values; a state is its word."""
        if self.signs:
            return [self.signs[one].word if one in self.signs else None for one in frame[self.name]]
        return list(frame[self.name])


def offer(frame: pd.DataFrame, columns: Sequence[Taken], key: str, title: str) -> None:
    """Two quiet buttons under a table; the files are called by what the table is, without the finding before it."""
    scope = filters.scope_in_words()
    name = "-".join(
        part for part in (slug(title.rpartition(": ")[2]), filters.chosen().period if scope else "") if part
    )
    made = f"Lập lúc {formats.moment(ask.now())}. Số liệu quản lý, không phải số liệu thống kê chính thức."
    about = [line for line in (scope, made) if line]
    fields = [column.field for column in columns]
    with st.container(horizontal=True, horizontal_alignment="right", gap="small", key=f"take-{key}"):
        st.download_button(
            "Excel", data=told(lambda: as_workbook(title, about, fields, rows(frame, columns)), f"{name}.xlsx"),
            file_name=f"{name}.xlsx",
            mime=XLSX, icon=":material/download:", type="tertiary", key=f"xlsx-{key}", on_click="ignore",
            help="Tải bảng này về Excel",
        )  # fmt: skip
        st.download_button(
            "CSV", data=told(lambda: as_csv(fields, rows(frame, columns)), f"{name}.csv"), file_name=f"{name}.csv",
            mime="text/csv",
            icon=":material/download:", type="tertiary", key=f"csv-{key}", on_click="ignore",
            help="Tải bảng này về tệp CSV",
        )  # fmt: skip


def rows(frame: pd.DataFrame, columns: Sequence[Taken]) -> Rows:
    """The table row by row."""
    return [list(row) for row in zip(*(column.values(frame) for column in columns), strict=True)]
