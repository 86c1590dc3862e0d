"""A clinic's answers joined with the trials, as rows of a table: prior, data, and what to believe at three sizes of bias."""

from dataclasses import dataclass

from enthesis.expectations.clinic import ClinicView

WIDE = 1.959964  # standard errors each way of a 95% range


@dataclass(frozen=True)
class Spread:
    """A mean with its 95% range, points of pain."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Rows:
    """The rows. `joined` is name, mean, low and high at the usual, half and double bias."""

    prior: Spread
    data: Spread
    joined: tuple[tuple[str, float, float, float], ...]


def joined_rows(view: ClinicView) -> Rows | None:
    """None where the trials stand alone."""
    if view.usual is None or view.half is None or view.double is None:
        return None
    named = (
        ("Joined", view.usual),
        ("Joined, at half the bias", view.half),
        ("Joined, at twice the bias", view.double),
    )
    joined = tuple((name, found.mean, *found.interval()) for name, found in named)
    prior = view.usual.prior
    return Rows(_spread(prior.mean, prior.sd), _spread(view.usual.y, view.usual.se), joined)


def _spread(mean: float, sd: float) -> Spread:
    return Spread(mean, mean - WIDE * sd, mean + WIDE * sd)
