"""The arithmetic rules of a form, asked of each row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from etl.catalogue import Rule
from etl.faults import NOTE
from etl.findings import Finding, shown
from etl.lines import Line
from etl.prepare import CompiledRule, FormPlan


def broken_rules(plan: FormPlan, lines: Sequence[Line], period: str) -> Iterator[Finding]:
    """A finding for each row of which a rule is not true."""
    cover = next((line for line in lines if line.cells is not None), None)
    said = {f"cover.{column_id}": value for column_id, value in cover.values.items()} if cover else {}
    for line in lines:
        asked = plan.rules_for(line.part, line.item_code)
        if not asked.may_be_broken(line.values, said):
            continue
        beside = {**said, **line.values}
        for rule in asked.rules:
            values = beside if rule.asks_cover else line.values
            if rule.expression.holds(values) or (line.nothing and rule.expression.only_asks):
                continue
            if rule.condition.true_of(values) and in_force(rule.rule, period):
                yield rule_finding(rule, line, values, plan.label(line.part, rule.expression.judged), period)


def in_force(rule: Rule, period: str) -> bool:
    """Whether a rule holds for a period; it never judges months before its own."""
    return not rule.valid_from or period >= rule.valid_from


def severity_of(rule: Rule, period: str) -> str:
    """How heavily a rule weighs: a new one only notes until it is enforced."""
    return NOTE if rule.enforce_from and period < rule.enforce_from else rule.severity


def rule_finding(rule: CompiledRule, line: Line, values: Mapping[str, object], label: str, period: str) -> Finding:
    """The finding for a row of which a rule is not true."""
    at = rule.expression.judged
    words = Words({name.removeprefix("cover."): shown(value) for name, value in values.items()})
    return Finding(
        rule_id=rule.rule.rule_id,
        severity=severity_of(rule.rule, period),
        sheet=line.sheet,
        cell=line.cell(at) or line.cell(next(iter(line.values), "")),
        row_label=line.label,
        column_label=label,
        value=shown(values.get(at)),
        expected=rule.rule.basis,
        message=rule.rule.message.format_map(words),
        fix=rule.rule.fix.format_map(words),
    )


class Words(dict[str, str]):
    """The values a message quotes; a blank one shows as a dash."""

    def __missing__(self, key: str) -> str:
        return "—"
