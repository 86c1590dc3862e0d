"""`enthesis expect`: the contract, plain text, a clinic's own snapshot, and one line for what cannot be asked."""

import csv
import json
import random
import subprocess
import sys

import pytest

from enthesis.cli.main import main

KNEE = ["--condition", "knee-osteoarthritis", "--treatment", "dextrose-prolotherapy", "--versus", "saline-injection"]


def expect(capsys, monkeypatch, *options):
    """Exit code, what was printed, and what stood on the error stream."""
    monkeypatch.setattr("sys.argv", ["enthesis", *map(str, options)])
    with pytest.raises(SystemExit) as left:
        main()
    said = capsys.readouterr()
    return left.value.code, said.out, said.err


def test_json_has_the_keys_of_the_contract(capsys, monkeypatch):
    code, out, err = expect(capsys, monkeypatch, "expect", *KNEE, "--baseline", 7, "--weeks", 26, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert list(told) == ["of_100", "certainty", "because", "clinic", "sentence"]
    assert list(told["of_100"]) == ["treatment", "versus", "difference"]
    assert told["clinic"] is None
    assert told["certainty"] == "very low"


def test_plain_text_gives_numbers_ranges_and_the_reason_of_each_domain(capsys, monkeypatch):
    _, out, _ = expect(capsys, monkeypatch, "expect", *KNEE, "--baseline", 7, "--weeks", 26)
    assert "16 more of 100 (could be 15 fewer to 47 more)" in out
    assert "So about 69 of 100 are not" in out
    assert "How sure: very low certainty." in out
    assert "risk of bias: major concerns" in out


def in_a_shell(*options):
    """The same in a process of its own: reading tables warns of parts that are not ours."""
    command = [sys.executable, "-m", "enthesis", *map(str, options)]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, timeout=300)
    return ran.returncode, ran.stdout, ran.stderr


@pytest.mark.parametrize("baseline", [0, 11])
def test_a_pain_that_is_none_is_refused_in_one_line(capsys, monkeypatch, baseline):
    code, out, err = expect(capsys, monkeypatch, "expect", *KNEE, "--baseline", baseline, "--weeks", 26)
    assert (code, out) == (2, "")
    assert err == f"enthesis: baseline: a pain from 1 to 10 was expected, not {baseline}\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--baseline", "7,5"], "a valid number"),
        (["--baseline", "seven"], "a valid number"),
        (["--baseline", "nan"], "a pain from 1 to 10"),
        (["--weeks", "2"], "earlier results say nothing of benefit"),
        (["--weeks", "inf"], "20 years"),
        (["--condition", "kne-osteoarthritis"], "did you mean 'knee-osteoarthritis'?"),
        (["--versus", "dextrose"], "is another name of 'dextrose-prolotherapy'"),
        (["--versus", "dextrose-prolotherapy"], "compared with itself"),
        (["--clinic", "harbour", "--snapshot", "own.csv"], "--clinic: either a clinic of the database"),
    ],
)
def test_what_cannot_be_asked_is_one_line_and_leaves_with_2(capsys, monkeypatch, given, said):
    code, out, err = expect(capsys, monkeypatch, "expect", *KNEE, "--baseline", 7, "--weeks", 26, *given)
    assert (code, out) == (2, "")
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--treatment", "hydrodissection-amniotic"], "so there is no number"),
        (["--condition", "cervical-facet-pain"], "so there is no number"),
        (["--weeks", "104"], "the longest waited 52"),
    ],
)
def test_what_nobody_knows_is_said_and_is_no_error(capsys, monkeypatch, given, said):
    code, out, err = expect(capsys, monkeypatch, "expect", *KNEE, "--baseline", 7, "--weeks", 26, *given)
    assert (code, err) == (0, "")
    assert said in out


@pytest.fixture
def snapshot(tmp_path):
    """Thirty people, 24 of whom answered at week 26, with about 2.5 points less pain."""
    drawn = random.Random(8)
    columns = [
        "clinic",
        "patient",
        "course",
        "condition",
        "treatment",
        "arm",
        "instrument",
        "week",
        "due",
        "answered",
        "score",
        "enrolled_on",
        "age",
        "sex",
    ]
    rows = [
        (
            "Harbour", f"p{n}", f"c{n}", "knee-osteoarthritis", "dextrose-prolotherapy", "", "pain-nrs", week, "2026-01-01",
            answered, score if answered else "", "2025-06-01", 60, "female",
        )
        for n in range(30)
        for week, answered, score in ((0, True, 7), (26, n < 24, max(0, 7 - drawn.choice((1, 2, 3, 4)))))
    ]  # fmt: skip
    with (tmp_path / "own.csv").open("w", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return tmp_path / "own.csv"


def test_a_clinics_answers_are_joined_with_the_trials(snapshot):
    given = ["expect", *KNEE, "--baseline", 7, "--weeks", 26, "--snapshot", snapshot]
    clinic = json.loads(in_a_shell(*given, "--json")[1])["clinic"]
    assert (clinic["n_due"], clinic["n_answered"]) == (30, 24)
    assert clinic["data"]["mean"] < clinic["posterior"]["mean"] < clinic["prior"]["mean"]
    assert {"half_bias", "double_bias", "conflict", "weights", "bias"} <= clinic.keys()
    assert "24 of 30 people answered" in in_a_shell(*given)[1]


def test_a_snapshot_of_something_else_is_said_to_be_one(snapshot):
    other = [one.replace("knee-osteoarthritis", "lateral-epicondylosis") for one in KNEE]
    code, _, err = in_a_shell("expect", *other, "--baseline", 7, "--weeks", 26, "--snapshot", snapshot)
    assert code == 2
    assert "holds no answers on pain" in err


def test_claims_by_command(capsys, monkeypatch):
    listed = json.loads(expect(capsys, monkeypatch, "claims", "--json")[1])
    assert len(listed) >= 7
    assert {"says", "who", "design", "n", "follow_up", "denominator", "likely_origin", "trials", "registry"} <= listed[
        0
    ].keys()
    assert "likely origin" in expect(capsys, monkeypatch, "claims")[1]


def test_a_sentence_that_may_not_be_printed_leaves_with_1(capsys, monkeypatch):
    code, out, _ = expect(capsys, monkeypatch, "claims", "check", "We feel great", "--condition", "knee-osteoarthritis")
    assert code == 1
    assert "There is no number in it" in out
    assert "not legal advice" in out
    assert expect(capsys, monkeypatch, "claims", "check", " ")[0] == 2


def test_a_snapshot_makes_the_sentence_that_may(snapshot):
    given = [
        "claims",
        "check",
        "80% had less pain",
        "--condition",
        "knee-osteoarthritis",
        "--snapshot",
        snapshot,
        "--json",
    ]
    code, out, _ = in_a_shell(*given)
    told = json.loads(out)
    assert (code, told["may_be_printed"]) == (1, False)
    assert told["instead"][0].startswith("Of 30 people who started")
