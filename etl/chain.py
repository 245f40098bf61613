"""A chain of lines: the hash that ends each line covers the line before as well, so that one that is altered, left out
or put in is noticed.

A line is a JSON object whose last member is the hash, and whose first says how many lines of the same call come after
it: what was written together counts together or not at all. Lines without a hash, from before there was a chain, may
stand at the beginning; the first hash covers them too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

MARK = ', "hash": "'
AS_BYTES = ("utf-8", "surrogateescape")
"""How lines become bytes: also those that the disk made nonsense of, and back again."""
LEFT = re.compile(r'\{"left": ([0-9]+), ')


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a chain goes: lines, bytes, the hash that covers them all, and whether lines bear it yet."""

    lines: int = 0
    size: int = 0
    hash: str = ""
    chained: bool = False


START = Standing()


class Link(NamedTuple):
    """One line, and how far the chain goes with it."""

    text: str
    standing: Standing
    sound: bool
    """Whether its hash is the one it must have."""

    @property
    def left(self) -> int:
        """How many lines of the same call come after it."""
        found = LEFT.match(self.text)
        return int(found[1]) if found else 0


def hash_of(before: str, body: str) -> str:
    """The hash of a line without its own, after the one before."""
    return hashlib.sha256((before + body).encode(*AS_BYTES)).hexdigest()


def stored_hash(text: str) -> tuple[str, str]:
    """A line without its hash, and the hash; "" where it has none."""
    body, mark, rest = text.rpartition(MARK)
    return (body, rest.removesuffix('"}')) if mark else (text, "")


def linked(after: Standing, objects: Sequence[str]) -> list[Link]:
    """JSON objects of one call as lines that go on from where a chain stands."""
    links = []
    for left, each in zip(range(len(objects) - 1, -1, -1), objects, strict=True):
        body = f'{{"left": {left}, {each[1:-1]}'
        hashed = hash_of(after.hash, body)
        text = f'{body}{MARK}{hashed}"}}'
        after = grown(after, text, hashed)
        links.append(Link(text, after, sound=True))
    return links


def walked(texts: Iterable[str], after: Standing = START) -> Iterator[Link]:
    """Lines as links that go on from where a chain stands. After one that is not sound its own hash counts on."""
    for text in texts:
        body, stored = stored_hash(text)
        right = hash_of(after.hash, body)
        sound = stored == right if stored else not after.chained
        after = grown(after, text, stored or right)
        yield Link(text, after, sound)


def grown(after: Standing, text: str, hashed: str) -> Standing:
    """How far a chain goes with one more line."""
    return Standing(
        after.lines + 1, after.size + len(text.encode(*AS_BYTES)) + 1, hashed, after.chained or MARK in text
    )
