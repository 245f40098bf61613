"""A made-up year of reports, as the officers of every unit would have filled their templates.

- character   what a unit is like: its size, its habits, how fast it improves
- schedule    who sends what and when: on time, late, not at all, faulty, corrected
- month       one unit's month: communication, services, skills, tasks, money; the next month goes on from it
- fill        the numbers into the unit's own template, neatly or not; faults: what goes wrong in a few
- write       the workbooks, several processes at a time

Everything follows from the seed: the same seed writes the same bytes. No name, number or address of a person is used.
"""

from etl.demo.schedule import DemoFile, plan_demo
from etl.demo.write import write_demo

__all__ = ["DemoFile", "plan_demo", "write_demo"]
