"""The networks that are measured: 26 published trials, and simulated ones of 500 and 5,000 trials, as plain columns."""

import csv
from pathlib import Path

import numpy as np

SENN = Path(__file__).parent.parent / "tests" / "reference" / "data" / "senn2013.csv"
SIZES = {"50 treatments, 500 trials": (50, 500), "200 treatments, 5,000 trials": (200, 5000)}
MULTI_ARM = 0.15  # of the simulated trials have three or four arms
TAU = 0.3


def published() -> dict[str, list]:
    """Senn 2013: 10 treatments, 26 trials, one with three arms."""
    with SENN.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    named = {"study": "studlab", "treatment1": "treat1", "treatment2": "treat2"}
    columns = {ours: [row[theirs] for row in rows] for ours, theirs in named.items()}
    return columns | {"estimate": [float(row["TE"]) for row in rows], "se": [float(row["seTE"]) for row in rows]}


def simulated(treatments: int, trials: int, *, seed: int = 20240101) -> dict[str, list]:
    """A connected network with heterogeneity: every treatment is met once, then trials of two to four arms at random."""
    random = np.random.default_rng(seed)
    truth = random.normal(0, 1, treatments)
    columns: dict[str, list] = {name: [] for name in ("study", "treatment1", "treatment2", "estimate", "se")}
    for number in range(trials):
        arms = _arms(number, treatments, random)
        variance = random.uniform(0.02, 0.2, len(arms))
        mean = truth[arms] + random.normal(0, np.sqrt(variance + TAU**2 / 2))
        for a, b in zip(*np.triu_indices(len(arms), 1), strict=True):
            values = (f"trial {number}", f"t{arms[a]:03}", f"t{arms[b]:03}", mean[a] - mean[b])
            for name, value in zip(columns, (*values, float(np.sqrt(variance[a] + variance[b]))), strict=True):
                columns[name].append(value)
    return columns


def _arms(number: int, treatments: int, random: np.random.Generator) -> np.ndarray:
    if number < treatments - 1:
        return np.array([random.integers(0, number + 1), number + 1])
    many = int(random.integers(3, 5)) if random.random() < MULTI_ARM else 2
    return random.choice(treatments, many, replace=False)
