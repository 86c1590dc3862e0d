"""Packs: which instruments need terms first, and what stays free for everybody."""

import pytest

from enthesis.knowledge import Library, LibraryError
from enthesis.outcomes import free_for_all, instruments, instruments_in, pack, packs, run_pack_example

LIBRARY = Library.shipped()
PROMIS = ["promis-global-10", "promis-pain-interference-4a", "promis-physical-function-4a"]


def test_the_promis_forms_are_the_one_pack_there_is():
    assert [(entry.id, entry.kind) for entry in packs(LIBRARY)] == [("promis", "packs")]
    assert pack(LIBRARY, "promis").body.owner.startswith("HealthMeasures")
    assert list(instruments_in("promis", LIBRARY)) == PROMIS
    assert instruments_in("nobody", LIBRARY) == ()


def test_every_term_names_where_it_was_read():
    entry = pack(LIBRARY, "promis")
    assert {term.cite for term in entry.body.terms} <= {source.cite for source in entry.sources}


def test_a_pack_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(LibraryError, match="nothing.*promis"):
        pack(LIBRARY, "nothing")


def test_free_for_all_is_what_is_neither_licensed_nor_in_a_pack():
    every = {entry.id for entry in instruments(LIBRARY)}
    assert every - free_for_all(LIBRARY) == {*PROMIS, "odi", "ndi", "quickdash", "womac", "koos", "hoos"}
    assert {"pain-nrs", "life-changing"} <= free_for_all(LIBRARY)


def test_an_example_of_a_pack_holds_or_says_why_not():
    body, example = pack(LIBRARY, "promis").body, {"story": "forms", "pack": "promis", "expect": PROMIS}
    run_pack_example(body, example, LIBRARY)
    with pytest.raises(AssertionError) as told:
        run_pack_example(body, example | {"expect": ["peg"]}, LIBRARY)
    assert str(told.value) == f"forms: the instruments are {PROMIS}, and ['peg'] were promised"
