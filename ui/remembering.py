"""What was made once of the same content is not made again.

The key is the content itself, and what is made is made of the key alone: nothing can be remembered for other numbers.
Frames that are shared, because they are answers or were themselves made here, never change: each is its own key, which
spares reading it through at every run of a page.
"""

from __future__ import annotations

import pickle
import weakref
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial, wraps
from typing import Any, ParamSpec, TypeVar

import pandas as pd

P = ParamSpec("P")
Made = TypeVar("Made")
KEPT = 1_000
"""How many things each maker keeps: some 50 kB each at most."""


class Shared:
    """A shared frame as part of a key: equal to itself alone, and there only as long as its frame is."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = weakref.ref(frame, partial(_shared.pop, id(frame)))


_shared: dict[int, Shared] = {}
"""The shared frames by their place in memory."""


def share(made: Made) -> Made:
    """Something that is handed out more than once; nobody may change the frames in it."""
    if isinstance(made, pd.DataFrame):
        _shared.setdefault(id(made), Shared(made))
    elif isinstance(made, tuple):
        for one in made:
            share(one)
    return made


def remembered(make: Callable[P, Made]) -> Callable[P, Made]:
    """A maker that works nothing out twice. What it makes is shared: nobody may change it.

    Its arguments must be plain values, frames or functions of a module.
    """

    @lru_cache(maxsize=KEPT)
    def made(shared: tuple[Shared | None, ...], key: bytes) -> Any:
        args, named = pickle.loads(key)  # noqa: S301 (written below, never read from elsewhere)
        whole: Any = [held.frame() if held else one for held, one in zip(shared, args, strict=True)]
        return share(make(*whole, **named))

    @wraps(make)
    def again(*args: P.args, **named: P.kwargs) -> Made:
        shared = tuple(_shared.get(id(one)) if isinstance(one, pd.DataFrame) else None for one in args)
        rest = [None if held else one for held, one in zip(shared, args, strict=True)]
        made_: Made = made(shared, pickle.dumps((rest, named), protocol=pickle.HIGHEST_PROTOCOL))
        return made_

    return again


def all_remembered(make: Callable[P, Iterable[Made]]) -> Callable[P, Sequence[Made]]:
    """The same for a maker of several things."""

    @remembered
    @wraps(make)
    def those(*args: P.args, **named: P.kwargs) -> Sequence[Made]:
        return tuple(make(*args, **named))

    return those
