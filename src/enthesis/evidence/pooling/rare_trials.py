"""What one trial's two by two table says about its log odds ratio, in each of the four models for rare events."""

from collections.abc import Callable

import numpy as np

from enthesis.evidence.contrasts import Floats
from enthesis.evidence.pooling.quadrature import Integrated, Trial, integrated
from enthesis.evidence.pooling.tables import Tables

Height = Callable[[float, float], float]  # log likelihood of all trials at an effect and a tau


def binomial_conditional(t: Tables, nodes: int) -> Height:
    """CM.AL: events under treatment are binomial among all events of the trial, offset log(n1 / n2)."""
    events, offset = (t.a + t.c)[:, None], np.log(t.n1 / t.n2)[:, None]

    def trial(effect: Floats) -> tuple[Floats, Floats, Floats]:
        eta = offset + effect
        share = 1 / (1 + np.exp(-eta))
        height = t.a[:, None] * eta - events * np.logaddexp(0, eta)
        return height, t.a[:, None] - events * share, -events * share * (1 - share)

    return lambda effect, tau: float(integrated(trial, effect, tau, len(t.a), nodes=nodes).log_likelihood.sum())


def saturated_binomial(t: Tables) -> float:
    """CM.AL with an odds ratio for each trial."""
    return float((_xlogy(t.a, t.a / (t.a + t.c)) + _xlogy(t.c, t.c / (t.a + t.c))).sum())


def exact_conditional(t: Tables, nodes: int) -> Height:
    """CM.EL: events under treatment are non-central hypergeometric, given the margins."""
    trial = _hypergeometric(t)
    return lambda effect, tau: float(integrated(trial, effect, tau, len(t.a), nodes=nodes).log_likelihood.sum())


def _hypergeometric(t: Tables) -> Trial:
    support, logs = _support(t)

    def trial(effect: Floats) -> tuple[Floats, Floats, Floats]:
        terms = logs[:, None, :] + support[:, None, :] * effect[:, :, None]
        top = terms.max(axis=2, keepdims=True)
        weights = np.exp(terms - top)
        total = weights.sum(axis=2)
        mean = (weights * support[:, None, :]).sum(axis=2) / total
        square = (weights * (support[:, None, :] - mean[:, :, None]) ** 2).sum(axis=2) / total
        height = t.a[:, None] * effect - np.log(total) - top[:, :, 0] + own
        return height, t.a[:, None] - mean, -square

    own = np.take_along_axis(logs, (t.a - support[:, 0]).astype(np.int64)[:, None], axis=1)
    return trial


def _support(t: Tables) -> tuple[Floats, Floats]:
    """Possible events under treatment (k, s) and the log number of ways to each, -inf beyond a trial's last."""
    from scipy.special import gammaln

    events = t.a + t.c
    low, high = np.maximum(0, events - t.n2), np.minimum(events, t.n1)
    x = low[:, None] + np.arange(int((high - low).max()) + 1, dtype=np.float64)
    inside = x <= high[:, None]
    x = np.asarray(np.minimum(x, high[:, None]))
    n1, n2, m = t.n1[:, None], t.n2[:, None], events[:, None]
    ways = -gammaln(x + 1) - gammaln(n1 - x + 1) - gammaln(m - x + 1) - gammaln(n2 - m + x + 1)
    ways = ways - ways.max(axis=1, keepdims=True)
    return x, np.where(inside, ways, -np.inf)


def saturated_exact(t: Tables) -> float:
    """CM.EL with an odds ratio for each trial; where all or no events are on one side, its limit."""
    trial = _hypergeometric(t)
    effect = np.log((t.a + 0.5) * (t.d + 0.5) / ((t.b + 0.5) * (t.c + 0.5)))[:, None]
    events = t.a + t.c
    edge = (t.a == np.maximum(0, events - t.n2)) | (t.a == np.minimum(events, t.n1))
    for _round in range(200):
        _height, slope, bend = trial(effect)
        step = np.where(edge[:, None], 0.0, np.clip(slope / np.minimum(bend, -1e-12), -1.0, 1.0))
        effect = effect - step
    return float(np.where(edge, 0.0, trial(effect)[0][:, 0]).sum())


def fixed_intercepts(t: Tables, nodes: int) -> Height:
    """UM.FS: both arms binomial, each trial's intercept at its own best."""
    kept = {"at": np.log((t.a + t.c + 0.5) / (t.b + t.d + 0.5))[:, None]}

    def height(effect: float, tau: float) -> float:
        at, total = _best_intercepts(t, effect, tau, kept["at"], nodes)
        kept["at"] = at
        return float(total.sum())

    return height


def _best_intercepts(t: Tables, effect: float, tau: float, at: Floats, nodes: int) -> tuple[Floats, Floats]:
    """Newton's steps for all trials together; intercepts (k, 1) and log likelihoods (k,)."""
    whole = _whole(t, at, effect, tau, nodes)
    for _round in range(60):
        slope, bend = _by_intercept(t, at, whole.nodes)
        pull = (whole.share * slope).sum(axis=1, keepdims=True)
        curve = (whole.share * (bend + slope**2)).sum(axis=1, keepdims=True) - pull**2
        step = np.clip(pull / np.minimum(curve, -1e-8), -1.0, 1.0)
        at = at - step
        whole = _whole(t, at, effect, tau, nodes)
        if np.abs(step).max() < 1e-9:
            break
    return at, whole.log_likelihood


def _whole(t: Tables, at: Floats, effect: float, tau: float, nodes: int) -> Integrated:
    return integrated(lambda x: _arms(t, at, x), effect, tau, len(t.a), nodes=nodes)


def _by_intercept(t: Tables, intercept: Floats, effect: Floats) -> tuple[Floats, Floats]:
    """First and second derivative of `_arms` by the intercept."""
    a, c, n1, n2 = (cell[:, None] for cell in (t.a, t.c, t.n1, t.n2))
    p, q = 1 / (1 + np.exp(-intercept - effect / 2)), 1 / (1 + np.exp(-intercept + effect / 2))
    return a - n1 * p + c - n2 * q, -(n1 * p * (1 - p) + n2 * q * (1 - q))


def _arms(t: Tables, intercept: Floats, effect: Floats) -> tuple[Floats, Floats, Floats]:
    """Two binomial arms at intercept +- effect / 2."""
    one, other = intercept + effect / 2, intercept - effect / 2
    a, c, n1, n2 = (cell[:, None] for cell in (t.a, t.c, t.n1, t.n2))
    p, q = 1 / (1 + np.exp(-one)), 1 / (1 + np.exp(-other))
    height = a * one - n1 * np.logaddexp(0, one) + c * other - n2 * np.logaddexp(0, other)
    return height, ((a - n1 * p) - (c - n2 * q)) / 2, -(n1 * p * (1 - p) + n2 * q * (1 - q)) / 4


def saturated_arms(t: Tables) -> float:
    """UM.FS with an odds ratio for each trial: each arm at its own share."""
    cells = ((t.a, t.n1), (t.b, t.n1), (t.c, t.n2), (t.d, t.n2))
    return float(sum(_xlogy(cell, cell / n).sum() for cell, n in cells))


def _xlogy(x: Floats, y: Floats) -> Floats:
    from scipy.special import xlogy

    return np.asarray(xlogy(x, y))


def random_intercepts(t: Tables, nodes: int) -> Callable[[Floats], float]:
    """UM.RS: log likelihood at (mean intercept, effect, sd of intercepts, tau), two random effects per trial."""

    def height(at: Floats) -> float:
        middle, effect, sigma, tau = (float(x) for x in at)
        return float(_two_effects(t, middle, effect, max(abs(sigma), 1e-8), max(abs(tau), 1e-8), nodes).sum())

    return height


def _two_effects(t: Tables, middle: float, effect: float, sigma: float, tau: float, nodes: int) -> Floats:
    """Adaptive quadrature in two dimensions, in units of sigma and tau; one node is the Laplace approximation."""
    design = np.array([[sigma, tau / 2], [sigma, -tau / 2]])
    offset = np.array([middle + effect / 2, middle - effect / 2])
    yes, n = np.stack([t.a, t.c], axis=1), np.stack([t.n1, t.n2], axis=1)
    u = np.zeros((len(t.a), 2))
    bend = np.tile(np.eye(2), (len(t.a), 1, 1))
    for _round in range(100):
        share = 1 / (1 + np.exp(-(offset + u @ design.T)))
        bend = np.einsum("kj,ji,jl->kil", n * share * (1 - share), design, design) + np.eye(2)
        slope = (yes - n * share) @ design - u
        step = np.clip(np.linalg.solve(bend, slope[:, :, None])[:, :, 0], -2.0, 2.0)
        u = u + step
        if np.abs(step).max() < 1e-13:
            break
    x, w = np.polynomial.hermite.hermgauss(nodes)
    grid = np.stack(np.meshgrid(x, x), axis=-1).reshape(-1, 2)
    weight = np.log(np.outer(w, w).reshape(-1)) + (grid**2).sum(axis=1)
    root = np.linalg.inv(np.linalg.cholesky(bend)).transpose(0, 2, 1)
    at = u[:, None, :] + np.sqrt(2) * np.einsum("kil,gl->kgi", root, grid)
    eta = offset + at @ design.T
    own = (yes[:, None] * eta - n[:, None] * np.logaddexp(0, eta)).sum(axis=2) - (at**2).sum(axis=2) / 2 + weight
    top = own.max(axis=1, keepdims=True)
    log_root = np.log(np.linalg.det(root))
    return np.asarray(np.log(np.exp(own - top).sum(axis=1)) + top[:, 0] + log_root - np.log(np.pi))
