"""How far from no effect a statistic must be at each of several looks, so that all looks together err as one would.

Two-sided boundaries that spend the error as O'Brien and Fleming's do, at whatever times looks come (Lan and DeMets 1983;
the tables of DeMets and Lan 1994, doi 10.1002/sim.4780131308). The chance of a first crossing at each look is found by
integrating the path of the statistic from look to look (Armitage, McPherson and Rowe 1969); nothing is drawn.
"""

from collections.abc import Sequence
from functools import cache

import numpy as np
from scipy.special import roots_legendre

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.networks.tails import normal_below, quantile
from enthesis.evidence.pooling.solving import root
from enthesis.knowledge import BadInput

FARTHEST = 8.0  # a boundary beyond this is never crossed; so do other programs end it
NARROW = 8  # nodes for each standard deviation of a step
FEWEST, MOST = 100, 3000  # nodes of the path


def spent(fraction: float, alpha: float) -> float:
    """Of `alpha`, both sides together, what may be used up when this share of the information is in."""
    if fraction <= 0:
        return 0.0
    reach = float(quantile(1 - alpha / 2)) / np.sqrt(min(fraction, 1.0))
    return float(4 * normal_below(-reach))


def boundaries(fractions: Sequence[float], *, alpha: float = 0.05) -> Floats:
    """The least size of the statistic at each look that ends the question; looks at growing shares of the information.

    All of `alpha` is spent at 1; a look after that has none left, and its boundary is infinite. Raises BadInput for shares
    that do not grow and an alpha out of range.
    """
    times = np.asarray(fractions, dtype=float)
    if not 0 < alpha < 1:
        raise BadInput(f"alpha {alpha}: a number between 0 and 1 was expected, such as 0.05")
    if not (np.isfinite(times).all() and (np.diff(times, prepend=0.0) > 0).all()):
        raise BadInput("looks: shares of the information that grow from look to look, above 0, were expected")
    found = np.full(len(times), np.inf)
    path, before = None, 0.0
    for look, time in enumerate(times.tolist()):
        earlier = float(times[look - 1]) if look else 0.0
        if earlier >= 1:
            break
        left, step = (spent(time, alpha) - before) / 2, time - earlier
        found[look] = _boundary(path, step, time, left)
        path = _inside(path, step, found[look] * np.sqrt(time))
        before = spent(time, alpha)
    return found


class Path:
    """Where the statistic may be when no boundary was crossed: places of its score, their weights times density."""

    def __init__(self, places: Floats, mass: Floats) -> None:
        """Both (n,)."""
        self.places, self.mass = places, mass

    def above(self, height: float, step: float) -> float:
        """Chance of a score above `height` one step later."""
        return float(self.mass @ normal_below((self.places - height) / np.sqrt(step)))


START = Path(np.zeros(1), np.ones(1))


def _boundary(path: Path | None, step: float, time: float, left: float) -> float:
    """Where the chance of crossing on one side is what is left to spend there."""
    here, scale = path or START, np.sqrt(time)

    def excess(size: float) -> float:
        return here.above(size * scale, step) - left

    return FARTHEST if excess(FARTHEST) >= 0 else root(excess, 0.0, FARTHEST)


def _inside(path: Path | None, step: float, height: float) -> Path:
    """The path after this look: between both boundaries, by Gauss and Legendre, finely enough for the step."""
    here, spread = path or START, np.sqrt(step)
    place, share = _gauss(int(np.clip(NARROW * height / spread, FEWEST, MOST)))
    places = place * height
    apart = (places[:, None] - here.places[None, :]) / spread
    density = np.exp(-(apart**2) / 2) @ here.mass / (spread * np.sqrt(2 * np.pi))
    return Path(places, share * height * density)


def _gauss(least: int) -> tuple[Floats, Floats]:
    """Nodes and weights of Gauss and Legendre, at least so many: sizes go in steps of a quarter, so that looks share them."""
    steps = int(np.ceil(np.log(least / FEWEST) / np.log(1.25) - 1e-9))
    return _gauss_of(int(min(np.ceil(FEWEST * 1.25**steps), MOST)))


@cache
def _gauss_of(nodes: int) -> tuple[Floats, Floats]:
    place, share = roots_legendre(nodes)
    return np.asarray(place), np.asarray(share)
