"""What a unit is like: how many people, how diligent its officers, what it owns, how fast it improves."""

from __future__ import annotations

from dataclasses import dataclass

from etl.catalogue import Catalogue, Unit
from etl.demo.chance import around, chance

PEOPLE = {"xa": 21_000, "phuong": 34_000, "dac_khu": 60_000}
CARELESS = 0.75
PEOPLE_A_KM2 = {"dac_khu": 230.0}
"""An island has as many people as it has room for; the smallest has a few hundred."""


@dataclass(frozen=True, slots=True)
class Character:
    """A unit's size and habits."""

    unit: Unit
    diligence: float
    """0.4 (often late, gaps) to 1 (always on time, complete)."""
    zeal: float
    """How much it communicates, 1 on average."""
    growth: float
    """How fast it improves, 1 on average."""
    online: float
    """Share of dossiers filed online at the beginning."""
    population: int
    adults: int
    households: int
    villages: int
    civil_servants: int
    enterprises: int
    business_households: int
    has_screen: bool
    chatbot_from: int
    """The month (counted from the first) from which it has a chatbot; 99 for never."""
    column_from: int
    plan_from: int
    fields: int
    """Into how many fields it splits its dossiers; 0 for none."""

    @property
    def is_careless(self) -> bool:
        """Whether its officers leave open who answers for a task and what is to come of it."""
        return self.diligence < CARELESS

    @property
    def is_agency(self) -> bool:
        """Whether it has no residents."""
        return self.unit.kind not in PEOPLE


def character(catalogue: Catalogue, unit: Unit, seed: int) -> Character:
    """The character of a unit; the same for the same seed."""
    dice = chance(seed, "character", unit.unit_code)
    people = round(around(dice, people_of(catalogue, unit), 0.28))
    diligence = min(1.0, max(0.4, dice.betavariate(6, 1.6)))
    urban = unit.kind == "phuong"
    return Character(
        unit=unit,
        diligence=diligence,
        zeal=max(0.35, dice.gauss(0.75 + 0.35 * diligence, 0.22)),
        growth=max(0.3, dice.gauss(1.0, 0.35)),
        online=min(0.82, max(0.3, dice.gauss(0.58 if urban else 0.53, 0.07))),
        population=people,
        adults=round(people * dice.uniform(0.71, 0.76)),
        households=max(20, round(people / dice.uniform(3.2, 3.6))),
        villages=max(1, round(people / dice.uniform(1_000, 1_600))),
        civil_servants=round(
            dice.uniform(160, 230) if unit.kind not in PEOPLE else 45 + people / dice.uniform(130, 200)
        ),
        enterprises=round(dice.uniform(480, 720) if unit.kind not in PEOPLE else people * dice.uniform(0.004, 0.014)),
        business_households=round(people * dice.uniform(0.03, 0.055)),
        has_screen=dice.random() < (0.75 if unit.kind != "xa" else 0.45),
        chatbot_from=dice.choice((0, 0, 3, 6, 9, 99, 99, 99)),
        column_from=dice.choice((0, 0, 0, 0, 1, 2, 4, 7)),
        plan_from=0 if diligence > 0.6 else dice.choice((0, 1, 3)),
        fields=dice.choice((0, 0, 0, 3, 4)) if people > 3_000 else 0,
    )


def people_of(catalogue: Catalogue, unit: Unit) -> float:
    """About how many people live in a unit; none in an agency."""
    if unit.kind not in PEOPLE:
        return 0.0
    area = next(
        (row.get("area_km2", "") for row in catalogue.tables["units"] if row["unit_code"] == unit.unit_code), ""
    )
    if area and unit.kind in PEOPLE_A_KM2:
        return min(70_000.0, float(area) * PEOPLE_A_KM2[unit.kind])
    return float(PEOPLE[unit.kind])
