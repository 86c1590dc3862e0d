"""Every follow-up of every trial in one network: judged by separate networks, and by one large matrix written out."""

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

from enthesis import evidence
from enthesis.evidence.networks import over_time
from enthesis.knowledge import BadInput

HEADER = "study,week,treatment,n,mean,sd\n"
FILE = (
    HEADER
    + """\
a,6,dextrose,20,4.1,2.0
a,6,saline,22,5.0,2.1
a,26,dextrose,19,3.2,2.2
a,26,saline,20,4.9,2.0
b,6,dextrose,30,4.4,1.8
b,6,saline,28,4.9,1.9
b,6,PRP,29,4.0,2.0
c,26,PRP,15,3.0,2.3
c,26,saline,16,4.6,2.2
d,6,dextrose,25,3.6,2.4
d,6,PRP,24,4.1,2.2
d,26,dextrose,22,2.9,2.1
d,26,PRP,21,3.6,2.2
e,26,dextrose,40,3.9,2.0
e,26,saline,41,4.4,2.1
f,6,saline,33,5.1,2.0
f,6,dextrose,31,3.3,1.7
"""
)
WINDOWS = [(4, 12), (13, 52)]


def fitted(text=FILE, windows=WINDOWS, reference="saline", **choices):
    """The file over time."""
    return over_time(evidence.read_followed(text, source="t.csv"), windows=windows, reference=reference, **choices)


def test_without_correlation_it_is_a_network_for_each_window():
    found = fitted(within=0.0, between=0.0)
    weeks = evidence.read_followed(FILE)

    for place, (name, low, _high) in enumerate(found.terms):
        one = evidence.network(weeks[6.0 if low == 4 else 26.0], tau2=found.tau2).between(name, "saline").random
        assert found.estimates.at(place) == pytest.approx(one, rel=1e-9)


def test_one_follow_up_in_one_window_is_the_ordinary_network():
    early = HEADER + "".join(line + "\n" for line in FILE.splitlines() if ",6," in line)
    found = fitted(early, windows=[(0, 12)])
    plain = evidence.network(evidence.read_followed(early)[6.0])

    assert found.tau2 == pytest.approx(plain.tau2, rel=1e-6)
    for place, (name, *_) in enumerate(found.terms):
        assert found.estimates.at(place) == pytest.approx(plain.between(name, "saline").random, rel=1e-6)


def whole(tau2, within, between):
    """Effects, standard errors and REML height with every number of every trial in one matrix; arm means, not contrasts."""
    rows = [line.split(",") for line in FILE.splitlines()[1:]]
    moments = sorted({(row[0], row[1]) for row in rows})
    terms = [(name, week) for week in ("6", "26") for name in ("PRP", "dextrose")]
    x = np.zeros((len(rows), len(moments) + len(terms)))
    v = np.zeros((len(rows), len(rows)))
    y = np.array([float(row[4]) for row in rows])
    for i, one in enumerate(rows):
        x[i, moments.index((one[0], one[1]))] = 1.0
        if (one[2], one[1]) in terms:
            x[i, len(moments) + terms.index((one[2], one[1]))] = 1.0
        for j, other in enumerate(rows):
            if (one[0], one[2]) == (other[0], other[2]):
                errors = float(one[5]) * float(other[5]) / np.sqrt(float(one[3]) * float(other[3]))
                at_once = one[1] == other[1]
                v[i, j] = errors * (1.0 if at_once else within) + tau2 / 2 * (1.0 if at_once else between)
    weight = np.linalg.inv(v)
    covariance = np.linalg.inv(x.T @ weight @ x)
    effects = covariance @ x.T @ weight @ y
    gap = y - x @ effects
    height = -(np.linalg.slogdet(v)[1] - np.linalg.slogdet(covariance)[1] + gap @ weight @ gap) / 2
    own = slice(len(moments), None)
    return terms, effects[own], np.sqrt(np.diagonal(covariance)[own]), height


@pytest.mark.parametrize(("within", "between"), [(0.5, 0.8), (0.3, 0.0), (0.0, 0.9)])
def test_it_equals_one_large_matrix_with_a_mean_for_each_trial_and_week(within, between):
    found = fitted(within=within, between=between)
    best = minimize_scalar(
        lambda tau2: -whole(tau2, within, between)[3], bounds=(0, 5), method="bounded", options={"xatol": 1e-12}
    ).x
    terms, effects, errors, _ = whole(found.tau2, within, between)

    assert found.tau2 == pytest.approx(best, abs=1e-6)
    order = [terms.index((name, "6" if low == 4 else "26")) for name, low, _ in found.terms]
    assert found.estimates.estimate == pytest.approx(effects[order], rel=1e-8)
    assert found.estimates.se == pytest.approx(errors[order], rel=1e-8)


def test_a_window_borrows_from_another():
    alone, borrowing = (fitted(within=one, between=two) for one, two in ((0.0, 0.0), (0.7, 0.9)))

    assert borrowing.estimates.se.sum() < alone.estimates.se.sum()
    assert "4 effects against saline in 2 windows of weeks, every follow-up used" in borrowing.explain()
    assert borrowing.studies == (2, 4, 2, 3)


def test_what_stands_apart_or_outside_is_left_out_and_said():
    text = FILE + "g,26,ozone,20,3.0,2.0\ng,26,exercise,20,3.5,2.0\nh,80,dextrose,20,3.0,2.0\nh,80,saline,20,3.3,2.0\n"

    said = fitted(text).notes

    assert "t.csv: week 80 is in no window; left out" in said
    assert "weeks 13 to 52: nothing joins exercise, ozone to saline; left out there" in said


def test_nothing_to_spare_leaves_no_heterogeneity():
    assert fitted(HEADER + "a,6,dextrose,20,4.1,2.0\na,6,saline,22,5.0,2.1\n").tau2 == 0.0


@pytest.mark.parametrize(
    ("choices", "why"),
    [
        ({"windows": []}, "pairs of first and last week"),
        ({"windows": [(12, 4)]}, "pairs of first and last week"),
        ({"windows": [(4, 12), (12, 26)]}, "they overlap"),
        ({"within": 1.0}, "within 1.0: a correlation"),
        ({"between": -0.1}, "between -0.1: a correlation"),
        ({"level": 1.0}, "level 1.0: a number between 0 and 1"),
        ({"reference": "sham"}, "reference 'sham': no trial compares it"),
        ({"text": FILE.replace("week", "month")}, "there is no column 'week'"),
        ({"text": FILE.replace("e,26,saline", "e,,saline")}, "row 16, column week: empty"),
        ({"text": "study,week,treatment,n,events\na,6,x,20,4\na,6,y,20,6\n"}, "arms with means were expected"),
    ],
)
def test_what_means_nothing_is_refused(choices, why):
    with pytest.raises(BadInput, match=why):
        fitted(**choices)
