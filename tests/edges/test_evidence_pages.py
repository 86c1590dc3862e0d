"""Pages of evidence: a question by address, its pictures, a trial added and taken out, and a judgment otherwise than a rule."""

import html
import re

import pytest
from django.urls import reverse
from tests.clinic.conftest import House
from tests.edges.pages import signed_in, words

from enthesis.registry.models import AuditEvent

REVIEW = reverse("evidence-review", args=["dextrose-prolotherapy"])
ADD = reverse("evidence-add", args=["dextrose-prolotherapy"])
CHANGES = reverse("evidence-changes", args=["dextrose-prolotherapy"])
CERTAINTY = reverse("evidence-certainty", args=["dextrose-prolotherapy"])
OUR_TRIAL = {
    "trial": "example-2026", "citation": "Example 2026 (simulated)", "address": "https://example.org/trial",
    "condition": "knee-osteoarthritis", "locator": "Table 2", "design": "parallel", "people": "400", "unit": "people",
    "bias": "low", "bias_why": "made up for a test", "indirect": "no", "outcome": "pain", "instrument": "NRS 0-10",
    "kind": "change", "scale_min": "0", "scale_max": "10", "better": "lower", "week": "26",
    "node1": "dextrose", "n1": "200", "mean1": "-2.0", "sd1": "2.1",
    "node2": "saline-injection", "n2": "200", "mean2": "-1.9", "sd2": "2.2",
}  # fmt: skip
PAIR = {"treatment": "dextrose", "against": "saline-injection"}


def pictures(answer):
    return [html.unescape(one) for one in re.findall(r'<img src="([^"]+)"', answer.content.decode())]


def test_the_shelf_leads_to_every_review(harbour: House):
    browser = signed_in(harbour)
    said = words(browser.get(reverse("evidence")))
    assert "Dextrose prolotherapy for joints" in said
    assert "76 known whose results are not here" in said


def test_the_first_answer_is_to_the_reviews_own_question_and_says_what_is_missing(harbour: House):
    said = words(signed_in(harbour).get(REVIEW))
    assert "7 studies compare 7 treatments" in said
    assert "not reproducible from public text" in said
    assert "very low" in said
    assert "No clinician has reviewed this page" in said


def test_a_question_is_part_of_the_address_and_refits_without_any_script(harbour: House):
    browser = signed_in(harbour)
    narrowed = words(browser.get(REVIEW, {"condition": ["knee-osteoarthritis"], "bias": ["high"]}))
    assert "2 studies compare 3 treatments" in narrowed
    assert "another condition than asked for" in narrowed
    turned = words(browser.get(REVIEW, {"versus": "exercise"}))
    assert "Against exercise" in turned
    counted = words(browser.get(REVIEW, {"measure": "OR"}))
    assert "Part 2 of 2" in counted
    nobody = words(browser.get(REVIEW, {"condition": ["sacroiliac-pain"]}))
    assert "No trial that was read answers this question" in nobody


def test_a_question_that_means_nothing_is_said_at_its_field(harbour: House):
    answer = signed_in(harbour).get(REVIEW, {"window": "soon"})
    assert answer.status_code == 422
    assert "soon is not one of the available choices" in words(answer)


def test_every_picture_of_an_answer_can_be_fetched_at_its_address(harbour: House):
    browser = signed_in(harbour)
    found = pictures(browser.get(REVIEW, {"condition": ["knee-osteoarthritis"]}))
    assert len(found) >= 6
    for at in found[:2]:
        answer = browser.get(at)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")
        assert answer.content.startswith(b"<svg")


@pytest.mark.parametrize("name", ["graph", "league", "contributions"])
def test_the_table_of_a_figure_is_a_file_of_its_own(harbour: House, name):
    at = reverse("evidence-figure", args=["dextrose-prolotherapy", name, "csv"])
    answer = signed_in(harbour).get(at)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="dextrose-prolotherapy-{name}.csv"'
    assert len(answer.content.decode().splitlines()) > 3


@pytest.mark.parametrize(
    "at",
    [
        reverse("evidence-review", args=["magnets"]),
        reverse("evidence-figure", args=["dextrose-prolotherapy", "pie", "svg"]),
        reverse("evidence-figure", args=["dextrose-prolotherapy", "forest", "gif"]),
        reverse("evidence-figure", args=["dextrose-prolotherapy", "forest", "csv"]) + "?part=7",
        CERTAINTY + "?treatment=dextrose&against=magnets",
        CERTAINTY + "?treatment=dextrose&against=dextrose",
        CERTAINTY + "?condition=sacroiliac-pain",
    ],
)
def test_what_is_not_there_is_not_found(harbour: House, at):
    assert signed_in(harbour).get(at).status_code == 404


def test_a_trial_is_added_for_one_clinic_and_the_network_is_fitted_again_at_once(harbour: House, hillside: House):
    browser = signed_in(harbour)
    answer = browser.post(ADD, OUR_TRIAL)
    said = words(answer)
    assert "The trial is in the answer to the review’s own question" in said
    assert "dextrose vs saline-injection −1.05 (−1.70 to −0.39), very low certainty" in said
    assert "8 studies compare 7 treatments" in words(browser.get(REVIEW))
    assert "7 studies compare 7 treatments" in words(signed_in(hillside).get(REVIEW))
    event = AuditEvent.objects.latest("at")
    assert (event.verb, event.after) == (
        "added a trial to the evidence",
        {"review": "dextrose-prolotherapy", "trial": "example-2026"},
    )


def test_what_changed_since_is_shown_and_the_trial_can_be_taken_out_with_a_reason(harbour: House):
    browser = signed_in(harbour)
    assert "No version has been kept yet" in words(browser.get(CHANGES))
    browser.post(CHANGES)
    assert "0 rows differ" in words(browser.get(CHANGES))
    browser.post(ADD, OUR_TRIAL)
    shown = words(browser.get(CHANGES))
    assert "Example 2026 (simulated)" in shown
    assert browser.post(CHANGES, {"trial": "example-2026", "because": " "}).status_code == 422
    browser.post(CHANGES, {"trial": "example-2026", "because": "the paper was withdrawn"})
    assert "7 studies compare 7 treatments" in words(browser.get(REVIEW))
    assert "None was added" in words(browser.get(CHANGES))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sd1": "-2"}, "column 'sd': -2 is below nothing"),
        (
            {"kind": "events", "events1": "300", "events2": "3"},
            "column 'events': 300 of 200; there cannot be more events than people",
        ),
        ({"scale_max": ""}, "give both ends of the scale or none"),
        ({"trial": "gul-2020"}, "trial 'gul-2020' is there twice"),
        ({"locator": ""}, "Where the numbers stand"),
        ({"address": "javascript:alert(1)"}, "Address"),
        ({"indirect": "serious"}, "say in what the trial differs from the question"),
    ],
)
def test_a_number_that_cannot_be_true_is_refused_and_nothing_is_kept(harbour: House, change, said):
    browser = signed_in(harbour)
    answer = browser.post(ADD, OUR_TRIAL | change)
    assert answer.status_code == 422
    assert said in words(answer)
    assert "7 studies compare 7 treatments" in words(browser.get(REVIEW))


def test_a_judgment_otherwise_than_the_rule_needs_a_reason_and_stands_beside_it(harbour: House, hillside: House):
    browser, at = signed_in(harbour), f"{CERTAINTY}?treatment=dextrose&against=saline-injection"
    assert "reporting bias (some concerns)" in words(browser.get(at))
    refused = browser.post(at, {"domain": "reporting bias", "concern": "0", "because": " "})
    assert refused.status_code == 422
    browser.post(at, {"domain": "reporting bias", "concern": "0", "because": "the missing trials were asked for"})
    shown = words(browser.get(at))
    assert "the rule says some concerns" in shown
    assert "the missing trials were asked for" in shown
    assert "1 own judgment" in words(browser.get(REVIEW))
    assert "the rule says" not in words(signed_in(hillside).get(at))


@pytest.mark.parametrize("given", [{"domain": "luck"}, {"concern": "3"}, {"concern": ""}])
def test_a_judgment_that_means_nothing_is_refused(harbour: House, given):
    at = f"{CERTAINTY}?treatment=dextrose&against=saline-injection"
    body = {"domain": "imprecision", "concern": "0", "because": "why"} | given
    assert signed_in(harbour).post(at, body).status_code == 422


def test_whoever_only_coordinates_may_read_and_not_add(harbour: House):
    browser = signed_in(harbour, "coordinator")
    assert browser.get(REVIEW).status_code == 200
    assert "Add a trial" not in words(browser.get(REVIEW))
    assert browser.post(ADD, OUR_TRIAL).status_code == 403
    assert browser.post(CHANGES).status_code == 403


def test_the_report_is_a_file_to_keep(harbour: House):
    answer = signed_in(harbour).get(
        reverse("evidence-report", args=["dextrose-prolotherapy"]), {"condition": ["hip-osteoarthritis"]}
    )
    assert answer.headers["Content-Disposition"] == 'attachment; filename="dextrose-prolotherapy.html"'
    assert b"Where every trial went" in answer.content


def test_the_tables_of_a_review_are_read_once_however_often_the_page_of_reviews_is_opened(harbour, monkeypatch):
    client = signed_in(harbour)
    assert client.get("/evidence/").status_code == 200

    def again(*_: object, **__: object) -> None:
        pytest.fail("a table was read again")

    monkeypatch.setattr("enthesis.evidence.review.reviewing.read_table", again)
    assert client.get("/evidence/").status_code == 200
