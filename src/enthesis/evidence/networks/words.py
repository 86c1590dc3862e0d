"""A network in a few sentences: what was done, on what, and what it found."""

from collections.abc import Sequence
from dataclasses import dataclass

from enthesis.evidence.networks.league import LeagueRow

METHOD_NAMES = {
    "reml": "REML",
    "ml": "maximum likelihood",
    "dl": "moments (DL)",
    "pm": "Paule-Mandel",
    "eb": "empirical Bayes",
}


@dataclass(frozen=True)
class Made:
    """What was done: the numbers and choices a reader needs before any result."""

    studies: int
    treatments: int
    measure: str
    level: float
    ci: str
    tau2_method: str | float


def explained(
    made: Made,
    *,
    tau2: float | None,
    between: tuple[float, int, float],
    forest: Sequence[LeagueRow],
    reference: str,
    small_good: bool,
) -> str:
    """What was done, on what, and what it found. `between` is Q between designs with its df and p."""
    return " ".join(
        [_made_of(made), _heterogeneity(made, tau2), _consistency(*between), _best(forest, reference, small_good)]
    )


def _made_of(made: Made) -> str:
    compare = "study compares" if made.studies == 1 else "studies compare"
    return f"{made.studies} {compare} {made.treatments} treatments ({made.measure}, {made.level:.0%} intervals: {made.ci})."


def _heterogeneity(made: Made, tau2: float | None) -> str:
    if tau2 is None:
        return "No study is left over to estimate heterogeneity from, so none is allowed for and nothing is predicted."
    how = made.tau2_method
    return f"Heterogeneity variance {tau2:.4g} ({METHOD_NAMES[how] if isinstance(how, str) else 'as given'})."


def _consistency(value: float, df: int, p: float) -> str:
    if df == 0:
        return "No closed loop lets direct and indirect evidence be set against each other."
    return f"Disagreement between designs: Q {value:.3g} on {df} degrees of freedom, p {p:.2g}."


def _best(forest: Sequence[LeagueRow], reference: str, small_good: bool) -> str:
    sign = 1 if small_good else -1
    best = min(forest, key=lambda row: sign * _of(row, "estimate"))
    clear = sum(_of(row, "upper") < 0 if small_good else _of(row, "lower") > 0 for row in forest)
    found = f"{_of(best, 'estimate'):.3g} ({_of(best, 'lower'):.3g} to {_of(best, 'upper'):.3g})"
    are = "treatment is" if len(forest) == 1 else "treatments are"
    ahead = f"{clear} of {len(forest)} {are} better than {reference} beyond chance"
    return f"{ahead}; the best estimate is {best.treatment}'s, {found}."


def _of(row: LeagueRow, name: str) -> float:
    value = row.random[name]
    return float("nan") if value is None else value
