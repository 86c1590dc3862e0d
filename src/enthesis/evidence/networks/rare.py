"""Networks of rare events: Mantel-Haenszel, conditional and penalised likelihoods, side by side with the usual model."""

from dataclasses import dataclass, replace

import numpy as np

from enthesis.evidence.contrasts import Batch, Contrasts, Floats
from enthesis.evidence.effects import contrasts
from enthesis.evidence.networks import conditional, mantel_haenszel
from enthesis.evidence.networks.designs import Q
from enthesis.evidence.networks.estimates import Estimates, estimates
from enthesis.evidence.networks.pairs import all_pairs, differences, pair_index, variances
from enthesis.evidence.networks.parts import connected_parts
from enthesis.evidence.networks.penalised import penalised
from enthesis.evidence.networks.ranking import scores
from enthesis.evidence.networks.rare_tables import Table, tables
from enthesis.evidence.networks.space import space
from enthesis.evidence.networks.splitting import Split
from enthesis.evidence.networks.system import solved
from enthesis.evidence.reading import Trials
from enthesis.knowledge import BadInput

METHODS = ("mh", "nch", "exact", "lrp")


@dataclass(frozen=True, eq=False)
class RareEvents:
    """Log odds ratios of a network without heterogeneity. `notes` lists every study and arm that could not be used."""

    method: str
    treatments: tuple[str, ...]
    tables: tuple[Table, ...]
    effects: Floats
    covariance: Floats
    inconsistency: Q | None
    level: float
    notes: tuple[str, ...]
    dispersion: float = 1.0

    def league(self) -> Estimates:
        """Every pair in the order of the treatments, first less second."""
        first, second = all_pairs(len(self.treatments))
        se = np.sqrt(variances(self.covariance, first, second)) * self.dispersion
        return estimates(differences(self.effects, first, second), se, level=self.level)

    def p_scores(self, *, small_good: bool = True) -> Floats:
        """Mean certainty of each treatment of being better than another."""
        return scores(self.effects, self.covariance, small_good=small_good)

    def split(self) -> Split:
        """Direct evidence of all studies with a pair against the network without those studies (Efthimiou 2019)."""
        return _split(self.tables, self.treatments)


def rare_events(trials: Trials, *, method: str = "mh", level: float = 0.95) -> RareEvents:
    """Log odds ratios of a network by a method made for few events.

    mh     Mantel-Haenszel in each design, designs pooled by their covariance
    nch    conditional likelihood with arms taken as large, as netmeta's non-central hypergeometric
    exact  the multivariate non-central hypergeometric likelihood
    lrp    logistic regression with Jeffreys' penalty; uses every study and arm

    Raises BadInput for trials without events by arm and for treatments that what is left does not connect.
    """
    if method not in METHODS:
        raise BadInput(f"method {method!r}: one of {', '.join(METHODS)} was expected")
    if method == "lrp":
        _check_connected(contrasts(trials, measure="RD"), trials.source)
        effects, covariance, phi = penalised(trials)
        return RareEvents(method, trials.treatments, (), effects, covariance, None, level, (), phi)
    made, notes = tables(trials)
    made, names = _renumbered(made, trials.treatments)
    pooled = _by_design(made, names)
    if len(connected_parts(pooled)) > 1:
        raise BadInput(
            f"{trials.source}: once studies and arms without events are left out, trials no longer connect all treatments"
        )
    if method == "mh":
        system = solved(space(pooled), 0.0)
        return RareEvents(method, names, made, system.effects, system.covariance, Q(system.q, system.df), level, notes)
    study = conditional.approximate if method == "nch" else conditional.exact
    effects, covariance = conditional.likeliest(made, len(names), study)
    return RareEvents(method, names, made, effects, covariance, None, level, notes)


def _check_connected(made: Contrasts, where: str) -> None:
    parts = connected_parts(made)
    if len(parts) > 1:
        listed = "; ".join(", ".join(part.treatments) for part in parts)
        raise BadInput(f"{where}: trials no longer connect all treatments, give one part at a time: {listed}")


def _renumbered(made: tuple[Table, ...], treatments: tuple[str, ...]) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """Without the treatments of which nothing is left."""
    used = np.unique(np.concatenate([table.arms for table in made]))
    fresh = tuple(replace(table, arms=np.searchsorted(used, table.arms)) for table in made)
    return fresh, tuple(treatments[index] for index in used)


def _by_design(made: tuple[Table, ...], treatments: tuple[str, ...]) -> Contrasts:
    """Each design as one study: its Mantel-Haenszel odds ratios with their covariance."""
    names = tuple(":".join(treatments[arm] for arm in table.arms) for table in made)
    batches = []
    for size in sorted({len(table.arms) for table in made}):
        chosen = [index for index, table in enumerate(made) if len(table.arms) == size]
        pooled = [mantel_haenszel.pooled(made[index].events, made[index].people) for index in chosen]
        batches.append(
            Batch(
                np.array(chosen),
                np.array([made[index].arms for index in chosen]),
                np.array([values for values, _ in pooled]),
                np.array([covariance for _, covariance in pooled]),
                np.array([made[index].people.sum(axis=0) for index in chosen]),
            )
        )
    return Contrasts("OR", treatments, names, tuple(batches))


def _split(made: tuple[Table, ...], treatments: tuple[str, ...]) -> Split:
    """Pairs whose direct studies can be taken away without cutting the two treatments apart."""
    network = solved(space(_by_design(made, treatments)), 0.0)
    rows = []
    for first, second in zip(*all_pairs(len(treatments)), strict=True):
        having = [table for table in made if {first, second} <= set(table.arms.tolist())]
        rest = tuple(table for table in made if table not in having)
        indirect = _between(rest, treatments, (int(first), int(second)))
        if having and indirect:
            own, variance = _direct(having, (int(first), int(second)))
            share = float(variances(network.covariance, np.array([first]), np.array([second]))[0]) / variance
            place = pair_index(int(first), int(second), len(treatments))
            rows.append((place, sum(len(table.study) for table in having), share, own, variance, *indirect))
    places, studies, shares, own_, spread, rest_, rest_spread = np.array(rows).reshape(-1, 7).T
    gap = np.sqrt(spread + rest_spread)
    whole = (places.astype(np.int64), studies.astype(np.int64))
    return Split(*whole, shares, own_, np.sqrt(spread), rest_, np.sqrt(rest_spread), own_ - rest_, gap)


def _direct(having: list[Table], pair: tuple[int, int]) -> tuple[float, float]:
    """First less second by Mantel-Haenszel over all studies with both, whatever their design; and its variance."""
    columns = [[table.arms.tolist().index(arm) for arm in pair] for table in having]
    events = np.concatenate([table.events[:, both] for table, both in zip(having, columns, strict=True)])
    people = np.concatenate([table.people[:, both] for table, both in zip(having, columns, strict=True)])
    value, variance = mantel_haenszel.pooled(events, people)
    return -float(value[0]), float(variance[0, 0])


def _between(made: tuple[Table, ...], treatments: tuple[str, ...], pair: tuple[int, int]) -> tuple[float, float] | None:
    """First less second in these designs alone, with its variance; None where they do not connect the two."""
    for part in connected_parts(_by_design(made, treatments)) if made else ():
        names = [treatments[index] for index in pair]
        if set(names) <= set(part.treatments):
            system = solved(space(part), 0.0)
            first, second = (np.array([part.treatments.index(name)]) for name in names)
            return float(differences(system.effects, first, second)[0]), float(
                variances(system.covariance, first, second)[0]
            )
    return None
