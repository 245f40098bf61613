"""Whom a unit met in a month: meetings and people, by group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from etl.demo.chance import chance, count, share
from etl.demo.character import Character
from etl.demo.communication import KAD, SEASON, Row
from etl.form import SheetForm


class Audience(NamedTuple):
    """How often a group is met, and how many come."""

    sessions: float
    people: float
    online: float = 0.0


AUDIENCES: Mapping[str, Audience] = {
    "A01": Audience(2.4, 48, 0.25), "A0101": Audience(0.9, 18, 0.1), "A02": Audience(0.6, 60),
    "A0201": Audience(0.4, 50),
    "A03": Audience(0.9, 26, 0.15), "A0301": Audience(0.4, 18), "A0302": Audience(0.4, 22), "A0303": Audience(0.15, 9),
    "A0304": Audience(0.2, 20), "A05": Audience(1.5, 36, 0.2), "A06": Audience(6, 52, 0.05), "A0601": Audience(2.5, 45),
    "A0602": Audience(1.2, 70), "A07": Audience(1.2, 110, 0.1), "A08": Audience(2.2, 55), "A11": Audience(0.8, 6),
}  # fmt: skip
SELDOM = Audience(0.08, 15)


def audiences(who: Character, form: SheetForm, index: int, month: int, seed: int) -> Mapping[str, Row]:
    """The sheet of audiences; the parts of a group are never more than the group."""
    rows: dict[str, Row] = {}
    for item in form.items:
        dice = chance(seed, "audience", who.unit.unit_code, item.code, index)
        habit = AUDIENCES.get(item.code, SELDOM)
        sessions = count(dice, habit.sessions * who.zeal * SEASON[month])
        people = round(sessions * habit.people * dice.uniform(0.7, 1.3))
        if item.parent in rows:
            above = rows[item.parent]
            sessions, people = min(sessions, whole(above["sessions"])), min(people, whole(above["attendances"]))
            people = people if sessions else 0
        rows[item.code] = {
            "sessions": sessions,
            "attendances": people,
            "of_which_online": share(dice, people, habit.online, 0.05),
        }
        if who.is_agency and item.code in ("A06", "A0601", "A0602"):
            rows[item.code] = {"sessions": KAD, "attendances": KAD}
    return rows


def whole(value: object) -> int:
    """A count that was written, 0 where the group is not met."""
    return value if isinstance(value, int) else 0
