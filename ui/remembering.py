"""What was made once of the same content is not made again.

The key is the content itself, and what is made is made of the key alone: nothing can be remembered for other numbers.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
Made = TypeVar("Made")
KEPT = 1_000
"""How many things each maker keeps: some 50 kB each at most."""


def remembered(make: Callable[P, Made]) -> Callable[P, Made]:
    """A maker that works nothing out twice. What it makes is shared: nobody may change it.

    Its arguments must be plain values, frames or functions of a module.
    """

    @lru_cache(maxsize=KEPT)
    def made(key: bytes) -> Any:
        args, named = pickle.loads(key)  # noqa: S301 (written below, never read from elsewhere)
        return make(*args, **named)

    @wraps(make)
    def again(*args: P.args, **named: P.kwargs) -> Made:
        made_: Made = made(pickle.dumps((args, named), protocol=pickle.HIGHEST_PROTOCOL))
        return made_

    return again


def all_remembered(make: Callable[P, Iterable[Made]]) -> Callable[P, Sequence[Made]]:
    """The same for a maker of several things."""

    @remembered
    @wraps(make)
    def those(*args: P.args, **named: P.kwargs) -> Sequence[Made]:
        return tuple(make(*args, **named))

    return those
