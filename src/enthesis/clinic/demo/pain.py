"""Simulated pain over a year: levels are invented, how they hang together is measured in a real trial.

From the acupuncture arm of Vickers 2004 (patient-level data released with Vickers, Trials 2006;7:15, doi
10.1186/1745-6215-7-15): correlation of the baseline with 3 months 0.69 and with 12 months 0.58, of 3 with 12 months
0.62; answered at 3 months 84%, at 12 months 79%; the log odds of silence at 12 months rise by 0.22 for each standard
deviation of a worse baseline; 92% of those silent at 3 months were silent at 12. The fall in mean pain is set so that
about 46% are at least halved at a year, as in the dextrose arm of Yelland 2004; the saline arm there had 36%.
"""

import math
from dataclasses import dataclass
from random import Random

BASELINE_MEAN, BASELINE_SD = 6.6, 1.4
LATER_SD = 2.2
MEAN_BY_WEEK = {2: 5.8, 6: 5.0, 13: 4.4, 26: 4.0, 52: 3.7, 104: 3.8}
WITH_BASELINE = {2: 0.75, 6: 0.72, 13: 0.69, 26: 0.63, 52: 0.58, 104: 0.55}
SHARED = 0.373  # part of what the baseline leaves open that stays with the person: gives 0.62 between 3 and 12 months
SILENT_BY_WEEK = {2: 0.08, 6: 0.12, 13: 0.156, 26: 0.18, 52: 0.215, 104: 0.30}
SLOPE = 0.22
STAYS_SILENT = 0.92


@dataclass(frozen=True)
class PainYear:
    """One person's pain, 0 to 10, before and at each week, and the weeks at which nothing is heard of them."""

    baseline: int
    second_baseline: int
    by_week: dict[int, int]
    silent: frozenset[int]


def pain_year(dice: Random) -> PainYear:
    """One simulated person. Mean, spread and correlation as stated above."""
    true = dice.gauss(0, 1)
    stays = dice.gauss(0, 1)
    by_week = {week: _later(week, true, stays, dice) for week in MEAN_BY_WEEK}
    return PainYear(
        _level(BASELINE_MEAN + BASELINE_SD * true + dice.gauss(0, 0.7)),
        _level(BASELINE_MEAN - 0.3 + BASELINE_SD * true + dice.gauss(0, 0.7)),
        by_week,
        _silences(true, dice),
    )


def _later(week: int, true: float, stays: float, dice: Random) -> int:
    tie = WITH_BASELINE[week]
    rest = math.sqrt(SHARED) * stays + math.sqrt(1 - SHARED) * dice.gauss(0, 1)
    return _level(MEAN_BY_WEEK[week] + LATER_SD * (tie * true + math.sqrt(1 - tie**2) * rest))


def _silences(true: float, dice: Random) -> frozenset[int]:
    silent: set[int] = set()
    for week, share in SILENT_BY_WEEK.items():
        odds = math.log(share / (1 - share)) + SLOPE * true
        chance = STAYS_SILENT if silent else 1 / (1 + math.exp(-odds))
        if dice.random() < chance:
            silent.add(week)
    return frozenset(silent)


def _level(value: float) -> int:
    return min(10, max(0, round(value)))
