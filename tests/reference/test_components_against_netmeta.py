"""Additive component networks against netcomb, and across parts of a network against discomb."""

import numpy as np
import pytest
from tests.reference.network_cases import given
from tests.reference.r_results import analyses, trials

from enthesis import evidence

CLOSED = {"rel": 1e-8, "abs": 1e-8}
CASES = [
    ("linde2016", "netcomb_inactive_Placebo", "netmeta_DL"),
    ("linde2016", "netcomb_no_inactive", "netmeta_DL"),
    ("baker2009", "netcomb", "netmeta_DL_OR"),
    ("disconnected_linde2016", "discomb_inactive_Placebo", None),
]


def contrasts(name, network):
    if network:
        return given(name, network)
    columns = {"study": "id", "treatment1": "treat1", "treatment2": "treat2", "estimate": "lnOR", "se": "selnOR"}
    return evidence.contrasts(trials(name, **columns), measure="OR")


def same(ours, theirs, order):
    for mine, name in ((ours.estimate, "effect"), (ours.se, "se"), (ours.lower, "lower"), (ours.p, "p")):
        if name in theirs:
            known = np.array([np.nan if value is None else value for value in theirs[name]])
            assert mine[order] == pytest.approx(known, nan_ok=True, **CLOSED)


@pytest.mark.parametrize(("name", "analysis", "network"), CASES, ids=[case[1] + "-" + case[0] for case in CASES])
def test_components(name, analysis, network):
    theirs, made = analyses(name)[analysis], contrasts(name, network)
    found = evidence.components(made, inactive=theirs["inactive"], separator=theirs["sep"], tau2="dl")

    assert sorted(found.names) == sorted(theirs["components"])
    assert found.tau2 == pytest.approx(theirs["tau2"], rel=1e-8)
    assert found.i2()[0] == pytest.approx(theirs["I2"], rel=1e-8)
    assert (found.q_additive().value, found.q_additive().df) == (
        pytest.approx(theirs["Q_additive"], rel=1e-8),
        theirs["df_additive"],
    )
    lost = found.q_additivity()
    assert (lost and (pytest.approx(lost.value, rel=1e-7), lost.df)) == (
        theirs["Q_diff"] and (theirs["Q_diff"], theirs["df_diff"])
    )
    for model in ("common", "random"):
        same(found.each(model), theirs[f"comp_{model}"], [found.names.index(one) for one in theirs["components"]])
        order = [made.treatments.index(one) for one in theirs["treatments"]]
        same(found.treatments(model), theirs[f"comb_{model}"], order)


def test_what_the_trials_cannot_tell_apart_is_named():
    found = evidence.components(contrasts("disconnected_linde2016", None), inactive="Placebo", tau2="dl")

    assert found.open_questions() == (
        ("Face-to-face CBT", "Face-to-face PST", "No contact CBT", "Remote CBT", "Self-help CBT", "UC"),
    )
    assert np.isfinite(found.difference("Self-help CBT", "UC").estimate).all()
    assert np.isnan(found.difference("Self-help CBT", "Placebo").estimate).all()
