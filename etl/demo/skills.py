"""A unit's digital skills in a month: what was reached so far never falls, and grows by what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.demo.chance import chance, count, grown, share
from etl.demo.character import Character

Row = dict[str, object]
REACHED = {"KN01": (0.86, 0.995), "KN02": (0.5, 0.97), "KN03": (0.34, 0.82), "KN04": (0.1, 0.6), "KN05": (0.74, 0.93),
           "KN06": (0.08, 0.38), "KN07": (0.55, 0.88), "KN08": (0.72, 0.88), "KN10": (0.9, 1.0), "KN13": (0.36, 0.8),
           "KN14": (0.86, 1.0)}  # fmt: skip
"""Share of the base at the beginning and in the long run."""
DONE = {"KN11": 210.0, "KN12": 330.0, "KN17": 0.35, "KN18": 1.6, "KN19": 0.3, "KN20": 0.6, "KN22": 1.1}
OF_RESIDENTS = ("adults", "population", "households", "villages", "business_households")
KAD = "KAD"


def skills(
    who: Character,
    rows: Sequence[Mapping[str, str]],
    index: int,
    cover: Mapping[str, object],
    reached: Mapping[str, int],
    seed: int,
) -> tuple[Mapping[str, Row], Mapping[str, int]]:
    """The rows of the sheet by item, and what is reached. `rows` of skills.csv; `reached` at the end of last month."""
    found: dict[str, Row] = {}
    now: dict[str, int] = {}
    for row in rows:
        code = row["item_code"]
        dice = chance(seed, "skill", who.unit.unit_code, code, index)
        base = cover.get(row["base"])
        if who.is_agency and (row["base"] in OF_RESIDENTS or code in ("KN09", "KN12")):
            found[code] = {"in_period": KAD, "cumulative": KAD}
        elif row["kind"] == "flow":
            found[code] = {"in_period": flow(found, row, count(dice, DONE.get(code, 0.5) * who.zeal))}
        elif isinstance(base, int):
            now[code] = total = level(who, code, base, index, reached.get(code), seed)
            found[code] = {
                "base": base,
                "in_period": total - reached.get(code, share(dice, total, 0.97, 0.01)),
                "cumulative": total,
            }
        elif code == "KN09":
            now[code] = members = max(reached.get(code, 0), round(who.villages * 5.5 + index * dice.uniform(0, 1)))
            found[code] = {"in_period": members - reached.get(code, members), "cumulative": members}
    return found, now


def level(who: Character, code: str, base: int, index: int, before: int | None, seed: int) -> int:
    """What is reached of a base: more each month, never less than before, never more than all."""
    first, last = REACHED.get(code, (0.3, 0.7))
    own = chance(seed, "level", who.unit.unit_code, code).uniform(-0.06, 0.05)
    rate = grown(max(0.02, first + own), min(1.0, last + own / 2), index, 0.1 * who.growth)
    return min(base, max(before or 0, round(base * rate)))


def flow(found: Mapping[str, Row], row: Mapping[str, str], happened: int) -> int:
    """What happened in the month; a count that is part of another (its base) is all of it."""
    whole = found.get(row["base"], {}).get("in_period")
    return whole if isinstance(whole, int) else happened
