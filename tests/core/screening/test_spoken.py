"""What people say of their medicines, allergies and illnesses: read with care, never dropped."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.screening.made import LIBRARY

from enthesis.knowledge import BadInput
from enthesis.screening import ItemKind, State, Taking, facts_from, items_said
from enthesis.screening.answered import denies

TODAY = date(2026, 11, 24)


def said(text):
    return items_said(text, as_of=TODAY, library=LIBRARY)


def one(text):
    [item] = said(text)
    return item


@pytest.mark.parametrize(
    ("text", "name", "state", "last"),
    [
        ("ibuprofen", "ibuprofen", Taking.TAKING, None),
        ("I take Eliquis 5 mg", "Eliquis 5 mg", Taking.TAKING, None),
        ("- naproxen 500 mg as needed", "naproxen 500 mg", Taking.AS_NEEDED, None),
        ("Advil prn", "Advil", Taking.AS_NEEDED, None),
        ("Aleve sometimes, last taken 2026-11-20", "Aleve", Taking.AS_NEEDED, date(2026, 11, 20)),
        ("naproxen, stopped on 2026-11-10", "naproxen", Taking.STOPPED, date(2026, 11, 10)),
        ("no longer taking Plavix", "Plavix", Taking.STOPPED, None),
        ("Plavix until 2026-11-24", "Plavix", Taking.STOPPED, TODAY),
        ("Plavix stopped 3/4/26", "Plavix", Taking.UNKNOWN, None),
        ("Plavix 3/4", "Plavix", Taking.UNKNOWN, None),
        ("Plavix 2026-11-01", "Plavix", Taking.UNKNOWN, None),
        ("NOT TAKING aspirin", "aspirin", Taking.NOT_TAKEN, None),
        ("Xarelto (stopped)", "Xarelto", Taking.STOPPED, None),
        ("not taking aspirin", "aspirin", Taking.NOT_TAKEN, None),
        ("no ibuprofen", "ibuprofen", Taking.NOT_TAKEN, None),
        ("No NSAIDs.", "NSAIDs", Taking.NOT_TAKEN, None),
        (
            "no blood thinners, aspirin or Plavix 75 mg tablets",
            "blood thinners, aspirin or Plavix 75 mg tablets",
            Taking.NOT_TAKEN,
            None,
        ),
        ("I am not on warfarin", "warfarin", Taking.NOT_TAKEN, None),
        ("I don't take any aspirin", "aspirin", Taking.NOT_TAKEN, None),
        ("never took ibuprofen", "ibuprofen", Taking.NOT_TAKEN, None),
        ("denies ibuprofen use", "ibuprofen", Taking.NOT_TAKEN, None),
        ("haven't taken ibuprofen", "ibuprofen", Taking.NOT_TAKEN, None),
        ("ibuprofen: none", "ibuprofen", Taking.NOT_TAKEN, None),
        ("ibuprofen - no", "ibuprofen", Taking.NOT_TAKEN, None),
        ("IBUPROFEN: NONE", "IBUPROFEN", Taking.NOT_TAKEN, None),
        ("NO IBUPROFEN OR ASPIRIN", "IBUPROFEN OR ASPIRIN", Taking.NOT_TAKEN, None),
        ("WARFARIN HELD", "WARFARIN HELD", Taking.UNKNOWN, None),
        ("I don't take ibuprofen DAILY", "I don't take ibuprofen DAILY", Taking.UNKNOWN, None),
        ("no aspirin, but Advil", "no aspirin, but Advil", Taking.UNKNOWN, None),
        ("not taking ibuprofen but warfarin", "not taking ibuprofen but warfarin", Taking.UNKNOWN, None),
        ("never miss my warfarin", "never miss my warfarin", Taking.UNKNOWN, None),
        ("no more than 2 Advil", "no more than 2 Advil", Taking.UNKNOWN, None),
        ("I don't take ibuprofen daily", "I don't take ibuprofen daily", Taking.UNKNOWN, None),
        ("no white pill", "no white pill", Taking.UNKNOWN, None),
        ("warfarin held", "warfarin held", Taking.UNKNOWN, None),
        ("never stopped warfarin", "never warfarin", Taking.UNKNOWN, None),
        ("no ibuprofen since 2026-11-20", "no ibuprofen since", Taking.UNKNOWN, None),
        ("off warfarin", "warfarin", Taking.STOPPED, None),
        ("discontinued warfarin 2026-11-02", "warfarin", Taking.STOPPED, date(2026, 11, 2)),
        ("d/c'd warfarin", "warfarin", Taking.STOPPED, None),
        ("ibuprofen on and off", "ibuprofen", Taking.AS_NEEDED, None),
        ("a white pill", "a white pill", Taking.TAKING, None),
        ("stopped", "stopped", Taking.STOPPED, None),
        ("I take Eliquis but stopped 3 days ago", "Eliquis but", Taking.STOPPED, date(2026, 11, 21)),
        ("Stopped Eliquis 0 days ago", "Eliquis", Taking.STOPPED, TODAY),
        ("Stopped Eliquis A Day Ago", "Eliquis", Taking.STOPPED, date(2026, 11, 23)),
        ("warfarin until yesterday", "warfarin", Taking.STOPPED, date(2026, 11, 23)),
        ("prednisone taper finished last week", "prednisone taper", Taking.STOPPED, date(2026, 11, 23)),
        ("stopped Plavix TODAY", "Plavix", Taking.STOPPED, TODAY),
        ("quit Advil this morning", "Advil", Taking.STOPPED, TODAY),
        ("quit Advil just now", "Advil", Taking.STOPPED, TODAY),
        ("quit Advil tonight", "Advil", Taking.STOPPED, TODAY),
        ("quit Advil a couple of weeks ago", "Advil", Taking.STOPPED, date(2026, 11, 13)),
        ("quit Advil Twelve days ago", "Advil", Taking.STOPPED, date(2026, 11, 12)),
        ("quit Advil two weeks ago", "Advil", Taking.STOPPED, date(2026, 11, 13)),
        ("quit Advil a week ago", "Advil", Taking.STOPPED, date(2026, 11, 20)),
        ("quit Advil 1 month ago", "Advil", Taking.STOPPED, date(2026, 11, 9)),
        ("quit Advil a year ago", "Advil", Taking.STOPPED, date(2026, 5, 25)),
        ("quit Advil 2 years ago", "Advil", Taking.STOPPED, TODAY - timedelta(days=548)),
        ("off warfarin a few days ago", "warfarin", Taking.STOPPED, date(2026, 11, 22)),
        ("ibuprofen last Tuesday", "ibuprofen", Taking.UNKNOWN, None),
        ("ibuprofen recently", "ibuprofen", Taking.UNKNOWN, None),
        ("Advil prn, last took the other day", "Advil", Taking.AS_NEEDED, date(2026, 11, 23)),
        ("Plavix until 999 years ago", "Plavix", Taking.STOPPED, TODAY - timedelta(days=36_500)),
        ("Plavix until 2026-11-01 yesterday", "Plavix", Taking.STOPPED, date(2026, 11, 23)),
        ("last took Motrin 2026-11-01, 2026-11-05", "Motrin", Taking.STOPPED, date(2026, 11, 5)),
    ],
)
def test_how_a_medicine_is_taken(text, name, state, last):
    item = one(text)
    assert (item.kind, item.name, item.state, item.last, item.coded) == (ItemKind.MEDICINE, name, state, last, False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("allergic to latex", "latex"),
        ("Allergy: corn", "corn"),
        ("lidocaine allergy", "lidocaine"),
        ("allergy", "allergy"),
    ],
)
def test_an_allergy(text, name):
    item = one(text)
    assert (item.kind, item.name, item.coded) == (ItemKind.ALLERGY, name, False)


def test_an_allergy_that_is_denied_is_none_and_one_that_may_be_is_read_by_a_person():
    text = "no known drug allergies; no lidocaine allergy; no latex or corn allergy"
    facts = facts_from(said(text), answers={}, library=LIBRARY)
    assert all(denies(allergy.name) for allergy in facts.allergies)
    assert [allergy.evidence for allergy in facts.allergies] == ["said/1", "said/2"]
    assert [(item.name, item.evidence) for item in facts.unread] == [("no latex or corn allergy", "said/3")]


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("diabetes", "diabetes", State.ACTIVE),
        ("no diabetes", "no diabetes", State.DOUBTFUL),
        ("gout", "gout", State.ACTIVE),
        ("breast cancer, ended 2019-05-01", "breast cancer", State.DOUBTFUL),
        ("breast cancer 5/5/2019", "breast cancer", State.DOUBTFUL),
    ],
)
def test_an_illness_is_known_by_the_words_of_the_library(text, name, state):
    item = one(text)
    assert (item.kind, item.name, item.state, item.coded) == (ItemKind.PROBLEM, name, state, False)


def test_lines_and_semicolons_part_things_and_commas_do_not():
    items = said("ibuprofen, Eliquis; gout\n\nallergic to latex")
    assert [item.evidence for item in items] == ["said/1", "said/2", "said/3"]
    facts = facts_from(items, answers={}, library=LIBRARY)
    assert facts.medicines[0].recognised.classes == ("anticoagulant", "nsaid")


@pytest.mark.parametrize("text", ["", "  \n ;", "none", "Nothing.", "no medicines", "no known allergies", "N/A"])
def test_nothing_said_is_nothing(text):
    assert said(text) == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Plavix until 2026-11-25", "said: 2026-11-25 lies after the day of asking, 2026-11-24"),
        ("Plavix until 2026-02-30", "said: 2026-02-30 is no day of the calendar"),
        ("x" * 5001, "said: 5001 characters, and at most 5000 are read"),
        ("a\n" * 101, "said: 101 lines, and at most 100 are read"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(text, sentence):
    with pytest.raises(BadInput) as caught:
        said(text)
    assert str(caught.value) == sentence


def test_the_most_that_is_read():
    assert len(said("a\n" * 100)) == 100
    assert len(said("x" * 5000)) == 1


@given(st.text(alphabet="abcdef gilnoprst;\n-1:", max_size=60))
def test_every_line_with_a_word_stays_as_an_item_or_says_that_there_is_nothing(text):
    from enthesis.screening.spoken import NOTHING
    from enthesis.screening.words import plain

    lines = [line for line in text.replace("\n", ";").split(";") if plain(line) and not NOTHING.fullmatch(plain(line))]
    assert len(said(text)) == len(lines)
