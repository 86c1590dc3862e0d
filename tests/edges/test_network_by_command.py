"""`enthesis evidence network`: exactly the keys of the contract, parts analysed apart, bad input said in one line."""

import json

import pytest
from tests.edges.test_command_line import enthesis, refused, written  # noqa: F401 -- fixtures

ESTIMATE = {"estimate", "se", "lower", "upper", "p"}
ARMS = """study,treatment,n,mean,sd
one,saline,20,-1.0,2.0
one,dextrose,20,-2.0,2.0
two,saline,30,-1.5,2.2
two,PRP,30,-2.2,2.1
three,dextrose,25,-2.4,1.9
three,PRP,25,-2.3,2.0
four,saline,18,-0.9,2.1
four,dextrose,18,-2.6,2.3
"""
CONTRASTS = """study,treatment1,treatment2,estimate,se
one,dextrose,saline,-0.9,0.4
two,dextrose,saline,-0.5,0.3
three,PRP,exercise,0.2,0.5
"""


def found(run, path, *words):
    return json.loads(run("evidence", "network", path, *words, "--json").stdout)


def test_exactly_the_keys_of_the_contract(enthesis, written):  # noqa: F811
    made = found(enthesis, written("arms.csv", ARMS), "--measure", "MD", "--tau2", "reml", "--reference", "saline")

    assert list(made) == [
        "measure", "reference", "treatments", "studies", "contrasts", "tau2", "i2", "q", "league", "split", "ranking",
        "contributions",
    ]  # fmt: skip
    assert (made["measure"], made["reference"], made["studies"], made["contrasts"]) == ("MD", "saline", 4, 4)
    assert set(made["treatments"]) == {"saline", "dextrose", "PRP"}
    assert list(made["q"]) == ["total", "within_designs", "between_designs"]
    assert all(set(part) == {"value", "df", "p"} for part in made["q"].values())
    for row in made["league"]:
        assert set(row) == {"treatment", "versus", "common", "random", "direct_share"}
        assert set(row["common"]) == ESTIMATE
        assert set(row["random"]) == ESTIMATE | {"prediction_lower", "prediction_upper"}
    for row in made["split"]:
        assert set(row) == {"treatment", "versus", "model", "direct", "indirect", "difference", "p"}
        assert set(row["direct"]) == set(row["indirect"]) == {"estimate", "se"}
    assert [set(row) for row in made["ranking"]] == [{"treatment", "p_score_common", "p_score_random", "sucra"}] * 3
    assert len(made["league"]) == 3
    assert len(made["split"]) == 6


def test_a_given_heterogeneity_a_level_and_what_is_good_are_obeyed(enthesis, written):  # noqa: F811
    path = written("arms.csv", ARMS)
    narrow, wide = (found(enthesis, path, "--tau2", "0.25", "--level", level) for level in ("0.5", "0.99"))
    turned = found(enthesis, path, "--tau2", "0.25", "--small-values", "bad")

    assert narrow["tau2"] == wide["tau2"] == 0.25
    assert narrow["league"][0]["random"]["lower"] > wide["league"][0]["random"]["lower"]
    for good, bad in zip(narrow["ranking"], turned["ranking"], strict=True):
        assert good["p_score_random"] + bad["p_score_random"] == pytest.approx(1)


def test_parts_that_no_trial_connects_are_named_and_analysed_apart(enthesis, written):  # noqa: F811
    path = written("contrasts.csv", CONTRASTS)
    made = found(enthesis, path, "--reference", "saline")
    said = enthesis("evidence", "network", path).stdout

    assert set(made) == {"measure", "parts"}
    assert [part["treatments"] for part in made["parts"]] == [["PRP", "exercise"], ["dextrose", "saline"]]
    assert [part["reference"] for part in made["parts"]] == ["PRP", "saline"]
    assert [part["studies"] for part in made["parts"]] == [1, 2]
    assert "2 separate parts" in said
    assert "PRP, exercise; dextrose, saline" in said


def test_one_study_gives_what_it_says_and_nothing_is_made_up(enthesis, written):  # noqa: F811
    made = found(enthesis, written("one.csv", "\n".join(CONTRASTS.splitlines()[:2])))
    [row] = made["league"]

    assert (made["tau2"], made["i2"], made["q"]["total"]) == (None, None, {"value": 0.0, "df": 0, "p": None})
    assert row["random"]["prediction_lower"] is None
    assert row["random"]["estimate"] == row["common"]["estimate"] == -0.9
    assert (row["direct_share"], made["split"]) == (pytest.approx(1), [])


def test_two_files_are_read_as_one(enthesis, written):  # noqa: F811
    head, *rows = CONTRASTS.splitlines()
    first, second = written("a.csv", "\n".join([head, rows[0]])), written("b.csv", "\n".join([head, rows[1]]))
    together = written("both.csv", "\n".join([head, *rows[:2]]))

    assert found(enthesis, first, second) == found(enthesis, together)
    assert "study 'one' is in" in refused(enthesis, "evidence", "network", first, together)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--tau2", "-1"), "tau2 -1.0: a number of 0 or more was expected"),
        (("--tau2", "sj"), "reml, ml, dl, pm, eb or a number"),
        (("--level", "95"), "level 95.0: a number between 0 and 1"),
        (("--reference", "nobody"), "reference 'nobody': one of PRP, dextrose, exercise, saline was expected"),
        (("--small-values", "huge"), "good or bad"),
        (("--ci", "wide"), "one of wald, t, hartung-knapp, kenward-roger"),
        (("--measure", "XY"), "measure 'XY'"),
    ],
)
def test_choices_that_mean_nothing_are_refused_in_one_line(enthesis, written, words, expected):  # noqa: F811
    path = written("contrasts.csv", CONTRASTS)
    assert expected in refused(enthesis, "evidence", "network", path, *words, "--json")


def test_the_table_on_the_screen_says_what_was_done(enthesis, written):  # noqa: F811
    said = enthesis("evidence", "network", written("arms.csv", ARMS), "--reference", "saline").stdout

    assert said.startswith("4 studies compare 3 treatments (MD, 95% intervals: wald). Heterogeneity variance")
    assert "against saline" in said
    assert "P-scores: " in said


RARE = """study,treatment,n,events
one,saline,60,0
one,dextrose,60,2
two,saline,80,1
two,PRP,80,3
three,dextrose,50,1
three,PRP,50,1
four,saline,30,0
four,dextrose,30,0
five,saline,90,2
five,dextrose,90,3
"""


def test_what_is_done_with_empty_cells_is_chosen_by_name(enthesis, written):  # noqa: F811
    path = written("rare.csv", RARE)
    dropped, kept = (found(enthesis, path, "--measure", "OR", *words) for words in ((), ("--double-zero", "keep")))

    assert (dropped["studies"], kept["studies"]) == (4, 5)
    for measure, study in (("OR", "one"), ("RD", "four")):
        said = refused(enthesis, "evidence", "network", path, "--measure", measure, "--zero-cells", "none")
        assert f"an empty cell in '{study}' leaves this measure without a variance" in said
    assert "one of only-zero" in refused(enthesis, "evidence", "network", path, "--zero-cells", "some")
    assert "drop, keep" in refused(enthesis, "evidence", "network", path, "--double-zero", "perhaps")


def test_rare_events_without_adding_anything_to_empty_cells(enthesis, written):  # noqa: F811
    path = written("rare.csv", RARE)
    made = {
        method: json.loads(enthesis("evidence", "rare", path, "--method", method, "--json").stdout)
        for method in ("mh", "nch", "exact", "lrp")
    }

    assert list(made["mh"]) == ["measure", "method", "treatments", "q", "dispersion", "league", "ranking", "notes"]
    assert any("four" in note and "left out" in note for note in made["mh"]["notes"])
    assert made["lrp"]["notes"] == []  # the penalty lets every study and arm speak
    assert made["mh"]["q"]["df"] == 1
    assert all(
        len(one["league"]) == 3 and set(one["league"][0]) == {"treatment", "versus"} | ESTIMATE for one in made.values()
    )
    exact, near = (made[method]["league"][0]["estimate"] for method in ("exact", "nch"))
    assert exact == pytest.approx(near, abs=0.1)
    told = enthesis("evidence", "rare", path)
    assert told.stdout.startswith("3 treatments, log odds ratios (mh)")
    assert "one of mh, nch, exact, lrp" in refused(enthesis, "evidence", "rare", path, "--method", "bayes")
    assert "arms with events" in refused(enthesis, "evidence", "rare", written("arms.csv", ARMS))
    assert "good or bad" in refused(enthesis, "evidence", "rare", path, "--small-values", "lovely")


def test_a_prior_is_stated_and_what_it_does_is_seen(enthesis, written):  # noqa: F811
    path = written("arms.csv", ARMS)
    made = json.loads(enthesis("evidence", "bayes", path, "--prior", "half-normal:0.5", "--json").stdout)

    assert list(made) == ["measure", "prior", "treatments", "tau", "league"]
    assert made["prior"] == "tau is half-normal beforehand, with scale 0.5"
    assert set(made["tau"]) == {"mean", "sd", "median", "lower", "upper"}
    assert all(row["lower"] < row["median"] < row["upper"] for row in made["league"])
    assert "every tau up to 3 is as likely" in enthesis("evidence", "bayes", path, "--prior", "uniform:3").stdout
    for words in ("uniform", "uniform:x", "cauchy:1", "log-normal:1"):
        assert "half-normal:SCALE" in refused(enthesis, "evidence", "bayes", path, "--prior", words)
    assert "number above 0" in refused(enthesis, "evidence", "bayes", path, "--prior", "uniform:-1")


def test_what_no_number_of_the_json_says_is_said_beside_it_with_its_row(enthesis, written):  # noqa: F811
    parts = enthesis("evidence", "network", written("parts.csv", CONTRASTS), "--json").stderr
    alone = enthesis("evidence", "network", written("one.csv", "\n".join(CONTRASTS.splitlines()[:2])), "--json").stderr
    events = "study,treatment,n,events\none,saline,20,0\none,PRP,20,0\ntwo,saline,20,3\ntwo,PRP,20,1\n"
    quiet = enthesis("evidence", "network", written("events.csv", events), "--json").stderr

    assert "parts.csv: row 2, column treatment1: no trial joins dextrose, saline to PRP, exercise;" in parts
    assert "one.csv: row 2, column study: 'one' is the only study" in alone
    assert "events.csv: row 2, column events: one: no events, or nothing but events, in every arm" in quiet


def test_strengths_of_dextrose_as_one_class(enthesis, written):  # noqa: F811
    rows = ["study,treatment,n,mean,sd", "one,saline,20,-1.0,2.0", "one,dextrose 10%,20,-2.0,2.0"]
    rows += [
        "two,saline,30,-1.5,2.2",
        "two,dextrose 15%,30,-2.2,2.1",
        "three,saline,18,-0.9,2.1",
        "three,dextrose 25%,18,-2.6,2.3",
    ]
    path = written("strengths.csv", "\n".join(rows) + "\n")
    named = "dextrose=dextrose 10%, dextrose 15%, dextrose 25%"

    made = json.loads(enthesis("evidence", "classes", path, "--class", named, "--json").stdout)
    told = enthesis("evidence", "classes", path, "--class", named).stdout
    refused_twice = enthesis(
        "evidence", "classes", path, "--class", named, "--class", "weak=dextrose 10%, saline", code=2
    )

    assert list(made) == ["measure", "tau", "spread", "said", "classes", "treatments"]
    [row] = made["classes"]
    assert {row["treatment"], row["versus"]} == {"dextrose", "saline"}
    assert len(made["treatments"]) == 6
    assert "Treatments, drawn towards their class" in told
    assert "'dextrose 10%' is in class 'dextrose' already" in refused_twice.stderr


def test_a_living_review_is_looked_at_after_each_study(enthesis, written):  # noqa: F811
    rows = [
        f"{at},{arm},20,{mean},2.0,{2020 - at}" for at in range(4) for arm, mean in (("dextrose", 4), ("saline", 5.2))
    ]
    path = written("living.csv", "\n".join(["study,treatment,n,mean,sd,year", *rows]) + "\n")
    words = ("evidence", "sequential", path, "--important", "1", "--by", "year")

    made = json.loads(enthesis(*words, "--json").stdout)
    told = enthesis(*words).stdout

    assert (made["treatment"], made["versus"], made["measure"]) == ("dextrose", "saline", "MD")
    assert [look["study"] for look in made["looks"]] == ["3", "2", "1", "0"]
    assert "4 looks at dextrose against saline" in told
    assert "--treatment and --reference were expected" in refused(
        enthesis, "evidence", "sequential", written("arms.csv", ARMS), "--important", "1"
    )
    assert "--important 0: a number above 0" in refused(enthesis, "evidence", "sequential", path, "--important", "0")


def test_missing_evidence_is_told_from_the_judgments_of_a_file(enthesis, written):  # noqa: F811
    path = written("arms.csv", ARMS)
    judged = written("judged.csv", "treatment1,treatment2,favours,missing\ndextrose,saline,dextrose,2\nPRP,saline,,\n")

    made = json.loads(enthesis("evidence", "missing", path, "--judged", judged, "--json").stdout)
    told = enthesis("evidence", "missing", path, "--judged", judged).stdout

    assert list(made) == ["said", "pairs", "estimates"]
    [suspected] = [row for row in made["pairs"] if row["favours"]]
    assert (suspected["studies"], suspected["missing"], suspected["favours"]) == (2, 2, "dextrose")
    assert "2 with results, 2 known without; favours dextrose" in told
    for text, said in (
        ("treatment1,favours\na,b\n", "row 1: there is no column 'treatment2'"),
        ("treatment1,treatment2,favours,missing\nPRP,saline,,many\n", "row 2, column missing: 'many'"),
        ("treatment1,treatment2,favours\nPRP,saline,\nsaline,PRP,PRP\n", "row 3: saline and PRP are judged twice"),
    ):
        assert said in refused(enthesis, "evidence", "missing", path, "--judged", written("bad.csv", text))
    apart = written("apart.csv", CONTRASTS)
    assert "give one part at a time" in refused(enthesis, "evidence", "missing", apart, "--judged", judged)


def test_every_follow_up_of_every_trial_is_used(enthesis, written):  # noqa: F811
    rows = [
        "study,week,treatment,n,mean,sd",
        "a,6,dextrose,20,4.1,2.0",
        "a,6,saline,22,5.0,2.1",
        "a,26,dextrose,19,3.2,2.2",
    ]
    rows += ["a,26,saline,20,4.9,2.0", "b,6,dextrose,30,4.4,1.8", "b,6,saline,28,4.9,1.9"]
    path = written("weeks.csv", "\n".join(rows) + "\n")
    words = ("evidence", "over-time", path, "--window", "4-12", "--window", "13-52", "--reference", "saline")

    made = json.loads(enthesis(*words, "--json").stdout)
    told = enthesis(*words).stdout

    assert [(row["treatment"], row["from"], row["studies"]) for row in made["effects"]] == [
        ("dextrose", 4, 2),
        ("dextrose", 13, 1),
    ]
    assert "dextrose, weeks 13 to 52" in told
    assert "--window 'soon': first and last week" in refused(enthesis, *words, "--window", "soon")
    doubled = written("twice.csv", "\n".join([*rows, rows[1]]) + "\n")
    assert "row 8, column treatment: study 'a' has 'dextrose' twice (also row 2)" in refused(
        enthesis, "evidence", "over-time", doubled, "--window", "4-12", "--reference", "saline"
    )
