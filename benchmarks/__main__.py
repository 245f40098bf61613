"""All benchmarks in one run: a table of medians and ratios, with the goals they are held against.

python -m benchmarks                  about ten minutes on two cores
python -m benchmarks --quick          fewer months, no large warehouses
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks import asking, loading, reading
from etl import clock, front
from etl.demo import write_demo


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


def main() -> None:
    """Make a demonstration year, then measure reading, loading, publishing and asking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="nq57-benchmark-") as folder:
        months = 2 if quick else 12
        year = write_demo(front.prepared(None), Path(folder) / "year", months=months, today=clock.today())
        paths = [path for _, path in year]
        show("Reading one workbook", reading.run(paths[:: max(1, len(paths) // 30)], rounds=5))
        rows, data = loading.run(paths)
        show("Loading", rows)
        show("Publishing", loading.publishing(data))
        show("Asking, medians in ms", asking.run(Path(folder) / "asking", list(asking.GOALS)[: 1 if quick else 3]))


if __name__ == "__main__":
    main()
