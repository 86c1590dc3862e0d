"""How often do 95% intervals of a network hold the truth when trials are few? Simulated, and it says so.

Networks of four treatments with a loop and one three-arm trial, normal outcomes, known standard errors; the truth is
consistent. One fit serves every kind of interval. `python validation/coverage.py --runs 2000 --write` puts the table into
validation/coverage.md, in half a minute.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from enthesis.evidence import Batch, Contrasts
from enthesis.evidence.networks.heterogeneity import heterogeneity
from enthesis.evidence.networks.intervals import intervals, prediction
from enthesis.evidence.networks.pairs import all_pairs
from enthesis.evidence.networks.space import space
from enthesis.evidence.networks.system import solved

PAGE = Path(__file__).parent / "coverage.md"
TRUTH = np.array([0.0, -0.5, -1.0, -0.2])
PAIRS = ((0, 1), (0, 2), (1, 2), (0, 3))
KINDS = ("wald", "t", "hartung-knapp", "kenward-roger")
SEED = 20240101


def simulated(random: np.random.Generator, *, each: int, tau: float) -> Contrasts:
    """`each` trials of four pairs, and one trial of three arms; variances of arms from 0.02 to 0.2."""
    two = np.repeat(np.array(PAIRS), each, axis=0)
    three = np.array([[0, 1, 2]])
    batches = tuple(_batch(arms, start, random, tau) for arms, start in ((two, 0), (three, len(two))))
    names = tuple(f"trial {number}" for number in range(len(two) + 1))
    return Contrasts("MD", ("A", "B", "C", "D"), names, batches)


def _batch(arms: np.ndarray, start: int, random: np.random.Generator, tau: float) -> Batch:
    k, m = arms.shape
    variance = random.uniform(0.02, 0.2, (k, m))
    mean = TRUTH[arms] + random.normal(0, np.sqrt(variance + tau**2 / 2))
    covariance = np.eye(m - 1) * variance[:, 1:, None] + variance[:, :1, None]
    return Batch(start + np.arange(k), arms, mean[:, 1:] - mean[:, :1], covariance, np.full((k, m), np.nan))


def coverage(runs: int, *, each: int, tau: float) -> dict[str, float]:
    """Share of intervals of all six pairs that hold the truth, by kind; and of the prediction intervals a new effect."""
    random = np.random.default_rng(SEED)
    held = dict.fromkeys((*KINDS, "prediction"), 0.0)
    first, second = all_pairs(len(TRUTH))
    truth = TRUTH[first] - TRUTH[second]
    for _ in range(runs):
        rows = space(simulated(random, each=each, tau=tau))
        system = solved(rows, heterogeneity(rows, "reml"))
        for kind in KINDS:
            found = intervals(system, first, second, kind=kind, level=0.95)
            held[kind] += float(((found.lower <= truth) & (truth <= found.upper)).mean())
        low, high = prediction(system, first, second, level=0.95)
        new = truth + random.normal(0, tau, len(truth))
        held["prediction"] += float(((low <= new) & (new <= high)).mean())
    return {kind: share / runs for kind, share in held.items()}


def table(runs: int) -> Iterator[str]:
    """One row for each number of trials and heterogeneity."""
    error = 100 * (0.05 * 0.95 / runs) ** 0.5
    yield "# Coverage of 95% intervals with few trials (simulated)\n\n"
    yield f"Printed by `validation/coverage.py --runs {runs} --write`: {runs} simulated networks in each row, REML, all six\n"
    yield f"pairs of four treatments. Monte Carlo standard error of a share of 95%: at most {error:.1f} percentage points.\n\n"
    yield (
        "| trials | tau | " + " | ".join((*KINDS, "prediction")) + " |\n|---:|---:|" + "---:|" * (len(KINDS) + 1) + "\n"
    )
    for each in (1, 2, 4):
        for tau in (0.0, 0.3, 0.8):
            found = coverage(runs, each=each, tau=tau)
            cells = " | ".join(f"{100 * share:.1f}" for share in found.values())
            yield f"| {each * len(PAIRS) + 1} | {tau} | {cells} |\n"
    yield "\nWald intervals, the default of every peer, hold too little as soon as there is heterogeneity and few trials: then\n"
    yield "`--ci kenward-roger` or `hartung-knapp` is the choice. Without heterogeneity all of them are wider than need be.\n"
    yield "Prediction intervals hold up to five points too little where heterogeneity is there and often estimated as none.\n"


def main() -> None:
    """Simulate and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=200)
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    text = "".join(table(chosen.runs))
    print(text)
    if chosen.write:
        PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
