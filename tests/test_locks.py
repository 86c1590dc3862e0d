"""A fresh install next year gets what is locked today: no package, and no extra of a package, is left to be looked up."""

import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[([^]]*)\])?==", re.MULTILINE)


def pinned(lock: str) -> dict[str, set[str]]:
    """The extras each package of a lock file is pinned with."""
    found = PINNED.findall((ROOT / lock).read_text(encoding="utf-8"))
    return {name: {extra for extra in extras.split(",") if extra} for name, extras in found}


def wanted(pins: dict[str, set[str]]) -> list[Requirement]:
    """What Enthesis and every locked package that is installed here ask for."""
    asked = [
        Requirement(line) for line in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    ]
    installed = {str(package.metadata["Name"]).lower() for package in metadata.distributions()}
    for name in pins.keys() & installed:
        for requirement in map(Requirement, metadata.requires(name) or ()):
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in pins[name] | {""}):
                asked.append(requirement)
    return asked


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_every_extra_that_is_asked_for_is_pinned_with_its_package(lock: str) -> None:
    """An unpinned extra passes until its package has a newer release, and then refuses every fresh install."""
    pins = pinned(lock)
    for requirement in wanted(pins):
        if requirement.extras:
            name = requirement.name.lower().replace("_", "-")
            assert requirement.extras <= pins.get(name, set()), f"{lock} pins {name} without {requirement.extras}"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_a_lock_names_no_registry(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")
