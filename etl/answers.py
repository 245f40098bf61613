"""What the command line answers about files, in Vietnamese and as JSON: what became of each, what each would bring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from etl.clock import now
from etl.desk import Preview
from etl.findings import number, shown
from etl.receipt import Receipt
from etl.says import OUTCOMES, WRITTEN_ON, json_text
from etl.trial import Effect, Sides

if TYPE_CHECKING:
    from etl.inbox.placing import Placed

SEVERITIES = {"error": "LỖI", "explain": "CẦN XÁC NHẬN", "note": "LƯU Ý"}
SAME_KIND_SHOWN, CHANGES_SHOWN, EFFECTS_SHOWN = 5, 20, 12


def receipt_row(receipt: Receipt) -> Mapping[str, object]:
    """A receipt as one object of the JSON lines."""
    row = {one.name: getattr(receipt, one.name) for one in fields(receipt) if one.name != "held"}
    earlier = receipt.earlier._asdict() if receipt.earlier else None
    return {**row, "findings": [finding._asdict() for finding in receipt.findings], "earlier": earlier}


def json_line(receipt: Receipt, preview: Preview | None = None) -> str:
    """A receipt as one JSON line, and what the file would bring where that was asked."""
    return json_text({**receipt_row(receipt), **(preview_row(preview) if preview else {})})


def preview_row(preview: Preview) -> Mapping[str, object]:
    """What a file would bring, for programs."""
    return {
        "changes": [each._asdict() for each in preview.changes],
        "effects": [
            {
                "indicator": each.indicator, "name": each.name, "unit": each.unit,
                "before": each.value(each.before), "after": each.value(each.after),
                "city_before": each.value(each.city_before), "city_after": each.value(each.city_after),
                "units_before": each.city_before.units, "units_after": each.city_after.units, "units_owed": each.owed,
            }
            for each in preview.effects
        ],
    }  # fmt: skip


def preview_lines(preview: Preview) -> Iterable[str]:
    """What a file would bring, in words."""
    for change in preview.changes[:CHANGES_SHOWN]:
        place = f"{change.sheet}!{change.cell}" if change.cell else change.sheet
        where = " – ".join(part for part in (place, change.row, change.column) if part)
        yield f"  KHÁC {where}: {value_text(change.old)} → {value_text(change.new)}"
    if len(preview.changes) > CHANGES_SHOWN:
        yield f"  còn {len(preview.changes) - CHANGES_SHOWN} ô khác"
    for effect in preview.effects[:EFFECTS_SHOWN]:
        mine, city = (
            f"{amount(effect, one)} → {amount(effect, other)}"
            for one, other in ((effect.before, effect.after), (effect.city_before, effect.city_after))
        )
        of_all = f"{effect.city_after.units}/{effect.owed} đơn vị"
        yield f"  CHỈ TIÊU {effect.indicator} {effect.name}: {mine}; toàn thành phố {city} ({of_all})"
    if len(preview.effects) > EFFECTS_SHOWN:
        yield f"  còn {len(preview.effects) - EFFECTS_SHOWN} chỉ tiêu khác"


def value_text(value: object) -> str:
    """A value of a cell as it is quoted, a dash where there is none."""
    return "—" if value is None or value == "" else shown(value)


def amount(effect: Effect, sides: Sides) -> str:
    """An indicator's value with its unit: "71,4%"."""
    value = effect.value(sides)
    rounded = None if value is None else round(value, 1)
    return number(rounded) + ("%" if effect.unit == "%" and value is not None else "")


def earlier_text(receipt: Receipt) -> str:
    """When and by whom the same bytes were received, "" where they were not."""
    before = receipt.earlier
    if before is None:
        return ""
    if before.loaded_at is None:
        return f"trùng với {before.file_name} trong cùng đợt"
    at = f"{before.received_at:%H:%M ngày %d/%m/%Y}"
    return f"đã nhận lúc {at}, người ghi {before.loaded_by}, lần {before.version} ({before.file_name})"


def receipt_text(receipt: Receipt, preview: Preview | None = None, outcomes: Mapping[str, str] = OUTCOMES) -> str:
    """A receipt in words: the outcome, then each finding with its cell and its cure, then what the file would bring."""
    whose = receipt.unit_name or (f"{receipt.counts.get('units', 0)} đơn vị" if receipt.counts.get("units") else "")
    version = f" lần {receipt.version}" if receipt.version else ""
    head = " · ".join(
        part
        for part in (
            outcomes[receipt.outcome], receipt.file, whose, receipt.period + version, receipt.returned,
            earlier_text(receipt),
        )
        if part
    )  # fmt: skip
    return "\n".join([head, *finding_lines(receipt), *(preview_lines(preview) if preview else ())])


def placed_lines(placed: Placed, inbox: Path) -> Iterable[str]:
    """One line for a file of the inbox, of a zip one for each file in it: what became of it and where it is now."""
    taken, where = placed.settled.taken, placed.path.relative_to(inbox).as_posix()
    if placed.settled.undecided:
        yield one_line("Chưa ghi nhận", taken.path.name, placed.settled.undecided, f"→ {where}")
    for receipt in placed.settled.receipts:
        version = f"{receipt.period} lần {receipt.version}" if receipt.version else receipt.period
        wrong = f"{receipt.counts['error']} lỗi" if receipt.counts.get("error") else ""
        going = WRITTEN_ON if placed.written_on else f"→ {where}"
        yield one_line(OUTCOMES[receipt.outcome], receipt.file, receipt.unit_name, version, wrong, going)


def one_line(*parts: str) -> str:
    """What there is to say on one line, whatever characters a file name has."""
    line = " · ".join(part for part in (f"{now():%H:%M:%S %d/%m/%Y}", *parts) if part)
    return "".join(each if each.isprintable() else "_" for each in line)


def placed_json(placed: Placed, inbox: Path) -> Iterable[str]:
    """The same for programs, as JSON lines."""
    where = {"moved_to": placed.path.relative_to(inbox).as_posix(), "written_on": placed.written_on}
    if placed.settled.undecided:
        yield json_text({"file": placed.settled.taken.path.name, "outcome": "waiting",
                         "why": placed.settled.undecided, **where})  # fmt: skip
    for receipt in placed.settled.receipts:
        yield json_text({**receipt_row(receipt), **where})


def finding_lines(receipt: Receipt) -> Iterable[str]:
    """Findings, the blocking ones first; of many of one kind a few, and how many more there are."""
    order = list(SEVERITIES)
    seen: Counter[str] = Counter()
    for finding in sorted(receipt.findings, key=lambda each: order.index(each.severity)):
        seen[finding.rule_id] += 1
        if seen[finding.rule_id] <= SAME_KIND_SHOWN:
            place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
            where = " – ".join(part for part in dict.fromkeys((place, finding.row_label, finding.column_label)) if part)
            head = " ".join(part for part in (SEVERITIES[finding.severity], f"[{finding.rule_id}]", where) if part)
            yield f"  {head}: {finding.message} {finding.fix}"
    for rule_id, times in seen.items():
        if times > SAME_KIND_SHOWN:
            yield f"  [{rule_id}] còn {times - SAME_KIND_SHOWN} điểm cùng loại"
