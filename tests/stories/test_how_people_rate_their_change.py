"""Ratings of change stand last, with how many were asked; unwanted effects stand with how many were injected."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.outcomes.headache import as_table
from tests.stories.test_the_report_of_outcomes import BOOK, LIBRARY, MEASURES, clinic, words

from enthesis.expectations.report import Made, outcomes_report
from enthesis.expectations.report.harmed import harms_html
from enthesis.expectations.report.names import Names
from enthesis.expectations.report.rated import rated_html
from enthesis.knowledge import BadInput
from enthesis.outcomes import cohort
from enthesis.outcomes.cohort import Rated, share

RATINGS = cohort.ratings(LIBRARY)


def rating(scores, **more):
    """One row of the global impression of change for each score; None is silence."""
    about = {
        "instrument": "pgic",
        "week": 26,
        "due": True,
        "condition": "knee-osteoarthritis",
        "treatment": "dextrose-prolotherapy",
    }
    return [about | {"course": str(at), "score": s, "answered": s is not None} | more for at, s in enumerate(scores)]


SAID = [1.0] * 6 + [2.0] * 9 + [4.0] * 10 + [6.0] * 5 + [None] * 10


def analysed(rows, by=("treatment",)):
    return cohort.analyse(
        as_table(rows), measures=MEASURES, by=by, with_models=False, with_curves=True, ratings=RATINGS
    )


def test_much_improved_or_better_is_counted_of_those_who_answered_and_of_all():
    (one,) = analysed(clinic(40) + rating(SAID)).rated
    much = one.much
    assert (much.events, much.n, much.due, much.enrolled) == (15, 30, 40, 40)
    assert (much.share, much.of_enrolled, much.if_silent_failed) == (0.5, 0.375, 0.375)
    assert (much.lower, much.upper) == pytest.approx((0.3315, 0.6685), abs=1e-4)  # Wilson's interval of 15 of 30
    assert one.counts == {1.0: 6, 2.0: 9, 4.0: 10, 6.0: 5}


def test_the_numbers_are_printed_by_command_too():
    (one,) = cohort.analysis_as_json(analysed(clinic(40) + rating(SAID)))["ratings"]
    assert one["answers"] == {"1": 6, "2": 9, "4": 10, "6": 5}
    assert (one["n_enrolled"], one["n_due"], one["n_answered"], one["much_better"]["events"]) == (40, 40, 30, 15)


def test_of_a_clinic_below_the_floor_only_who_was_asked_is_told():
    for scores, reason in (
        (SAID[:9], "fewer than 20 people were due"),
        (SAID[19:], "11 of 21 answered, less than 60%"),
    ):
        rows = [row | {"clinic": "harbour"} for row in clinic(40) + rating(scores)]
        (one,) = cohort.analysis_as_json(analysed(rows, ("clinic",)))["ratings"]
        assert one["kept_back"] == reason
        assert not {"answers", "much_better"} & one.keys()


def test_the_report_prints_them_last_with_the_warning():
    book = replace(BOOK, harms={"injected": 400, "grade 1": 30, "grade 2": 3, "serious": 0})
    report = outcomes_report(analysed(clinic(40) + rating(SAID)), Made(book, "f" * 64, "0.1", "duckdb"), LIBRARY)
    headings = [heading for heading, _ in report.sections]
    assert headings.index("How people rate their own change") > headings.index(
        "What people report without the treatment"
    )
    said = words(report.html())
    assert "hardly at all on how they were before treatment" in said
    assert "50% (33% to 67%)" in said
    assert "grade 1: mild 30 400 8% (5% to 11%)" in said
    assert "grade 2: moderate Fewer than 5 400" in said


def test_an_answer_that_is_not_on_the_scale_is_refused():
    with pytest.raises(BadInput, match="pgic, week 26: score 8 is off the scale; expected 1 to 7"):
        analysed(clinic(40) + rating([*SAID, 8.0]))


def test_without_harms_in_the_snapshot_the_report_says_so():
    assert "not part of this snapshot" in harms_html({})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=7, max_size=7), st.integers(0, 20))
def test_no_answer_of_one_to_four_people_can_be_read_off_or_subtracted(people, silent):
    counts = {float(score): count for score, count in enumerate(people, 1) if count}
    n = sum(counts.values())
    much = share(events=sum(c for s, c in counts.items() if s <= 2), n=n, due=n + silent, enrolled=n + silent)
    html = rated_html([Rated({"instrument": "pgic"}, 26.0, counts, much)], Names.of(LIBRARY))
    small = [c for c in counts.values() if c < 5 or 0 < n - c < 5]
    assert ("Every answer" in html) <= (not small)
    if 0 < much.events < 5 or 0 < n - much.events < 5:
        assert "not shown" in html
