"""Two by two tables pooled without a ratio for each trial: Mantel & Haenszel, and Peto. Made for rare events."""

from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.effects.arms import side_by_side
from enthesis.evidence.pooling.intervals import Estimate, with_interval
from enthesis.evidence.reading.trials import Kind, Trials
from enthesis.knowledge import BadInput


@dataclass(frozen=True, eq=False)
class Tables:
    """Trials of two arms: a, b with and without the event under treatment, c, d under the other; each (k,)."""

    studies: tuple[str, ...]
    a: Floats
    b: Floats
    c: Floats
    d: Floats
    treatment: str = "treatment"
    versus: str = "comparator"

    @property
    def n1(self) -> Floats:
        """People treated."""
        return np.asarray(self.a + self.b)

    @property
    def n2(self) -> Floats:
        """People in the other arm."""
        return np.asarray(self.c + self.d)

    @property
    def people(self) -> Floats:
        """All."""
        return np.asarray(self.n1 + self.n2)


def tables_of(trials: Trials, *, reference: str | None = None) -> Tables:
    """The tables of trials with events in two arms. Raises BadInput when there are other treatments, or no events."""
    from enthesis.evidence.pooling.estimates import versus_of

    if trials.kind is not Kind.ARM_EVENTS:
        raise BadInput(f"{trials.source}: arms with events were expected, these are {trials.kind}")
    versus = versus_of(trials, reference)
    arms = next(side_by_side(trials, base=versus))
    events, n = arms.number("events"), arms.people
    studies = tuple(trials.studies[index] for index in arms.study)
    treatment = next(name for name in trials.treatments if name != versus)
    a, c = events[:, 1], events[:, 0]
    return Tables(studies, a, n[:, 1] - a, c, n[:, 0] - c, treatment, versus)


def mantel_haenszel(tables: Tables, *, measure: str = "OR", level: float = 0.95, variance: str = "sato") -> Estimate:
    """The common effect, no zero cell changed. OR: Robins, Breslow & Greenland 1986; RR: Greenland & Robins 1985;
    RD: variance by Sato 1989, or "greenland-robins" (what meta prints). Log scale for ratios."""
    if measure == "OR":
        estimate, spread = _odds(tables)
    elif measure == "RR":
        estimate, spread = _risks(tables)
    elif measure == "RD":
        estimate, spread = _difference(tables, variance)
    else:
        raise BadInput(f"Mantel-Haenszel: OR, RR or RD was expected, not {measure!r}")
    return with_interval(estimate, float(np.sqrt(spread)), level=level)


def spread_about(tables: Tables, estimate: float, *, measure: str = "OR") -> tuple[float, float]:
    """Q of the trials' own estimates about a pooled one, and its p: 0.5 added where a cell is empty, silent trials left out."""
    from scipy.special import chdtrc

    t = informative(tables)
    empty = (t.a == 0) | (t.b == 0) | (t.c == 0) | (t.d == 0)
    a, b, c, d = (cell + np.where(empty, 0.5, 0.0) for cell in (t.a, t.b, t.c, t.d))
    if measure == "OR":
        y, v = np.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d
    elif measure == "RR":
        y, v = np.log(a / (a + b) * (c + d) / c), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    else:
        y, v = a / (a + b) - c / (c + d), a * b / (a + b) ** 3 + c * d / (c + d) ** 3
    q = float(((y - estimate) ** 2 / v).sum())
    return q, float(chdtrc(len(y) - 1, q))


def _odds(t: Tables) -> tuple[float, float]:
    p, q = (t.a + t.d) / t.people, (t.b + t.c) / t.people
    r, s = t.a * t.d / t.people, t.b * t.c / t.people
    total_r, total_s = float(r.sum()), float(s.sum())
    _refuse_nothing(total_r, total_s)
    spread = (p * r).sum() / total_r**2 + (p * s + q * r).sum() / (total_r * total_s) + (q * s).sum() / total_s**2
    return float(np.log(total_r / total_s)), float(spread / 2)


def _risks(t: Tables) -> tuple[float, float]:
    r, s = float((t.a * t.n2 / t.people).sum()), float((t.c * t.n1 / t.people).sum())
    _refuse_nothing(r, s)
    spread = (t.n1 * t.n2 * (t.a + t.c) - t.a * t.c * t.people) / t.people**2
    return float(np.log(r / s)), float(spread.sum() / (r * s))


def _difference(t: Tables, variance: str) -> tuple[float, float]:
    weight = t.n1 * t.n2 / t.people
    estimate = float((t.a * t.n2 / t.people - t.c * t.n1 / t.people).sum() / weight.sum())
    if variance == "greenland-robins":
        own = (t.a * t.b * t.n2**3 + t.c * t.d * t.n1**3) / (t.n1 * t.n2 * t.people**2)
        return estimate, float(own.sum() / weight.sum() ** 2)
    p = (t.n1**2 * t.c - t.n2**2 * t.a + t.n1 * t.n2 * (t.n2 - t.n1) / 2) / t.people**2
    q = (t.a * (t.n2 - t.c) + t.c * (t.n1 - t.a)) / (2 * t.people)
    return estimate, float((estimate * p.sum() + q.sum()) / weight.sum() ** 2)


def _refuse_nothing(one: float, other: float) -> None:
    if one <= 0 or other <= 0:
        raise BadInput("Mantel-Haenszel: one side has no events in any trial, so the ratio has no estimate; use RD")


def peto(tables: Tables, *, level: float = 0.95) -> tuple[Estimate, float]:
    """Log odds ratio by observed minus expected events (Yusuf & Peto 1985), and its Q."""
    t = tables
    events, nothing = t.a + t.c, t.b + t.d
    expected = events * t.n1 / t.people
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = events * nothing * t.n1 * t.n2 / (t.people**2 * (t.people - 1))
        own = np.where(spread > 0, (t.a - expected) / spread, 0.0)
    total = float(spread.sum())
    if total <= 0:
        raise BadInput("Peto: no trial has both people with and people without the event")
    estimate = float((t.a - expected).sum() / total)
    return with_interval(estimate, total**-0.5, level=level), float((spread * (own - estimate) ** 2).sum())


def cochran_mantel_haenszel(tables: Tables, *, continuity: bool = True) -> tuple[float, float]:
    """The test that every odds ratio is one: chi-squared on one degree of freedom, and p."""
    from scipy.special import chdtrc

    t = tables
    events, nothing = t.a + t.c, t.b + t.d
    apart = abs(float((t.a - events * t.n1 / t.people).sum())) - (0.5 if continuity else 0.0)
    spread = float((events * nothing * t.n1 * t.n2 / (t.people**2 * (t.people - 1))).sum())
    statistic = max(0.0, apart) ** 2 / spread
    return statistic, float(chdtrc(1, statistic))


def tarone(tables: Tables) -> tuple[float, float]:
    """Tarone's test (1985) that the odds ratios are equal, at the Mantel-Haenszel odds ratio: chi-squared and p."""
    from scipy.special import chdtrc

    t = informative(tables)
    ratio = float(np.exp(_odds(tables)[0]))
    fitted = _expected(t, ratio)
    others = (t.n1 - fitted, t.a + t.c - fitted, t.n2 - t.a - t.c + fitted)
    spread = 1 / (1 / fitted + sum(1 / cell for cell in others))
    apart = float((t.a - fitted).sum())
    statistic = float(((t.a - fitted) ** 2 / spread).sum()) - apart**2 / float(spread.sum())
    return statistic, float(chdtrc(len(t.a) - 1, statistic))


def informative(t: Tables) -> Tables:
    """Trials with events and people without; the others say nothing about an odds ratio."""
    kept = (t.a + t.c > 0) & (t.b + t.d > 0)
    names = tuple(name for name, keep in zip(t.studies, kept, strict=True) if keep)
    return Tables(names, t.a[kept], t.b[kept], t.c[kept], t.d[kept], t.treatment, t.versus)


def _expected(t: Tables, ratio: float) -> Floats:
    """Events under treatment when the odds ratio is `ratio` and the margins are as they are."""
    events = t.a + t.c
    if abs(ratio - 1) < 1e-12:
        return np.asarray(events * t.n1 / t.people)
    one, two = 1 - ratio, t.n2 - events + ratio * (t.n1 + events)
    three = -ratio * t.n1 * events
    return np.asarray((-two + np.sqrt(two**2 - 4 * one * three)) / (2 * one))
