"""One course from the first question to the decision to stop, act by act."""

from datetime import timedelta

import pytest
from tests.clinic.conftest import ASSESSED, GIVEN, NUMBED, OBSERVED, TODAY, VISIT, House

from enthesis.clinic import treat
from enthesis.clinic.alerts import sign_alert
from enthesis.clinic.deciding import decide_course
from enthesis.clinic.diary import record_diary
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.patients import read_patient
from enthesis.clinic.screen import decide_screening
from enthesis.clinic.survey import record_survey
from enthesis.clinic.worklist import read_worklist
from enthesis.knowledge import BadInput
from enthesis.screening import ChartItem, ItemKind, Route

WARFARIN = ChartItem(
    ItemKind.MEDICINE, "MedicationStatement/w", "Warfarin 5 MG Oral Tablet", state="taking", route=Route.ORAL
)
NAPROXEN = ChartItem(
    ItemKind.MEDICINE, "MedicationStatement/n", "Naproxen 220 MG Oral Tablet", state="taking", route=Route.ORAL
)


def page(house: House, patient):
    return read_patient(by=house.clinician, patient=patient)


def course_row(house: House, course):
    from django_scopes import scopes_disabled

    from enthesis.clinic.acting import course_of
    from enthesis.clinic.permissions import May

    with scopes_disabled():
        patient = course_of(house.clinician, course, May.SEE).patient_id
    return next(row for row in page(house, patient).courses if row.id == course)


def test_maria_is_screened_planned_treated_watched_measured_and_done(harbour):
    course, session = harbour.treated()
    after = VISIT + timedelta(days=42)
    record_diary(
        by=harbour.coordinator,
        session=session,
        on=VISIT + timedelta(days=1),
        today=after,
        answers={"pain": 5},
        mode="by phone",
    )
    result = record_survey(
        by=harbour.coordinator,
        course=course,
        wave="6-weeks",
        instrument_id="pain-nrs",
        on=after,
        today=after,
        answers={"nrs_avg_7d": 4},
        mode="by phone",
    )
    decide_course(by=harbour.clinician, course=course, decided="stop", on=after, why="better, content")

    row = course_row(harbour, course)
    assert result.score == 4
    assert row.stage == "follow-up"
    assert row.first_injection_on == VISIT
    assert [step["step"] for step in row.sessions[0]["steps"]] == [
        "assess",
        "time-out",
        "anaesthetise",
        "inject",
        "observe",
    ]
    assert [answer["score"] for answer in row.surveys] == [4]


def test_every_act_leaves_one_event_in_order(harbour):
    course, _ = harbour.treated()
    patient = course_row(harbour, course).patient
    verbs = [event.verb for event in reversed(page(harbour, patient).events)]
    assert verbs == [
        "imported a chart",
        "opened a course",
        "screened",
        "planned",
        "made a recipe",
        "read the consent",
        "kept a consent",
        "screened again",
        "recorded the step assess",
        "recorded the step time-out",
        "recorded the step anaesthetise",
        "recorded the step inject",
        "recorded the step observe",
        "read the record",
        "read the record",
    ]


@pytest.mark.parametrize(("act", "words"), [("planned", "screened"), ("mixed", "screened"), ("assessed", "screened")])
def test_no_stage_can_be_skipped_from_the_start(harbour, act, words):
    course = harbour.course()
    with pytest.raises(Exception, match=words):
        getattr(harbour, act)(course)


def test_the_skin_is_not_numbed_before_the_site_is_marked_nor_the_needle_set_before_it_is_numb(harbour):
    course = harbour.ready()
    session = harbour.assessed(course)
    with pytest.raises(OutOfOrder, match="anaesthetised"):
        treat.inject(by=harbour.clinician, session=session, given=[GIVEN])
    with pytest.raises(OutOfOrder, match="must be"):
        treat.observe(by=harbour.clinician, session=session, details=OBSERVED)


def test_a_session_on_a_day_nobody_screened_for_does_not_begin(harbour):
    course = harbour.ready()
    with pytest.raises(OutOfOrder, match="screen again"):
        harbour.assessed(course, on=VISIT + timedelta(days=1))


def test_warfarin_is_asked_about_and_goes_on_only_with_a_clinicians_reason(harbour):
    course = harbour.course(WARFARIN)
    assert harbour.screened(course) == "ask"
    with pytest.raises(OutOfOrder, match="clinician must decide"):
        harbour.planned(course)
    with pytest.raises(BadInput, match="say why"):
        decide_screening(by=harbour.clinician, course=course, go_ahead=True, because=" ")
    decide_screening(by=harbour.clinician, course=course, go_ahead=True, because="prescriber informed")
    harbour.planned(course)
    assert course_row(harbour, course).stage == "planned"


def test_a_clinician_may_also_decide_against_it_and_then_nothing_is_planned(harbour):
    course = harbour.course(WARFARIN)
    harbour.screened(course)
    decide_screening(by=harbour.clinician, course=course, go_ahead=False, because="bleeding risk")
    with pytest.raises(OutOfOrder):
        harbour.planned(course)


def test_naproxen_that_can_still_be_stopped_in_time_does_not_stand_in_the_way(harbour):
    assert harbour.screened(harbour.course(NAPROXEN), nsaid="now") == "inform"


def test_naproxen_too_close_to_the_day_postpones_and_cannot_be_planned(harbour):
    course = harbour.course(NAPROXEN)
    assert harbour.screened(course, on=TODAY + timedelta(days=3), nsaid="now") == "postpone"
    with pytest.raises(OutOfOrder, match="postpone"):
        harbour.planned(course, start=TODAY + timedelta(days=3))


def test_a_second_session_is_screened_anew_and_keeps_the_clock_of_the_first(harbour):
    course, _ = harbour.treated()
    decide_course(by=harbour.clinician, course=course, decided="go-on", on=VISIT + timedelta(days=10), why="improving")
    second = VISIT + timedelta(days=28)
    with pytest.raises(OutOfOrder):
        harbour.mixed(course)
    harbour.screened(course, on=second)
    harbour.planned(course, start=second)
    row = course_row(harbour, course)
    assert row.plan["sessions"][0] == {"number": 2, "on": second.isoformat()}
    assert (
        next(wave["due"] for wave in row.plan["waves"] if wave["wave"] == "3-months")
        == (VISIT + timedelta(weeks=13)).isoformat()
    )


def test_a_fever_raises_an_alert_that_stays_until_somebody_says_what_was_done(harbour):
    _course, session = harbour.treated()
    day = VISIT + timedelta(days=2)
    watch = record_diary(
        by=harbour.coordinator, session=session, on=day, today=day, answers={"pain": 6, "fever": True}, mode="by phone"
    )
    assert watch.urgency.value in ("call-today", "emergency-now")
    [alert] = read_worklist(by=harbour.clinician, on=day).alerts
    with pytest.raises(BadInput, match="what was done"):
        sign_alert(by=harbour.clinician, alert=alert.alert, done="")
    sign_alert(by=harbour.clinician, alert=alert.alert, done="seen in clinic at noon, no infection")
    assert read_worklist(by=harbour.clinician, on=day).alerts == ()
    with pytest.raises(OutOfOrder, match="signed already"):
        sign_alert(by=harbour.clinician, alert=alert.alert, done="again")


def test_a_numb_arm_an_hour_after_the_needle_is_the_anaesthetic_and_ten_hours_after_it_is_not(harbour):
    from datetime import UTC, datetime

    from enthesis.clinic.acting import at_moment

    def told(hours: int) -> str:
        with at_moment(datetime(VISIT.year, VISIT.month, VISIT.day, 9, tzinfo=UTC)):
            _, session = harbour.treated(key=f"test|{hours}")
        with at_moment(datetime(VISIT.year, VISIT.month, VISIT.day, 9 + hours, tzinfo=UTC)):
            return record_diary(
                by=harbour.coordinator,
                session=session,
                on=VISIT,
                today=VISIT,
                answers={"pain": 3, "weakness": True},
                mode="by phone",
            ).urgency.value

    assert told(1) != told(10)


def test_a_wrong_volume_is_corrected_and_the_old_one_is_still_there(harbour):
    course, session = harbour.treated()
    step = course_row(harbour, course).sessions[0]["steps"][3]
    treat.inject(
        by=harbour.clinician,
        session=session,
        given=[{**GIVEN, "volume_ml": "3"}],
        corrects=step["id"],
        reason="misread the syringe",
    )
    row = course_row(harbour, course)
    assert [s["details"]["injections"][0]["volume_ml"] for s in row.sessions[0]["steps"] if s["step"] == "inject"] == [
        "3"
    ]
    lines = [
        (line.what, line.corrected, line.reason)
        for line in page(harbour, row.patient).timeline
        if line.what.endswith("inject")
    ]
    assert sorted(lines) == [
        ("Session 1: inject", False, "misread the syringe"),
        ("Session 1: inject", True, "misread the syringe"),
    ]
    event = next(e for e in page(harbour, row.patient).events if e.verb == "corrected the step inject")
    assert (event.before["injections"][0]["volume_ml"], event.after["injections"][0]["volume_ml"]) == ("4", "3")


def test_a_correction_needs_a_reason_and_corrects_only_what_still_stands(harbour):
    course, session = harbour.treated()
    step = course_row(harbour, course).sessions[0]["steps"][2]["id"]
    with pytest.raises(BadInput, match="needs a reason"):
        treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED, corrects=step)
    treat.anaesthetise(
        by=harbour.clinician,
        session=session,
        details={**NUMBED, "volume_ml": "1"},
        corrects=step,
        reason="one ampoule only",
    )
    with pytest.raises(OutOfOrder, match="corrected already"):
        treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED, corrects=step, reason="once more")
    with pytest.raises(OutOfOrder, match="not the step"):
        treat.observe(
            by=harbour.clinician,
            session=session,
            details=OBSERVED,
            corrects=course_row(harbour, course).sessions[0]["steps"][0]["id"],
            reason="x",
        )


def test_skin_and_mixture_together_may_not_exceed_the_limit_for_the_weight(harbour):
    course = harbour.ready()
    session = harbour.assessed(course)
    numbed = NUMBED | {"strength_percent": "2"}
    with pytest.raises(BadInput, match="over the limit of 300 mg for 70"):
        treat.anaesthetise(by=harbour.clinician, session=session, details=numbed | {"volume_ml": "15.1"})
    treat.anaesthetise(by=harbour.clinician, session=session, details=numbed | {"volume_ml": "14.7"})
    with pytest.raises(BadInput, match=r"would be 302 mg"):
        treat.inject(by=harbour.clinician, session=session, given=[GIVEN])
    step = treat.inject(by=harbour.clinician, session=session, given=[{**GIVEN, "volume_ml": "3"}])
    assert step.details["session_share"] == "100%"
    assert step.details["session_anaesthetic"] == [
        {"component": "lidocaine", "form": "plain", "mg": "300", "max_mg": "300"}
    ]


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({**ASSESSED, "marked": []}, "mark at least one site"),
        ({**ASSESSED, "marked": ["nose"]}, "there is no site 'nose'"),
        ({**ASSESSED, "marked": ["knee"]}, "left or right was expected"),
        ({**ASSESSED, "red_flags_excluded": None}, "red flags"),
        ({**ASSESSED, "pain": 11}, "from 0 to 10"),
        ({**ASSESSED, "pain": 6.5}, "whole number"),
        ({**ASSESSED, "note": "x" * 2001}, "at most 2000"),
    ],
)
def test_an_assessment_that_cannot_be_is_refused_in_a_sentence_and_nothing_begins(harbour, details, words):
    course = harbour.ready()
    with pytest.raises(BadInput, match=words):
        harbour.assessed(course, details=details)
    assert course_row(harbour, course).sessions == ()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ([], "at least one injection"),
        ([{**GIVEN, "volume_ml": "0"}], "volume_ml"),
        ([{**GIVEN, "volume_ml": "2,5"}], "decimal point"),
        ([{**GIVEN, "volume_ml": "6"}, {**GIVEN, "volume_ml": "5"}], "10 mL were drawn up"),
        ([{**GIVEN, "site": "knee:up"}], "'up'"),
        ([{**GIVEN, "site": "knee"}], "left or right was expected"),
        ([{**GIVEN, "volume_ml": "-4"}], "volume_ml"),
        ([{**GIVEN, "guidance": "magic"}], "there are: fluoroscopy"),
    ],
)
def test_injections_that_cannot_be_are_refused(harbour, given, words):
    course = harbour.ready()
    session = harbour.assessed(course)
    treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED)
    with pytest.raises(BadInput, match=words):
        treat.inject(by=harbour.clinician, session=session, given=given)


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({**OBSERVED, "reactions": ["none", "faint"]}, "not both"),
        ({**OBSERVED, "reactions": ["hiccup"]}, "not in the list"),
        ({**OBSERVED, "fit_to_leave": False}, "fit to leave"),
        ({**OBSERVED, "minutes": -1}, "minutes"),
        ({**OBSERVED, "systolic": "120"}, "give both or none"),
        ({**OBSERVED, "systolic": "80", "diastolic": "120"}, "lower than the systolic"),
        ({**OBSERVED, "pulse": "700"}, "pulse: a number from 20 to 250"),
    ],
)
def test_an_observation_that_cannot_be_is_refused(harbour, details, words):
    course = harbour.ready()
    session = harbour.assessed(course)
    treat.anaesthetise(by=harbour.clinician, session=session, details=NUMBED)
    treat.inject(by=harbour.clinician, session=session, given=[GIVEN])
    with pytest.raises(BadInput, match=words):
        treat.observe(by=harbour.clinician, session=session, details=details)


def test_a_diary_day_must_lie_between_the_session_and_today(harbour):
    _, session = harbour.treated()
    for day, words in ((VISIT - timedelta(days=1), "before"), (VISIT + timedelta(days=5), "not come yet")):
        with pytest.raises(BadInput, match=words):
            record_diary(
                by=harbour.coordinator,
                session=session,
                on=day,
                today=VISIT + timedelta(days=2),
                answers={"pain": 3},
                mode="by phone",
            )


def test_a_wave_is_answered_once_and_corrected_after_that(harbour):
    course, _ = harbour.treated()
    after = VISIT + timedelta(days=42)
    survey = {
        "by": harbour.coordinator,
        "course": course,
        "wave": "6-weeks",
        "instrument_id": "pain-nrs",
        "on": after,
        "today": after,
        "mode": "by phone",
    }
    record_survey(**survey, answers={"nrs_avg_7d": 4})
    with pytest.raises(OutOfOrder, match="correct that answer"):
        record_survey(**survey, answers={"nrs_avg_7d": 5})
    old = course_row(harbour, course).surveys[0]["id"]
    record_survey(**survey, answers={"nrs_avg_7d": 5}, corrects=old, reason="misheard on the phone")
    assert [answer["score"] for answer in course_row(harbour, course).surveys] == [5]


def test_a_survey_before_the_first_injection_is_only_a_baseline(harbour):
    course = harbour.ready()
    asked = {
        "by": harbour.coordinator,
        "course": course,
        "instrument_id": "pain-nrs",
        "on": TODAY,
        "today": TODAY,
        "mode": "by phone",
        "answers": {"nrs_avg_7d": 7},
    }
    assert record_survey(**asked, wave="baseline-1").score == 7
    with pytest.raises(OutOfOrder, match="first injection"):
        record_survey(**asked, wave="6-weeks")
    with pytest.raises(BadInput, match="there is no wave"):
        record_survey(**asked, wave="next year")
