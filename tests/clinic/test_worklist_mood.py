"""Answers about worry and low mood on the first screen: by the published cut-off, and never as a diagnosis."""

from datetime import timedelta

import pytest
from tests.clinic.conftest import TODAY, VISIT
from tests.clinic.test_the_teams_day import work

from enthesis.clinic.deciding import decide_course
from enthesis.clinic.survey import record_survey
from enthesis.knowledge import Library
from enthesis.outcomes import CUT_OFF_REACHED, instruments

DAY = timedelta(days=1)
ITEMS = ("gad2_1", "gad2_2", "phq2_2", "phq2_1")


def told(house, course, *values, wave="baseline-1", on=TODAY):
    """The four answers in the order of the form; None is left out."""
    answers = {item: value for item, value in zip(ITEMS, values, strict=True) if value is not None}
    record_survey(
        by=house.coordinator, course=course, wave=wave, instrument_id="phq-4", on=on, today=on, answers=answers,
        mode="by phone",
    )  # fmt: skip


def shown(house, on=TODAY):
    return [row.what for row in work(house, on).screened_positive]


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ((1, 1, 1, 1), []),
        ((2, 0, 0, 2), []),
        ((2, 1, 0, 0), ["anxiety 3 of 6"]),
        ((0, 0, 3, 0), ["depression 3 of 6"]),
        ((3, 3, 2, 1), ["anxiety 6 of 6; depression 3 of 6"]),
        ((3, None, 3, 0), ["depression 3 of 6"]),  # a part left half open has no score
        ((None, None, None, None), []),
    ],
)
def test_a_part_counts_from_three_of_six(harbour, answers, says):
    told(harbour, harbour.course(), *answers)
    assert shown(harbour) == says


def test_the_line_says_what_it_is(harbour):
    told(harbour, harbour.course(), 3, 3, 0, 0)
    [row] = work(harbour, TODAY).screened_positive
    assert (row.on, row.detail) == (TODAY, "A screening result, not a diagnosis: ask how the person is.")


def test_a_newer_calmer_answer_takes_it_off_the_list(harbour):
    course = harbour.course()
    told(harbour, course, 3, 3, 0, 0)
    told(harbour, course, 0, 0, 0, 0, wave="baseline-2", on=TODAY + DAY)
    assert (shown(harbour, TODAY), shown(harbour, TODAY + DAY)) == (["anxiety 6 of 6"], [])


def test_it_is_shown_for_thirty_days(harbour):
    told(harbour, harbour.course(), 3, 3, 0, 0)
    assert [shown(harbour, TODAY + days * DAY) != [] for days in (0, 30, 31)] == [True, True, False]


def test_another_clinic_does_not_see_it(harbour, hillside):
    told(harbour, harbour.course(), 3, 3, 0, 0)
    assert shown(hillside) == []


def test_a_finished_course_is_off_the_list(harbour):
    course, _ = harbour.treated()
    told(harbour, course, 3, 3, 0, 0, wave="baseline-2", on=VISIT)
    assert shown(harbour, VISIT) != []
    decide_course(by=harbour.clinician, course=course, decided="withdraw", on=VISIT, reviewed=True, why="moved away")
    assert shown(harbour, VISIT) == []


def test_the_screens_of_the_library_name_their_cut_off():
    """The list reads the names of bands: a screen that was renamed would fall silent."""
    for entry in instruments(Library.shipped()):
        if entry.id in ("phq-2", "phq-4"):
            bands = [*entry.body.bands, *(band for part in entry.body.subscales for band in part.bands)]
            assert {band.least for band in bands if band.says in CUT_OFF_REACHED} == {3}
