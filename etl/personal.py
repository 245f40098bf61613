"""Personal data in free text: numbers of identity papers, telephone numbers, private mail. Found, and shown veiled.

Reports hold totals only (Law 91/2025/QH15). An amount, the number of a document or of a page on the web is no person's.
"""

from __future__ import annotations

import re

ALONE = r"(?<!\d)(?<!\d[.,/-])"
"""Not in the middle of a longer number, an amount or a document's number."""
AMOUNT = r"(?!\s*(?:đồng|đ\b|vnđ|vnd|usd|triệu|tỷ|tỉ|lượt))"
MAILBOXES = "gmail|googlemail|yahoo|ymail|rocketmail|outlook|hotmail|icloud|live|msn|aol|proton|protonmail|zoho|gmx"
PERSONAL = re.compile(
    rf"{ALONE}(?:\d{{12}}|\d{{9}})(?![.,/-]?\d){AMOUNT}"
    rf"|{ALONE}0\d\d([ .])\d{{3}}\1\d{{3}}\1\d{{3}}(?!\d)"
    rf"|{ALONE}(?:\+?84[ .-]?|0)[35789]\d(?:[ .-]?\d){{7}}(?!\d)"
    rf"|(?<![\w.+-])[\w.+-]{{1,64}}\s?@\s?(?:{MAILBOXES})\.[\w.]*\w",
    re.IGNORECASE,
)
LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def personal_in(text: str) -> str:
    """The first piece of personal data in a text, "" where there is none."""
    found = PERSONAL.search(LINK.sub("", text))
    return found[0] if found else ""


def veiled(text: str) -> str:
    """A text as it may be shown: of personal data the ends only."""
    pieces = {found[0] for found in PERSONAL.finditer(LINK.sub(" ", text))}
    for piece in sorted(pieces, key=len, reverse=True):
        text = text.replace(piece, f"{piece[:2]}…{piece[-2:]}")
    return text
