"""Every entry keeps its promises: it can be read, it is cited, its examples hold, and some example notices each number move."""

import pytest

from enthesis.catalogue import KINDS, check, faults_of, kind_called
from enthesis.evidence.review import reviews
from enthesis.knowledge import Library, nudged

LIBRARY = Library.shipped()
ENTRIES = [(kind.folder, entry.id) for kind in KINDS for entry in LIBRARY.entries(kind.folder, kind.shape)]


@pytest.mark.parametrize(("folder", "id"), ENTRIES)
def test_it_keeps_its_promises(folder, id):
    kind = kind_called(folder)
    assert list(faults_of(kind, LIBRARY.entry(folder, id, kind.shape), LIBRARY)) == []


def test_every_folder_is_read_by_a_room():
    assert sorted(LIBRARY.kinds) == sorted(kind.folder for kind in KINDS)


def test_the_whole_library_has_no_fault():
    assert check(LIBRARY) == ()


def test_no_source_stands_in_the_bibliography_for_nothing():
    cited = {
        citation.cite
        for kind in KINDS
        for entry in LIBRARY.entries(kind.folder, kind.shape)
        for citation in entry.sources
    }
    cited |= {citation.cite for one in reviews(LIBRARY) for citation in one.entry.sources}
    texts = "".join(path.read_text(encoding="utf-8") for kind in KINDS for path in LIBRARY.files(kind.folder).values())
    assert [key for key in LIBRARY.bibliography if key not in cited and f'"{key}"' not in texts] == []


def test_nobody_is_named_as_a_checker_who_did_not_check():
    assert {entry.review.checked_by for kind in KINDS for entry in LIBRARY.entries(kind.folder, kind.shape)} == {""}


def test_a_check_that_could_not_fail_would_be_worth_nothing():
    """Take the examples away from a rule with numbers, and the check must complain of each."""
    kind = kind_called("rules")
    entry = LIBRARY.entry("rules", "nsaid-tablets", kind.shape)
    bare = type(entry)(**{**vars(entry), "examples": ()})
    said = [fault.what for fault in faults_of(kind, bare, LIBRARY)]
    assert said[0] == "has no example; show at least one"
    assert len(said) == 1 + sum(1 for _ in nudged(LIBRARY.raw("rules", "nsaid-tablets"), kind.descriptive))
