"""The silent are filled in as a Bayesian regression would have it, from a stated seed."""

import numpy as np
import pytest

from enthesis.outcomes.cohort import imputing
from enthesis.outcomes.cohort.imputing import imputations

DRAWS = 4000


def answers(people=40, visits=3, silent=0.3, seed=1):
    """People who differ, visits that hang together; the first column is complete."""
    rng = np.random.default_rng(seed)
    table = 5 + rng.normal(0, 2, (people, 1)) + rng.normal(0, 1, (people, visits))
    table[:, 1:][rng.random((people, visits - 1)) < silent] = np.nan
    return table


def test_an_answer_is_never_changed_and_nobody_stays_silent():
    table = answers()
    for filled in imputations(table, count=5, seed=1):
        assert np.isfinite(filled).all()
        assert (filled[np.isfinite(table)] == table[np.isfinite(table)]).all()


def test_the_same_seed_draws_the_same_and_another_seed_does_not():
    one, same, other = (np.array(imputations(answers(), count=3, seed=seed)) for seed in (7, 7, 8))
    assert (one == same).all()
    assert not (one == other).all()
    assert not (one[0] == one[1]).all()


def test_draws_have_the_mean_and_the_spread_of_the_regression():
    """One incomplete column: the predictive distribution is Student's, with moments known in closed form."""
    table = answers(people=25, visits=2)
    gone = np.isnan(table[:, 1])
    design = np.column_stack([np.ones(25), table[:, 0]])
    seen, wanted, values = design[~gone], design[gone], table[~gone, 1]
    inverse = np.linalg.inv(seen.T @ seen)
    fitted = inverse @ seen.T @ values
    df = len(seen) - 2
    variance = float(((values - seen @ fitted) ** 2).sum()) / df
    spread = variance * df / (df - 2) * (1 + np.einsum("ij,jk,ik->i", wanted, inverse, wanted))
    drawn = np.array(imputations(table, count=DRAWS, seed=3))[:, gone, 1]
    assert drawn.mean(axis=0) == pytest.approx(wanted @ fitted, abs=5 * float(np.sqrt(spread.max() / DRAWS)))
    assert drawn.var(axis=0) == pytest.approx(spread, rel=0.2)


def test_a_visit_nobody_answered_is_left_alone():
    table = np.column_stack([answers(), np.full(40, np.nan)])
    for filled in imputations(table, count=2, seed=1):
        assert np.isnan(filled[:, -1]).all()
        assert np.isfinite(filled[:, :-1]).all()


@pytest.mark.parametrize("constant", [0.0, 1.0, 52.0])
def test_what_never_varies_among_those_who_answered_says_nothing(constant):
    """A condition seen only among the silent would leave the equations singular."""
    table = answers()
    mark = np.where(np.isnan(table[:, 1]), constant + 1, constant)
    filled = np.array(imputations(np.column_stack([mark, table]), count=20, seed=1))
    assert np.isfinite(filled).all()
    assert np.abs(filled[:, :, 2:]).max() < 30


def test_many_people_go_forward_in_turns():
    """Tables too large to stand beside each other are filled one after the other, with as good an answer."""
    table = answers(people=200)
    together = imputations(table, count=6, seed=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(imputing, "TOGETHER", 2 * table.size)
        in_turns = imputations(table, count=6, seed=1)
    assert len(together) == len(in_turns) == 6
    assert np.mean(together) == pytest.approx(np.mean(in_turns), abs=0.1)


def test_sums_that_are_kept_are_the_sums_of_what_was_drawn():
    chains = imputing._Chains.started(answers(people=30, visits=4), 3, np.random.default_rng(1))
    chains.advance(np.random.default_rng(2))
    assert chains.sums == pytest.approx(chains.cells.transpose(0, 2, 1) @ chains.cells)
