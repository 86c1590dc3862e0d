"""The patient's own curve: values in order, one sentence, no claim of cause, and nothing made of two weeks."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes import TOO_SOON, Answered, Curve, Point, change, curve, instrument

LIBRARY = Library.shipped()
PAIN, PGIC, PEG = (instrument(LIBRARY, id) for id in ("pain-nrs", "pgic", "peg"))
START = date(2026, 3, 2)
EARLY = "which is too soon to show whether the treatment helps"


def at(days, score, label="6 weeks"):
    return Point(START + timedelta(days=days), score, label)


def drawn(*points, injections=(START,), form=PAIN):
    return curve(points=points, injections=injections, instrument=form)


def test_the_whole_curve_as_values():
    booking, day, six = at(-20, 7, "booking"), at(0, 8, "the day"), at(42, 4)
    later = START + timedelta(days=28)
    assert drawn(six, booking, day, injections=(later, START)) == Curve(
        title="Numeric pain rating scale 0-10 (average pain, past 7 days)",
        range=(0, 10),
        higher_is_worse=True,
        points=(booking, day, six),
        injections=(START, later),
        baseline=7.5,
        latest=Answered(six.on, 4, "6 weeks"),
        too_soon=False,
        change=change(baseline=7.5, now=4, instrument=PAIN),
        sentence="Your pain was 7.5 on average before the first injection and 4 at 6 weeks.",
    )


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([at(-3, 7), at(42, 4, "six weeks")], "Your pain was 7 before the first injection and 4 at six weeks."),
        ([at(-3, 7), at(0, 7), at(42, 4)], "Your pain was 7 on average before the first injection and 4 at 6 weeks."),
        ([at(-3, 7)], "Your pain was 7 before the first injection."),
        ([at(-3, 7), at(42, None)], "Your pain was 7 before the first injection."),
        (
            [at(-3, None), at(42, 4)],
            "Your pain was 4 at 6 weeks; there is no score from before the first injection to set beside it.",
        ),
        (
            [at(-3, 7), at(42, 4), at(91, 8, "3 months")],
            "Your pain was 7 before the first injection and 8 at 3 months.",
        ),
        ([at(-3, 7), at(42, 4), at(91, None)], "Your pain was 7 before the first injection and 4 at 6 weeks."),
        ([at(-3, None)], "There is no score yet."),
        ([], "There is no score yet."),
        ([at(-3, 7), at(14, 3, "2 weeks")], f"Your pain was 7 before the first injection and 3 at 2 weeks, {EARLY}."),
        (
            [at(14, 3, "2 weeks")],
            f"Your pain was 3 at 2 weeks, {EARLY}; there is no score from before the first injection to set beside it.",
        ),
    ],
)
def test_one_sentence_in_the_order_of_time(points, sentence):
    assert drawn(*points).sentence == sentence


def test_before_any_injection_everything_is_so_far():
    found = drawn(at(0, 7), at(42, 6), injections=())
    assert (found.baseline, found.latest, found.change, found.too_soon) == (6.5, None, None, False)
    assert found.sentence == "Your pain was 6.5 on average so far."
    assert drawn(at(0, 7), injections=()).sentence == "Your pain was 7 so far."


def test_a_score_on_the_day_of_the_injection_is_from_before_it_and_the_next_day_is_not():
    same, next_day = drawn(at(0, 7)), drawn(at(1, 7))
    assert (same.baseline, same.latest) == (7, None)
    assert (next_day.baseline, next_day.latest) == (None, Answered(START + timedelta(days=1), 7, "6 weeks"))


@pytest.mark.parametrize(("days", "too_soon"), [(1, True), (14, True), (18, True), (19, False), (42, False)])
def test_nothing_is_made_of_the_first_two_weeks_and_the_days_that_survey_stays_open(days, too_soon):
    found = drawn(at(-3, 7), at(days, 4))
    assert found.too_soon is too_soon
    assert found.change == (None if too_soon else change(baseline=7, now=4, instrument=PAIN))
    assert TOO_SOON.days == 18


def test_the_clock_runs_from_the_first_injection_and_not_from_the_last():
    again = START + timedelta(days=40)
    assert not drawn(at(-3, 7), at(42, 4), injections=(again, START)).too_soon


def test_an_answer_between_two_injections_comes_after_the_first():
    found = drawn(at(-3, 7), at(42, 4), injections=(START + timedelta(days=60), START))
    assert (found.baseline, found.latest) == (7, Answered(START + timedelta(days=42), 4, "6 weeks"))


def test_without_a_baseline_there_is_no_change():
    found = drawn(at(42, 4))
    assert (found.baseline, found.change) == (None, None)
    assert found.latest == Answered(START + timedelta(days=42), 4, "6 weeks")


def test_weeks_are_counted_from_the_first_injection_or_else_the_first_point():
    assert drawn(at(-3, 7)).origin == START
    assert drawn(at(3, 7), at(-3, None), injections=()).origin == START - timedelta(days=3)
    assert drawn(injections=()).origin is None


def test_thirds_average_exactly():
    assert drawn(at(-3, 19 / 3), at(0, 20 / 3), form=PEG).baseline == 6.5
    assert type(drawn(at(-3, 7), at(0, 5)).baseline) is int


def test_a_rating_of_change_is_told_in_its_own_words_and_has_no_baseline():
    found, rating = drawn(at(-3, 4), at(91, 2, "3 months"), form=PGIC), "Your own rating of how you are since the start"
    assert found.sentence == f'{rating} of treatment at 3 months was "Much improved".'
    assert (found.baseline, found.change) == (None, change(baseline=None, now=2, instrument=PGIC))
    assert drawn(form=PGIC).sentence == "There is no score yet."
    early = drawn(at(14, 2, "2 weeks"), form=PGIC)
    assert early.sentence == f'{rating} of treatment at 2 weeks was "Much improved", {EARLY}.'


def test_a_score_off_the_scale_is_refused_with_its_day():
    with pytest.raises(BadInput) as refusal:
        drawn(at(0, 11))
    assert str(refusal.value) == "score of 2026-03-02: a score from 0 to 10 was expected, not 11"


point = st.builds(at, st.integers(-90, 800), st.none() | st.integers(0, 10))
points = st.lists(point, max_size=8, unique_by=lambda point: point.on)
days = st.lists(st.integers(0, 200).map(lambda day: START + timedelta(days=day)), max_size=5)


@given(points, days, st.randoms())
def test_the_order_in_which_points_come_does_not_matter(points, days, dice):
    shuffled = drawn(*dice.sample(points, len(points)), injections=dice.sample(days, len(days)))
    assert shuffled == drawn(*points, injections=days)


@given(points, days)
def test_the_sentence_never_says_why(points, days):
    words = set(drawn(*points, injections=days).sentence.strip(".").split())
    assert not words & {"because", "thanks", "due", "worked", "improved", "benefit", "better"}
