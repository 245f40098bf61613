"""What is deployed: pinned with hashes, and under licences that a public authority can live with."""

import re

from tests.licences import ROOT, as_table, deployed, locked

PERMISSIVE = {
    "MIT", "MIT-0", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "ISC", "PSF-2.0", "Zlib",
    "CC0-1.0", "Unlicense", "HPND",
}  # fmt: skip
WEAK_COPYLEFT = {"certifi": "MPL-2.0", "docxtpl": "LGPL-2.1-only"}
"""Used unchanged, as libraries of their own."""
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


def same(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_everything_is_pinned_and_the_lock_says_the_same() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = {(same(name), version) for name, version in PIN.findall("\n".join(lines))}
    assert len(pins) == len(lines)
    assert pins <= {(same(name), version) for name, version in locked()}


def test_every_package_of_the_lock_has_its_hashes() -> None:
    blocks = re.split(r"\n(?=[A-Za-z])", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert len(blocks) > 60
    assert all("--hash=sha256:" in block for block in blocks if "==" in block.split("\n")[0])


def test_licences_are_known_and_listed() -> None:
    found = list(deployed())
    assert len(found) > 50
    for one in found:
        parts = set(re.split(r" (?:AND|OR) ", one.licence))
        assert parts <= PERMISSIVE or WEAK_COPYLEFT.get(same(one.name)) == one.licence, one
    kept = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    missing = [one for one in found if f"| {one.name} | {one.version} | {one.licence} |" not in kept]
    assert not missing, as_table(missing)
