"""The fingerprint of a text and where its review stands: layout does not matter, every number does."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.knowledge.conftest import RECIPE
from tests.core.knowledge.test_reading import Recipe

from enthesis.knowledge import Entry, Review, Standing, fingerprint
from enthesis.knowledge.fingerprint import LENGTH, combined

WRITTEN, NEXT = date(2026, 1, 2), date(2028, 1, 2)
UNSIGNED = Entry("recipes", "soup", "Soup", Recipe(3, ()), (), Review("A cook", WRITTEN, NEXT), fingerprint="abc")
VALUES = st.recursive(
    st.one_of(st.integers(), st.text(max_size=5), st.booleans(), st.dates()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def signed(**changes):
    review = replace(UNSIGNED.review, checked_by="A clinician", checked_on=WRITTEN, digest="abc")
    return replace(UNSIGNED, review=replace(review, **changes))


def test_nobody_has_checked_it_until_somebody_is_named():
    assert UNSIGNED.standing(WRITTEN) is Standing.UNREVIEWED
    assert signed(checked_by="").standing(WRITTEN) is Standing.UNREVIEWED


def test_a_signature_holds_for_the_very_text_that_was_signed():
    assert signed().standing(WRITTEN) is Standing.REVIEWED
    assert signed(digest="abd").standing(WRITTEN) is Standing.CHANGED
    assert replace(signed(), fingerprint="abd").standing(NEXT) is Standing.CHANGED


@pytest.mark.parametrize(
    ("on", "standing", "overdue"),
    [
        (date(2028, 1, 1), Standing.REVIEWED, False),
        (NEXT, Standing.REVIEWED, False),
        (date(2028, 1, 3), Standing.OVERDUE, True),
    ],
)
def test_a_review_is_overdue_the_day_after_it_was_promised(on, standing, overdue):
    assert (signed().standing(on), signed().is_overdue(on), UNSIGNED.is_overdue(on)) == (standing, overdue, overdue)


def test_standings_are_said_in_words():
    assert [str(one) for one in Standing] == [
        "not yet reviewed by a clinician",
        "changed since it was last signed",
        "review overdue",
        "reviewed by a clinician",
    ]


TABLES = st.dictionaries(st.text(max_size=5), VALUES, max_size=4)


@given(TABLES, st.randoms())
def test_a_fingerprint_does_not_depend_on_the_order_of_keys(table, random):
    keys = list(table)
    random.shuffle(keys)
    assert fingerprint({key: table[key] for key in keys}) == fingerprint(table)
    assert fingerprint({**table, "review": "somebody else"}) == fingerprint({**table, "review": "somebody"})
    assert len(fingerprint(table)) == LENGTH == 16


def test_a_fingerprint_ignores_layout_order_and_review(shelf):
    plain = shelf(soup=RECIPE).entry("recipes", "soup", Recipe)
    laid_out = RECIPE.replace("cups = 3\n", "").replace('id = "soup"', "# a remark\ncups   =   3\n\nid = 'soup'")
    signed_off = laid_out.replace('written_by = "A cook"', 'written_by = "B"\nchecked_by = "C"\ndigest = "x"')
    other = shelf(folder="other", soup=signed_off).entry("recipes", "soup", Recipe)
    assert plain.fingerprint == other.fingerprint
    assert plain.review != other.review


@pytest.mark.parametrize(
    ("old", "new"),
    [("cups = 3", "cups = 4"), ("boil", "fry"), ("three cups", "3 cups"), ("Soup", "Stew"), ("cups = 3", "cups = 3.0")],
)
def test_a_fingerprint_notices_every_change_of_the_text(shelf, old, new):
    assert fingerprint(shelf(soup=RECIPE).raw("recipes", "soup")) != fingerprint(
        shelf(folder="other", soup=RECIPE.replace(old, new, 1)).raw("recipes", "soup")
    )


def test_a_date_is_part_of_the_text_and_an_odd_value_is_not():
    assert fingerprint({"on": date(2026, 1, 2)}) == fingerprint({"on": "2026-01-02"})
    assert fingerprint({"on": date(2026, 1, 2)}) != fingerprint({"on": date(2026, 1, 3)})
    with pytest.raises(TypeError, match="an entry holds text, numbers, dates, lists and tables, not set"):
        fingerprint({"on": set()})


def test_one_fingerprint_for_many_texts_in_any_order():
    assert combined([("a", "1"), ("b", "2")]) == combined([("b", "2"), ("a", "1")])
    assert combined([("a", "1"), ("b", "2")]) != combined([("a", "2"), ("b", "1")])
    assert len(combined([])) == 16


def test_the_fingerprint_of_a_library_covers_entries_and_bibliography(shelf):
    first = shelf(soup=RECIPE).fingerprint
    assert shelf(folder="same", soup=RECIPE).fingerprint == first
    assert shelf(folder="more", soup=RECIPE.replace("cups = 3", "cups = 4")).fingerprint != first
    assert shelf(folder="bare", soup=RECIPE, books="").fingerprint != first
    assert shelf(folder="none", soup=RECIPE, books=None).fingerprint != first
