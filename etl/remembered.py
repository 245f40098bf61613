"""What was worked out of the same bytes before: many workbooks come from one template."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

WORTH_REMEMBERING = 64 * 1024
LONGEST_PIECE = 200
"""A longer one hardly comes again."""
MOST_PIECES = 20_000
"""So many are kept, then all are forgotten."""
Made = TypeVar("Made")


def remembered(make: Callable[[bytes], Made], xml: bytes) -> Made:
    """What is made of a piece of XML, worked out once for the same bytes where they are short enough to be kept."""
    return made_before(make, xml) if len(xml) <= WORTH_REMEMBERING else make(xml)


@lru_cache(maxsize=256)
def made_before(make: Callable[[bytes], Made], xml: bytes) -> Made:
    """The same for what is kept."""
    return make(xml)


class Pieces(dict[bytes, Made]):
    """What was made of short pieces of XML, of which the same come again and again: as quick as to look a word up."""

    def __init__(self, make: Callable[[bytes], Made]) -> None:
        self.make = make

    def __missing__(self, piece: bytes) -> Made:
        made = self.make(piece)
        if len(self) >= MOST_PIECES:
            self.clear()
        if len(piece) <= LONGEST_PIECE:
            self[piece] = made
        return made
