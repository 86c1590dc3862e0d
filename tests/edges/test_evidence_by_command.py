"""`enthesis evidence reviews, review and report`: what ships, asked in words; and a page on anybody's trial files."""

import json

import pytest
from tests.edges.test_command_line import enthesis, refused, written  # noqa: F401 -- fixtures

ARMS = """study,treatment,n,mean,sd,rob
one,saline,20,-1.0,2.0,low
one,dextrose,20,-2.0,2.0,low
two,saline,30,-1.5,2.2,high
two,PRP,30,-2.2,2.1,high
three,dextrose,25,-2.4,1.9,2
three,PRP,25,-2.3,2.0,2
"""
DEXTROSE = ("evidence", "review", "dextrose-prolotherapy")


def test_the_reviews_that_ship_are_listed_with_the_fingerprint_of_their_data(enthesis):  # noqa: F811
    rows = json.loads(enthesis("evidence", "reviews", "--json").stdout)
    assert [(row["id"], row["trials"], row["awaiting"]) for row in rows] == [
        ("dextrose-prolotherapy", 50, 76),
        ("knee-physical-treatments", 54, 0),
    ]
    assert all(len(row["fingerprint"]) == 16 for row in rows)
    assert "50 trials, 76 awaiting" in enthesis("evidence", "reviews").stdout


def test_a_review_says_where_every_trial_went_and_how_sure_each_estimate_is(enthesis):  # noqa: F811
    made = json.loads(enthesis(*DEXTROSE, "--json").stdout)
    assert list(made) == ["review", "fingerprint", "flow", "networks", "certainty"]
    assert made["flow"]["found"] == 126
    assert len(made["flow"]["pooled"]) == made["networks"][0]["studies"] == 7
    assert {"trial": "louw-2019", "because": "size of the arm not stated"} in made["flow"]["not_pooled"]
    assert len(made["certainty"]) == 21
    assert [domain["domain"] for domain in made["certainty"][0]["domains"]] == [
        "within-study bias", "reporting bias", "indirectness", "imprecision", "heterogeneity", "incoherence",
    ]  # fmt: skip


def test_a_review_can_be_asked_about_one_condition_and_people_who_got_better(enthesis):  # noqa: F811
    made = json.loads(enthesis(*DEXTROSE, "--condition", "jaw-joint-pain", "--measure", "or", "--json").stdout)
    assert sorted(made["flow"]["pooled"]) == ["priyadarshini-2021", "zarate-2020"]
    said = enthesis(*DEXTROSE, "--condition", "sacroiliac-pain").stdout
    assert "No trial that was read answers this question" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--bias", "bad"), "--bias: 'bad'; one of low, some, high, unclear was expected"),
        (("--window", "soon"), "--window: 'soon'; one of short, medium, long, any was expected"),
        (("--outcome", "sleep"), "outcome: there is no 'sleep'; there are: pain, function, other"),
        (("--measure", "HR"), "measure: 'HR'; one of MD, SMD, OR, RR, RD was expected"),
        (("--weeks", "-3"), "weeks: -3 weeks after the first treatment cannot be before it"),
    ],
)
def test_a_question_a_review_does_not_know_is_one_line(enthesis, words, said):  # noqa: F811
    assert said in refused(enthesis, *DEXTROSE, *words)


def test_a_review_nobody_wrote_is_named_with_those_there_are(enthesis):  # noqa: F811
    said = refused(enthesis, "evidence", "review", "magnets")
    assert "there is no evidence called 'magnets'; there are: dextrose-prolotherapy, knee-physical-treatments" in said


def test_trial_files_become_one_page_that_needs_nothing_else(enthesis, written, tmp_path):  # noqa: F811
    page = tmp_path / "report.html"
    enthesis(
        "evidence",
        "report",
        written("arms.csv", ARMS),
        "--html",
        page,
        "--important",
        "0.5",
        "--title",
        "Three <treatments>",
    )
    text = page.read_text(encoding="utf-8")
    assert "<h1>Three &lt;treatments&gt;</h1>" in text
    assert "How sure each estimate is" in text
    assert "<script" not in text
    assert 'src="data:image/svg+xml;base64,' in text


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        (ARMS.replace(",2\n", ",bad\n"), (), "study three, column rob: 'bad'; low, some, high or 1, 2, 3 was expected"),
        (ARMS.replace("20,-2.0,2.0,low", "20,-2.0,2.0,high"), (), "study one, column rob: two different levels"),
        (ARMS, ("--important", "0"), "--important: 0; a number above 0 was expected"),
        (ARMS, ("--tau2", "guess"), "tau2 'guess'"),
    ],
)
def test_a_file_that_cannot_be_reported_leaves_no_page_behind(enthesis, written, tmp_path, text, words, said):  # noqa: F811
    page = tmp_path / "report.html"
    assert said in refused(enthesis, "evidence", "report", written("arms.csv", text), "--html", page, *words)
    assert not page.exists()


def test_a_page_that_cannot_be_written_is_said(enthesis, written, tmp_path):  # noqa: F811
    said = refused(enthesis, "evidence", "report", written("arms.csv", ARMS), "--html", tmp_path / "no" / "report.html")
    assert "report.html: cannot be written: No such file or directory" in said
