"""`enthesis evidence pairwise` as people type it: the contract's keys, and one clear sentence for what is wrong in a file."""

import json
from pathlib import Path

import pytest
from tests.reference.r_results import analyses, table
from typer.testing import CliRunner

from enthesis.cli.main import app
from enthesis.knowledge import BadInput

BCG = "study,treatment,n,events\n" + "".join(
    f"{row['trial']} {row['author']},vaccine,{int(row['tpos']) + int(row['tneg'])},{row['tpos']}\n"
    f"{row['trial']} {row['author']},control,{int(row['cpos']) + int(row['cneg'])},{row['cpos']}\n"
    for row in table("bcg")
)
NUMBERS = ("estimate", "se", "lower", "upper", "statistic", "p")


@pytest.fixture
def run(tmp_path: Path):
    """The command on files with this content; its JSON, or the one sentence it refuses with, file name taken off."""

    def run(*contents: str | bytes, options: str = "") -> dict:
        files = [tmp_path / f"trials{number}.csv" for number, _content in enumerate(contents)]
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        done = CliRunner().invoke(
            app, ["evidence", "pairwise", *map(str, files), "--json", *options.split()], standalone_mode=False
        )
        if done.exception:
            raise done.exception
        return json.loads(done.stdout)

    return run


@pytest.fixture
def refused(run, tmp_path):
    """What the command says when it refuses."""

    def refused(*contents: str | bytes, options: str = "") -> str:
        with pytest.raises(BadInput) as said:
            run(*contents, options=options)
        assert "\n" not in str(said.value)
        return str(said.value).replace(f"{tmp_path}/", "")

    return refused


def test_the_keys_are_those_of_the_contract(run):
    found = run(BCG, options="--measure RR")

    assert list(found) == ["measure", "k", "studies", "common", "random", "prediction", "heterogeneity", "small_study"]
    assert list(found["studies"][0]) == ["study", "estimate", "se", "weight_common", "weight_random"]
    assert tuple(found["common"]) == tuple(found["random"]) == NUMBERS
    assert list(found["prediction"]) == ["lower", "upper"]
    assert list(found["heterogeneity"]) == [
        "q",
        "df",
        "p",
        "tau2",
        "tau2_lower",
        "tau2_upper",
        "i2",
        "i2_lower",
        "i2_upper",
        "h2",
    ]
    assert list(found["small_study"]) == ["egger", "trim_and_fill"]
    assert found["measure"] == "RR"
    assert found["k"] == 13


@pytest.mark.parametrize("measure", ["RR", "OR", "RD"])
@pytest.mark.parametrize(
    ("ci", "test"), [("wald", "z"), ("hartung-knapp", "knha"), ("hartung-knapp-safeguarded", "adhoc")]
)
@pytest.mark.parametrize("tau2", ["reml", "dl", "pm", "ml", "eb", "sj", "hs"])
def test_every_choice_gives_the_number_of_metafor(run, measure, ci, test, tau2):
    theirs = analyses("bcg")[measure]["models"][tau2.upper()][test]

    found = run(BCG, options=f"--measure {measure} --ci {ci} --tau2 {tau2}")

    ours = found["random"] | {"tau2": found["heterogeneity"]["tau2"], "q": found["heterogeneity"]["q"]}
    expected = [theirs[key] for key in ("est", "se", "lower", "upper", "z_or_t", "p", "tau2", "Q")]
    assert list(ours.values()) == pytest.approx(expected, rel=1e-6)


def test_a_number_for_tau2_and_another_level(run):
    found = run(BCG, options="--measure RR --tau2 0 --ci wald --level 0.9")
    assert found["random"] == pytest.approx(found["common"])
    assert found["heterogeneity"]["tau2"] == 0.0


def test_the_reference_turns_every_sign(run):
    one, other = run(BCG, options="--measure RR"), run(BCG, options="--measure RR --reference vaccine")
    assert other["random"]["estimate"] == pytest.approx(-one["random"]["estimate"])
    assert other["random"]["lower"] == pytest.approx(-one["random"]["upper"])


def test_more_than_two_treatments_are_named(refused):
    content = "study,treatment,n,mean,sd\na,dextrose,20,3,1\na,saline,20,4,1\nb,dextrose,20,3,1\nb,steroid,20,4,1\n"
    assert refused(content) == (
        "trials0.csv: a pairwise analysis compares two treatments and this file has 3: 'dextrose', 'saline', 'steroid'; keep the "
        "rows of two of them, or use a network analysis"
    )


def test_contrasts_and_generic_estimates(run):
    contrasts = run("study,treatment1,treatment2,estimate,se\na,dextrose,saline,-1,0.5\nb,saline,dextrose,2,0.6\n")
    generic = run("study,estimate,se\na,-1,0.5\nb,-2,0.6\n")
    assert [study["estimate"] for study in contrasts["studies"]] == [-1.0, -2.0]
    assert contrasts["random"] == generic["random"]


def test_one_study_has_an_answer_and_no_heterogeneity(run):
    found = run("study,estimate,se\nonly,-1,0.5\n")
    assert (found["k"], found["random"]["estimate"], found["heterogeneity"]["tau2"]) == (1, -1.0, None)
    assert found["prediction"] == {"lower": None, "upper": None}


def test_two_files_are_one_analysis(run):
    head, *rows = BCG.splitlines(keepends=True)
    assert run(head + "".join(rows[:10]), head + "".join(rows[10:]), options="--measure OR")["k"] == 13


@pytest.mark.parametrize(
    "options", ["--tau2 -1", "--tau2 nan", "--tau2 magic", "--ci exact", "--level 95", "--measure HR", "--reference x"]
)
def test_an_impossible_option_is_refused(refused, options):
    assert refused(BCG, options=options)
