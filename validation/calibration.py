"""Are the posteriors of the Bayesian twin calibrated? Truths drawn from the prior, trials drawn from them, intervals counted.

`python validation/calibration.py --runs 2000 --write` writes validation/calibration.md. Talts 2018, arXiv 1804.06788: where
truth and data come from the model, an interval of any level holds the truth at that level.
"""

import argparse
from pathlib import Path

import numpy as np

from enthesis.evidence.bayes import HalfNormal, bayesian
from enthesis.evidence.contrasts import Batch, Contrasts

LEVELS = (0.5, 0.8, 0.95)
SCALE = 0.4  # of the half-normal prior truths are drawn from
TRIALS = (4, 8, 16)
PAIRS = [(0, 1), (0, 2), (1, 2), (0, 1)]  # of three treatments, over and over


def drawn(trials: int, random: np.random.Generator) -> tuple[Contrasts, float, np.ndarray]:
    """One set of two-armed trials with the tau and effects it came from."""
    tau, effects = abs(random.normal(0, SCALE)), np.concatenate([[0.0], random.normal(0, 3, 2)])
    arms = np.array([PAIRS[number % len(PAIRS)] for number in range(trials)])
    variance = random.uniform(0.02, 0.2, trials)
    y = effects[arms[:, 1]] - effects[arms[:, 0]] + random.normal(0, np.sqrt(variance + tau**2))
    names = tuple(f"trial {number}" for number in range(trials))
    batch = Batch(np.arange(trials), arms, y[:, None], variance[:, None, None], np.full((trials, 2), np.nan))
    return Contrasts("MD", ("A", "B", "C"), names, (batch,)), tau, effects


def counted(trials: int, runs: int) -> list[float]:
    """Shares of intervals that hold the truth: of tau, and of one difference, at each level."""
    random, held = np.random.default_rng(20240101 + trials), np.zeros((len(LEVELS), 2))
    for _ in range(runs):
        made, tau, effects = drawn(trials, random)
        truth = effects[0] - effects[1]
        for place, level in enumerate(LEVELS):
            found = bayesian(made, prior=HalfNormal(SCALE), level=level)
            pair, spread = found.league()[0], found.tau
            held[place] += spread["lower"] <= tau <= spread["upper"], pair["lower"] <= truth <= pair["upper"]
    return (held / runs).ravel().tolist()


def main() -> None:
    """Print the table, or write it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=2000)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    head = (
        "| trials | " + " | ".join(f"{what}, {level:.0%}" for level in LEVELS for what in ("tau", "difference")) + " |"
    )
    lines = [head, "|---:" * (1 + 2 * len(LEVELS)) + "|"]
    for trials in TRIALS:
        shares = " | ".join(f"{share:.1%}" for share in counted(trials, given.runs))
        lines.append(f"| {trials} | {shares} |")
    text = (
        "# Calibration of the Bayesian twin (simulated)\n\n"
        f"Printed by `validation/calibration.py --runs {given.runs} --write`: {given.runs} simulated sets of trials in each row,\n"
        f"tau drawn from the half-normal prior with scale {SCALE}. How often intervals of each level hold the truth;\n"
        f"Monte Carlo standard error at 50%: {0.5 / given.runs**0.5:.1%}.\n\n" + "\n".join(lines) + "\n"
    )
    if given.write:
        Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
