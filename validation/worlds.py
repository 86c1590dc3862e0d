"""Simulated worlds where the truth is known: trials of whole answers from 0 to 10, by people with their own start."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from enthesis.evidence.review import Arm, Better, Bias, Review, Scores, Trial, review
from enthesis.expectations import Ask
from enthesis.knowledge import Library

LIBRARY = Library.shipped()
SHIPPED = review(LIBRARY, "dextrose-prolotherapy")
START, WEEK, SEED, LARGE = 7.0, 26.0, 20261126, 4000
ASK = Ask("knee-osteoarthritis", "dextrose", "saline-injection", START, WEEK)


@dataclass(frozen=True)
class World:
    """How people fare. Means and SDs in points; `effect` is the mean gain and `spread` its SD between places."""

    name: str
    effect: float = 0.9
    spread: float = 0.4
    untreated: float = -1.6
    apart: float = 0.0
    sd: float = 2.1
    humps: bool = False
    trials: int = 6
    people: int = 40
    counted: bool = False


WORLDS = (
    World("plain: one hump, six trials"),
    World("small effect", effect=0.4, spread=0.2),
    World("no effect", effect=0.0),
    World("floor: most end near 0", untreated=-4.5),
    World("two trials", trials=2),
    World("two humps: responders and others", humps=True),
    World("two humps, large trials", humps=True, people=150),
    World("trials that counted people", counted=True),
    World("places differ without treatment too", apart=0.4),
)


def answers(world: World, rng: Generator, start: np.ndarray, gain: float, base: float) -> np.ndarray:
    """Pain at the horizon of people with these starts; half of how far one starts from 6.5 is kept."""
    if world.humps:
        share = np.clip(0.35 + gain / 4.0, 0.02, 0.98)  # a gain of one point: a quarter of people more respond
        good = rng.random(len(start)) < share
        end = np.where(
            good, 0.3 * start + rng.normal(0, 1.0, len(start)), start + base + 1.2 + rng.normal(0, 1.3, len(start))
        )
    else:
        kept = 6.5 + 0.5 * (start - 6.5)
        end = kept + base - gain + rng.normal(0, world.sd, len(start))
    return np.clip(np.rint(end), 0, 10)


def starts(rng: Generator, people: int) -> np.ndarray:
    """Starts from 3 to 10 in whole numbers."""
    return np.clip(np.rint(rng.normal(6.5, 1.5, people)), 3, 10)


def trial_rows(world: World, rng: Generator, number: int) -> tuple[Trial, list[Arm]]:
    """One trial as rows of a review: both arms, means of changes, or counts of people with half their pain."""
    gain, base = rng.normal(world.effect, world.spread), rng.normal(world.untreated, world.apart)
    trial = Trial(
        f"t{number}", f"Simulated {number}", "simulated", "knee-osteoarthritis", "simulated", "parallel", Bias.LOW,
        "simulated", people=2 * world.people,
    )  # fmt: skip
    arms = []
    for node, own in (("dextrose", gain), ("saline-injection", 0.0)):
        start = starts(rng, world.people)
        change = answers(world, rng, start, own, base) - start
        row = Arm(
            trial.trial, node, node, "pain", "NRS 0-10", Scores.CHANGE, "simulated", "simulated", True, 0, 10, Better.LOWER,
            WEEK, world.people, float(change.mean()), float(change.std(ddof=1)),
        )  # fmt: skip
        arms.append(row)
        if world.counted:
            arms += [
                replace(
                    row,
                    kind=Scores.EVENTS,
                    mean=None,
                    sd=None,
                    events=int((-change >= less * start).sum()),
                    events_of=f"{less}",
                    less=less,
                )
                for less in (0.3, 0.5)
            ]
    return trial, arms  # fmt: skip


def evidence(world: World, rng: Generator) -> Review:
    """A review of simulated trials only."""
    made = [trial_rows(world, rng, number) for number in range(world.trials)]
    arms = tuple(arm for _, rows in made for arm in rows)
    return replace(
        SHIPPED, trials=tuple(trial for trial, _ in made), arms=arms, differences=(), awaiting=(), published=()
    )
