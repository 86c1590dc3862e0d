"""Answers about worry and low mood on the first screen: by the published cut-off, and never as a diagnosis."""

from datetime import timedelta

import pytest
from django_scopes import scope, scopes_disabled
from tests.clinic.conftest import TODAY, VISIT
from tests.clinic.test_the_teams_day import work

from enthesis.clinic.deciding import decide_course
from enthesis.clinic.errors import NotAllowed, NotFound, OutOfOrder
from enthesis.clinic.mood import sign_mood
from enthesis.clinic.survey import record_survey
from enthesis.knowledge import BadInput, Library
from enthesis.outcomes import CUT_OFF_REACHED, instruments
from enthesis.registry.models import AuditEvent, SurveyResponse

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


def test_neither_a_calmer_answer_nor_time_takes_it_off_the_list(harbour):
    course = harbour.course()
    told(harbour, course, 3, 3, 0, 0)
    told(harbour, course, 0, 0, 0, 0, wave="baseline-2", on=TODAY + DAY)
    assert [shown(harbour, TODAY + days * DAY) for days in (1, 31, 400)] == [["anxiety 6 of 6"]] * 3


def test_somebody_signs_what_was_done_and_it_is_off_the_list_with_a_trace(harbour):
    told(harbour, harbour.course(), 3, 3, 0, 0)
    [row] = work(harbour, TODAY).screened_positive
    with pytest.raises(NotAllowed):
        sign_mood(by=harbour.coordinator, alert=row.mood, done="called")
    with pytest.raises(BadInput, match="say what was done"):
        sign_mood(by=harbour.clinician, alert=row.mood, done="  ")
    signed = sign_mood(
        by=harbour.clinician, alert=row.mood, done="called; has somebody to talk to, sees the family doctor"
    )
    assert (signed.signed_by, shown(harbour)) == (harbour.clinician.name, [])
    with scopes_disabled():
        event = AuditEvent.objects.get(verb="signed an alert of worry or low mood")
    assert (event.actor, event.about, event.after) == (harbour.clinician.name, str(row.mood), {"done": signed.done})
    with pytest.raises(OutOfOrder, match="signed already"):
        sign_mood(by=harbour.clinician, alert=row.mood, done="again")


def test_a_signature_covers_one_answer_and_not_the_next(harbour):
    course = harbour.course()
    told(harbour, course, 3, 3, 0, 0)
    told(harbour, course, 0, 0, 2, 2, wave="baseline-2", on=TODAY + DAY)
    rows = work(harbour, TODAY + DAY).screened_positive
    sign_mood(by=harbour.clinician, alert=rows[1].mood, done="called")
    assert ([row.what for row in rows], shown(harbour, TODAY + DAY)) == (
        ["depression 4 of 6", "anxiety 6 of 6"],
        ["depression 4 of 6"],
    )


def test_a_correction_raises_only_what_was_not_raised(harbour):
    course = harbour.course()
    told(harbour, course, 3, 3, 0, 0)
    for values in ((3, 3, 0, 1), (3, 3, 3, 1)):
        with scope(clinic=[harbour.clinic.pk]):
            old = SurveyResponse.objects.get(corrected_by__isnull=True)
        record_survey(
            by=harbour.coordinator, course=course, wave="baseline-1", instrument_id="phq-4", on=TODAY, today=TODAY,
            answers=dict(zip(ITEMS, values, strict=True)), mode="by phone", corrects=old.pk, reason="misheard",
        )  # fmt: skip
    assert shown(harbour) == ["anxiety 6 of 6; depression 4 of 6", "anxiety 6 of 6"]


def test_another_clinic_neither_sees_nor_signs_it(harbour, hillside):
    told(harbour, harbour.course(), 3, 3, 0, 0)
    [row] = work(harbour, TODAY).screened_positive
    assert shown(hillside) == []
    with pytest.raises(NotFound):
        sign_mood(by=hillside.clinician, alert=row.mood, done="called")


def test_it_waits_for_a_signature_also_when_the_course_is_over(harbour):
    course, _ = harbour.treated()
    told(harbour, course, 3, 3, 0, 0, wave="baseline-2", on=VISIT)
    decide_course(by=harbour.clinician, course=course, decided="withdraw", on=VISIT, reviewed=True, why="moved away")
    assert shown(harbour, VISIT) == ["anxiety 6 of 6"]


def test_the_screens_of_the_library_name_their_cut_off():
    """The list reads the names of bands: a screen that was renamed would fall silent."""
    for entry in instruments(Library.shipped()):
        if entry.id in ("phq-2", "phq-4"):
            bands = [*entry.body.bands, *(band for part in entry.body.subscales for band in part.bands)]
            assert {band.least for band in bands if band.says in CUT_OFF_REACHED} == {3}
