"""Screens of a survey: every question once, in order, six at most, and no short form cut in two."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import Library
from enthesis.outcomes import Form, Item, Scale, instrument, screens

LIBRARY = Library.shipped()
SCALE = Scale(0, 10, "none", "most")
forms = st.lists(st.integers(1, 30), min_size=1, max_size=6).map(
    lambda lengths: [
        Form(f"form-{n}", tuple(Item(f"q{k}", "How?", "scale", format=SCALE) for k in range(length)))
        for n, length in enumerate(lengths)
    ]
)


def asked(*ids):
    return [Form(id, instrument(LIBRARY, id).body.items) for id in ids]


def sizes(found):
    return [[(part.instrument, len(part.items)) for part in screen.parts] for screen in found]


def test_short_forms_share_a_screen_and_a_long_one_is_cut_evenly():
    found = screens(asked("pain-nrs", "peg", "pgic", "rmdq-24", "satisfaction"))
    assert sizes(found) == [
        [("pain-nrs", 2), ("peg", 3), ("pgic", 1)],
        *([[("rmdq-24", 6)]] * 4),
        [("satisfaction", 1)],
    ]
    assert [screen.ends for screen in found] == [
        ("pain-nrs", "peg", "pgic"),
        (),
        (),
        (),
        ("rmdq-24",),
        ("satisfaction",),
    ]


def test_thirteen_questions_are_five_four_and_four():
    assert sizes(screens(asked("spadi"))) == [[("spadi", 5)], [("spadi", 4)], [("spadi", 4)]]
    assert sizes(screens(asked("koos-jr"))) == [[("koos-jr", 4)], [("koos-jr", 3)]]


@given(forms, st.integers(1, 12))
def test_every_question_once_in_order_and_never_too_many(asked_of, most):
    found = screens(asked_of, most=most)
    parts = [part for screen in found for part in screen.parts]
    assert [(p.instrument, i.id) for p in parts for i in p.items] == [
        (f.instrument, i.id) for f in asked_of for i in f.items
    ]
    assert all(1 <= screen.questions <= most for screen in found)
    assert [id for screen in found for id in screen.ends] == [form.instrument for form in asked_of]
    assert [p.instrument for p in parts if p.begins] == [form.instrument for form in asked_of]


@given(forms)
def test_a_form_is_cut_only_when_it_is_longer_than_a_screen_and_a_cut_form_shares_none(asked_of):
    for screen in screens(asked_of):
        assert len(screen.parts) == 1 or all(part.whole for part in screen.parts)
        assert all(part.whole for part in screen.parts) or screen.questions >= 3


@given(forms)
def test_two_screens_that_would_fit_on_one_are_one(asked_of):
    found = screens(asked_of)
    for screen, after in pairwise(found):
        whole = screen.parts[-1].whole and after.parts[0].whole
        assert not whole or screen.questions + len(after.parts[0].items) > 6


def test_a_form_without_questions_has_no_screen():
    assert screens([Form("empty", ())]) == ()
    assert screens([]) == ()
