"""Conditions, treatments, protocols and waves: every entry keeps its promises, and every number is known."""

from dataclasses import is_dataclass
from inspect import ismodule
from pathlib import Path
from typing import Any

import pytest

from enthesis import pathway
from enthesis.knowledge import BadInput, Entry, Library, build_entry, nudged
from enthesis.pathway import (
    Condition,
    Protocol,
    Schedule,
    Treatment,
    conditions,
    protocols,
    run_example,
    schedules,
    treatments,
)

SHIPPED = Library.shipped()
ENTRIES = (*conditions(SHIPPED), *treatments(SHIPPED), *protocols(SHIPPED), *schedules(SHIPPED))
SHAPES: dict[str, type[Any]] = {
    "conditions": Condition,
    "treatments": Treatment,
    "protocols": Protocol,
    "waves": Schedule,
}

ids = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)


@ids
def test_each_example_holds(entry: Entry[Any], library: Library) -> None:
    assert entry.examples
    for example in entry.examples:
        run_example(entry.body, example, library)


@ids
def test_every_number_is_noticed_when_it_moves_by_one(entry: Entry[Any], library: Library) -> None:
    unnoticed = [name for name, data in nudged(library.raw(entry.kind, entry.id)) if not noticed(entry, data, library)]
    assert unnoticed == []


def noticed(entry: Entry[Any], data: dict[str, Any], library: Library) -> bool:
    try:
        body = build_entry(entry.kind, data, SHAPES[entry.kind], Path(entry.path)).body
        for example in entry.examples:
            run_example(body, example, library)
    except (AssertionError, BadInput):
        return True
    return False


@ids
def test_every_source_named_in_the_text_is_cited_and_every_citation_is_in_the_bibliography(
    entry: Entry[Any], library: Library
) -> None:
    cited = {source.cite for source in entry.sources}
    assert {part.cite for part in entry.body.cited} - cited == set()
    assert cited - set(library.bibliography) == set()


@ids
def test_nothing_is_presented_as_checked_by_a_clinician(entry: Entry[Any]) -> None:
    assert (entry.review.checked_by, entry.review.digest) == ("", "")


def test_no_value_of_the_pathway_can_be_changed_once_made() -> None:
    shapes = [shape for shape in vars(pathway).values() if is_dataclass(shape)]
    assert len(shapes) > 20
    assert [shape.__name__ for shape in shapes if not shape.__dataclass_params__.frozen] == []


def test_the_public_face_is_what_it_says() -> None:
    there = {name for name, value in vars(pathway).items() if not ismodule(value) and not name.startswith("_")}
    assert set(pathway.__all__) == there


def test_no_entry_names_a_coverage_number_nobody_could_verify(library: Library) -> None:
    texts = [str(library.raw(entry.kind, entry.id)) for entry in ENTRIES]
    assert [text for text in texts if "150.7" in text] == []


@pytest.mark.parametrize(
    ("id", "example", "sentence"),
    [
        ("conditions/knee-osteoarthritis", {"story": "s"}, "the example 's' says nothing that can be looked at"),
        (
            "conditions/knee-osteoarthritis",
            {"story": "s", "code": "M17.0"},
            "the example 's' says nothing that can be looked at",
        ),
        (
            "conditions/knee-osteoarthritis",
            {"story": "s", "code": "M99", "expect": "Knee"},
            "'s': expect is None, and 'Knee' was promised",
        ),
        (
            "treatments/dextrose-prolotherapy",
            {"story": "s", "code": "M0076", "expect": "Leeches"},
            "'s': expect is 'Prolotherapy', and 'Leeches' was promised",
        ),
        (
            "protocols/knee-rabago-2013",
            {"story": "s", "reviews_after": [1]},
            "'s': reviews_after is [], and [1] was promised",
        ),
        (
            "protocols/sacroiliac-kim-2010",
            {"story": "s", "part": "into the joint", "dextrose_g": 1.0},
            "the example 's' says nothing that can be looked at",
        ),
        (
            "protocols/sacroiliac-kim-2010",
            {"story": "s", "target": "inside the sacroiliac joint", "volume_ml": 1},
            "'s': volume_ml is None, and 1 was promised",
        ),
    ],
)
def test_an_example_that_does_not_hold_says_so(
    id: str, example: dict[str, Any], sentence: str, library: Library
) -> None:
    kind, name = id.split("/")
    with pytest.raises(AssertionError) as broken:
        run_example(library.entry(kind, name, SHAPES[kind]).body, example, library)
    assert str(broken.value) == sentence
