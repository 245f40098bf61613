"""A unit's administrative dossiers in a month, by field, so that what comes in is what goes out and what is left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from random import Random

from etl.demo import words
from etl.demo.chance import chance, grown, share, split
from etl.demo.character import Character

Row = dict[str, object]
Numbers = dict[str, int]
DOSSIERS_A_PERSON = 0.0165
AGENCY_DOSSIERS = 260
SEASON = {1: 0.95, 2: 0.72, 3: 1.1, 4: 1.05, 5: 1.02, 6: 1.05, 7: 1.0, 8: 1.12, 9: 1.05, 10: 1.0, 11: 1.0, 12: 0.98}
WHOLE = "TONG"
BEST_ONLINE = 0.93


def services(
    who: Character, index: int, last_day: dt.date, opened: Mapping[str, int], seed: int
) -> tuple[Mapping[str, Row], Mapping[str, int]]:
    """The rows of the sheet, and what is open in each field at the end. `opened`: what was open at the beginning."""
    month = last_day.month
    dice = chance(seed, "services", who.unit.unit_code, index)
    fields = fields_of(who)
    expected = (AGENCY_DOSSIERS if who.is_agency else who.population * DOSSIERS_A_PERSON) * SEASON[month]
    received = max(2, round(expected * dice.uniform(0.9, 1.1) * (1 + 0.006 * index)))
    parts = split(dice, received, words.FIELD_WEIGHTS[: len(fields)])
    begun = opened or dict(
        zip(fields, split(dice, round(received * 0.11), words.FIELD_WEIGHTS[: len(fields)]), strict=True)
    )
    rows = {
        field: dossiers(who, index, part, begun.get(field, 0), dice) for field, part in zip(fields, parts, strict=True)
    }
    total: Row = {key: sum(row[key] for row in rows.values()) for key in rows[fields[0]]}
    total.update(procedures(who, index, month, seed))
    total.update(opinions(who, whole(total["done_total"]), last_day, dice))
    left = {field: row["open_total"] for field, row in rows.items()}
    return {WHOLE: total, **({} if len(fields) == 1 else {field: dict(row) for field, row in rows.items()})}, left


def fields_of(who: Character) -> tuple[str, ...]:
    """The fields a unit reports by; one that does not split has a single one."""
    names = words.AGENCY_FIELDS if who.is_agency else words.FIELDS
    return names[: who.fields] if who.fields else (WHOLE,)


COUNTS_PROCEDURES = 0.6
"""Diligence from which a unit fills the optional column on dossiers of full-online procedures."""


def online_rate(who: Character, index: int, dice: Random) -> float:
    """The share of dossiers filed online, rising month by month."""
    return min(
        BEST_ONLINE,
        grown(who.online, min(BEST_ONLINE, who.online + 0.27), index, 0.11 * who.growth) + dice.uniform(-0.02, 0.02),
    )


def dossiers(who: Character, index: int, received: int, carried: int, dice: Random) -> Numbers:
    """One field: received by three ways, done in three states, the rest open or withdrawn."""
    online = share(dice, received, online_rate(who, index, dice), 0.01)
    online = min(online, received - 1) if received >= 150 else online
    post = share(dice, received - online, 0.06, 0.03)
    full = share(dice, online, 0.62 + 0.01 * index, 0.05)
    load = carried + received
    withdrawn = share(dice, load, 0.008, 0.006)
    open_total = share(dice, load - withdrawn, 0.1, 0.025)
    done = load - withdrawn - open_total
    slack = 1 - who.diligence
    late = share(dice, done, max(0.0, (0.01 + 0.05 * slack) * (1 - 0.04 * index)), 0.006)
    early = share(dice, done - late, 0.72, 0.08)
    open_late = share(dice, open_total, 0.04 * slack + 0.005, 0.01)
    fees = share(dice, received, 0.42, 0.06)
    numbers = {
        "carried_in": carried, "recv_total": received, "recv_online": online, "recv_full": full,
        "recv_direct": received - online - post, "recv_post": post, "done_total": done, "done_early": early,
        "done_ontime": done - late - early, "done_late": late, "open_total": open_total,
        "open_intime": open_total - open_late, "open_late": open_late, "withdrawn": withdrawn, "fee_total": fees,
        "fee_online": share(dice, fees, grown(0.4, 0.8, index, 0.07 * who.growth), 0.03),
        "digitised": share(dice, received, grown(0.68, 0.97, index, 0.1 * who.growth), 0.03),
        "reused": share(dice, received, grown(0.22, 0.6, index, 0.06 * who.growth), 0.03),
        "e_result": share(dice, done, grown(0.58, 0.95, index, 0.09 * who.growth), 0.03),
    }  # fmt: skip
    if who.diligence > COUNTS_PROCEDURES:
        numbers["recv_full_procs"] = full + share(dice, received - full, 0.18, 0.04)
    return numbers


def procedures(who: Character, index: int, month: int, seed: int) -> Row:
    """The procedures of the unit; those with dossiers are counted from the beginning of the year."""
    dice = chance(seed, "procedures", who.unit.unit_code)
    total = dice.randint(62, 74) if who.is_agency else dice.randint(358, 372)
    online = round(total * dice.uniform(0.8, 0.9))
    used = round(online * grown(0.08, 0.5, month, 0.2) * dice.uniform(0.9, 1.05))
    return {"procs_total": total, "procs_online": online, "procs_full": round(online * 0.52), "procs_used": used}


def opinions(who: Character, done: int, last_day: dt.date, dice: Random) -> Row:
    """How people judged the service, and what they asked; not every unit counts it."""
    if who.diligence < 0.6:
        return {}
    ratings = share(dice, done, 0.22, 0.08)
    feedback = dice.choice((0, 0, 1, 2, 3, 5))
    row: Row = {"ratings": ratings, "ratings_good": share(dice, ratings, 0.95, 0.04), "feedback": feedback,
                "feedback_ontime": share(dice, feedback, 0.97, 0.02)}  # fmt: skip
    if not who.is_agency and who.diligence > 0.75:
        row["score766"] = round(min(96.0, 58 + 30 * who.diligence + dice.uniform(-6, 6)), 1)
        row["score766_date"] = last_day - dt.timedelta(days=dice.randint(0, 3))
    return row


def whole(value: object) -> int:
    """A number that was just worked out."""
    assert isinstance(value, int)
    return value
