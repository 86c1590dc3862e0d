"""One comparison of a living review after each study: does it cross a boundary, and how much information would be enough?

The information of a look is the inverse variance of its common-effect estimate. What is required for a difference that
matters is ((z of alpha/2 + z of power) / difference)^2, times the variance of the random over that of the common
estimate, the adjustment for heterogeneity (diversity, Wetterslev 2009, doi 10.1186/1471-2288-9-86). The statistic is that
of the random-effects estimate. For a pair of a network the estimates are those of the network (Nikolakopoulou 2018,
doi 10.1177/0962280216659896).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Contrasts
from enthesis.evidence.effects import RATIOS
from enthesis.evidence.networks import cumulative
from enthesis.evidence.networks.league import LeagueRow
from enthesis.evidence.networks.tails import quantile
from enthesis.evidence.reading import Trials
from enthesis.evidence.sequential.boundaries import boundaries
from enthesis.knowledge import BadInput


@dataclass(frozen=True)
class Look:
    """The comparison after `study`, of so many. `boundary` is None once the question had its answer's full information.

    fraction  share of the required information that is in; above 1 it is all in
    lower, upper  the estimate less and plus boundary times its standard error; None without a boundary
    """

    study: str
    studies: int
    estimate: float
    se: float
    fraction: float
    statistic: float
    boundary: float | None

    @property
    def crossed(self) -> bool:
        """Whether the statistic is beyond the boundary."""
        return self.boundary is not None and abs(self.statistic) >= self.boundary

    @property
    def interval(self) -> tuple[float, float] | None:
        """The interval that holds for all looks together."""
        if self.boundary is None:
            return None
        return self.estimate - self.boundary * self.se, self.estimate + self.boundary * self.se


@dataclass(frozen=True)
class Sequential:
    """All looks at `treatment` less `versus`. `diversity` is the share of the random estimate's variance that heterogeneity

    adds, 0 to 1; `required` the information needed for a difference of `important` at `alpha` and `power`.
    """

    measure: str
    treatment: str
    versus: str
    important: float
    alpha: float
    power: float
    diversity: float
    required: float
    looks: tuple[Look, ...]

    @property
    def decided(self) -> Look | None:
        """The first look that crossed its boundary."""
        return next((look for look in self.looks if look.crossed), None)

    @property
    def enough(self) -> bool:
        """Whether all of the required information is in."""
        return self.looks[-1].fraction >= 1

    def explain(self) -> str:
        """What the looks said, in a sentence or two."""
        many = (
            f"{len(self.looks)} {'look' if len(self.looks) == 1 else 'looks'} at {self.treatment} against {self.versus}"
        )
        size = (
            f"ratio of {np.exp(self.important):.3g}"
            if self.measure in RATIOS
            else f"difference of {self.important:.3g}"
        )
        asked = f"a {size} with power {self.power:.0%} and {self.alpha:g} for error in all looks"
        share = (
            f"{self.looks[-1].fraction:.0%} of the information that {asked} requires (diversity {self.diversity:.0%})"
        )
        return f"{many}; in so far: {share}. {self._verdict()}"

    def _verdict(self) -> str:
        if (first := self.decided) is not None:
            side = "below" if first.estimate < 0 else "above"
            what = f"the ratio is {side} 1" if self.measure in RATIOS else f"the difference is {side} zero"
            return f"The boundary was crossed after {first.study} ({first.studies} studies): {what}, and looking often is not why."
        if self.enough:
            return "The boundary was not crossed with all of it in: an effect as large as that is not likely."
        return "The boundary has not been crossed: more trials are needed before this can be settled either way."


def sequential(
    trials: Trials | Contrasts,
    *,
    treatment: str,
    versus: str,
    important: float,
    by: str | None = None,
    order: Sequence[str] | None = None,
    alpha: float = 0.05,
    power: float = 0.9,
    measure: str | None = None,
    tau2: str | float = "reml",
) -> Sequential:
    """Every look at one comparison, one study after the other.

    important  the smallest difference that matters, on the scale of the analysis (log for ratios)
    by         a column of the file that orders the studies, such as year; the order of the file if not given
    order      all studies in their order, for contrasts, which have no such column; not together with `by`

    Raises BadInput for a difference, power or alpha that means nothing and for a pair that trials never connect.
    """
    if not (np.isfinite(important) and important != 0):
        raise BadInput(f"important {important}: a difference other than 0 was expected")
    if not 0 < power < 1:
        raise BadInput(f"power {power}: a number between 0 and 1 was expected, such as 0.9")
    order = order_by(trials, by) if by and isinstance(trials, Trials) else order
    steps = cumulative(trials, order=order, measure=measure, tau2=tau2)
    rows = [(study, at, row) for at, (study, row) in enumerate(steps.between(treatment, versus), 1) if row is not None]
    if not rows:
        raise BadInput(f"{treatment} and {versus}: no trials connect them, directly or by way of others")
    grown = [row for row in rows if _grown(row, rows)]
    return _looks(steps.contrasts.measure, grown, (treatment, versus), abs(important), alpha, power)


Row = tuple[str, int, LeagueRow]


def _grown(row: Row, rows: Sequence[Row]) -> bool:
    """Whether this study added to what was known of the pair: one far from it in the network may add nothing."""
    place = rows.index(row)
    return place == 0 or _information(row[2]) > _information(rows[place - 1][2]) * (1 + 1e-6)


def _information(row: LeagueRow) -> float:
    return float((row.common["se"] or np.inf) ** -2)


def _looks(
    measure: str, rows: list[Row], pair: tuple[str, str], important: float, alpha: float, power: float
) -> Sequential:
    last = rows[-1][2]
    random, common = (float(model["se"] or np.nan) ** 2 for model in (last.random, last.common))
    diversity = max(0.0, 1 - common / random)
    reach = float(quantile(1 - alpha)) + float(quantile(2 * power - 1))
    required = (reach / important) ** 2 / (1 - diversity)
    fractions = [_information(row) / required for _, _, row in rows]
    bounds = boundaries(fractions, alpha=alpha).tolist()
    looks = []
    for (study, many, row), fraction, bound in zip(rows, fractions, bounds, strict=True):
        estimate, se = float(row.random["estimate"] or 0.0), float(row.random["se"] or np.nan)
        limit = bound if np.isfinite(bound) else None
        looks.append(Look(study, many, estimate, se, fraction, estimate / se, limit))
    return Sequential(measure, *pair, important, alpha, power, diversity, required, tuple(looks))


def order_by(trials: Trials, column: str) -> tuple[str, ...]:
    """The studies by a column of numbers, such as year. Raises BadInput naming the first row without one."""
    if column not in trials.labels and column not in trials.numbers:
        known = ", ".join((*trials.labels, *trials.numbers))
        raise BadInput(f"{trials.source}: there is no column {column!r} to order studies by; the columns are {known}")
    first = [int(np.flatnonzero(trials.study == place)[0]) for place in range(len(trials.studies))]
    values = [_number(trials, row, column) for row in first]
    order = sorted(range(len(values)), key=values.__getitem__)
    return tuple(trials.studies[place] for place in order)


def _number(trials: Trials, row: int, column: str) -> float:
    value = trials.labels[column][row] if column in trials.labels else str(trials.number(column)[row])
    try:
        return float(value)
    except ValueError:
        raise BadInput(f"{trials.where(row, column)}: {value!r}; a number was expected, such as a year") from None
