"""Which colour means what.

Charts carry Streamlit's placeholder colours: the browser replaces them by the palette of the theme in use, so a chart
needs not know whether it is light or dark. The placeholders are Streamlit's own business, hence only this module
knows them.
"""

from __future__ import annotations

from streamlit.elements.lib import streamlit_plotly_theme as streamlit_colours

NORMAL = streamlit_colours.CATEGORY_0
WATCH = streamlit_colours.CATEGORY_1
GOOD = streamlit_colours.CATEGORY_2
SOFT = streamlit_colours.CATEGORY_4
GREY = streamlit_colours.CATEGORY_5
BAD = streamlit_colours.CATEGORY_6
RETURNED = streamlit_colours.CATEGORY_3
TEXT = streamlit_colours.GRAY_90
GRID = streamlit_colours.FADED_TEXT_05
BACKGROUND = streamlit_colours.BG_COLOR
DEPTHS = tuple(getattr(streamlit_colours, f"SEQUENTIAL_{step}") for step in range(10))
"""From faint to deep, for classes of a value."""
