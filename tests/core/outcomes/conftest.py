"""Shared by the tests of outcomes: the shipped instruments, and small ones made for a test."""

import copy
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from enthesis.knowledge import Entry, Library, build_entry
from enthesis.outcomes import Instrument, instrument

SMALL = {
    "id": "small",
    "title": "A small instrument",
    "version": "1",
    "recall": "today",
    "language": "en",
    "in_words": "Your score",
    "range": [0, 8],
    "higher_is_worse": True,
    "licence": {"says": "ours", "standing": "stated by the owner of the wording", "read_at": "here"},
    "scoring": {"kind": "sum"},
    "missing": {"needed": 2, "says": "both are needed"},
    "answers": {"much": {"first": 0, "labels": ["None", "Mild", "Moderate", "Severe", "Extreme"]}},
    "questions": [{"id": "a", "text": "Then?", "answers": "much"}, {"id": "b", "text": "And now?", "answers": "much"}],
    "sources": [{"cite": "enthesis-judgement", "supports": "a test"}],
    "review": {"written_by": "Enthesis founders", "written_on": date(2026, 11, 23), "next_review": date(2028, 11, 23)},
}


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.shipped()


@pytest.fixture(scope="session")
def shipped(library) -> Callable[[str], Entry[Instrument]]:
    """shipped("peg")"""
    return lambda id: instrument(library, id)


@pytest.fixture(scope="session")
def made() -> Callable[..., Entry[Instrument]]:
    """A small instrument of two questions, with keys of its entry replaced, or left out where given as `...`."""

    def act(**changes) -> Entry[Instrument]:
        data = {key: value for key, value in (copy.deepcopy(SMALL) | changes).items() if value is not ...}
        return build_entry("instruments", data, Instrument, Path("instruments/small.toml"))

    return act
