"""The pages of paper and telephone: a form without a name, a code to find it by, and digits typed one by one."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.clinic.test_choosing_questionnaires import brought
from tests.core.outcomes.test_outcomes_wording import words_for
from tests.edges.pages import signed_in, today, treated, words

from enthesis.clinic.course_page import read_course
from enthesis.clinic.links import make_link
from enthesis.clinic.survey import record_survey
from enthesis.outcomes import wording_from

HOSTILE = "<script>alert(1)</script>"


def at(name, course, wave="baseline-1"):
    return reverse(name, kwargs={"course": course, "wave": wave})


@pytest.fixture
def desk(harbour):
    """A coordinator's browser and a course that is asked its first baseline."""
    course = harbour.course(condition="lumbar-facet-pain", site="lumbar-facet:L4/5:right")
    return signed_in(harbour, "coordinator"), course


def scores(house, course):
    return {one["instrument"]: one["score"] for one in read_course(by=house.clinician, course=course).course.surveys}


TYPED = {"pain-nrs.nrs_avg_7d": "7", "pain-nrs.nrs_now": "6", "peg.peg_e": "5", "peg.peg_g": "6"}


def day():
    return today().isoformat()


def test_from_a_printed_form_to_answers_on_record(harbour, desk):
    browser, course = desk
    sheet = browser.post(at("survey-paper", course))
    said = words(sheet)
    [code] = set(re.findall("[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", said))
    printable = sheet.content.decode().partition('<div class="paper">')[2].partition("no-print")[0]
    assert [word for word in ("Silva", "Maria", "1970", "lumbar", "facet") if word in printable] == []
    assert ("I walk more slowly than usual because of my back" in said, "7 · " in said) == (True, False)
    found = browser.post(reverse("paper-code"), {"code": code.lower()})
    assert found.status_code == 302
    page = browser.get(found["Location"])
    assert (page.context["form"]["mode"].value(), page.context["form"]["on"].value()) == ("paper", None)
    ticks = {"rmdq-24.rmdq_1": "1", "rmdq-24.rmdq_3": "1"}
    named = {"psfs.act_1.words": "weeding", "psfs.act_1": "2"}
    rest = {f"phq-4.{item.name.partition('.')[2]}": "1" for item in page.context["sheets"][-1].lines}
    form = {"mode": "paper", "on": day(), "code": code}
    assert browser.post(found["Location"], form | TYPED | ticks | named | rest).status_code == 302
    assert scores(harbour, course) == {"pain-nrs": 7, "peg": 6, "rmdq-24": 2, "psfs": 2, "phq-4": 4}
    again = browser.post(reverse("paper-code"), {"code": code})
    assert (again.status_code, "entered already" in words(again)) == (422, True)


def test_the_record_says_what_scores_are_called_names_activities_and_warns_of_looking_back(harbour):
    course, _ = treated(harbour)
    browser = signed_in(harbour)
    baseline = {"mode": "in clinic", "on": day(), "blanks": "on", "psfs.act_1.words": HOSTILE, "psfs.act_1": "2"}
    worried = {f"phq-4.{item}": "3" for item in ("gad2_1", "gad2_2")} | {
        f"phq-4.{item}": "0" for item in ("phq2_1", "phq2_2")
    }
    browser.post(at("survey-enter", course, "baseline-2"), baseline | worried)
    record_survey(
        by=harbour.coordinator, course=course, wave="6-months", instrument_id="life-changing", on=today(), today=today(),
        answers={"life_changing": 1}, mode="by phone",
    )  # fmt: skip
    patient = read_course(by=harbour.clinician, course=course).patient
    page = browser.get(reverse("patient", kwargs={"patient": patient}))
    said = words(page)
    assert ("moderate; Anxiety: at or above the cut-off; Depression: below the cut-off" in said) is True
    assert (f"{HOSTILE}: 2" in said, HOSTILE in page.content.decode()) == (True, False)
    assert "It is not a measure of whether the treatment worked" in said
    assert said.index("Patient-Specific") < said.index("Life changing")


def test_every_page_of_the_paper_carries_the_code_and_each_form_says_who_wrote_it(harbour, desk):
    browser, course = desk
    html = browser.post(at("survey-paper", course)).content.decode()
    [first, every] = re.findall(r'class="(?:code|every-page)"[^>]*>Code <strong>([0-9A-Z-]{14})</strong>', html)
    assert first == every
    assert re.findall(r'<p class="source">(.*?)</p>', html) == [
        "Krebs 2009", "1983 original English", "Stratford 1995", "Kroenke 2009",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("speaks", "wording", "says"),
    [
        ("en", None, ""),
        ("en", "es", ""),
        ("es", None, "Estas preguntas están en inglés"),
        ("es", "en", "Estas preguntas están en inglés"),
        ("es", "es", "Algunas de estas preguntas están en inglés"),
    ],
)
def test_paper_and_phone_say_which_questions_are_in_english(harbour, speaks, wording, says):
    harbour.person = {**harbour.person, "language": speaks}
    if wording:
        brought(harbour, "koos", wording=wording_from(words_for("koos") | {"language": wording}))
    course, _ = treated(harbour)
    link = make_link(by=harbour.coordinator, course=course, form="wave", about={"wave": "baseline-2"})
    phone = Client().get(reverse("private:form", kwargs={"token": link.token}))
    for page in (signed_in(harbour).post(at("survey-paper", course, "baseline-2")), phone):
        found = re.findall("(?:Estas|Algunas de estas) preguntas están en inglés", words(page))
        assert found == ([says] if says else [])
        assert "questions are in English" not in words(page)


def test_looking_at_the_page_of_a_form_makes_no_code(harbour, desk):
    browser, course = desk
    assert "Make the form with a code" in words(browser.get(at("survey-paper", course)))
    assert read_course(by=harbour.clinician, course=course).course.links == ()


def test_what_cannot_be_an_answer_is_marked_and_everything_typed_stays(harbour, desk):
    browser, course = desk
    wrong = TYPED | {"peg.peg_e": "11", "psfs.act_1.words": HOSTILE, "psfs.act_1": "x"}
    answer = browser.post(at("survey-enter", course), {"mode": "by phone", "on": day()} | wrong)
    html = answer.content.decode()
    assert (answer.status_code, "2 answers are not possible, and marked below." in words(answer)) == (422, True)
    assert 'href="#peg.peg_e"' in html
    assert ('value="11"' in html, "&lt;script&gt;alert" in html, HOSTILE in html) == (True, True, False)
    assert scores(harbour, course) == {}


def test_without_how_and_when_nothing_is_kept(harbour, desk):
    browser, course = desk
    answer = browser.post(at("survey-enter", course), {"mode": "", "on": "", **TYPED})
    assert (answer.status_code, scores(harbour, course)) == (422, {})
    late = browser.post(at("survey-enter", course), {"mode": "by phone", "on": "2999-01-01", **TYPED})
    assert (late.status_code, "has not come yet" in words(late)) == (422, True)


def test_a_sheet_of_sentences_without_a_tick_stays_open_and_a_nought_says_that_none_fits(harbour, desk):
    browser, course = desk
    form = {"mode": "in clinic", "on": day(), "blanks": "on"}
    browser.post(at("survey-enter", course), form | TYPED)
    assert "rmdq-24" not in scores(harbour, course)
    browser.post(at("survey-enter", course), form | {"rmdq-24.rmdq_1": "0"})
    assert scores(harbour, course)["rmdq-24"] == 0


def test_when_all_is_answered_the_page_says_so(harbour, desk):
    browser, course = desk
    form = {"mode": "by phone", "on": day(), "blanks": "on", "done": "on"}
    browser.post(at("survey-enter", course), form | TYPED)
    for name in ("survey-enter", "survey-paper"):
        assert "Everything asked at this time was answered" in words(browser.get(at(name, course)))


@pytest.mark.parametrize("name", ["survey-enter", "survey-paper"])
def test_a_wave_that_does_not_exist_is_no_page(harbour, desk, name):
    assert desk[0].get(at(name, desk[1], wave="next-year")).status_code == 422


def test_the_call_list_leads_to_by_phone_and_the_surveys_page_to_both(harbour):
    course, _ = treated(harbour)
    browser = signed_in(harbour, "coordinator")
    page = browser.get(at("survey-enter", course, "baseline-2") + "?mode=by+phone")
    assert page.context["form"]["mode"].value() == "by phone"
    html = browser.get(reverse("walk:surveys", kwargs={"course": course})).content.decode()
    assert (at("survey-enter", course, "baseline-2") in html, at("survey-paper", course, "baseline-2") in html) == (
        True,
        True,
    )
