"""All benchmarks in one run: a table of medians and ratios, with the goals they are held against.

python -m benchmarks                  about ten minutes on two cores
python -m benchmarks --quick          fewer months, no large warehouses
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from benchmarks import asking, loading, reading
from etl import clock, front
from etl.demo import write_demo
from etl.inspection import Incoming, inspect, skipped_sheets
from etl.prepare import Prepared


def show(title: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Print rows as an aligned table."""
    held = [dict(row) for row in rows]
    print(f"\n{title}")
    if not held:
        return
    names = list(held[0])
    cells = [names, *([shown(row.get(name, "")) for name in names] for row in held)]
    widths = [max(len(row[place]) for row in cells) for place in range(len(names))]
    for row in cells:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def shown(value: object) -> str:
    """A value in a table."""
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


@cache
def ready() -> Prepared:
    """The catalogue, made ready once."""
    return front.prepared(None)


def whole(path: Path) -> None:
    """Read, parse and check one file."""
    inspect(ready(), Incoming(path.name, path, clock.now()))


def guidance(name: str) -> bool:
    """Whether a sheet is guidance or lists, which are never read."""
    return name in skipped_sheets(ready())


def main() -> None:
    """Make a demonstration year, then measure reading, loading, publishing and asking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="nq57-benchmark-") as folder:
        months = 2 if quick else 12
        year = write_demo(ready(), Path(folder) / "year", months=months, now=clock.now())
        paths = [path for _, path in year]
        print("\nReading one workbook")
        lines = reading.run(paths[:: max(1, len(paths) // 12)], 3 if quick else 8, whole, guidance)
        print(reading.as_text(lines))
        print("\n".join(f"  missed: {goal}" for goal in reading.missed(lines)))
        show("Loading", loading.run(paths, Path(folder) / "loaded"))
        show("Publishing", loading.publishing(Path(folder) / "loaded"))
        show("Asking, medians in ms", asking.run(Path(folder) / "asking", list(asking.GOALS)[: 1 if quick else 3]))


if __name__ == "__main__":
    main()
