"""Pausing, reviewing, switching, goals and the work-up by pages; what is final asks twice, and nothing is answered for anybody."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.clinic.conftest import TODAY, VISIT
from tests.clinic.test_courses_as_clinics_run_them import FACET, block, treated_twice
from tests.edges.pages import signed_in, words

from enthesis.clinic.course_page import read_course

DAY = {"on": VISIT.isoformat()}


def at(name, course, **more):
    return reverse(f"walk:{name}", kwargs={"course": course, **more})


def row(house, course):
    return read_course(by=house.clinician, course=course).course


def test_a_pause_by_page_and_its_end(harbour):
    course, _ = harbour.treated()
    browser = signed_in(harbour)
    refused = browser.post(at("decide", course), {"decided": "pause", "why": "away", **DAY})
    assert (refused.status_code, "so that nobody is forgotten" in words(refused)) == (422, True)
    until = (VISIT + timedelta(days=30)).isoformat()
    assert (
        browser.post(at("decide", course), {"decided": "pause", "why": "away", "until": until, **DAY}).status_code
        == 302
    )
    shown = words(browser.get(at("course", course)))
    assert "Resume or stop?" in shown
    assert "Pause until 13 Apr 2030, away" in shown
    assert browser.post(at("decide", course), {"decided": "resume", "why": "back", **DAY}).status_code == 302
    assert row(harbour, course).stage == "due"


@pytest.mark.parametrize("final", ["stop", "withdraw"])
def test_what_cannot_be_undone_asks_for_a_second_yes(harbour, final):
    course, _ = harbour.treated()
    browser = signed_in(harbour)
    once = browser.post(at("decide", course), {"decided": final, "why": "content", **DAY})
    assert (once.status_code, "cannot be undone" in words(once)) == (422, True)
    assert (
        browser.post(at("decide", course), {"decided": final, "why": "content", "sure": "on", **DAY}).status_code == 302
    )


def test_a_review_that_is_due_stands_on_the_course_and_before_the_decision(harbour):
    course = treated_twice(harbour)
    browser = signed_in(harbour)
    for page in ("course", "decide"):
        said = words(browser.get(at(page, course)))
        assert "Review due after session 2" in said
        assert "Improved since: not known" in said
        assert "ask before deciding" in said
    going = {"decided": "go-on", "why": "hopeful", **DAY}
    refused = browser.post(at("decide", course), going)
    assert (refused.status_code, "say that you did" in words(refused)) == (422, True)
    assert browser.post(at("decide", course), going | {"reviewed": "on"}).status_code == 302
    after = words(browser.get(at("course", course)))
    assert "Review due" not in after
    assert "reviewed first: No improvement after two sessions" in after


def test_a_switch_links_both_courses(harbour):
    course, _ = harbour.treated()
    browser = signed_in(harbour)
    page = words(browser.get(at("switch", course)))
    assert "Rezasoltani" in page
    assert "after Rabago 2013" not in page.partition("Treat by")[2]  # the way it is treated already is no switch
    choice = {"protocol": "knee-rezasoltani-2017-joint", "why": "no effect", **DAY}
    assert browser.post(at("switch", course), choice).status_code == 422
    opened = browser.post(at("switch", course), choice | {"sure": "on"})
    assert opened.status_code == 302
    assert "switched to this course from an earlier one" in words(browser.get(opened.url))
    assert "the new course" in words(browser.get(at("course", course)))
    assert browser.get(at("switch", course)).status_code == 200


def test_a_goal_is_set_and_changed_with_a_reason(harbour):
    course = harbour.course()
    browser = signed_in(harbour, "coordinator")
    step = {"goal": "before-operation", "operation": "knee replacement", "operation_on": "2030-09-01"}
    assert browser.post(at("goal", course), {"goal": "before-operation"}).status_code == 422
    assert browser.post(at("goal", course), step).status_code == 302
    assert "An interim step before an operation: knee replacement, 1 Sep 2030" in words(
        browser.get(at("course", course))
    )
    asked = words(browser.get(at("screen", course)))
    assert "On record: the course is an interim step before knee replacement, 1 Sep 2030." in asked
    assert browser.post(at("goal", course), {"goal": "less-pain"}).status_code == 422
    assert browser.post(at("goal", course), {"goal": "less-pain", "reason": "cancelled"}).status_code == 302


def test_the_work_up_is_shown_beside_the_question_and_answers_nothing(harbour):
    course = harbour.course(condition="lumbar-facet-pain", site=FACET)
    browser = signed_in(harbour)
    assert "no diagnostic block is on record" in words(browser.get(at("screen", course)))
    block(harbour, course, relief="85", on=TODAY - timedelta(days=20))
    block(harbour, course, relief="80")
    page = browser.get(at("screen", course))
    assert "On record: 12 Feb 2030, right L4/5 facet joint, lidocaine 2%: 85% relief" in words(page)
    assert not re.search(r'name="diagnostic-block" value="(yes|no)"[^>]*checked', page.content.decode())
    shown = words(browser.get(at("workup", course)))
    assert shown.count(" reached") - shown.count("not reached") == 3
    assert "Sources disagree, and none decides here" in shown


def test_a_block_is_recorded_and_corrected_by_page(harbour):
    course = harbour.course(condition="lumbar-facet-pain", site=FACET)
    browser = signed_in(harbour)
    page = at("workup-record", course, finding="block")
    filled = {"on": "2020-01-02", "site": FACET, "drug": "lidocaine 2%", "relief_percent": "8"}
    assert browser.get(page).status_code == 200
    assert browser.post(page, filled | {"relief_percent": "800"}).status_code == 422
    assert browser.post(page, filled).status_code == 302
    [kept] = row(harbour, course).workup
    again = f"{page}?corrects={kept['id']}"
    assert "What it was" not in words(browser.get(again))
    assert browser.post(again, filled | {"relief_percent": "80", "reason": ""}).status_code == 422
    assert browser.post(again, filled | {"relief_percent": "80", "reason": "a nought was lost"}).status_code == 302
    assert [one["details"]["relief_percent"] for one in row(harbour, course).workup] == [80]
    assert browser.get(at("workup-record", course, finding="song")).status_code == 404


def test_a_decision_is_corrected_by_page(harbour):
    course, _ = harbour.treated()
    browser = signed_in(harbour)
    browser.post(at("decide", course), {"decided": "go-on", "why": "typo", **DAY})
    made = row(harbour, course).decisions[0]["id"]
    page = at("correct", course, kind="decision", record=made)
    assert browser.post(page, {"why": "improving", "reason": "misspelt", **DAY}).status_code == 302
    assert [one["why"] for one in row(harbour, course).decisions] == ["improving"]


def test_every_protocol_says_where_its_sessions_come_from(harbour):
    said = words(signed_in(harbour).get(reverse("protocols")))
    for line in ("3 to 5, usually 3", "Rabago 2013, knee, 90 patients: weeks 1, 5 and 9", "6 weeks", "Four visits"):
        assert line in said


def test_a_block_that_was_only_told_of_is_asked_for_wherever_the_course_is_judged(harbour):
    course, browser = harbour.course(condition="lumbar-facet-pain", site=FACET), signed_in(harbour)
    harbour.screened(course, **{"diagnostic-block": True})
    warning = "no block is on record: right L4/5 facet joint."
    pages = [at(name, course) for name in ("course", "workup", "screening", "assess")]
    assert [warning in words(browser.get(page)) for page in pages] == [True] * 4
    filled = {"on": "2020-01-02", "site": FACET, "drug": "lidocaine 2%", "relief_percent": "80"}
    assert browser.post(at("workup-record", course, finding="block"), filled).status_code == 302
    assert [warning in words(browser.get(page)) for page in pages] == [False] * 4
