"""Tables whose cells are written and coloured our way, without the price of pandas' own styling.

Streamlit asks a Styler for two things: what each cell shows, and which cells have which style. Worked out by pandas
they take longer than the table itself, so they are handed over ready-made. Streamlit reads the same two members of the
Styler, which are pandas' own business; hence only this module knows them, and a test looks at the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler


def painted(
    frame: pd.DataFrame, texts: Mapping[str, Sequence[str]], styles: Mapping[str, Sequence[str]], key: str
) -> Styler:
    """A frame with the texts that columns show in place of their values, and the style of their cells ("" for none)."""
    styler = Styler(frame, uuid=key)
    places = {str(name): place for place, name in enumerate(frame.columns)}
    ready = {"body": body(places, texts), "cellstyle": rules(places, styles)}
    setattr(styler, "_compute", lambda: styler)  # noqa: B010
    setattr(styler, "_translate", lambda *_: ready)  # noqa: B010
    return styler


def body(places: Mapping[str, int], texts: Mapping[str, Sequence[str]]) -> list[list[dict[str, str]]]:
    """What cells show, in the shape pandas gives it."""
    return [
        [{"id": f"row{row}_col{places[name]}", "display_value": text} for row, text in enumerate(those)]
        for name, those in texts.items()
    ]


def rules(places: Mapping[str, int], styles: Mapping[str, Sequence[str]]) -> list[dict[str, Any]]:
    """Which cells have which style, in the shape pandas gives it; cells alike share a rule."""
    alike: dict[str, list[str]] = {}
    for name, those in styles.items():
        for row, style in enumerate(those):
            if style:
                alike.setdefault(style, []).append(f"row{row}_col{places[name]}")
    return [{"props": declarations(style), "selectors": cells} for style, cells in alike.items()]


def declarations(style: str) -> list[tuple[str, str]]:
    """ "color: red; text-align: center" as pairs."""
    return [(name.strip(), value.strip()) for name, _, value in (one.partition(":") for one in style.split(";"))]
