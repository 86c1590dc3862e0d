"""The page of further questions: kinds alike, enough yet, never reported, over time; of each what it says and what it does not."""

import html
import re

import pytest
from django.urls import reverse
from tests.clinic.conftest import House
from tests.edges.pages import signed_in, words

from enthesis.clinic.evidence import shelf
from enthesis.evidence.review import usual
from enthesis.evidence.review.fitting import fit
from enthesis.evidence.review.further import further

DEXTROSE, KNEE = "dextrose-prolotherapy", "knee-physical-treatments"


def page(house: House, review: str, **asked: object):
    return signed_in(house).get(reverse("evidence-further", args=[review]), asked)


@pytest.fixture(scope="module")
def worked_out():
    """The four answers of each review, asked of the engine itself."""
    return {one.id: further(made := fit(one, usual(one)), made.networks[0]) for one in shelf()}


def test_an_answer_leads_to_its_further_questions_with_the_question_kept(harbour: House):
    answer = signed_in(harbour).get(reverse("evidence-review", args=[DEXTROSE]), {"versus": "exercise"})
    address = re.search(r'href="([^"]+/further/[^"]*)"', answer.content.decode())
    assert "versus=exercise" in html.unescape(address[1])


@pytest.mark.parametrize("review", [DEXTROSE, KNEE])
def test_each_question_says_what_it_does_not_say_what_was_assumed_and_after_whom(harbour: House, review):
    said = words(page(harbour, review))
    for question in (
        "Do treatments of one kind work alike?",
        "Is there enough to decide about",
        "What could results that were never reported do?",
        "Does the effect change over time?",
    ):
        assert question in said
    assert said.count("It does not say that") == 3  # one of the four has no answer in each
    assert said.count("Assumed, and after whom") == 4
    assert "No clinician has reviewed this page" in said


def test_numbers_of_the_page_are_those_of_the_engine(harbour: House, worked_out):
    said, found = words(page(harbour, DEXTROSE)), worked_out[DEXTROSE]
    assert (
        f"After {found.looks.looks[-1].studies} studies of the network, {found.looks.looks[-1].fraction:.0%} of the information"
        in said
    )
    assert "The boundary has not been crossed: more trials are needed" in said
    some = sum(one.risk == "some concerns" for one in found.missing.estimates)
    assert f"{some} with some concerns" in said
    assert f"{len(found.over_time.terms)} effects in 4 spans of weeks" in said
    knee = words(page(harbour, KNEE))
    assert f"differ from their kind by about {worked_out[KNEE].classes.spread['median']:.2f}" in knee


def test_where_there_is_no_answer_the_page_says_why(harbour: House):
    assert "No answer: no two treatments of this answer are of one class." in words(page(harbour, DEXTROSE))
    assert "No answer: no trial gives the means of its arms at a stated week." in words(page(harbour, KNEE))
    counted = words(page(harbour, DEXTROSE, measure="OR"))
    assert "effects over time are differences of means on one scale" in counted
    nobody = words(page(harbour, DEXTROSE, condition="sacroiliac-pain"))
    assert "No trial that was read answers this question" in nobody


def test_an_order_nobody_knows_is_not_told_as_a_crossing_on_the_way(harbour: House):
    """The table of that review has no years: only the last look says anything."""
    said = words(page(harbour, KNEE))
    assert "the steps on the way mean little, the last one holds" in said
    assert "crossed after Study 1 of Hong 2016" not in said


def test_the_form_shows_what_was_asked_and_what_was_usual(harbour: House):
    chosen = re.findall(r'<option value="([^"]+)" selected', page(harbour, DEXTROSE).content.decode())
    assert chosen == ["dextrose", "saline-injection", "dextrose"]
    chosen = re.findall(
        r'<option value="([^"]+)" selected', page(harbour, DEXTROSE, treatment="exercise").content.decode()
    )
    assert chosen == ["exercise", "saline-injection", "exercise"]


def test_another_comparison_and_another_supposition_are_asked_by_address(harbour: House):
    said = words(page(harbour, DEXTROSE, treatment="exercise", against="dextrose", favours="-"))
    assert "Is there enough to decide about exercise against dextrose, hypertonic?" in said
    assert "estimates, with nothing supposed:" in said
    supposed = words(page(harbour, DEXTROSE, favours="exercise"))
    assert "if results never reported would have been worse for exercise" in supposed


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"treatment": "magnets"}, "magnets is not one of the available choices"),
        ({"treatment": "dextrose", "against": "dextrose"}, "Two different treatments were expected."),
    ],
)
def test_a_comparison_that_means_nothing_is_said_at_its_field(harbour: House, asked, sentence):
    answer = page(harbour, DEXTROSE, **asked)
    assert answer.status_code == 422
    assert sentence in words(answer)


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_the_looks_are_a_picture_with_words_and_a_table(harbour: House, kind):
    browser = signed_in(harbour)
    address = reverse("evidence-looks", args=[DEXTROSE, kind])
    assert html.escape(address) in browser.get(reverse("evidence-further", args=[DEXTROSE])).content.decode()
    answer = browser.get(address)
    assert answer.status_code == 200
    if kind == "csv":
        assert (
            answer.content.decode().splitlines()[0]
            == "after,studies,share of the required information,statistic,boundary"
        )
        assert len(answer.content.decode().splitlines()) == 4
    if kind == "svg":
        assert b"standard errors from no difference" in answer.content


@pytest.mark.parametrize(
    "at",
    [
        reverse("evidence-further", args=["magnets"]),
        reverse("evidence-further", args=[DEXTROSE]) + "?part=7",
        reverse("evidence-looks", args=[DEXTROSE, "gif"]),
        reverse("evidence-looks", args=[DEXTROSE, "svg"]) + "?condition=sacroiliac-pain",
    ],
)
def test_what_is_not_there_is_not_found(harbour: House, at):
    assert signed_in(harbour).get(at).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, harbour: House):
    assert client.get(reverse("evidence-further", args=[DEXTROSE])).status_code == 302


def test_every_class_of_a_review_names_treatments_it_has():
    for review in shelf():
        known = {node.id for node in review.about.nodes}
        named = [node for one in review.about.classes for node in one.nodes]
        assert set(named) <= known
        assert len(named) == len(set(named))
