"""A unit's tasks from month to month: routine ones are done or not, others move on, are finished or fall late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from random import Random

from etl.calendar import Period
from etl.demo import words
from etl.demo.chance import chance
from etl.demo.character import Character
from etl.report import Task
from etl.template.before import FINISHED, NOT_BEGUN, ROUTINE

ONCE, RUNNING, CANCELLED = "MOT_LAN", "DANG_THUC_HIEN", "HUY"
NOT_ASSIGNED = "U00"
NEW_A_MONTH = 0.55


def tasks(who: Character, index: int, period: Period, before: Sequence[Task], seed: int) -> tuple[Task, ...]:
    """The register at the end of the month. `before`: as the template printed it."""
    known = [clarified(who, task, seed) for task in before]
    dice = chance(seed, "new task", who.unit.unit_code, period.period)
    if dice.random() < NEW_A_MONTH * who.zeal:
        known.append(new_task(who, len(before), period, dice))
    return tuple(
        moved_on(who, task, period, chance(seed, "task", who.unit.unit_code, task.task_id, index)) for task in known
    )


def clarified(who: Character, task: Task, seed: int) -> Task:
    """A task with who leads it, who answers for it and what comes of it; a careless unit leaves some of that open."""
    dice = chance(seed, "clear", who.unit.unit_code, task.task_id)
    careless = who.is_careless and dice.random() < (0.9 - who.diligence)
    group = task.task_group or "1"
    lead, responsible = words.AGENCY_LEAD if who.is_agency else words.LEADS.get(group, words.LEADS["1"])
    known = task.lead_role and task.lead_role != NOT_ASSIGNED
    return task._replace(
        lead_role=task.lead_role if known or careless else lead,
        responsible=task.responsible or (None if careless else responsible),
        product=task.product or (None if careless else words.PRODUCTS.get(group)),
    )


def new_task(who: Character, number: int, period: Period, dice: Random) -> Task:
    """A task given to the unit this month."""
    group, title, product = dice.choice(words.NEW_TASKS)
    lead, responsible = words.AGENCY_LEAD if who.is_agency else words.LEADS[group]
    start = period.date_from + dt.timedelta(days=dice.randint(0, 20))
    due = start + dt.timedelta(days=dice.choice((30, 45, 60, 90, 120)))
    return Task(
        task_id=f"{who.unit.unit_code}-{period.date_to.year}-{number + 1:03}", task_group=group, title=title,
        source_doc=dice.choice(words.SOURCES), lead_role=lead, responsible=responsible, coop=None, kind=ONCE,
        start_date=start, due_date=due, due_text=None, product=product, status=NOT_BEGUN, progress=0.0, done_date=None,
        evidence=None, obstacle=None, cell="",
    )  # fmt: skip


def moved_on(who: Character, task: Task, period: Period, dice: Random) -> Task:
    """A task at the end of the month."""
    if task.status in (FINISHED, CANCELLED):
        return task
    if task.kind == ROUTINE:
        done = dice.random() < 0.62 + 0.36 * who.diligence
        return finished(who, task, period, dice) if done else running(task, float(dice.randrange(40, 95, 5)), dice)
    return one_time(who, task, period, dice)


def one_time(who: Character, task: Task, period: Period, dice: Random) -> Task:
    """A task with a due date: finished in time by most, some months late by others."""
    due = task.due_date or period.date_to
    left = (due - period.date_to).days
    if left > 75 and not task.progress and dice.random() < 0.35:
        return task._replace(status=NOT_BEGUN, progress=0.0)
    ready = 0.15 if left > 31 else 0.35 if left > 0 else 0.55
    if dice.random() < ready * (0.55 + 0.6 * who.diligence):
        return finished(who, task, period, dice, due)
    if left < -60 and dice.random() < 0.06:
        return task._replace(status=CANCELLED, obstacle=dice.choice(words.CANCELLED_BECAUSE))
    step = dice.randrange(10, 35, 5)
    return running(task, min(95.0, (task.progress or 0.0) + step), dice, late=left < 0)


def finished(who: Character, task: Task, period: Period, dice: Random, due: dt.date | None = None) -> Task:
    """A finished task, with the day and something to show for it."""
    first = max(period.date_from, task.start_date or period.date_from)
    last = max(first, min(period.date_to, due) if due and due >= first else period.date_to)
    day = first + dt.timedelta(days=dice.randint(max(0, (last - first).days - 9), (last - first).days))
    forms = words.AGENCY_EVIDENCE if who.is_agency else words.EVIDENCE
    shown = dice.choice(forms).format(number=dice.randint(3, 480), day=f"{day:%d/%m/%Y}")
    return task._replace(status=FINISHED, progress=100.0, done_date=day, evidence=shown, obstacle=None)


def running(task: Task, progress: float, dice: Random, *, late: bool = False) -> Task:
    """A task still being done, with the reason where it is late."""
    reason = dice.choice(words.LATE_BECAUSE) if late or dice.random() < 0.12 else None
    return task._replace(status=RUNNING, progress=progress, done_date=None, evidence=None, obstacle=reason)
