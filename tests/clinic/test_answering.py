"""A survey while it is being filled in: nothing given is lost, and nothing counts that was not given."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django_scopes import scope
from tests.clinic.conftest import VISIT

from enthesis.clinic.acting import at_moment, now
from enthesis.clinic.course_page import read_course
from enthesis.clinic.errors import LinkSpent
from enthesis.clinic.links import make_link
from enthesis.clinic.private_survey import Told, finish_by_link, keep_by_link, survey_of
from enthesis.clinic.survey import record_survey
from enthesis.knowledge import BadInput
from enthesis.registry.models import AuditEvent, Due, GivenAnswer, SurveyResponse

SIX_WEEKS = VISIT + timedelta(days=42)
YEAR = VISIT + timedelta(days=364)


@pytest.fixture
def on(harbour):
    """The clinic on a day: the course, and a way to be asked at a wave."""
    course, _ = harbour.treated()

    def asked(wave, form="wave", **about):
        return make_link(by=harbour.coordinator, course=course, form=form, about={"wave": wave, **about}).token

    return course, asked


def at(day, hour=12):
    return at_moment(datetime.combine(day, time(hour), tzinfo=UTC))


def told(instrument, ago=0, **answers):
    return [Told(instrument, item, value, ago) for item, value in answers.items()]


def responses(house, course):
    with scope(clinic=house.clinic):
        rows = SurveyResponse.objects.filter(course=course, corrected_by__isnull=True)
        return {row.instrument: row for row in rows}


PEG = told("peg", peg_e=3, peg_g=2)
PAIN = told("pain-nrs", nrs_avg_7d=4)


def test_an_answer_is_kept_at_once_and_is_there_on_another_device(harbour, on):
    course, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
        keep_by_link(token=token, told=PAIN, passed=[], today=SIX_WEEKS)
        assert survey_of(token).given == {("pain-nrs", "nrs_avg_7d"): 4}
        assert responses(harbour, course) == {}


def test_a_form_is_recorded_when_its_end_was_passed_and_the_wave_stays_due_until_all_are(harbour, on):
    course, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
        keep_by_link(token=token, told=PAIN, passed=["pain-nrs"], today=SIX_WEEKS)
        assert [row.score for row in responses(harbour, course).values()] == [4]
        with scope(clinic=harbour.clinic):
            assert Due.objects.get(course=course, key="wave-6-weeks", dropped=False).met_at is None
        thanks = finish_by_link(token=token, told=PEG, today=SIX_WEEKS)
    with scope(clinic=harbour.clinic):
        assert Due.objects.get(course=course, key="wave-6-weeks", dropped=False).met_at is not None
        assert GivenAnswer.objects.count() == 0
    assert ([point.score for point in thanks.points], thanks.score.score) == ([4], 4)


def test_pain_is_asked_once_and_counts_in_both_forms_that_ask_it_in_the_same_words(harbour, on):
    course, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
        peg = survey_of(token).forms[1]
        assert ([item.id for item in peg.items], peg.same) == (
            ["peg_e", "peg_g"],
            {"peg_p": ("pain-nrs", "nrs_avg_7d")},
        )
        finish_by_link(token=token, told=[*PAIN, *PEG], today=SIX_WEEKS)
    assert responses(harbour, course)["peg"].answers == {"peg_p": 4, "peg_e": 3, "peg_g": 2}
    assert responses(harbour, course)["peg"].score == 3


def test_an_answer_changed_before_the_end_corrects_what_was_recorded_and_the_old_one_stays(harbour, on):
    course, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
        keep_by_link(token=token, told=PAIN, passed=["pain-nrs"], today=SIX_WEEKS)
        keep_by_link(token=token, told=told("pain-nrs", nrs_avg_7d=6), passed=[], today=SIX_WEEKS)
    assert responses(harbour, course)["pain-nrs"].score == 6
    with scope(clinic=harbour.clinic):
        assert [(row.score, row.reason) for row in SurveyResponse.objects.order_by("recorded_at")] == [
            (4, ""),
            (6, "changed by the patient before the survey was sent"),
        ]


def test_when_each_question_was_answered_is_kept_on_the_servers_clock(harbour, on):
    course, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
    with at(SIX_WEEKS, 18):
        late = [*told("pain-nrs", ago=3600, nrs_avg_7d=4), *told("peg", ago=90, peg_e=3), *told("peg", peg_g=2)]
        finish_by_link(token=token, told=late, today=SIX_WEEKS)
    row = responses(harbour, course)["peg"]
    assert row.times == {
        "peg_p": f"{SIX_WEEKS}T17:00:00+00:00",
        "peg_e": f"{SIX_WEEKS}T17:58:30+00:00",
        "peg_g": f"{SIX_WEEKS}T18:00:00+00:00",
    }
    assert (row.mode, row.language, row.version) == ("private link", "en", "Krebs 2009")


@pytest.mark.parametrize("ago", [10**9, float("inf"), float("nan"), -5])
def test_a_device_cannot_date_an_answer_before_its_link_or_into_the_future(harbour, on, ago):
    _, asked = on
    with at(SIX_WEEKS):
        token, made = asked("6-weeks"), now()
        keep_by_link(token=token, told=told("pain-nrs", ago=ago, nrs_avg_7d=4), passed=[], today=SIX_WEEKS)
        with scope(clinic=harbour.clinic):
            assert GivenAnswer.objects.get().at == made


def test_what_waited_on_one_phone_does_not_overwrite_what_was_answered_later_on_another(harbour, on):
    _, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
    with at(SIX_WEEKS, 15):
        keep_by_link(token=token, told=told("pain-nrs", nrs_avg_7d=6), passed=[], today=SIX_WEEKS)
        keep_by_link(token=token, told=told("pain-nrs", ago=600, nrs_avg_7d=2), passed=[], today=SIX_WEEKS)
        assert survey_of(token).given == {("pain-nrs", "nrs_avg_7d"): 6}


def test_answered_without_a_line_in_the_evening_and_sent_the_next_day_it_is_of_the_evening(harbour, on):
    course, asked = on
    with at(SIX_WEEKS, 20):
        token = asked("6-weeks")
    tomorrow = SIX_WEEKS + timedelta(days=1)
    with at(tomorrow, 8):
        given = [*told("pain-nrs", ago=11 * 3600, nrs_avg_7d=4), *told("peg", ago=11 * 3600, peg_e=3, peg_g=2)]
        finish_by_link(token=token, told=given, today=tomorrow)
    assert {row.on for row in responses(harbour, course).values()} == {SIX_WEEKS}


def test_activities_named_once_are_rated_again_in_the_same_words(harbour, on):
    course, asked = on
    named = [
        Told("psfs", "act_1", {"text": "kneeling in the garden", "rating": 3}),
        Told("psfs", "act_2", {"text": "stairs", "rating": None}),
    ]
    with at(VISIT + timedelta(days=91)):
        token = asked("3-months")
        keep_by_link(token=token, told=named, passed=["psfs"], today=VISIT + timedelta(days=91))
    assert responses(harbour, course)["psfs"].answers == {"act_1": {"text": "kneeling in the garden", "rating": 3}}
    with at(YEAR):
        token = asked("12-months")
        psfs = next(form for form in survey_of(token).forms if form.instrument == "psfs")
        assert ([item.id for item in psfs.items], psfs.words) == (["act_1"], {"act_1": "kneeling in the garden"})
        keep_by_link(token=token, told=told("psfs", act_1=8), passed=["psfs"], today=YEAR)
    with scope(clinic=harbour.clinic):
        latest = SurveyResponse.objects.get(wave="12-months", instrument="psfs")
    assert (latest.answers, latest.score) == ({"act_1": {"text": "kneeling in the garden", "rating": 8}}, 8)


def test_sentences_to_tick_that_nobody_went_through_are_no_healthy_back(harbour):
    course = harbour.course(condition="lumbar-facet-pain", site="lumbar-facet:L4/5:right")
    made = make_link(
        by=harbour.coordinator, course=course, form="survey", about={"wave": "baseline-1", "instrument": "rmdq-24"}
    )
    half = told("rmdq-24", **{f"rmdq_{n}": int(n == 1) for n in range(1, 13)})
    keep_by_link(token=made.token, told=half, passed=["rmdq-24"], today=VISIT)
    assert responses(harbour, course) == {}
    with pytest.raises(BadInput, match="answer the questions first"):
        finish_by_link(token=made.token, told=[], today=VISIT)
    rest = told("rmdq-24", **{f"rmdq_{n}": 0 for n in range(13, 25)})
    assert finish_by_link(token=made.token, told=rest, today=VISIT).score.score == 1


def test_a_survey_without_any_answer_cannot_be_sent_and_the_link_stays_good(harbour, on):
    course, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
        with pytest.raises(BadInput, match="answer the questions first"):
            finish_by_link(token=token, told=[], today=SIX_WEEKS)
        assert (responses(harbour, course), len(survey_of(token).forms)) == ({}, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        Told("pain-nrs", "nrs_avg_7d", 11),
        Told("pain-nrs", "nrs_avg_7d", "4"),
        Told("pain-nrs", "nrs_avg_7d", {"text": "a", "rating": 4}),
        Told("pain-nrs", "nrs_avg_7d", [4]),
        Told("pain-nrs", "nobody", 4),
        Told("rmdq-24", "rmdq_1", 1),
        Told("peg", "peg_p", 4),
    ],
    ids=str,
)
def test_what_is_not_asked_or_not_possible_is_refused_and_nothing_of_it_kept(harbour, on, wrong):
    _, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
        with pytest.raises(BadInput):
            keep_by_link(token=token, told=[*PEG, wrong], passed=[], today=SIX_WEEKS)
        with scope(clinic=harbour.clinic):
            assert GivenAnswer.objects.count() == 0


@pytest.mark.parametrize("words", ["x" * 201, "two\nlines", "\x00", 7, None])
def test_words_for_an_activity_are_one_line_of_two_hundred_letters(harbour, on, words):
    _, asked = on
    with at(YEAR):
        token = asked("12-months")
        with pytest.raises(BadInput):
            keep_by_link(token=token, told=[Told("psfs", "act_1", {"text": words, "rating": 4})], passed=[], today=YEAR)


def test_what_staff_entered_meanwhile_is_not_asked_again(harbour, on):
    course, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
        record_survey(
            by=harbour.coordinator, course=course, wave="6-weeks", instrument_id="pain-nrs", on=SIX_WEEKS,
            today=SIX_WEEKS, answers={"nrs_avg_7d": 4}, mode="by phone",
        )  # fmt: skip
        [left] = survey_of(token).forms
        assert (left.instrument, len(left.items)) == ("peg", 3)


def test_a_link_that_was_sent_keeps_nothing_more(harbour, on):
    _, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
        finish_by_link(token=token, told=[*PAIN, *PEG], today=SIX_WEEKS)
        for act in (lambda: survey_of(token), lambda: keep_by_link(token=token, told=PAIN, passed=[], today=SIX_WEEKS)):
            with pytest.raises(LinkSpent):
                act()


def test_each_keeping_leaves_one_event_and_looking_none(harbour, on):
    course, asked = on
    with at(SIX_WEEKS):
        token = asked("6-weeks")
        keep_by_link(token=token, told=PAIN, passed=[], today=SIX_WEEKS)
        keep_by_link(token=token, told=PAIN, passed=[], today=SIX_WEEKS)
        [event] = AuditEvent.objects.filter(verb="kept answers")
        assert (event.actor, event.after) == (
            "patient by private link",
            {"wave": "6-weeks", "answers": {"pain-nrs nrs_avg_7d": 4}},
        )
    assert read_course(by=harbour.clinician, course=course).course.surveys == ()
