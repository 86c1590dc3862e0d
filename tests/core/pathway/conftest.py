"""Shared by the tests of the pathway: the shipped library, read once, and a way to lay a clinic's own over it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from enthesis.knowledge import Library

FRAME = """
[[sources]]
cite = "enthesis-judgement"
supports = "a test"

[review]
written_by = "a test"
written_on = 2026-11-23
next_review = 2028-11-23
"""


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.shipped()


@pytest.fixture
def with_entry(tmp_path: Path) -> Callable[[str, str, str], Library]:
    """The shipped library with one more entry, of a kind, under an id, with a body."""

    def laid_over(kind: str, id: str, body: str) -> Library:
        (tmp_path / kind).mkdir(exist_ok=True)
        (tmp_path / kind / f"{id}.toml").write_text(f'id = "{id}"\ntitle = "{id}"\n{body}\n{FRAME}', encoding="utf-8")
        return Library.shipped(tmp_path)

    return laid_over
