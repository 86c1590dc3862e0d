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


TWO = """study,treatment1,treatment2,estimate,se
one,dextrose,saline,-0.5,0.2
two,dextrose,saline,-0.3,0.25
three,dextrose,saline,-0.9,0.4
"""


def test_two_treatments_become_a_page_study_by_study_with_the_numbers_of_the_pairwise_analysis(
    enthesis,  # noqa: F811
    written,  # noqa: F811
    tmp_path,
):
    page, path = tmp_path / "two.html", written("two.csv", TWO)
    enthesis("evidence", "report", path, "--html", page, "--important", "0.3")
    text = page.read_text(encoding="utf-8")
    made = json.loads(enthesis("evidence", "pairwise", path, "--json").stdout)
    assert f"dextrose against saline: estimate {made['random']['estimate']:.3g}" in text
    for heading in (
        "Study by study",
        "How much studies differ",
        "How sure each estimate is",
        "Without each study in turn",
    ):
        assert f"{heading}</h2>" in text
    assert "Are these trials enough?</h2>" in text
    assert "of the information that a difference of 0.3 with power 90%" in text
    assert "Ranks</h2>" not in text  # two treatments have no order worth a picture
    assert "Fewer than ten studies" in text
    enthesis("evidence", "report", written("one.csv", TWO[: TWO.index("two")]), "--html", page)
    assert "one study, so its own interval" in page.read_text(encoding="utf-8")
    alike = "study,estimate,se\n" + "".join(
        f"{name},{value},0.2\n" for name, value in (("a", 0.1), ("b", 0.4), ("c", 0.3))
    )
    enthesis("evidence", "report", written("alike.csv", alike), "--html", page)
    assert "All studies are equally precise" in page.read_text(encoding="utf-8")


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


TRIAL = """trial,citation,address,condition,locator,design,bias,bias_why,people
example-2026,Example 2026 (simulated),https://example.org/trial,knee-osteoarthritis,Table 2,parallel,low,made up for a test,400
"""
TWO_ARMS = """trial,arm,node,outcome,instrument,kind,locator,address,read_again,scale_min,scale_max,better,week,n,mean,sd
example-2026,D,dextrose,pain,NRS 0-10,change,Table 2,https://example.org/trial,yes,0,10,lower,26,200,-2.0,2.1
example-2026,S,saline-injection,pain,NRS 0-10,change,Table 2,https://example.org/trial,yes,0,10,lower,26,200,-1.9,2.2
"""


def test_a_clinic_adds_a_trial_sees_what_changed_and_takes_it_out_again(enthesis, written, tmp_path):  # noqa: F811
    trial, arms, review = written("trial.csv", TRIAL), written("two.csv", TWO_ARMS), "dextrose-prolotherapy"
    assert "no version has been kept yet" in enthesis("evidence", "changes", review).stdout

    added = json.loads(enthesis("evidence", "add", review, "--trial", trial, "--arms", arms, "--json").stdout)
    assert (added["trial"], added["pooled"]) == ("example-2026", True)
    moved = {one["comparison"]: one for one in added["moves"]}["dextrose vs saline-injection"]
    assert moved["before"]["estimate"] < -1 < moved["now"]["estimate"] < 0

    twice = refused(enthesis, "evidence", "add", review, "--trial", trial, "--arms", arms)
    assert "trial 'example-2026' is there twice" in twice
    enthesis("evidence", "out", review, "example-2026", "--because", "the paper was withdrawn")
    since = json.loads(enthesis("evidence", "changes", review, "--json").stdout)
    assert (since["changes"], since["moves"]) == ([], [])
    assert "kept already" in refused(enthesis, "evidence", "keep", review)


@pytest.mark.parametrize(
    ("trial", "arms", "said"),
    [
        (TRIAL.replace(",Table 2,", ",,"), TWO_ARMS, "trial.csv, row 2, column 'locator': empty"),
        (TRIAL, TWO_ARMS.replace("200,-2.0,2.1", '200,"-2,0",2.1'), "two.csv, row 2, column 'mean': '-2,0'"),
        (TRIAL, TWO_ARMS.replace(",S,saline-injection", ",S,Saline"), "there is no treatment 'Saline'"),
    ],
)
def test_a_row_that_cannot_be_true_is_named_and_nothing_is_kept(enthesis, written, trial, arms, said):  # noqa: F811
    files = ("--trial", written("trial.csv", trial), "--arms", written("two.csv", arms))
    assert said in refused(enthesis, "evidence", "add", "dextrose-prolotherapy", *files)
    assert "no version has been kept yet" in enthesis("evidence", "changes", "dextrose-prolotherapy").stdout


@pytest.mark.parametrize("words", [("--tau2", "sj", "--ci", "hartung-knapp"), ("--tau2", "0.05", "--ci", "wald"), ()])
def test_a_report_of_two_treatments_obeys_every_choice_of_the_pairwise_analysis(enthesis, written, tmp_path, words):  # noqa: F811
    path, page = written("two.csv", TWO), tmp_path / "two.html"

    told = enthesis("evidence", "report", path, "--html", page, "--json", *words).stdout

    assert json.loads(told) == json.loads(enthesis("evidence", "pairwise", path, "--json", *words).stdout)
    wald = "wald" in words
    assert ("by the normal distribution (Wald)" in page.read_text(encoding="utf-8")) == wald
    assert ("by Hartung &amp; Knapp" in page.read_text(encoding="utf-8")) != wald


def test_a_report_of_more_treatments_gives_the_keys_of_a_network_and_one_of_nothing_is_refused(enthesis, written):  # noqa: F811
    path = written("arms.csv", ARMS)

    told = enthesis("evidence", "report", path, "--json", "--ci", "t").stdout

    assert json.loads(told) == json.loads(enthesis("evidence", "network", path, "--json", "--ci", "t").stdout)
    assert "--html FILE, --json or both were expected" in refused(enthesis, "evidence", "report", path)
