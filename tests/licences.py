"""The licences of everything that is deployed: python -m tests.licences > docs/licences.md"""

import re
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
NAMES = {
    "MIT License": "MIT", "BSD License": "BSD", "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0", "Apache License 2.0": "Apache-2.0", "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "Python Software Foundation License": "PSF-2.0",
}  # fmt: skip
"""What packages call a licence, and its SPDX name."""


class Licence(NamedTuple):
    name: str
    version: str
    licence: str


def locked() -> list[tuple[str, str]]:
    """The packages of the lock file with their versions; some have one for older Pythons."""
    return LOCKED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8"))


def deployed() -> Iterator[Licence]:
    """The packages of the lock file that this machine has, in the version that is locked."""
    for name, version in locked():
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        if found.version == version:
            yield Licence(name, version, licence_of(found))


def licence_of(package: Distribution) -> str:
    """The licence that a package declares, "" where it declares none."""
    if expression := package.metadata.get("License-Expression"):
        return str(expression)
    classifiers = package.metadata.get_all("Classifier") or []
    named = [str(each).rpartition(" :: ")[2] for each in classifiers if str(each).startswith("License :: ")]
    said = [*dict.fromkeys(NAMES.get(each, each) for each in named if each != "OSI Approved")]
    return " AND ".join(said) or plain(str(package.metadata.get("License") or ""))


def plain(text: str) -> str:
    """The SPDX name of what a package calls its licence in words of its own."""
    first = text.split("\n")[0].strip()
    return NAMES.get(first, first)


def as_table(licences: list[Licence]) -> str:
    """The list as it is kept in docs/."""
    lines = ["# Licences of what is deployed", "", "Made by `python -m tests.licences > docs/licences.md`.", ""]
    lines += ["| Package | Version | Licence |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {one.name} | {one.version} | {one.licence} |" for one in licences), ""])


if __name__ == "__main__":
    print(as_table(list(deployed())), end="")
