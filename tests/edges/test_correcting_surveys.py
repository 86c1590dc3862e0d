"""Correcting a survey on its page: what was answered stands there as it was answered, and only what is changed changes."""

import re

import pytest
from django.urls import reverse
from django_scopes import scope
from tests.clinic.test_choosing_questionnaires import brought, neck
from tests.core.outcomes.test_outcomes_wording import words_for
from tests.edges.pages import signed_in, today, words

from enthesis.clinic.course_page import read_course
from enthesis.clinic.survey import record_survey
from enthesis.clinic.wording import take_wording_back
from enthesis.outcomes import wording_from
from enthesis.registry.models import SurveyResponse

BACK = {"condition": "lumbar-facet-pain", "site": "lumbar-facet:L4/5:right"}
TICKED = {f"rmdq_{n}": int(n < 3) for n in range(1, 25)}
TIMES = {"peg_p": "2030-03-14T09:30:05+01:00", "peg_e": "2030-03-14T09:30:09+01:00"}


@pytest.fixture
def corrected(harbour):
    """corrected(course, instrument, answers): its row, the page to correct it on, and a way to send that page."""

    def act(course, id, answers, **more):
        record_survey(
            by=harbour.coordinator, course=course, wave="baseline-1", instrument_id=id, on=today(), today=today(),
            answers=answers, mode="paper", **more,
        )  # fmt: skip
        return page_of(course, id)

    def page_of(course, id):
        browser, row = signed_in(harbour), newest(harbour, course, id)
        there = reverse("walk:correct", kwargs={"course": course, "kind": "survey", "record": row["id"]})
        return browser.get(there), lambda **typed: browser.post(there, {"reason": "misread", **typed})

    act.page_of = page_of
    return act


def newest(house, course, id):
    [row] = [one for one in read_course(by=house.clinician, course=course).course.surveys if one["instrument"] == id]
    return row


def ticks(page):
    return re.findall(r'type="checkbox" name="(\w+)"[^>]*checked', page.content.decode())


def test_only_the_sentences_that_were_ticked_stand_there_ticked(harbour, corrected):
    course = harbour.course(**BACK)
    page, send = corrected(course, "rmdq-24", TICKED)
    assert ticks(page) == ["rmdq_1", "rmdq_2"]
    assert send(rmdq_1="on").status_code == 302
    row = newest(harbour, course, "rmdq-24")
    assert (row["score"], row["answers"]["rmdq_2"], row["corrected"]) == (1, 0, True)


def test_a_sheet_on_which_none_was_ticked_says_so_and_is_not_made_by_leaving_it_empty(harbour, corrected):
    course = harbour.course(**BACK)
    page, send = corrected(course, "rmdq-24", dict.fromkeys(TICKED, 0))
    assert ticks(page) == ["none_fits"]
    for typed in ({}, {"rmdq_1": "on", "none_fits": "on"}):
        answer = send(**typed)
        assert (answer.status_code, "or say that none of them does" in words(answer)) == (422, True)
    assert send(none_fits="on").status_code == 302
    assert newest(harbour, course, "rmdq-24")["score"] == 0


def test_answers_that_were_not_changed_keep_their_times(harbour, corrected):
    course = harbour.course()
    _, send = corrected(course, "peg", {"peg_p": 4, "peg_e": 3, "peg_g": 2}, times=TIMES)
    send(peg_p="7", peg_e="3", peg_g="2")
    assert newest(harbour, course, "peg")["times"] == {"peg_e": TIMES["peg_e"]}


def test_a_heading_is_read_with_its_questions(harbour, corrected):
    page, _ = corrected(
        harbour.course(condition="rotator-cuff-tendinopathy", site="shoulder:right"), "spadi", {"p1": 4}
    )
    assert "How severe is your pain?: At its worst?" in words(page)


def test_a_correction_is_of_the_wording_that_was_answered_also_when_there_is_a_newer_one_or_none(harbour, corrected):
    brought(harbour)
    course = neck(harbour)
    corrected(course, "ndi", {f"ndi_{n}": 2 for n in range(1, 11)})
    before = newest(harbour, course, "ndi")
    brought(harbour, wording=in_spanish())
    _, send = corrected.page_of(course, "ndi")
    send(**{f"ndi_{n}": "3" for n in range(1, 11)})
    after = newest(harbour, course, "ndi")
    assert (before["score"], after["score"]) == (40, 60)
    assert (after["version"], after["language"]) == (before["version"], "en")
    take_wording_back(by=harbour.director, clinic=harbour.clinic.pk, instrument_id="ndi", reason="ended")
    page, send = corrected.page_of(course, "ndi")
    assert "ndi_10" in words(page)
    send(**{f"ndi_{n}": "1" for n in range(1, 11)})
    with scope(clinic=harbour.clinic):
        kept = SurveyResponse.objects.filter(course=course, instrument="ndi").order_by("recorded_at")
        assert {row.version for row in kept} == {before["version"]}
        assert [row.score for row in kept] == [40, 60, 20]


def in_spanish():
    return wording_from(words_for("ndi") | {"language": "es"})
