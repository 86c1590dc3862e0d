"""What one more trial would buy: the width of the interval before and after, for the average and for a new clinic.

A trial of n people in two equal arms brings a standardised difference with variance 4/n, and its own place in the spread of
effects between trials: v' = 1 / (1/v + 1/(4/n + tau^2)).
"""

import math
from dataclasses import dataclass

from enthesis.expectations.shares.pair import USUAL
from enthesis.knowledge import BadInput


@dataclass(frozen=True)
class NextTrial:
    """Widths of 95% intervals, in SDs, after a trial of `people` (0: now)."""

    people: int
    average: float
    new_clinic: float


def next_trial(error: float, spread: float, people: int) -> NextTrial:
    """Widths after one more trial. `error` is today's SE and `spread` tau, in SDs; 0 people is today."""
    if people < 0:
        raise BadInput(f"people: {people} people make no trial")
    variance = error**2 if people == 0 else 1 / (1 / error**2 + 1 / (4 / people + spread**2))
    return NextTrial(people, 2 * USUAL * math.sqrt(variance), 2 * USUAL * math.sqrt(variance + spread**2))


def in_words(now: NextTrial, then: NextTrial) -> str:
    """What it means, in a sentence."""
    narrower = 1 - then.new_clinic / now.new_clinic
    if narrower < 0.1:
        return (
            "Trials differ so much from each other that a bigger trial of the same kind would help little for a new "
            "clinic; a trial of the very joint would."
        )
    return f"After one more trial of {then.people} people the range for a new clinic would be {narrower:.0%} narrower."
