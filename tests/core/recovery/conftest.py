"""Shared by the tests of recovery: the shipped library, read once, and a judgment in few words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from enthesis.knowledge import Library, parse_site
from enthesis.recovery import Watch, judge


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.shipped()


@pytest.fixture(scope="session")
def judged(library) -> Callable[..., Watch]:
    """judged("knee:left", 3, fever=True): underscores in names stand for the hyphens of question ids."""

    def act(site: str, day: int, *, hours_since=None, earlier=(), **answers) -> Watch:
        report = {name.replace("_", "-"): answer for name, answer in answers.items()}
        return judge(
            report, site=parse_site(site, library), day=day, library=library, hours_since=hours_since, earlier=earlier
        )

    return act


@pytest.fixture
def library_with(tmp_path) -> Callable[..., Library]:
    """The shipped library with a clinic's own entries laid over it, each given as kind/id and text."""

    def act(*entries: tuple[str, str]) -> Library:
        for name, text in entries:
            path: Path = tmp_path / f"{name}.toml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(f'id = "{path.stem}"\ntitle = "a test"\n{text}\n{FRAME}')
        return Library.shipped(tmp_path)

    return act


FRAME = """
[[sources]]
cite = "enthesis-judgement"
supports = "a test"

[review]
written_by = "Enthesis founders"
written_on = 2026-11-23
next_review = 2028-11-23
"""
