"""How often the intervals of the outcomes report hold the truth, and how far each method is off, when people fall silent.

Invented clinics of 100 people: pain before, and at 13, 26 and 52 weeks, normal and hanging together as in the acupuncture arm
of Vickers 2004 (correlations 0.69 and 0.58 with the baseline, 0.62 between weeks); the true change at 52 weeks is -2.0 with
an SD of 2.2 after it. People fall silent completely at random, at random (a worse baseline and a worse last answer), or not at
random (a worse pain at that very week). `--write` puts the table into validation/outcomes.md.
"""

import argparse
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from enthesis.outcomes.cohort import share
from enthesis.outcomes.cohort.models import imputed_changes, mixed_changes, weighted_change
from enthesis.outcomes.cohort.rows import Rows
from enthesis.outcomes.cohort.visits import BASELINE, ONE
from enthesis.outcomes.cohort.week import Unmodelled, mean_interval
from enthesis.outcomes.mixed.patterns import patterns_of

HERE = Path(__file__).parent
PEOPLE, WEEKS, SEED = 100, (13.0, 26.0, 52.0), 20261126
MEAN_BEFORE, SD_BEFORE, SD_AFTER = 6.6, 1.6, 2.2
CHANGES = np.array([-1.5, -1.8, -2.0])
TIES = np.array([[1, 0.69, 0.63, 0.58], [0.69, 1, 0.66, 0.62], [0.63, 0.66, 1, 0.66], [0.58, 0.62, 0.66, 1]])
SPREAD = np.array([SD_BEFORE, SD_AFTER, SD_AFTER, SD_AFTER])
SILENCES = ("nobody silent", "completely at random", "at random", "not at random")
LAST = len(WEEKS) - 1


@dataclass
class Tally:
    """What one method said in all runs."""

    estimates: list[float] = field(default_factory=list)
    held: list[bool] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)

    def add(self, estimate: float, lower: float, upper: float, truth: float) -> None:
        """One run."""
        self.estimates.append(estimate - truth)
        self.held.append(lower <= truth <= upper)
        self.widths.append(upper - lower)

    def row(self) -> str:
        """Bias with its own error, coverage with its own error, average width."""
        n = len(self.held)
        cover = float(np.mean(self.held))
        error = float(np.std(self.estimates, ddof=1)) / n**0.5
        own = (cover * (1 - cover) / n) ** 0.5
        return (
            f"{np.mean(self.estimates):+.3f} ± {error:.3f} | {cover:.1%} ± {own:.1%} | {np.mean(self.widths):.2f} | {n}"
        )


def clinic(rng: np.random.Generator) -> np.ndarray:
    """One clinic: baseline and three later scores, everybody answering."""
    covariance = TIES * np.outer(SPREAD, SPREAD)
    return rng.multivariate_normal([MEAN_BEFORE, *(MEAN_BEFORE + CHANGES)], covariance, PEOPLE)


def silenced(scores: np.ndarray, how: str, rng: np.random.Generator) -> np.ndarray:
    """The same with about a third silent at the last week; who is silent once tends to stay so where it is at random."""
    answered = scores.copy()
    if how == "nobody silent":
        return answered
    standard = (scores - scores.mean(axis=0)) / scores.std(axis=0)
    for week in range(1, 4):
        drive = {
            "completely at random": 0.0,
            "at random": 0.8 * standard[:, 0] + 0.8 * seen_before(answered, standard, week),
            "not at random": 1.2 * standard[:, week],
        }[how]
        chance = 1 / (1 + np.exp(-(-1.1 + 0.2 * week + drive)))
        answered[rng.random(PEOPLE) < chance, week] = np.nan
    return answered


def seen_before(answered: np.ndarray, standard: np.ndarray, week: int) -> np.ndarray:
    """The last answer before a week that was seen, in SDs; the baseline where there is none."""
    last = standard[:, 0].copy()
    for earlier in range(1, week):
        last = np.where(np.isfinite(answered[:, earlier]), standard[:, earlier], last)
    return last


def told(scores: np.ndarray, seed: int) -> Iterator[tuple[str, float, float, float]]:
    """What each method says of the change at the last week."""
    before, later = scores[:, 0], scores[:, 1:]
    change = (later - before[:, None])[:, LAST]
    seen = change[np.isfinite(change)]
    plain = mean_interval(mean=float(seen.mean()), sd=float(seen.std(ddof=1)), n=len(seen))
    yield "those who answered", plain.estimate, plain.lower, plain.upper
    rows = Rows(WEEKS, before, before, later, np.ones_like(later, dtype=bool), np.empty((PEOPLE, 0)), ())
    sums = patterns_of(
        later, np.column_stack([np.ones(PEOPLE), before]), visits=("13", "26", "52"), effects=(ONE, BASELINE)
    )
    made = {
        "mixed model": mixed_changes(sums, 3, baseline=float(before.mean()))[LAST],
        "weighted": weighted_change(rows, LAST, up=1),
        "imputed": imputed_changes(rows, seed=seed, up=1)[LAST],
    }
    for name, found in made.items():
        if not isinstance(found, Unmodelled):
            yield name, found.estimate, found.lower, found.upper


def simulate(runs: int) -> dict[tuple[str, str], Tally]:
    """Every silence and method."""
    tallies: dict[tuple[str, str], Tally] = {}
    rng = np.random.default_rng(SEED)
    many = rng.multivariate_normal([MEAN_BEFORE, *(MEAN_BEFORE + CHANGES)], TIES * np.outer(SPREAD, SPREAD), 4_000_000)
    responders = float((many[:, 0] - many[:, 3] >= 0.3 * many[:, 0]).mean())
    truth = float(CHANGES[LAST])
    for run in range(runs):
        whole = clinic(rng)
        of_these = truth + (TIES[0, 3] * SD_AFTER / SD_BEFORE - 1) * float(whole[:, 0].mean() - MEAN_BEFORE)
        for how in SILENCES:
            scores = silenced(whole, how, rng)
            for name, estimate, lower, upper in told(scores, run):
                tallies.setdefault((how, name), Tally()).add(estimate, lower, upper, truth)
                if name == "mixed model":
                    tallies.setdefault((how, "mixed model, for the people enrolled"), Tally()).add(
                        estimate, lower, upper, of_these
                    )
            there = np.isfinite(scores[:, 3])
            events = int((scores[there, 0] - scores[there, 3] >= 0.3 * scores[there, 0]).sum())
            wilson = share(events=events, n=int(there.sum()), due=PEOPLE, enrolled=PEOPLE)
            tallies.setdefault((how, "share 30% better (Wilson)"), Tally()).add(
                wilson.share, wilson.lower, wilson.upper, responders
            )
        if run % 50 == 49:
            print(f"  {run + 1} of {runs}", file=sys.stderr)
    return tallies


def table(tallies: dict[tuple[str, str], Tally], runs: int, seconds: float) -> str:
    """The table as Markdown."""
    opening = (
        f"{runs} runs of {PEOPLE} people; {seconds:.0f} s on one core. Bias in points of 10 (shares: in parts of 1); ± is "
        "the simulation's own standard error."
    )
    lines = [opening, ""]
    lines += ["| who is silent | method | bias | coverage of 95% | average width | runs |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {how} | {name} | {tally.row()} |"
        for (how, name), tally in sorted(tallies.items(), key=lambda one: (SILENCES.index(one[0][0]), one[0][1]))
    ]
    return "\n".join(lines)


def main() -> None:
    """Run, print, and with --write put the table into the page."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=2000)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    begun = time.process_time()
    made = table(simulate(given.runs), given.runs, time.process_time() - begun)
    print(made)
    if given.write:
        page = HERE / "outcomes.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(
            re.sub(
                r"(<!-- outcomes -->\n).*?(<!-- /outcomes -->)",
                lambda m: f"{m[1]}{made}\n{m[2]}",
                text,
                flags=re.DOTALL,
            ),
            encoding="utf-8",
        )


if __name__ == "__main__":
    main()
