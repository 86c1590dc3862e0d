"""What patients send in waits for no stage, only for the first injection."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput
from enthesis.pathway import FINISHED, Report, Stage, check_report

INJECTED = date(2027, 3, 1)
DAY_AFTER = date(2027, 3, 2)
DAY_BEFORE = date(2027, 2, 28)
OPEN = [stage for stage in Stage if stage not in FINISHED]


@pytest.mark.parametrize("stage", Stage)
def test_a_diary_is_taken_from_the_day_of_the_injection_at_every_stage(stage: Stage) -> None:
    check_report(Report.DIARY, on=INJECTED, stage=stage, first_injection=INJECTED)
    check_report(Report.DIARY, on=DAY_AFTER, stage=stage, first_injection=INJECTED)


@pytest.mark.parametrize("stage", OPEN)
def test_a_survey_is_taken_after_the_injection_until_the_course_is_finished(stage: Stage) -> None:
    check_report(Report.SURVEY, on=DAY_AFTER, stage=stage, first_injection=INJECTED)


@pytest.mark.parametrize("stage", OPEN)
def test_a_baseline_is_taken_until_the_day_of_the_injection(stage: Stage) -> None:
    check_report(Report.BASELINE, on=DAY_BEFORE, stage=stage, first_injection=None)
    check_report(Report.BASELINE, on=INJECTED, stage=stage, first_injection=INJECTED)


@pytest.mark.parametrize(
    ("report", "on", "stage", "first_injection", "sentence"),
    [
        (
            Report.DIARY,
            DAY_AFTER,
            Stage.ASSESSED,
            None,
            "diary: the first injection must be recorded before a diary is taken",
        ),
        (
            Report.SURVEY,
            DAY_AFTER,
            Stage.PLANNED,
            None,
            "survey: the first injection must be recorded before a survey is taken",
        ),
        (
            Report.DIARY,
            DAY_BEFORE,
            Stage.RECOVERING,
            INJECTED,
            "diary: 2027-02-28 lies before the first injection on 2027-03-01",
        ),
        (
            Report.SURVEY,
            DAY_BEFORE,
            Stage.RECOVERING,
            INJECTED,
            "survey: 2027-02-28 lies before the first injection on 2027-03-01",
        ),
        (
            Report.BASELINE,
            DAY_AFTER,
            Stage.RECOVERING,
            INJECTED,
            "baseline: 2027-03-02 lies after the first injection on 2027-03-01",
        ),
        (
            Report.SURVEY,
            DAY_AFTER,
            Stage.CLOSED,
            INJECTED,
            "survey: the course is closed, so no survey is taken any more",
        ),
        (
            Report.SURVEY,
            DAY_AFTER,
            Stage.WITHDRAWN,
            INJECTED,
            "survey: the course is withdrawn, so no survey is taken any more",
        ),
        (
            Report.BASELINE,
            DAY_BEFORE,
            Stage.CLOSED,
            None,
            "baseline: the course is closed, so no baseline is taken any more",
        ),
        (
            Report.BASELINE,
            DAY_BEFORE,
            Stage.WITHDRAWN,
            None,
            "baseline: the course is withdrawn, so no baseline is taken any more",
        ),
    ],
)
def test_a_report_that_comes_too_early_or_too_late_is_told_why(
    report: Report, on: date, stage: Stage, first_injection: date | None, sentence: str
) -> None:
    with pytest.raises(BadInput) as refused:
        check_report(report, on=on, stage=stage, first_injection=first_injection)
    assert str(refused.value) == sentence


@given(st.sampled_from(Stage), st.dates(min_value=INJECTED))
def test_a_symptom_reported_after_an_injection_is_never_turned_away(stage: Stage, on: date) -> None:
    check_report(Report.DIARY, on=on, stage=stage, first_injection=INJECTED)
