"""The decision aid: same rows for every option, pictures that say the same as their numbers, and no recommendation."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.evidence.review import review
from enthesis.expectations.aid import ABOUT_THIS_PAGE, QUESTIONS, VALUES, Harm, Seen, aid_page, aids, array
from enthesis.expectations.aid.option import ROWS, Option
from enthesis.expectations.shares import Range
from enthesis.knowledge import BadInput, Library, LibraryError
from enthesis.pathway import conditions

LIBRARY = Library.shipped()
REVIEW = review(LIBRARY, "dextrose-prolotherapy")
PAGES = {aid.id: aid_page(aid.body.condition, review=REVIEW, library=LIBRARY) for aid in aids(LIBRARY)}
every_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


def told(page):
    """Every sentence of a page."""
    body = page.entry.body
    yield from (body.decision, body.about.text, body.no_picture, *(one.text for one in body.without))
    for column in page.columns:
        yield from (column.option.title, column.benefit.text, *(one.text for one in column.option.body.cited))
    yield from (said for _, said in (*VALUES, *QUESTIONS))


def test_every_condition_of_the_library_has_a_page():
    assert {page.entry.body.condition for page in PAGES.values()} == {entry.id for entry in conditions(LIBRARY)}


@every_page
def test_waiting_is_the_first_option_and_the_rival_is_there(page):
    ids = [column.option.id for column in page.columns]
    assert ids[:2] == ["waiting", "dextrose"]
    assert {"exercise", "corticosteroid", "amniotic"} <= set(ids)


@every_page
def test_every_option_has_every_row_and_at_least_one_harm(page):
    for column in page.columns:
        assert all(getattr(column.option.body, row).text for row in ROWS)
        assert column.option.body.harms
        assert column.benefit.text


@every_page
def test_nothing_sells_recommends_or_is_relative(page):
    sold = re.compile(
        r"\b(?:recommend|best|proven|safe|cure|relief|twice|half as|1 in \d|times (?:more|less))\b|\bshould have\b(?!.*\?)",
        re.I,
    )
    assert [said for said in told(page) if sold.search(said.replace("(RELIEF)", ""))] == []


def test_the_facet_page_says_there_is_no_controlled_evidence_and_that_its_picture_is_borrowed():
    page = PAGES["lumbar-facet"]
    assert (
        page.condition.body.must_say == "There is no controlled evidence for dextrose injections into the facet joint."
    )
    (picture,) = page.pictures
    assert (picture.treated.better, picture.untreated.better, picture.more) == (46, 36, 10)
    assert picture.borrowed
    assert picture.rating == "very low"


def test_where_no_trial_gives_people_no_picture_is_drawn_and_the_page_says_why():
    for id in sorted(set(PAGES) - {"knee", "lumbar-facet"}):
        assert PAGES[id].pictures == ()
        assert PAGES[id].entry.body.no_picture


def test_a_picture_follows_the_pain_one_starts_at():
    low, high = (aid_page("knee-osteoarthritis", review=REVIEW, library=LIBRARY, start=start) for start in (4, 9))
    assert low.pictures[0].treated.better > high.pictures[0].treated.better
    with pytest.raises(BadInput, match="baseline"):
        aid_page("knee-osteoarthritis", review=REVIEW, library=LIBRARY, start=11)


def test_a_condition_without_an_aid():
    with pytest.raises(BadInput, match="there is no decision aid for 'dropsy'"):
        aid_page("dropsy", review=REVIEW, library=LIBRARY)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_a_hundred_people_whatever_the_share_and_both_framings_add_up(a, b, c):
    low, middle, high = sorted((a, b, c))
    made = array(Range(middle, low, high))
    states = [icon.state for icon in made.icons]
    assert len({(icon.left, icon.top) for icon in made.icons}) == 100
    assert states.count("solid") == made.low
    assert states.count("solid") + states.count("hatched") == made.high
    assert made.better + made.worse == 100
    assert made.worse_low <= made.worse <= made.worse_high


def test_the_array_fills_from_the_bottom_left():
    first, eleventh = array(Range(0.5, 0.11, 0.6)).icons[0], array(Range(0.5, 0.11, 0.6)).icons[10]
    assert (first.x, first.y, first.state) == (0, 9, "solid")
    assert (eleventh.x, eleventh.y) == (0, 8)


@pytest.mark.parametrize(
    "given",
    [
        {"seen": Seen.NO_STUDY, "people": 30},
        {"seen": Seen.NONE_SEEN},
        {"seen": Seen.NONE_SEEN, "events": 1, "people": 30},
        {"seen": Seen.SEEN, "people": 30},
        {"seen": Seen.SEEN, "events": 31, "people": 30},
        {"seen": Seen.NOT_COUNTED, "events": 3, "people": 30},
    ],
)
def test_no_study_none_seen_and_seen_are_never_the_same_cell(given):
    with pytest.raises(LibraryError, match="does not fit"):
        Harm(text="x", cite="y", **given)


def test_what_was_not_looked_up_is_never_called_unstudied():
    said = {entry.id: {str(harm.seen) for harm in entry.body.harms} for entry in LIBRARY.entries("options", Option)}
    for option in ("waiting", "exercise", "nerve-heat", "knee-replacement", "hip-replacement"):
        assert said[option] == {"not looked up"}
    assert said["amniotic"] == {"no study"}


def test_nobody_is_said_to_have_paid_or_not_paid():
    """Who paid is not known to the software; the page says that, and that the clinic may earn from a choice."""
    about = " ".join(ABOUT_THIS_PAGE)
    assert "Nobody has said who paid for this page." in about
    assert "The clinic may earn money" in about
