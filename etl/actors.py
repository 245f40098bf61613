"""Who acts, and what their role allows: asked again by every function that writes, whatever the menu shows.

Nobody is set where there is no sign-in (one machine, the command line): then everything is allowed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from inspect import signature
from typing import NamedTuple, ParamSpec, TypeVar

from etl.refusals import NO_RIGHT, note_refusal
from etl.undecidable import NotAllowed

P = ParamSpec("P")
Answer = TypeVar("Answer")

LOOK, EXPORT, SUBMIT, DECIDE, FREEZE, MANAGE = "look", "export", "submit", "decide", "freeze", "manage"
RIGHTS = {
    "admin": frozenset({LOOK, EXPORT, SUBMIT, DECIDE, FREEZE, MANAGE}),
    "analyst": frozenset({LOOK, EXPORT, SUBMIT, DECIDE}),
    "monitor": frozenset({LOOK, EXPORT, DECIDE, FREEZE}),
    "leader": frozenset({LOOK, EXPORT}),
    "unit": frozenset({LOOK}),
}
"""What each role may do. submit: take files in; decide: void, explain, extend; freeze: close a period; manage: all
else.
"""


class Actor(NamedTuple):
    """Who acts: name or e-mail, role (a key of RIGHTS), and of the role unit whose reports they may see."""

    name: str
    role: str
    unit_code: str = ""

    def may(self, right: str) -> bool:
        """Whether the role allows it."""
        return right in RIGHTS.get(self.role, frozenset())


STRANGER = Actor("", "")
"""Somebody who has not signed in, where signing in is asked for: may do nothing."""
_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


def act_as(actor: Actor | None) -> None:
    """Let this run act for somebody; None where there is no sign-in."""
    _acting.set(actor)


def acting() -> Actor | None:
    """Who acts in this run."""
    return _acting.get()


def named(by: str) -> str:
    """Who is written into the record: whoever signed in, else the name given."""
    actor = acting()
    return actor.name if actor else by


def may(right: str) -> bool:
    """Whether whoever acts may do this."""
    actor = acting()
    return actor is None or actor.may(right)


def needs(right: str) -> Callable[[Callable[P, Answer]], Callable[P, Answer]]:
    """A function that only those may call whose role allows it. Raises NotAllowed for others."""

    def guarded(function: Callable[P, Answer]) -> Callable[P, Answer]:
        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> Answer:
            if not may(right):
                given = signature(function).bind(*args, **kwargs).arguments
                note_refusal(NO_RIGHT, named(""), function.__name__, given.get("data"))
                raise NotAllowed
            return function(*args, **kwargs)

        return call

    return guarded
