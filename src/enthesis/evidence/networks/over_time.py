"""A network over all follow-ups: an effect of each treatment in each window of time, every follow-up of a trial used.

Follow-ups of one arm are measured on the same people, so their errors are correlated (`within`, stated, not estimated);
how a trial's true effect differs from the mean carries over from one follow-up to the next too (`between`, stated). With
both at 0 it is a network for each window; otherwise a window borrows from the follow-ups before and after it (multivariate
meta-analysis of effects at several times; Trikalinos and Olkin 2012, doi 10.1177/1740774512453218).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks.estimates import Estimates, estimates
from enthesis.evidence.pooling.solving import highest
from enthesis.evidence.reading.trials import Kind, Trials
from enthesis.knowledge import BadInput

Rows = list[tuple[float, str, float, float]]  # of one trial: week, treatment, mean, variance of the mean


@dataclass(frozen=True, eq=False)
class Block:
    """One trial: contrasts with the first arm of each follow-up (n,), who is in them (n, p), and both covariances (n, n)."""

    y: Floats
    x: Floats
    sampling: Floats
    shared: Floats


@dataclass(frozen=True, eq=False)
class OverTime:
    """Each treatment less `reference` in each window. `terms` are (treatment, first week, last week), in columns below.

    studies  how many trials compare the treatment with any other in that window
    """

    reference: str
    terms: tuple[tuple[str, float, float], ...]
    studies: tuple[int, ...]
    estimates: Estimates
    tau2: float
    within: float
    between: float
    notes: tuple[str, ...]

    def explain(self) -> str:
        """What was assumed."""
        spans = len({term[1:] for term in self.terms})
        return (
            f"{len(self.terms)} effects against {self.reference} in {spans} windows of weeks, every follow-up used; correlation of "
            f"follow-ups of an arm {self.within:g}, of a trial's own effect {self.between:g} (both given); heterogeneity variance "
            f"{self.tau2:.4g} by REML."
        )


def over_time(
    followed: Mapping[float, Trials],
    *,
    windows: Sequence[tuple[float, float]],
    reference: str,
    within: float = 0.5,
    between: float = 0.8,
    level: float = 0.95,
) -> OverTime:
    """Mean differences over time, from the arms of each week of follow-up (scores on one scale).

    windows  (first week, last week), ends included; follow-ups outside all of them are left out and said
    within   correlation of an arm's means at two follow-ups; between: of a trial's own effect at two follow-ups

    Raises BadInput for windows that overlap, correlations out of range, and a reference no window has.
    """
    spans = _checked(windows, within, between, level)
    trials, notes = _by_trial(followed, spans)
    terms, kept, apart = _terms(trials, spans, reference)
    blocks = [block for rows in kept.values() if (block := _block(rows, spans, terms, within, between)) is not None]
    tau2 = _tau2(blocks)
    effects, covariance = _solved(blocks, tau2)[:2]
    made = estimates(effects, np.sqrt(np.diagonal(covariance)), level=level)
    named = tuple((name, *spans[span]) for name, span in terms)
    counts = tuple(sum(_compares(rows, spans, name, span) for rows in kept.values()) for name, span in terms)
    return OverTime(reference, named, counts, made, tau2, within, between, (*notes, *apart))


def _checked(
    windows: Sequence[tuple[float, float]], within: float, between: float, level: float
) -> tuple[tuple[float, float], ...]:
    spans = tuple(sorted(windows))
    if not spans or any(low > high for low, high in spans):
        raise BadInput("windows: pairs of first and last week were expected, such as 4 to 12")
    if any(one[1] >= two[0] for one, two in pairwise(spans)):
        raise BadInput("windows: they overlap; each week belongs to one window at most")
    for name, value in (("within", within), ("between", between)):
        if not 0 <= value < 1:
            raise BadInput(f"{name} {value}: a correlation of at least 0 and below 1 was expected")
    if not 0 < level < 1:
        raise BadInput(f"level {level}: a number between 0 and 1 was expected, such as 0.95")
    return spans


def _window(week: float, spans: Sequence[tuple[float, float]]) -> int | None:
    return next((place for place, (low, high) in enumerate(spans) if low <= week <= high), None)


def _by_trial(
    followed: Mapping[float, Trials], spans: Sequence[tuple[float, float]]
) -> tuple[dict[str, Rows], tuple[str, ...]]:
    """The arms of each trial at all its follow-ups within a window."""
    found: dict[str, Rows] = {}
    outside = []
    for week in sorted(followed):
        trials = followed[week]
        if trials.kind is not Kind.ARM_MEANS:
            raise BadInput(f"{trials.source}: arms with means were expected for a network over time, not {trials.kind}")
        if _window(week, spans) is None:
            outside.append(f"{trials.source}: week {week:g} is in no window; left out")
            continue
        variance = trials.number("sd") ** 2 / trials.number("n")
        for study, treatment, mean, spread in zip(
            trials.study, trials.treatment, trials.number("mean"), variance, strict=True
        ):
            row = (week, trials.treatments[treatment], float(mean), float(spread))
            found.setdefault(trials.studies[study], []).append(row)
    return found, tuple(outside)


def _terms(
    trials: Mapping[str, Rows], spans: Sequence[tuple[float, float]], reference: str
) -> tuple[list[tuple[str, int]], dict[str, Rows], list[str]]:
    """Treatments that trials connect to the reference in each window, the rows of these, and what stands apart."""
    terms: list[tuple[str, int]] = []
    joined: dict[int, set[str]] = {}
    notes = []
    for span in range(len(spans)):
        groups = [{name for _, name, *_ in rows} for rows in _at(trials, spans, span)]
        reached = {reference} if any(reference in group for group in groups) else set()
        for _ in groups:
            reached |= {name for group in groups if group & reached for name in group}
        joined[span] = reached
        terms += [(name, span) for name in sorted(reached - {reference})]
        apart = sorted({name for group in groups for name in group} - reached)
        if apart:
            low, high = spans[span]
            notes.append(f"weeks {low:g} to {high:g}: nothing joins {', '.join(apart)} to {reference}; left out there")
    if not terms:
        raise BadInput(f"reference {reference!r}: no trial compares it with anything in any of these windows")
    kept = {
        study: [row for row in rows if row[1] in joined[_window(row[0], spans) or 0]] for study, rows in trials.items()
    }
    return terms, kept, notes


def _at(trials: Mapping[str, Rows], spans: Sequence[tuple[float, float]], span: int) -> Iterator[Rows]:
    """The rows of each follow-up of each trial in one window."""
    for rows in trials.values():
        for week in sorted({row[0] for row in rows if _window(row[0], spans) == span}):
            yield [row for row in rows if row[0] == week]


def _compares(rows: Rows, spans: Sequence[tuple[float, float]], name: str, span: int) -> bool:
    return any(row[1] == name and _window(row[0], spans) == span for row in rows)


def _block(
    rows: Rows, spans: Sequence[tuple[float, float]], terms: list[tuple[str, int]], within: float, between: float
) -> Block | None:
    """One trial as contrasts: arms are independent of each other, follow-ups of an arm are not."""
    if not rows:
        return None
    weeks = np.array([row[0] for row in rows])
    errors, same = np.sqrt([row[3] for row in rows]), np.array([[a[1] == b[1] for b in rows] for a in rows])
    at_once = weeks[:, None] == weeks[None, :]
    sampling = same * np.where(at_once, 1.0, within) * errors[:, None] * errors[None, :]
    shared = same * np.where(at_once, 1.0, between) / 2
    turns, design = [], []
    for week in sorted(set(weeks.tolist())):
        first, *others = np.flatnonzero(weeks == week).tolist()
        for other in others:
            turn = np.zeros(len(rows))
            turn[other], turn[first] = 1.0, -1.0
            turns.append(turn)
            span = _window(week, spans)
            design.append(
                [float((rows[other][1], span) == term) - float((rows[first][1], span) == term) for term in terms]
            )
    if not turns:
        return None
    turn = np.array(turns)
    means = np.array([row[2] for row in rows])
    return Block(turn @ means, np.array(design), turn @ sampling @ turn.T, turn @ shared @ turn.T)


def _solved(blocks: Sequence[Block], tau2: float) -> tuple[Floats, Floats, float]:
    """Effects, their covariance, and the restricted log-likelihood up to a constant."""
    size = blocks[0].x.shape[1]
    information, right, height = np.zeros((size, size)), np.zeros(size), 0.0
    for block in blocks:
        weight = np.linalg.inv(block.sampling + tau2 * block.shared)
        information += block.x.T @ weight @ block.x
        right += block.x.T @ weight @ block.y
        height += float(block.y @ weight @ block.y) - np.linalg.slogdet(weight)[1]
    covariance = np.linalg.inv(information)
    effects = covariance @ right
    height = -(height - float(effects @ right) + np.linalg.slogdet(information)[1]) / 2
    return effects, np.asarray(covariance), float(height)


def _tau2(blocks: Sequence[Block]) -> float:
    """By REML: a grid, then the root of the slope; 0 where no contrast is left over to estimate it from."""
    if sum(len(block.y) for block in blocks) <= blocks[0].x.shape[1]:
        return 0.0

    def heights(grid: Floats) -> Floats:
        return np.array([_solved(blocks, tau2)[2] for tau2 in grid.tolist()])

    return highest(heights, slope=lambda tau2: _slope(blocks, tau2), scale=_scale(blocks))


def _slope(blocks: Sequence[Block], tau2: float) -> float:
    """Twice the derivative of the restricted log-likelihood."""
    effects, covariance, _ = _solved(blocks, tau2)
    total = 0.0
    for block in blocks:
        weight = np.linalg.inv(block.sampling + tau2 * block.shared)
        pulled, spread = weight @ block.shared @ weight, block.y - block.x @ effects
        total += float(spread @ pulled @ spread) - float(np.trace(weight @ block.shared))
        total += float(np.trace(covariance @ block.x.T @ pulled @ block.x))
    return total


def _scale(blocks: Sequence[Block]) -> float:
    return float(np.mean(np.concatenate([np.diagonal(block.sampling) for block in blocks])))
