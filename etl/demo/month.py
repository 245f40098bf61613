"""One unit's month: everything its report says, and what the next month goes on from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from etl.calendar import Period
from etl.catalogue import Catalogue
from etl.demo import words
from etl.demo.chance import chance
from etl.demo.character import Character
from etl.demo.communication import channels
from etl.demo.meetings import audiences
from etl.demo.money import money
from etl.demo.services import services
from etl.demo.skills import skills
from etl.demo.tasks import tasks
from etl.form import Form
from etl.report import Remark, Task
from etl.template.before import asked_again

Rows = Mapping[str, Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Standing:
    """What one month hands on to the next."""

    tasks: tuple[Task, ...] = ()
    open_dossiers: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, int] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Month:
    """What a unit's report of a month says."""

    cover: Mapping[str, object]
    sheets: Mapping[str, Rows]
    """sheet -> item -> column_id -> number, text or None"""
    tasks: tuple[Task, ...]
    remarks: tuple[Remark, ...]
    nothing: frozenset[str] = frozenset()
    """Sheets declared to have nothing to report."""


def live_month(
    catalogue: Catalogue, form: Form, who: Character, period: Period, index: int, standing: Standing, seed: int
) -> tuple[Month, Standing]:
    """One month of a unit, the `index`-th from the first."""
    month, year = period.date_to.month, period.date_to.year
    cover = cover_of(who, period, index, seed)
    dossiers, open_dossiers = services(who, index, period.date_to, standing.open_dossiers, seed)
    reached_rows, reached = skills(who, catalogue.tables["skills"], index, cover, standing.skills, seed)
    spent = standing.spent if month > 1 else {}
    money_rows, spent = money(who, form.sheet("7_KINH_PHI"), year, month, spent, seed)
    register = tasks(who, index, period, [asked_again(task) for task in standing.tasks], seed)
    sheets: dict[str, Rows] = {
        "2_TUYEN_TRUYEN": channels(who, form.sheet("2_TUYEN_TRUYEN"), index, month, seed),
        "3_DOI_TUONG": audiences(who, form.sheet("3_DOI_TUONG"), index, month, seed),
        "5_DVC": dossiers,
        "6_KY_NANG_SO": reached_rows,
        "7_KINH_PHI": money_rows,
    }
    idle = frozenset(sheet for sheet in ("7_KINH_PHI",) if not any(row["spent_cum"] for row in sheets[sheet].values()))
    said = Month(cover, sheets, register, remarks(who, period, seed), idle)
    return said, Standing(register, open_dossiers, reached, spent)


def cover_of(who: Character, period: Period, index: int, seed: int) -> Mapping[str, object]:
    """The cover of a month."""
    dice = chance(seed, "cover", who.unit.unit_code, period.period)
    office = "BC-BQL" if who.is_agency else "BC-UBND"
    grown = 1 + 0.0008 * index
    facts: dict[str, object] = {
        "document_no": f"{dice.randint(5, 60) + 32 * period.date_to.month}/{office}",
        "signed_date": min(period.date_to + dt.timedelta(days=dice.randint(1, 4)), period.due_at.date()),
        "signer_title": "Phó Trưởng ban" if who.is_agency else "Phó Chủ tịch Ủy ban nhân dân",
        "compiler_unit": "U20" if who.is_agency else "U01",
        "civil_servants": who.civil_servants,
        "enterprises": round(who.enterprises * grown),
        "has_screen": who.has_screen,
        "has_chatbot": index >= who.chatbot_from,
        "has_portal_column": index >= who.column_from,
    }
    if index >= who.plan_from:
        year = period.date_to.year - (period.date_to.month <= 3)
        own = chance(seed, "plan", who.unit.unit_code, year)
        suffix = "KH-BQL" if who.is_agency else "KH-UBND"
        facts["plan_no"] = (
            f"Số {own.randint(12, 190)}/{suffix} ngày {own.randint(2, 27):02}/{own.choice((2, 3)):02}/{year}"
        )
    if not who.is_agency:
        facts |= {
            "population": round(who.population * grown), "adults": round(who.adults * grown),
            "households": round(who.households * grown), "villages": who.villages,
            "business_households": round(who.business_households * (1 + 0.004 * index)),
        }  # fmt: skip
    return facts


def remarks(who: Character, period: Period, seed: int) -> tuple[Remark, ...]:
    """Difficulties, proposals, good models, plans: a few each month."""
    dice = chance(seed, "remarks", who.unit.unit_code, period.period)
    found = []
    for kind, texts in words.REMARKS.items():
        if dice.random() < 0.25 + 0.35 * who.diligence:
            level = dice.choice(words.LEVELS[kind]) if kind in words.LEVELS else ""
            found.append(Remark(kind, dice.choice(texts), level or None, ""))
    return tuple(found)
