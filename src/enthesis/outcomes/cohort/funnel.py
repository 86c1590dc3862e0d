"""Clinics set side by side without a rank: what each reached against what its own people would lead one to expect."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from enthesis.outcomes.cohort.binomials import limit
from enthesis.outcomes.cohort.weighting import Logistic, NoWeights, logistic
from enthesis.outcomes.mixed.patterns import Floats

WIDE, NARROW = 0.001, 0.025  # tails of the 99.8% and the 95% limits
TRIMMED = 0.1  # part of the z-scores at each end that is drawn in before overdispersion is estimated
FEWEST_CLINICS = 3


@dataclass(frozen=True)
class Place:
    """One clinic. Shares are standardised: observed / expected, times the share of everybody.

    limits   the share at 0.1%, 2.5%, 97.5% and 99.9% if it were like all others, exact for its own people
    widened  the same, allowing for more spread between clinics than chance explains; equal to limits where there is none
    """

    name: str
    people: int
    observed: int
    expected: float
    share: float
    limits: tuple[float, float, float, float]
    widened: tuple[float, float, float, float]
    z: float

    @property
    def stands_out(self) -> str:
        """ "above", "below" or "" by the widened 99.8% limits."""
        return "above" if self.share > self.widened[3] else "below" if self.share < self.widened[0] else ""


@dataclass(frozen=True)
class Funnel:
    """All clinics. `dispersion` is 1 where chance alone explains the spread; `p` tests that (chi-square)."""

    overall: float
    dispersion: float
    p: float
    places: tuple[Place, ...]
    adjusted_for: tuple[str, ...]


def funnel(clinics: Sequence[str], reached: NDArray[np.bool_], design: Floats, names: Sequence[str]) -> Funnel:
    """Adjusted by one logistic model of everybody (`design` without a clinic's own column), so that a clinic is judged by
    the people it has. Raises NoWeights where no model can be made or there are fewer than three clinics.

    Overdispersion: the mean of squared z-scores, the outermost tenth drawn in, as in Spiegelhalter (Stat Med
    2005;24:1185-1202); below its own 95% limit it is taken as none.
    """
    who = np.array(clinics)
    every = sorted(set(clinics))
    if len(every) < FEWEST_CLINICS:
        raise NoWeights(f"fewer than {FEWEST_CLINICS} clinics")
    model: Logistic = logistic(reached.astype(np.float64), design)
    overall = float(reached.mean())
    chances = {name: model.chances[who == name] for name in every}
    observed = {name: int(reached[who == name].sum()) for name in every}
    z = np.array([_z(observed[name], chances[name]) for name in every])
    dispersion, p = overdispersion(z)
    places = tuple(
        _place(n, observed[n], chances[n], overall, dispersion, float(s)) for n, s in zip(every, z, strict=True)
    )
    return Funnel(overall, dispersion, p, places, tuple(names))


def _z(observed: int, chances: Floats) -> float:
    return float((observed - chances.sum()) / np.sqrt((chances * (1 - chances)).sum()))


def overdispersion(z: Floats) -> tuple[float, float]:
    """The dispersion of z-scores, and the p-value of there being none. Not below 1."""
    k = len(z)
    drawn_in = np.clip(z, np.quantile(z, TRIMMED), np.quantile(z, 1 - TRIMMED))
    found = float((drawn_in**2).mean())
    p = float(special.chdtrc(k, float((z**2).sum())))
    beyond_chance = found > float(special.chdtri(k, 0.05)) / k
    return (found if beyond_chance else 1.0), p


def _place(name: str, observed: int, chances: Floats, overall: float, dispersion: float, z: float) -> Place:
    expected = float(chances.sum())
    to_share = overall / expected
    tails = (WIDE, NARROW, 1 - NARROW, 1 - WIDE)
    exact = [limit(chances, tail) for tail in tails]
    wider = [expected + dispersion**0.5 * (at - expected) for at in exact]
    most = len(chances)
    return Place(
        name, most, observed, expected, observed * to_share, _four([at * to_share for at in exact]),
        _four([min(max(at, 0.0), most) * to_share for at in wider]), z,
    )  # fmt: skip


def _four(values: Sequence[float]) -> tuple[float, float, float, float]:
    one, two, three, four = values
    return one, two, three, four
