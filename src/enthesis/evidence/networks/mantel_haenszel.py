"""Mantel-Haenszel odds ratios of three or more groups, with their covariance, in one design.

Greenland 1989 (Biometrics 45:183-191), as used for networks by Efthimiou 2019 (doi 10.1002/sim.8158): events and
non-events of each two arms are pooled over studies first, so no cell needs anything added to it.
"""

import numpy as np

from enthesis.evidence.contrasts import Floats


def pooled(events: Floats, people: Floats) -> tuple[Floats, Floats]:
    """Log odds ratios (m-1,) of the other arms against the first, and their covariance; events and people (k, m)."""
    m, total = events.shape[1], people.sum(axis=1)
    rest = people - events
    crossed = np.einsum("sx,sy->sxy", events, rest) / total[:, None, None]
    sums = crossed.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        log_odds = np.log(sums / sums.T)
    averaged = log_odds.sum(axis=1) / m
    spread = _spread(events, rest, people, total)
    own = spread.sum(axis=(1, 2))
    both = np.einsum("xyy->xy", spread)
    shared = spread.sum(axis=0) - spread.sum(axis=2) - spread.sum(axis=2).T + both
    np.fill_diagonal(shared, own)
    covariance = (shared[0, 0] - shared[0, None, 1:] - shared[1:, 0, None] + shared[1:, 1:]) / m**2
    return averaged[1:] - averaged[0], covariance


def _spread(events: Floats, rest: Floats, people: Floats, total: Floats) -> Floats:
    """(m, m, m) covariance of the log odds ratios x:y and x:z, on the diagonal y = z their variances."""
    m = events.shape[1]
    ratio = 1 / total**2
    sums = np.einsum("sx,sy,s->xy", events, rest, 1 / total)
    one, other = sums[:, :, None], sums[:, None, :]  # C[x, y] and C[x, z]
    one_back, other_back = sums.T[:, :, None], sums.T[:, None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        values = (
            np.einsum("sx,sy,sz,s->xyz", events, rest, rest, ratio) / (one * other)
            + np.einsum("sx,sy,sz,s->xyz", people, rest, events, ratio) / (one * other_back)
            + np.einsum("sx,sy,sz,s->xyz", people, events, rest, ratio) / (one_back * other)
            + np.einsum("sx,sy,sz,s->xyz", rest, events, events, ratio) / (one_back * other_back)
        ) / 3
    x, y, z = np.ogrid[:m, :m, :m]
    values = np.where((x != y) & (x != z) & (y != z), values, 0.0)
    values[:, np.arange(m), np.arange(m)] = _variances(events, rest, total, sums)
    return np.asarray(values)


def _variances(events: Floats, rest: Floats, total: Floats, sums: Floats) -> Floats:
    """(m, m) variance of each log odds ratio (Robins, Breslow and Greenland 1986); 0 of an arm with itself."""
    c = np.einsum("sx,sy->sxy", events, rest) / total[:, None, None]
    d = (events[:, :, None] + rest[:, None, :]) / total[:, None, None]
    back_c, back_d = c.transpose(0, 2, 1), d.transpose(0, 2, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        values = (
            (c * d).sum(axis=0) / (2 * sums**2)
            + (c * back_d + back_c * d).sum(axis=0) / (2 * sums * sums.T)
            + (back_c * back_d).sum(axis=0) / (2 * sums.T**2)
        )
    np.fill_diagonal(values, 0.0)
    return np.asarray(values)
