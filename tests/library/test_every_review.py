"""Every review of trials keeps its promises: each row says where it stands, and the numbers are those of the papers."""

from collections import Counter

import pytest

from enthesis.catalogue import check
from enthesis.evidence.review import Group, Scores, State, choose, flow, review, reviews, usual
from enthesis.knowledge import Library

LIBRARY = Library.shipped()
REVIEWS = {one.id: one for one in reviews(LIBRARY)}
DEXTROSE, KNEE = REVIEWS["dextrose-prolotherapy"], REVIEWS["knee-physical-treatments"]

every_review = pytest.mark.parametrize("of", REVIEWS.values(), ids=list(REVIEWS))


@every_review
def test_every_row_names_where_its_numbers_stand_and_the_address_they_were_read_at(of):
    rows = (*of.arms, *of.differences)
    assert rows
    assert [row for row in rows if not (row.locator.strip() and row.address.strip())] == []
    assert [trial for trial in of.trials if not (trial.locator.strip() and trial.address.strip())] == []


@every_review
def test_every_judgment_of_bias_has_its_reason(of):
    assert [trial.trial for trial in of.trials if not trial.bias_why.strip()] == []


def test_saline_needling_sham_no_treatment_and_usual_care_are_never_one_node():
    inert = {Group.SALINE, Group.NEEDLING, Group.SHAM, Group.USUAL_CARE, Group.NO_TREATMENT}
    found = {of.id: {node.id: node.group for node in of.about.nodes if node.group in inert} for of in REVIEWS.values()}
    assert found == {
        "dextrose-prolotherapy": {
            "saline-injection": Group.SALINE,
            "superficial-saline": Group.SALINE,
            "sham-injection": Group.SHAM,
            "usual-care": Group.USUAL_CARE,
        },
        "knee-physical-treatments": {"no-treatment": Group.NO_TREATMENT, "placebo": Group.SHAM},
    }


@every_review
def test_a_row_that_is_never_pooled_says_why_and_so_does_an_excluded_trial(of):
    excluded = {trial.trial for trial in of.trials if trial.excluded}
    assert [row.trial for row in of.arms if row.trial in excluded and not row.unfit] == []


@every_review
def test_every_trial_is_in_exactly_one_place_of_the_flow(of):
    went = flow(of, choose(of, usual(of)))
    places = [
        *(trial.trial for trial in went.pooled),
        *(trial.trial for trial, _ in went.not_pooled),
        *(trial.trial for trial, _ in went.excluded),
        *(one.trial for one in (*went.awaiting, *went.registered)),
    ]
    assert Counter(places) == Counter([*(trial.trial for trial in of.trials), *(one.trial for one in of.awaiting)])
    assert went.found == len(places)


def test_the_dextrose_review_has_what_was_read_and_what_was_not():
    """32 studies with arms, 4 known by a difference only, 4 that join the network, 2 reports of the same patients, 8 not randomised."""
    read = [trial for trial in DEXTROSE.trials if not trial.excluded]
    with_arms = {arm.trial for arm in DEXTROSE.arms}
    joining = [trial for trial in read if trial.indirect_why.startswith("joins the network")]
    assert len([trial for trial in read if trial.trial in with_arms and trial not in joining]) == 32
    assert len([trial for trial in read if trial.trial not in with_arms]) == 4
    assert len(joining) == 4
    assert len([trial for trial in DEXTROSE.trials if trial.same_patients_as]) == 2
    assert len([trial for trial in DEXTROSE.trials if trial.design == "not randomised"]) == 8
    assert len(DEXTROSE.arms) == 119 + 126 + 12
    assert Counter(one.state for one in DEXTROSE.awaiting) == {State.UNREADABLE: 68, State.REGISTERED: 8}


def test_the_two_trials_called_rabago_2013_are_two():
    knee, elbow = DEXTROSE.trial("rabago-2013-knee"), DEXTROSE.trial("rabago-2013-elbow")
    assert (knee.condition, elbow.condition) == ("knee-osteoarthritis", "lateral-epicondylosis")
    assert "erratum" in knee.note
    assert len([arm for arm in DEXTROSE.arms if arm.trial == knee.trial]) == 64
    assert len([arm for arm in DEXTROSE.arms if arm.trial == elbow.trial]) == 2


# Read against the research tables and, for the knee trial, against the published Table 4: (trial, node, week, mean, sd, n).
SPOT = [
    ("rabago-2013-knee", "dextrose", 24, 15.5, 18.84, 28),
    ("rabago-2013-knee", "saline-injection", 24, 6.4, 18.15, 25),
    ("rabago-2013-knee", "exercise", 52, 9.24, 18.51, 26),
    ("gul-2020", "dextrose", 26, -4.6, 2.6, 20),
    ("gul-2020", "exercise", 26, -2.8, 2.5, 21),
    ("zarate-2020", "local-anaesthetic", 52, 2.6, 2.9, 21),
    ("jccp-1138", "corticosteroid", 13, 15.26, 4.18, 30),
    ("maniquis-2017", "dextrose-5-percent", 2, -2.1, 2.9, 19),
    ("prp-steroid-pmc8414632", "platelet-rich-plasma", 26, 14.5, 15.4, 15),
]


@pytest.mark.parametrize(("trial", "node", "week", "mean", "sd", "n"), SPOT)
def test_a_number_is_the_one_that_was_printed(trial, node, week, mean, sd, n):
    found = [
        (arm.mean, arm.sd, arm.n)
        for arm in DEXTROSE.arms
        if (arm.trial, arm.node, arm.week, arm.outcome) == (trial, node, week, "pain") and arm.mean is not None
    ]
    assert (mean, sd, n) in found


def test_the_spread_of_the_knee_trial_is_its_se_times_the_root_of_n_and_says_so():
    rows = [arm for arm in DEXTROSE.arms if arm.trial == "rabago-2013-knee" and arm.kind is Scores.CHANGE]
    assert len(rows) == 60
    for arm in rows:
        se = float(arm.spread_from.split("SE=")[1].split(",")[0])
        assert arm.sd == pytest.approx(se * arm.n**0.5, abs=0.006)
        assert "model" in arm.caution


def test_second_periods_other_groups_and_reports_of_the_same_patients_are_never_pooled():
    late = [arm.unfit for arm in DEXTROSE.arms if (arm.trial, arm.week) == ("dumais-2012", 36)]
    crossed = [arm.unfit for arm in DEXTROSE.arms if (arm.trial, arm.week) == ("topol-2011", 52)]
    again = [arm.unfit for arm in DEXTROSE.arms if arm.trial in ("rabago-2012-poster", "nakase-2015-abstract")]
    assert set(late) == {"second period of the crossover"}
    assert set(crossed) == {"no longer randomised groups: all could have dextrose after 3 months"}
    assert all(why.startswith("same patients as") for why in again)
    assert again


def test_the_knee_review_has_the_trials_and_treatments_of_its_source():
    """54 trials, 11 treatments; 51 report pain and 26 disability, as the data set's own page says."""
    assert len(KNEE.trials) == 54
    assert len({arm.node for arm in KNEE.arms}) == 11
    assert len({arm.trial for arm in KNEE.arms if arm.outcome == "pain"}) == 51
    assert len({arm.trial for arm in KNEE.arms if arm.outcome == "disability"}) == 26


def test_what_cannot_be_reproduced_is_said_plainly():
    assert any(
        "Goh 2021" in said and "not reproducible from public text" in said for said in DEXTROSE.about.not_reproducible
    )
    assert any("facet" in said for said in DEXTROSE.about.not_reproducible)


def test_the_check_of_the_library_reads_the_reviews(tmp_path):
    folder = tmp_path / "evidence" / "dextrose-prolotherapy"
    folder.mkdir(parents=True)
    about = LIBRARY.folders("evidence")["dextrose-prolotherapy"] / "about.toml"
    (folder / "about.toml").write_text(about.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "trials.csv").write_text("trial,citation\n", encoding="utf-8")
    faults = check(Library.shipped(tmp_path))
    assert [fault.entry for fault in faults] == ["evidence/dextrose-prolotherapy"]
    assert "column 'address' is missing" in faults[0].what


def test_a_review_is_found_by_its_folder():
    assert review(LIBRARY, "dextrose-prolotherapy").fingerprint == DEXTROSE.fingerprint
