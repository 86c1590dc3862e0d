"""Write THIRD_PARTY.md: the files of others that are kept here, and the packages in the two lock files.

`python scripts/third_party.py` writes it; with `--check` it only compares, and exits 1 when the file is stale.
Licences of packages are read from what is installed, so run it where requirements-test.lock is (`make check`).
"""

import hashlib
import re
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "THIRD_PARTY.md"
WEB = "src/enthesis/web/static/vendor"
TESTS = "tests/vendor"

# Locked for other systems alone, so not installed where this page is written; the licence as its own file states it.
ELSEWHERE = {"colorama": "BSD-3-Clause", "pyyaml-ft": "MIT"}

LONGEST_NAME = 60  # some packages put the whole text of their licence into the field for its name

HEAD = """# What Enthesis is made with

Written by `python scripts/third_party.py`; `make check` fails when it is stale.

## Files kept in this repository

Unmodified, as published on npm; each folder holds its licence.

| name | version | licence | what for | file | SHA-256 |
|---|---|---|---|---|---|
"""

INSTRUMENTS = """
## Questionnaires

The wording of a questionnaire belongs to its authors. Each file in `src/enthesis/library/instruments` says where its
wording comes from and on what terms it is carried; the Apache licence of Enthesis does not extend to it.
"""


@dataclass(frozen=True)
class Kept:
    """One file of others that lies in this repository."""

    name: str
    version: str
    licence: str
    what_for: str
    path: str

    def row(self) -> str:
        """One line of the table, with the fingerprint of the file as it lies here."""
        digest = hashlib.sha256((ROOT / self.path).read_bytes()).hexdigest()
        return f"| {self.name} | {self.version} | {self.licence} | {self.what_for} | `{self.path}` | `{digest}` |\n"


KEPT = (
    Kept("@picocss/pico", "2.1.1", "MIT", "the base of every page's look", f"{WEB}/pico-2.1.1/pico.min.css"),
    Kept("htmx.org", "2.0.11", "0BSD", "parts of a page exchanged without a reload", f"{WEB}/htmx-2.0.11/htmx.min.js"),
    Kept(
        "axe-core", "4.14.1", "MPL-2.0", "accessibility of each page, in tests", f"{TESTS}/axe-core-4.14.1/axe.min.js"
    ),
)


def locked(lock: str) -> dict[str, str]:
    """The version of each package in a lock file, by name."""
    pins = re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE)
    return dict(pins)


def licence(name: str) -> str:
    """The licence a package states: its SPDX expression, else its short field, else its classifiers."""
    if name in ELSEWHERE:
        return ELSEWHERE[name]
    stated = metadata.metadata(name)
    field = stated.get("License-Expression") or stated.get("License") or ""
    if field and len(field) <= LONGEST_NAME:
        return str(field)
    named = (c.rpartition(" :: ")[2] for c in stated.get_all("Classifier", []) if c.startswith("License :: "))
    return ", ".join(named) or "not stated"


def table(packages: dict[str, str]) -> str:
    """Name, version and licence of each package."""
    rows = "".join(f"| {name} | {version} | {licence(name)} |\n" for name, version in sorted(packages.items()))
    return f"| name | version | licence |\n|---|---|---|\n{rows}"


def page() -> str:
    """The whole of THIRD_PARTY.md."""
    runtime, everything = locked("requirements.lock"), locked("requirements-test.lock")
    testing = {name: version for name, version in everything.items() if name not in runtime}
    return (
        HEAD
        + "".join(kept.row() for kept in KEPT)
        + INSTRUMENTS
        + f"\n## Python packages Enthesis runs on\n\nInstalled beside it, not kept here.\n\n{table(runtime)}"
        + f"\n## Python packages for tests alone\n\n{table(testing)}"
    )


def main() -> int:
    """Write or compare the page."""
    if sys.argv[1:] != ["--check"]:
        PAGE.write_text(page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != page():
        print("THIRD_PARTY.md is stale: run python scripts/third_party.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
