"""Every word can be read: a contrast of 4.5 at least (WCAG AA), worked out from the colours of both themes."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui import signs, tables, theme
from ui.parts.reporting import PARTS

CONFIG = tomllib.loads(
    (Path(__file__).resolve().parent.parent.parent / ".streamlit" / "config.toml").read_text("utf-8")
)
THEMES = {name: CONFIG["theme"][name] for name in ("light", "dark")}
LEAST, LEAST_OF_MARKS = 4.5, 3.0
FADED = 0.6
"""How much of the text's colour Streamlit leaves to captions."""
Colour = tuple[float, float, float]
SIGNS = {
    f"{table} {state}": sign
    for table, those in vars(signs).items()
    if table.isupper() and isinstance(those, dict)
    for state, sign in those.items()
}


def colour(text: str) -> Colour:
    """#RRGGBB as numbers."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def over(front: Colour, share: float, back: Colour) -> Colour:
    """A see-through colour on another."""
    red, green, blue = (share * one + (1 - share) * other for one, other in zip(front, back, strict=True))
    return red, green, blue


def luminance(one: Colour) -> float:
    """Relative luminance, as WCAG defines it."""
    linear = [(v / 255) / 12.92 if v / 255 <= 0.04045 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in one]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """How well one colour is told from another, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def slot(placeholder: str) -> int:
    """Which colour of the palette a placeholder stands for."""
    return next(n for n in range(10) if getattr(theme.streamlit_colours, f"CATEGORY_{n}") == placeholder)


def pairs(name: str) -> Iterator[tuple[str, Colour, Colour]]:
    """Words and what is behind them, in one theme."""
    those = THEMES[name]
    back, second, text = (colour(those[f"{one}Color"]) for one in ("background", "secondaryBackground", "text"))
    yield "text", text, back
    yield "text in a box", text, second
    yield "caption", over(text, FADED, back), back
    yield "label in a box", over(text, FADED, second), second
    yield "link", colour(those["linkColor"]), back
    yield "button", colour("#FFFFFF"), colour(those["primaryColor"])
    yield (
        "heading of a table",
        colour(those["dataframeHeaderTextColor"]),
        colour(those["dataframeHeaderBackgroundColor"]),
    )
    for badge in sorted({sign.badge for sign in SIGNS.values()} | {"orange", "yellow", "blue"}):
        yield f"badge {badge}", colour(those[f"{badge}TextColor"]), colour(those[f"{badge}BackgroundColor"])
        yield f"words {badge}", colour(those[f"{badge}TextColor"]), back
    for state, sign in SIGNS.items():
        tint = over(colour(sign.tint[:7]), int(sign.tint[7:9] or "ff", 16) / 255, back)
        yield f"cell {state}", text, tint
    for share in (0, 50, 100):
        red, green, blue, part = (float(one) for one in re.findall(r"[\d.]+", tables.depth(share))[:4])
        yield f"cell of {share}%", text, over((red, green, blue), part, back)
    for placeholder in {theme.NORMAL, theme.GREY, *(part.colour for part in PARTS)}:
        yield f"words in a chart {slot(placeholder)}", colour(those["chartCategoricalColors"][slot(placeholder)]), back


@pytest.mark.parametrize("name", list(THEMES))
def test_words_can_be_read(name: str) -> None:
    weak = {what: round(contrast(*those), 2) for what, *those in pairs(name) if contrast(*those) < LEAST}
    assert not weak


@pytest.mark.parametrize("name", list(THEMES))
def test_marks_of_charts_can_be_seen(name: str) -> None:
    back = colour(THEMES[name]["backgroundColor"])
    used = {theme.NORMAL, theme.WATCH, theme.GOOD, theme.SOFT, theme.GREY, theme.BAD, theme.RETURNED}
    palette = THEMES[name]["chartCategoricalColors"]
    weak = {one: contrast(colour(palette[slot(one)]), back) for one in used}
    assert all(value >= LEAST_OF_MARKS for value in weak.values()), weak


def test_contrast_is_reckoned_as_wcag_does() -> None:
    assert contrast(colour("#000000"), colour("#FFFFFF")) == pytest.approx(21)
    assert contrast(colour("#777777"), colour("#FFFFFF")) == pytest.approx(4.48, abs=0.01)
