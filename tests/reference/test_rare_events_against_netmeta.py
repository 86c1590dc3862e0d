"""Networks of rare events against netmetabin: Mantel-Haenszel to 1e-8, the conditional likelihood to where R stops."""

import pytest
from tests.reference.r_results import analyses, trials

from enthesis.evidence.networks import rare_events
from enthesis.evidence.networks.pairs import all_pairs

COLUMNS = {
    "woods2010": {"study": "author", "treatment": "treatment", "n": "N", "events": "r"},
    "dong2013": {"study": "id", "treatment": "treatment", "n": "randomized", "events": "death"},
    "baker2009": {"study": "study", "treatment": "treatment", "n": "total", "events": "exac"},
}
TOLERANCE = {"MH": 1e-8, "NCH": 5e-5}  # R's optimiser stops that early; ours goes on until the gradient is nothing
CASES = [("woods2010", "MH"), ("woods2010", "NCH"), ("dong2013", "MH"), ("dong2013", "NCH"), ("baker2009", "MH")]


def of(name, method):
    return rare_events(trials(name, **COLUMNS[name]), method=method.lower())


def signed(network, pairs):
    """For each of R's pairs its place among ours, and whether it is the other way round."""
    names = [
        (network.treatments[a], network.treatments[b]) for a, b in zip(*all_pairs(len(network.treatments)), strict=True)
    ]
    for pair in pairs:
        yield (names.index(pair), 1) if pair in names else (names.index(pair[::-1]), -1)


@pytest.mark.parametrize(("name", "method"), CASES)
def test_every_pair(name, method):
    network, theirs = of(name, method), analyses(name)[f"netmetabin_{method}_OR"]
    league, close = network.league(), {"abs": TOLERANCE[method]}
    places = list(signed(network, list(zip(theirs["pairs"]["treat1"], theirs["pairs"]["treat2"], strict=True))))

    assert [sign * league.estimate[at] for at, sign in places] == pytest.approx(theirs["common"]["effect"], **close)
    assert [league.se[at] for at, _ in places] == pytest.approx(theirs["common"]["se"], **close)
    assert [league.p[at] for at, _ in places] == pytest.approx(theirs["common"]["p"], abs=10 * TOLERANCE[method])
    scores = dict(zip(network.treatments, network.p_scores(), strict=True))
    assert scores == pytest.approx(theirs["p_score"]["small_desirable"]["common"], abs=2 * TOLERANCE[method])


@pytest.mark.parametrize("name", ["woods2010", "dong2013", "baker2009"])
def test_inconsistency(name):
    ours, theirs = of(name, "MH").inconsistency, analyses(name)["netmetabin_MH_OR"]["Q"]

    assert (ours.value, ours.df) == (pytest.approx(theirs["inc"], abs=1e-8), theirs["df_inc"])


def test_splits_without_the_direct_studies():
    network, theirs = of("dong2013", "MH"), analyses("dong2013")["netmetabin_MH_OR"]["netsplit"]["common"]
    split = network.split()
    places = list(signed(network, [tuple(pair.split(":")) for pair in theirs["comparison"]]))
    rows = [(split.pair.tolist().index(at), sign) for at, sign in places]

    assert len(rows) == len(split.pair)
    for ours, column in ((split.direct, "direct"), (split.indirect, "indirect"), (split.difference, "diff")):
        assert [sign * ours[at] for at, sign in rows] == pytest.approx(theirs[column], abs=1e-8)
    for ours, column in ((split.direct_se, "direct_se"), (split.indirect_se, "indirect_se"), (split.p, "diff_p")):
        assert [ours[at] for at, _ in rows] == pytest.approx(theirs[column], abs=1e-8)


def test_what_could_not_be_used_is_listed():
    assert of("dong2013", "MH").notes == (
        "5: no events, or nothing but events, in every arm: left out",
        "25: no events, or nothing but events, in every arm: left out",
        "Placebo in the trials of LABA-ICS / Placebo: no events, or nothing but events: left out",
        "37: no events, or nothing but events, in every arm: left out",
    )
