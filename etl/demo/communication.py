"""A unit's communication in a month: what it made on each channel, whom it met."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

from etl.demo import words
from etl.demo.chance import chance, count, share, split
from etl.demo.character import Character
from etl.form import Item, SheetForm
from etl.template.drawing import is_used

Row = dict[str, object]
KAD = "KAD"

THEMES = {"t1": 0.18, "t2": 0.30, "t3": 0.15, "t4": 0.10, "t5": 0.19, "t9": 0.08}
SEASON = {1: 0.95, 2: 0.8, 3: 1.0, 4: 1.0, 5: 1.0, 6: 0.95, 7: 0.95, 8: 1.05, 9: 1.1, 10: 1.25, 11: 1.15, 12: 1.05}
"""Tet is quiet; October is the month of digital transformation."""


class Habit(NamedTuple):
    """How a channel is used: products a month, people each reaches (as a share of the population if below 1)."""

    products: float
    reach: float = 0.0
    airings: float = 0.0
    minutes: float = 0.0
    display: float = 0.0


HABITS: Mapping[str, Habit] = {
    "K0101": Habit(2.5, 900), "K0102": Habit(0.5, 900, display=1), "K0103": Habit(0.7, 600), "K0104": Habit(0.3, 1_500),
    "K0105": Habit(0.15, 400), "K0201": Habit(24, 0.06, 2.5, 6), "K0202": Habit(4, 0.06, 3, 12, 1),
    "K0301": Habit(15, 240), "K0302": Habit(0.2, 120, display=1), "K0303": Habit(3, 160), "K0401": Habit(19, 900),
    "K0402": Habit(14, 500), "K0403": Habit(1.3, 350), "K0404": Habit(0.7, 600), "K0405": Habit(2, 300, display=1),
    "K0499": Habit(1.6, 700), "K0501": Habit(60, 1), "K0502": Habit(3.5), "K0601": Habit(16, display=3),
    "K0602": Habit(2, display=5),
    "K0603": Habit(9, display=2.5), "K0604": Habit(4, display=2), "K0699": Habit(55, 1),
    "K0701": Habit(3, 0.02, 120, 0.5, 1),
    "K0702": Habit(4, 150, 150, 0.5, 1), "K0801": Habit(0.9, 85), "K0802": Habit(0.2, 60), "K0803": Habit(0.35, 45),
    "K0804": Habit(0.8, 50), "K0805": Habit(3, 35), "K0806": Habit(3.5, 40), "K0807": Habit(9, 55),
    "K0808": Habit(1, 90),
    "K0901": Habit(0.12, 200), "K0902": Habit(3.2, 42), "K0903": Habit(32, 1), "K0904": Habit(85, 1),
    "K1001": Habit(2, 60),
    "K1002": Habit(1.5, 400), "K1003": Habit(1, 250), "K1101": Habit(95, 1), "K1201": Habit(0.3), "K1202": Habit(0.6),
}  # fmt: skip
USUAL = Habit(0.4, 50)
CHANCE_OF_USE = {"K01": 0.8, "K02": 0.97, "K03": 0.95, "K04": 0.97, "K05": 0.55, "K06": 0.9, "K07": 1.0, "K08": 0.96,
                 "K09": 0.9, "K10": 0.5, "K11": 0.85, "K12": 0.6, "K99": 0.25}  # fmt: skip
OF_COMMUNES = ("K02", "K10")
"""Channels an agency does not have."""
DOERS = {"K02": "U03", "K03": "U03", "K04": "U03", "K06": "U03", "K08": "U01", "K09": "U10", "K11": "U05"}


def channels(who: Character, form: SheetForm, index: int, month: int, seed: int) -> Mapping[str, Row]:
    """The sheet of channels."""
    return {item.code: channel(who, form, item, index, month, seed) for item in form.items}


def channel(who: Character, form: SheetForm, item: Item, index: int, month: int, seed: int) -> Row:
    """One channel: what was made, and what follows from it."""
    dice = chance(seed, "channel", who.unit.unit_code, item.code, index)
    group = item.parent or item.code
    if not_applicable(who, group, item.code, index):
        return {"products": KAD}
    habit = HABITS.get(item.code, USUAL)
    products = made(who, habit, item, index, month, seed, dice)
    row: Row = {"products": products}
    if products and splits_themes(who, seed):
        row.update(zip(THEMES, split(dice, products, tuple(THEMES.values())), strict=True))
        row["x_dvctt"] = share(dice, products, 0.24, 0.12)
        row["x_bdhvs"] = share(dice, products, 0.2, 0.12)
    row.update(effects(who, habit, products, dice))
    row.update(circumstances(who, item, group, products, dice, seed))
    columns = {column.column_id: column for column in form.columns}
    return {column_id: value for column_id, value in row.items() if is_used(columns[column_id], item)}


def not_applicable(who: Character, group: str, code: str, index: int) -> bool:
    """Whether the unit cannot have the channel at all."""
    if group == "K07" and not who.has_screen:
        return True
    return (who.is_agency and group in OF_COMMUNES) or (code == "K0501" and index < who.chatbot_from)


def made(who: Character, habit: Habit, item: Item, index: int, month: int, seed: int, dice: Random) -> int:
    """How many products."""
    group = item.parent or item.code
    used = chance(seed, "use", who.unit.unit_code, group).random() < CHANCE_OF_USE.get(group, 0.4) * (
        0.7 + 0.3 * who.diligence
    )
    kept = chance(seed, "use", who.unit.unit_code, item.code).random() < 0.85
    if item.code == "K0302":
        return 1 if index >= who.column_from else 0  # kept up and fed with news from then on
    if not (used and kept):
        return 0
    if item.code == "K0501":
        return round(habit.products * who.zeal * dice.uniform(0.92, 1.08))  # asked at any time of the year
    return count(dice, habit.products * who.zeal * SEASON[month] * (1 + 0.012 * who.growth * index))


def splits_themes(who: Character, seed: int) -> bool:
    """Whether the unit says what its products are about."""
    return chance(seed, "themes", who.unit.unit_code).random() < who.diligence


def effects(who: Character, habit: Habit, products: int, dice: Random) -> Row:
    """Airings, minutes, people reached, reactions."""
    if not products:
        return {}
    airings = round(products * habit.airings * dice.uniform(0.9, 1.1))
    each = habit.reach * who.population * 0.02 if habit.reach < 1 else habit.reach
    reach = round(products * each * dice.uniform(0.8, 1.25))
    return {
        "airings": airings or None,
        "minutes": round(airings * habit.minutes) or None,
        "reach": reach or None,
        "interactions": round(reach * dice.uniform(0.02, 0.08)) or None,
    }


def circumstances(who: Character, item: Item, group: str, products: int, dice: Random, seed: int) -> Row:
    """What hangs or runs at the end of the month, where, by whom, with what to show for it."""
    habit = HABITS.get(item.code, USUAL)
    own = chance(seed, "display", who.unit.unit_code, item.code)
    shown = round(habit.display * own.uniform(1, 4)) if habit.display and products else None
    row: Row = {"on_display": 1 if item.code == "K0302" and products else shown}
    if products and group in ("K02", "K06", "K07", "K10", "K11"):
        row["places"] = who.villages if group == "K02" else max(1, round(own.uniform(1, 6)))
    if products and own.random() < 0.5:
        row["doing_unit"] = "U20" if who.is_agency else DOERS.get(group, "U01")
    if products and group in ("K03", "K04") and own.random() < 0.5:
        row["evidence"] = f"https://{who.unit.unit_code.lower()}.example/nq57/{item.code.lower()}"
    if products and dice.random() < 0.05:
        row["note"] = dice.choice(words.NOTES)
    return row
