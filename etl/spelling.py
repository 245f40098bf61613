"""Two ways of typing the same Vietnamese words, made one for comparing."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
INVISIBLE = "\u200b-\u200f\u2060\ufeff\u00ad"
UNSEEN = re.compile(f"[{INVISIBLE}]")
ODD = re.compile(f"[{INVISIBLE}{''.join(map(chr, LOOKALIKES))}]")
"""Hardly a text has one: to look for them is much faster than to replace what may be there."""
DASH = re.compile("[‐‑‒–—―−]")
"""What Word and Excel put in the place of a hyphen while one types."""
SPACES = re.compile(r"\s+")
# The tone of an open syllable may stand on either vowel (hòa, hoà); compared, it stands on the second.
TONE_PAIRS = {
    first + second: plain + toned
    for plain, seconds in (("o", "ae"), ("u", "y"))
    for first, tone in zip(
        {"o": "òóỏõọ", "u": "ùúủũụ"}[plain], ("\u0300", "\u0301", "\u0309", "\u0303", "\u0323"), strict=True
    )
    for second in seconds
    for toned in [unicodedata.normalize("NFC", second + tone)]
}
OPEN_SYLLABLE = re.compile("(" + "|".join(TONE_PAIRS) + r")(?![a-zà-ỹ])")


def clean(text: str) -> str:
    """Text as it should have been typed: NFC, one kind of space, no invisible signs, a true Đ."""
    text = unicodedata.normalize("NFC", text)
    if ODD.search(text):
        text = UNSEEN.sub("", text.translate(LOOKALIKES))
    return " ".join(text.split())


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """The key for comparing words with their tones: clean, lower case, one kind of dash, tone placement made one."""
    return OPEN_SYLLABLE.sub(lambda found: TONE_PAIRS[found[1]], DASH.sub("-", clean(text).lower()))


@lru_cache(maxsize=20_000)
def without_tones(text: str) -> str:
    """The key for comparing words that lost their tones; never the only key for a name of a place."""
    decomposed = unicodedata.normalize("NFD", fold(text).replace("đ", "d"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def slug(text: str) -> str:
    """Text as part of an address or of a file's name: "thanh-pho-hai-phong"."""
    return "-".join(re.findall(r"[a-z0-9]+", without_tones(text)))


@lru_cache(maxsize=20_000)
def heading_key(text: str) -> str:
    """The key of a heading: folded, without what officers add around it (marks, brackets, units)."""
    bare = re.sub(r"\([^)]*\)|[*:\"'“”]", " ", fold(text)).replace("kĩ", "kỹ").replace("tỉ ", "tỷ ")
    return SPACES.sub(" ", re.sub(r"^[\d.]+\s", "", bare.strip())).strip(" .-–")
