"""A report is one page that needs nothing else, and says what speaks against it."""

import re
from html.parser import HTMLParser

import pytest
from tests.core.evidence.figures.test_figures import BIAS, FOUND
from tests.core.evidence.figures.test_figures import made as network_of
from tests.core.evidence.review.making import arm, counted, made, printed, trial

from enthesis.evidence.report import review_report
from enthesis.evidence.report.of_files import files_report
from enthesis.evidence.report.page import anchor, linked, table
from enthesis.evidence.review import Bias, Published, Question, review
from enthesis.evidence.review.fitting import fit
from enthesis.knowledge import Library

PAIN = Question("pain")


class Seen(HTMLParser):
    """Every tag with its attributes, what is open at the end, and all ids."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.ids = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def small_review():
    rows = [
        row for id in "abc" for row in (arm(id, "dextrose", -2.0 - ord(id) / 100), arm(id, "saline-injection", -1.0))
    ]
    rows += [arm("d", "dextrose", -2.0), arm("d", "exercise", -1.5)]
    trials = [trial(id, bias=Bias.HIGH if id == "a" else Bias.LOW) for id in "abcd"]
    return made(
        [*trials, trial("e", excluded="the same patients as a", same_patients_as="a")],
        rows,
        [printed("e", "dextrose", "exercise", -9)],
    )


REPORT = review_report(fit(small_review(), PAIN))


def test_it_is_well_formed_and_every_id_is_there_once():
    seen = Seen(REPORT)
    assert seen.open == []
    assert len(seen.ids) == len(set(seen.ids))


def test_it_needs_nothing_from_elsewhere_and_runs_nothing():
    for tag, attributes in Seen(REPORT).tags:
        assert tag not in ("script", "link", "iframe", "object")
        assert attributes.get("src", "data:").startswith("data:")


def test_every_picture_has_words_and_every_link_of_the_contents_leads_somewhere():
    seen = Seen(REPORT)
    assert all(attributes["alt"].strip() for tag, attributes in seen.tags if tag == "img")
    inside = {
        attributes["href"].removeprefix("#")
        for tag, attributes in seen.tags
        if tag == "a" and attributes["href"].startswith("#")
    }
    assert inside <= set(seen.ids)
    assert inside


def test_it_says_that_no_clinician_reviewed_it_and_names_data_and_model():
    assert "No clinician has reviewed this page" in REPORT
    assert fit(small_review(), PAIN).review.fingerprint in REPORT
    assert "random effects; heterogeneity variance" in REPORT


def test_each_trial_is_named_with_its_bias_and_each_that_is_not_in_it_with_its_reason():
    for name in "abcd":
        assert f"Paper {name}" in REPORT
    assert "the same patients as a" in REPORT
    assert "high: made up" in REPORT


def test_a_question_nobody_answered_says_so_and_draws_nothing():
    empty = review_report(fit(made([trial("a")]), PAIN))
    assert "No trial that was read answers this question" in empty
    assert "<img" not in empty
    assert Seen(empty).open == []


def test_parts_that_trials_do_not_connect_are_analysed_apart():
    rows = [
        counted("a", "dextrose", 12),
        counted("a", "exercise", 6),
        counted("b", "saline-injection", 5),
        counted("b", "no-treatment", 7),
    ]
    apart = review_report(fit(made([trial("a"), trial("b")], rows), Question("pain", "OR")))
    assert "nothing is said across parts" in apart
    assert "The network (part 2 of 2)" in apart
    assert len(set(Seen(apart).ids)) == len(Seen(apart).ids)


def test_a_published_number_stands_beside_that_of_our_own_trials_of_the_same_comparison():
    of = small_review()
    other = Published(
        "Somebody 2020",
        "dextrose vs saline",
        "pain",
        "MD",
        "https://example.org",
        estimate=-0.5,
        low=-1.0,
        high=0.0,
        node="dextrose",
        versus="saline-injection",
    )
    shown = review_report(fit(made(of.trials, of.arms, of.differences, published=(other,)), PAIN))
    assert "MD −0.50 (−1.00 to 0.00)" in shown
    assert re.search(r"MD −1\.9\d \(−2\.\d\d to −1\.\d\d\), 3 trials", shown)


def test_the_shipped_reviews_answer_their_own_question():
    """Dextrose against saline from two trials; Bae's pools are set beside ours, Goh's network is said not to be reproducible."""
    of = review(Library.shipped(), "dextrose-prolotherapy")
    shown = review_report(fit(of, Question("pain")))
    assert "Goh 2021 (87 trials, 5,859 people): not reproducible from public text." in shown
    assert "SMD −0.44 (−0.76 to −0.11)" in shown
    assert "SMD −0.49 (−1.03 to 0.05), 1 trial" in shown
    assert "SMD −0.53 (−0.93 to −0.12), 2 trials" in shown


def test_files_are_reported_and_rated_only_when_it_is_known_how_much_matters():
    rated = files_report((FOUND,), title="Three treatments", important=0.5, bias=BIAS, indirect={})
    unrated = files_report((FOUND,), title="Three treatments", important=None, bias=BIAS, indirect={})
    assert "Very low certainty" in rated or "certainty: rated down" in rated
    assert "How sure each estimate is" in rated
    assert "How sure each estimate is" not in unrated
    assert "so the certainty of estimates is not rated" in unrated


def test_a_network_of_two_treatments_is_reported_too():
    two = files_report(
        (network_of([("a", "saline", 30, 0.0), ("a", "dextrose", 30, -1.2)]),),
        title="Two",
        important=0.5,
        bias={},
        indirect={},
    )
    assert Seen(two).open == []
    assert "No comparison has both direct and indirect evidence" in two


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://example.org/a", '<a href="https://example.org/a" rel="noreferrer">example.org/a</a>'),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://example.org/a b", "https://example.org/a b"),
        (
            'https://x.org/"><b>',
            '<a href="https://x.org/&quot;&gt;&lt;b&gt;" rel="noreferrer">x.org/&quot;&gt;&lt;b&gt;</a>',
        ),
    ],
)
def test_only_addresses_become_links_and_nothing_becomes_markup(text, shown):
    assert linked(text) == shown


def test_numbers_of_a_table_stand_under_their_heading_and_gaps_stay_empty():
    shown = table(("name", "n"), [("a <b>", 3), ("c", None)], caption="Sizes")
    assert '<th scope="col" class="number">n</th>' in shown
    assert "<td>a &lt;b&gt;</td>" in shown
    assert '<td class="number">3</td>' in shown
    assert "<td></td>" in shown
    assert anchor("Do they agree?") == "do-they-agree"
