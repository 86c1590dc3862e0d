"""Every warning sign and every line of advice keeps its promises: its examples hold, and they notice any nudge."""

from pathlib import Path

import pytest

from enthesis.knowledge import Library, LibraryError, build_entry, nudged
from enthesis.recovery import Advice, WarningSign, run_example

LIBRARY = Library.shipped()
SHAPES: dict[str, type] = {"advice": Advice, "warnings": WarningSign}
ENTRIES = [(kind, id) for kind in SHAPES for id in sorted(LIBRARY.files(kind))]


@pytest.mark.parametrize(("kind", "id"), ENTRIES)
def test_the_examples_hold(kind, id):
    entry = LIBRARY.entry(kind, id, SHAPES[kind])
    assert entry.examples, "an entry without an example promises nothing"
    for example in entry.examples:
        run_example(entry.body, example, LIBRARY)


@pytest.mark.parametrize(("kind", "id"), ENTRIES)
def test_every_number_moved_by_one_is_noticed(kind, id):
    unnoticed = [change for change, data in nudged(LIBRARY.raw(kind, id)) if not noticed(kind, id, data)]
    assert unnoticed == []


@pytest.mark.parametrize(("kind", "id"), ENTRIES)
def test_our_own_reasoning_is_told_and_cited_as_ours(kind, id):
    entry = LIBRARY.entry(kind, id, SHAPES[kind])
    cited = "enthesis-judgement" in {source.cite for source in entry.sources}
    assert cited == bool(entry.body.judgement)


def noticed(kind, id, data):
    """Does some example object to this data?"""
    try:
        entry = build_entry(kind, data, SHAPES[kind], Path(kind) / f"{id}.toml")
        for example in entry.examples:
            run_example(entry.body, example, LIBRARY)
    except (AssertionError, LibraryError):
        return True
    return False
