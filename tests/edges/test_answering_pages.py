"""The pages of a survey: light, resumable, complete without a script, and closed to anything else."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from tests.edges.pages import signed_in, treated, words

from enthesis.clinic.course_page import read_course
from enthesis.clinic.links import make_link
from enthesis.registry.models import GivenAnswer, SurveyResponse

STATIC = Path(__file__).parents[2] / "src/enthesis/web/static"
HEAVIEST = 60_000  # bytes of HTML, style and script together, uncompressed


@pytest.fixture
def year(harbour):
    """A course and its link at twelve months, the longest survey a knee has."""
    course, _ = treated(harbour)
    made = make_link(by=harbour.coordinator, course=course, form="wave", about={"wave": "12-months"})
    return course, reverse("private:form", kwargs={"token": made.token})


def send(browser, link, screen, go="next", **fields):
    return browser.post(link, {"screen": screen, "go": go, **{k.replace("__", "."): v for k, v in fields.items()}})


def kept(house, browser, link, given, passed=()):
    return browser.post(link, json.dumps({"given": given, "passed": passed}), content_type="application/json")


def shown(answer):
    """The number of the screen in sight, and the questions on it."""
    html = answer.content.decode()
    [screen] = re.findall(r'<div class="screen" data-screen="(\d)" data-ends="[^"]*">', html)
    return int(screen), html


def surveys(house, course):
    return {one["instrument"]: one for one in read_course(by=house.clinician, course=course).course.surveys}


FIRST = {"pain-nrs.nrs_avg_7d": "4", "peg.peg_e": "3", "peg.peg_g": "2"}


def test_a_whole_survey_without_a_script(harbour, year):
    course, link = year
    browser = Client()
    assert shown(browser.get(link))[0] == 1
    answer = send(browser, link, 1, **FIRST)
    assert (answer.status_code, answer["Location"]) == (302, f"{link}?screen=2")
    assert set(surveys(harbour, course)) == {"pain-nrs", "peg"}
    for screen, items in ((2, ("s1", "p1", "p2", "p3")), (3, ("p4", "a1", "a2"))):
        answer = send(browser, link, screen, **{f"koos-jr.{item}": "1" for item in items})
        assert answer["Location"] == f"{link}?screen={screen + 1}"
    last = {"psfs.act_1.words": "kneeling", "psfs.act_1": "6", "pgic.pgic": "2", "satisfaction.satisfaction": "4"}
    thanks = send(browser, link, 4, "finish", **last, **{"life-changing.life_changing": "0"})
    assert ("Your own answers so far" in words(thanks), "<svg" in thanks.content.decode()) == (True, True)
    given = surveys(harbour, course)
    assert {id: one["score"] for id, one in given.items()} == {
        "pain-nrs": 4, "peg": 3, "koos-jr": 68.284, "psfs": 6, "pgic": 2, "satisfaction": 4, "life-changing": 0
    }  # fmt: skip
    assert given["psfs"]["answers"] == {"act_1": {"text": "kneeling", "rating": 6}}
    assert browser.get(link).status_code == 410


def test_back_keeps_what_stands_on_the_screen_and_the_survey_goes_on_where_it_stopped(harbour, year):
    _, link = year
    send(Client(), link, 1, **FIRST)
    answer = send(Client(), link, 2, "back", **{"koos-jr.s1": "3"})
    assert answer["Location"] == f"{link}?screen=1"
    number, html = shown(Client().get(link))  # another device: the first question without an answer
    assert (number, 'name="koos-jr.s1" value="3" checked' in html) == (2, True)
    assert 'name="pain-nrs.nrs_avg_7d" value="4" checked' in shown(Client().get(f"{link}?screen=1"))[1]


def test_an_open_question_is_pointed_out_once_and_may_stay_open(harbour, year):
    course, link = year
    asked = send(Client(), link, 1, **{"pain-nrs.nrs_avg_7d": "4"})
    assert (asked.status_code, "A question is still open" in words(asked)) == (422, True)
    assert ('name="open" value="1"' in asked.content.decode(), surveys(harbour, course)) == (True, {})
    again = send(Client(), link, 1, open="1", **{"pain-nrs.nrs_avg_7d": "4"})
    assert again.status_code == 302
    assert [one["score"] for one in surveys(harbour, course).values()] == [4, None]


def test_answers_of_a_script_are_kept_one_by_one(harbour, year):
    course, link = year
    browser = Client()
    one = {"instrument": "pain-nrs", "item": "nrs_avg_7d", "value": 5, "ago": 1.5}
    answer = kept(harbour, browser, link, [one], ["pain-nrs"])
    assert (answer.status_code, answer.json(), answer["Cache-Control"]) == (200, {"kept": 1}, "no-store, private")
    assert surveys(harbour, course)["pain-nrs"]["score"] == 5


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "[]", "7", '{"given": []}', '{"given": [7], "passed": []}', '{"given": null, "passed": []}',
        '{"given": [], "passed": ["nobody"]}', '{"given": [], "passed": 7}',
        '{"given": [{"instrument": "pain-nrs", "item": "nrs_avg_7d", "value": 11, "ago": 0}], "passed": []}',
        '{"given": [{"instrument": "pain-nrs", "item": "nrs_avg_7d", "value": 1, "ago": "soon"}], "passed": []}',
    ],
)  # fmt: skip
def test_what_no_page_of_ours_sends_is_refused_in_a_sentence(harbour, year, body):
    answer = Client().post(year[1], body, content_type="application/json")
    assert (answer.status_code, "Traceback" in words(answer)) == (422, False)
    with scope(clinic=harbour.clinic):
        assert (GivenAnswer.objects.count(), SurveyResponse.objects.count()) == (0, 0)


def test_a_script_from_elsewhere_keeps_nothing(harbour, year):
    browser = Client(enforce_csrf_checks=True)
    assert kept(harbour, browser, year[1], []).status_code == 403


@pytest.mark.parametrize("form", [{}, {"screen": "99"}, {"screen": "x"}, {"screen": "-1", "go": "away"}])
def test_a_strange_form_changes_nothing(harbour, year, form):
    answer = Client().post(year[1], form)
    assert answer.status_code in (302, 422)
    assert surveys(harbour, year[0]) == {}


def test_the_whole_page_is_lighter_than_sixty_kilobytes(harbour, year):
    course = harbour.course(key="test|2", condition="lumbar-facet-pain", site="lumbar-facet:L4/5:right")
    made = make_link(by=harbour.coordinator, course=course, form="wave", about={"wave": "baseline-1"})
    shipped = sum((STATIC / name).stat().st_size for name in ("private.css", "waiting.js", "answer.js"))
    for link in (year[1], reverse("private:form", kwargs={"token": made.token})):
        page = Client().get(f"{link}?language=es").content.decode()
        assert re.findall(r'(?:href|src)="(/static/[^"]+)"', page) == [
            "/static/enthesis.svg", "/static/private.css", "/static/waiting.js", "/static/answer.js"
        ]  # fmt: skip
        assert len(page.encode()) + shipped + (STATIC / "enthesis.svg").stat().st_size < HEAVIEST


def test_six_questions_a_screen_and_no_script_or_style_within_the_page(year):
    page = Client().get(year[1])
    html = page.content.decode()
    for screen in html.split('<div class="screen"')[1:]:
        assert 1 <= len(re.findall("data-item=", screen)) <= 6
    assert ("<script>" in html, "style=" in html, "onclick" in html) == (False, False, False)
    policy = page["Content-Security-Policy"]
    assert ("script-src 'self'" in policy, "unsafe" in policy) == (True, False)


def test_the_frame_speaks_spanish_and_the_questions_stay_as_their_owners_worded_them(harbour, year):
    said = words(Client().get(f"{year[1]}?language=es"))
    parts = ("Sus preguntas", "Pantalla", "Siguiente", "What number best describes your pain", "en inglés")
    assert [part in said for part in parts] == [True] * 5
    assert send(Client(), year[1], 1, language="es", **FIRST)["Location"].endswith("?screen=2&language=es")


def test_no_name_and_no_way_further_in_stands_on_the_page_and_the_rivals_name_neither(year):
    html = Client().get(year[1]).content.decode()
    assert [word for word in ("Silva", "Maria", "/patients/", "/courses/", "competitor") if word in html] == []


def test_staff_hand_out_a_link_to_everything_asked_today(harbour):
    course = harbour.course()
    desk = signed_in(harbour, "coordinator")
    page = reverse("walk:links", kwargs={"course": course})
    made = desk.post(page, {"what": "wave|baseline-1"})
    said = words(Client().get(made.context["address"].partition("testserver")[2]))
    assert ("What number best describes your pain" in said, "Patient Health Questionnaire 4" in said) == (True, True)
    assert "Wave, baseline 1" in words(desk.get(page)).replace(" ,", ",")
