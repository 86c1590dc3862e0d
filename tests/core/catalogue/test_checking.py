"""Whatever an entry promises and does not keep is said in a sentence: its shape, its examples, its review, its numbers."""

from pathlib import Path

import pytest

from enthesis.catalogue import KINDS, Fault, check, kind_called
from enthesis.catalogue.checking import faults_of, why_not
from enthesis.knowledge import BadInput, Library, SiteKind

BOOKS = """
[enthesis-judgement]
cite = "Ours"
title = "Our judgement"
address = "docs/decisions"
strength = "judgement"
read = "as written"
"""
SITE = """
id = "elbow"
title = "elbow"
region = "limb"
area = "elbow"
structure = "joint"
spinal = false
joint = true
sided = true
bleeding = "low"
bleeding_note = "as a joint"

[[sources]]
cite = "enthesis-judgement"
supports = "a test"

[review]
written_by = "{by}"
checked_by = "{checked}"
written_on = 2026-11-23
next_review = 2028-11-23
"""
HOLDS = '[[examples]]\nstory = "as written"\ngiven = "elbow:left"\nexpect = "left elbow"\n'
BREAKS = '[[examples]]\nstory = "a slip"\ngiven = "elbow:left"\nexpect = "right elbow"\n'


@pytest.fixture
def shelf(tmp_path: Path):
    """shelf(sites_elbow=text): a library that holds these files and nothing else."""

    def made(**files: str) -> Library:
        (tmp_path / "bibliography.toml").write_text(BOOKS, encoding="utf-8")
        for name, text in files.items():
            folder, _, id = name.partition("_")
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / f"{id}.toml").write_text(text, encoding="utf-8")
        return Library((tmp_path,))

    return made


def elbow(*examples: str, by: str = "a test", checked: str = "") -> str:
    """The entry of an elbow with these examples."""
    return SITE.format(by=by, checked=checked) + "\n".join(examples)


def test_an_entry_that_keeps_its_promises_has_no_fault(shelf):
    assert check(shelf(sites_elbow=elbow(HOLDS))) == ()


def test_each_broken_promise_is_told_by_the_entry_it_belongs_to(shelf):
    library = shelf(sites_elbow=elbow(BREAKS, checked="a test"), drumms_one="")
    assert check(library) == (
        Fault("drumms", "no room reads this folder; is its name misspelt?"),
        Fault("sites/elbow", "example 'a slip': 'a slip': 'left elbow', and 'right elbow' was promised"),
        Fault("sites/elbow", "was checked by its own writer"),
    )


def test_an_entry_without_an_example_is_a_fault(shelf):
    assert check(shelf(sites_elbow=elbow())) == (Fault("sites/elbow", "has no example; show at least one"),)


def test_a_file_that_cannot_be_read_is_one_fault_of_its_kind(shelf):
    [fault] = check(shelf(sites_elbow="id = "))
    assert (fault.entry, "not readable as TOML" in fault.what) == ("sites", True)


def test_rules_and_reviews_are_held_to_what_they_promise_together(shelf):
    """Rules as a whole, such as one question asked by two of them; reviews of trials with their tables."""
    library = shelf(rules_one="id = ", evidence_none="")
    (library.roots[0] / "evidence" / "torn").mkdir()
    (library.roots[0] / "evidence" / "torn" / "about.toml").write_text("question = ", encoding="utf-8")
    said = {fault.entry for fault in check(library)}
    assert {"rules", "evidence/torn"} <= said


def test_a_number_that_no_example_would_notice_is_a_fault():
    library = Library.shipped()
    kind = kind_called("waves")
    [entry] = library.entries(kind.folder, kind.shape)
    assert list(faults_of(kind, entry, library)) == []
    blind = entry.__class__(**{**vars(entry), "examples": entry.examples[:1]})
    assert any("no example notices" in fault.what for fault in faults_of(kind, blind, library))


def test_an_example_that_asks_for_what_is_not_there_does_not_hold():
    site = next(entry for entry in Library.shipped().entries("sites", SiteKind) if entry.id == "knee")
    said = why_not(kind_called("sites"), site.body, {"story": "empty"}, Library.shipped())
    assert said == "example 'empty': 'given'"


def test_a_kind_is_called_by_its_folder():
    assert kind_called("rules") is KINDS[0]
    with pytest.raises(BadInput, match="kind: there is no kind 'songs'; there are: rules, drugs"):
        kind_called("songs")
