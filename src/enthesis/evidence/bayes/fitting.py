"""The posterior of a network, exactly: flat priors on effects, any prior on tau, quadrature over tau alone.

With flat priors on the effects the likelihood of tau is the restricted one, and given tau the effects are normal
(Lambert 2005, doi 10.1002/sim.2112; Röver 2020, doi 10.18637/jss.v093.i06, for two treatments). So every posterior is a
mixture of normals over tau: nothing is drawn, and the same data give the same digits.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from enthesis.evidence.bayes.mixtures import Mixture
from enthesis.evidence.bayes.priors import Prior
from enthesis.evidence.contrasts import Contrasts, Floats
from enthesis.evidence.networks.pairs import all_pairs, differences, variances
from enthesis.evidence.networks.parts import connected_parts
from enthesis.evidence.networks.space import space
from enthesis.evidence.networks.system import Model
from enthesis.knowledge import BadInput

COARSE = 400  # points of the first look at the posterior of tau
NODES = 120  # of Gauss and Legendre, where the posterior is
NOTHING = 35.0  # of the logarithm below the top: a share of e-16


@dataclass(frozen=True, eq=False)
class Bayesian:
    """The posterior of a connected network. `taus` and `weights` (n,) are its quadrature; pairs are those of `all_pairs`."""

    contrasts: Contrasts
    prior: Prior
    level: float
    taus: Floats
    weights: Floats
    effects: Floats
    covariances: Floats

    @property
    def treatments(self) -> tuple[str, ...]:
        """In the order of every table."""
        return self.contrasts.treatments

    @property
    def tau(self) -> dict[str, float]:
        """Mean, standard deviation, median and interval of tau."""
        mean = float(self.taus @ self.weights)
        spread = float(np.sqrt(self.weights @ (self.taus - mean) ** 2))
        low, middle, high = (self._tau_at(share) for share in (0.5 - self.level / 2, 0.5, 0.5 + self.level / 2))
        return {"mean": mean, "sd": spread, "median": middle, "lower": low, "upper": high}

    def _tau_at(self, share: float) -> float:
        """Halves of each node's weight lie on either side of it."""
        return float(np.interp(share, np.cumsum(self.weights) - self.weights / 2, self.taus))

    @cached_property
    def differences(self) -> Mixture:
        """First less second treatment of every pair."""
        first, second = all_pairs(len(self.treatments))
        means = np.array([differences(one, first, second) for one in self.effects]).T
        spread = np.array([variances(one, first, second) for one in self.covariances]).T
        return Mixture(means, np.sqrt(spread), self.weights)

    @cached_property
    def new_study(self) -> Mixture:
        """The same difference in a study like these: heterogeneity on top of what is not known of the mean."""
        mean = self.differences
        return Mixture(mean.means, np.sqrt(mean.sds**2 + self.taus**2), self.weights)

    def league(self) -> list[dict[str, float | str]]:
        """Every pair: posterior mean, sd, median, credible interval, and where a new study may lie."""
        first, second = (each.tolist() for each in all_pairs(len(self.treatments)))
        ends = (0.5 - self.level / 2, 0.5 + self.level / 2)
        found, new = self.differences, self.new_study
        columns = (found.mean, found.sd, found.quantile(0.5), *map(found.quantile, ends), *map(new.quantile, ends))
        names = ("estimate", "sd", "median", "lower", "upper", "prediction_lower", "prediction_upper")
        values = zip(*(column.tolist() for column in columns), strict=True)
        return [
            {"treatment": self.treatments[a], "versus": self.treatments[b]} | dict(zip(names, row, strict=True))
            for a, b, row in zip(first, second, values, strict=True)
        ]

    def better(self, treatment: str, versus: str, *, by: float = 0.0, small_good: bool = True) -> float:
        """Probability that a treatment beats another by more than `by`. Raises BadInput for names that are not here."""
        for name in (treatment, versus):
            if name not in self.treatments:
                raise BadInput(f"{name}: not a treatment of this network, which has {', '.join(self.treatments)}")
        a, b = (self.treatments.index(name) for name in (treatment, versus))
        means, spread = self.effects[:, a] - self.effects[:, b], self.covariances
        sds = np.sqrt(spread[:, a, a] + spread[:, b, b] - 2 * spread[:, a, b])
        turned = means if small_good else -means
        return float(Mixture(turned[None, :], sds[None, :], self.weights).below(np.array([-by]))[0])

    def explain(self) -> str:
        """What was assumed and what came out of it for heterogeneity."""
        tau = self.tau
        return (
            f"{len(self.contrasts.studies)} studies, {len(self.treatments)} treatments ({self.contrasts.measure}); flat priors on "
            f"effects, {self.prior.sentence()}. Afterwards tau is {tau['median']:.3g} "
            f"({self.level:.0%} from {tau['lower']:.3g} to {tau['upper']:.3g})."
        )


def one_part(contrasts: Contrasts, *, level: float) -> Contrasts:
    """The trials as one connected network. Raises BadInput where they are not, and for a level out of range."""
    if not 0 < level < 1:
        raise BadInput(f"level {level}: a number between 0 and 1 was expected, such as 0.95")
    parts = connected_parts(contrasts)
    if len(parts) != 1:
        listed = "; ".join(", ".join(part.treatments) for part in parts)
        raise BadInput(f"trials do not connect all treatments, give one part at a time: {listed}")
    return parts[0]


def bayesian(contrasts: Contrasts, *, prior: Prior, level: float = 0.95) -> Bayesian:
    """The posterior of a network, by quadrature over tau.

    Without a contrast to spare the data say nothing of tau, and its posterior is the prior. Raises BadInput for trials that do
    not connect all treatments and for a level out of range.
    """
    part = one_part(contrasts, level=level)
    model = Model(space(part))
    taus, weights = _posterior(model, prior)
    systems = [model.solved(tau**2) for tau in taus.tolist()]
    effects, covariances = np.array([one.effects for one in systems]), np.array([one.covariance for one in systems])
    return Bayesian(part, prior, level, taus, weights, effects, covariances)


def _posterior(model: Model, prior: Prior) -> tuple[Floats, Floats]:
    """Nodes of tau and their posterior weights: a coarse look finds where the posterior is, then Gauss and Legendre there."""

    def height(tau: Floats) -> Floats:
        return np.asarray(model.profile(tau**2, restricted=True) + prior.log_density(tau))

    top = prior.largest
    for _ in range(3):  # each look is as fine as the posterior it found
        look = np.linspace(0.0, top, COARSE + 1)[1:]
        seen = height(look)
        there = np.flatnonzero(seen > seen.max() - NOTHING)
        top = float(look[min(there[-1] + 1, COARSE - 1)])
    start = float(look[there[0] - 1]) if there[0] > 0 else 0.0
    place, share = np.polynomial.legendre.leggauss(NODES)
    taus = start + (top - start) * (place + 1) / 2
    heights = height(taus)
    weights = share * np.exp(heights - heights.max())
    return taus, np.asarray(weights / weights.sum())
