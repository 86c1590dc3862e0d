"""Does joining a clinic's own answers help, and does it never harm? At biases from -6 to 4 points, in several worlds.

The runs of a world are made once; each bias is then added to the same answers, so that differences have little chance in them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import default_rng
from validation.worlds import ASK, LARGE, LIBRARY, SEED, WEEK, WORLDS, World, answers, evidence, starts

from enthesis.expectations import ClinicAnswers, expect
from enthesis.expectations.joining import Normal, joined

BIASES = (-6.0, -4.0, -3.0, -2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
SHORT = (-4.0, -3.0, -2.0, -1.0, -0.5, 0.0, 0.5, 1.0, 2.0, 3.0)
PEOPLE, TIMES = (
    60,
    4,
)  # the main table takes four times as many runs: at three points chance is as large as the difference
ELSEWHERE = (
    ("plain: one hump, six trials", 20),
    ("plain: one hump, six trials", 400),
    ("no effect", 60),
    ("two trials", 60),
    ("two humps, large trials", 60),
    ("places differ without treatment too", 60),
)
SURE = 1.959964


@dataclass(frozen=True)
class Place:
    """One run: what the trials foretold, what is so, and what unbiased answers would say with their SE."""

    prior: Normal
    true: float
    mean: float
    error: float


@dataclass(frozen=True)
class Errors:
    """Mean squared errors (points squared), the paired difference with its standard error, and coverage of the joined."""

    alone: float
    joined: float
    answers: float
    more: float
    by_chance: float
    held: float

    @property
    def larger(self) -> bool:
        """Whether the joined estimate errs more, by more than chance in these runs explains."""
        return self.more > SURE * self.by_chance


def places(world: World, people: int, runs: int, seed: int) -> list[Place]:
    """Every run of a world: its trials, and one new place with its true mean change and its answers."""
    rng, made = default_rng(seed), []
    for _ in range(runs):
        of = evidence(world, rng)
        gain, base = rng.normal(world.effect, world.spread), rng.normal(world.untreated, world.apart)
        start = starts(rng, LARGE)
        true = float((answers(world, rng, start, gain, base) - start).mean())
        seen = answers(world, rng, start[:people], gain, base) - start[:people]
        mean, error = float(seen.mean()), float(seen.std(ddof=1) / np.sqrt(people))
        given = ClinicAnswers(people, people, mean, error, WEEK)
        made.append(Place(expect(ASK, review=of, library=LIBRARY, clinic=given).clinic.usual.prior, true, mean, error))
    return made


def errors(made: list[Place], bias: float, *, cover: bool = False) -> Errors:
    """Errors when every answer of every place is off by `bias` points (negative: better than it is)."""
    found = [(one, joined(one.prior, one.mean + bias, one.error)) for one in made]
    alone = np.array([(one.prior.mean - one.true) ** 2 for one in made])
    both = np.array([(view.mean - one.true) ** 2 for one, view in found])
    only = np.mean([(one.mean + bias - one.true) ** 2 for one in made])
    held = np.mean([_inside(one.true, *view.interval()) for one, view in found]) if cover else np.nan
    apart = both - alone
    chance = float(apart.std(ddof=1) / np.sqrt(len(made)))
    return Errors(float(alone.mean()), float(both.mean()), float(only), float(apart.mean()), chance, float(held))


def _inside(true: float, low: float, high: float) -> bool:
    return low <= true <= high


def page(runs: int) -> Iterator[str]:
    """The part of the page on joining, a line at a time."""
    yield HEAD.format(people=PEOPLE, runs=TIMES * runs)
    made = [one for more in range(1, TIMES + 1) for one in places(WORLDS[0], PEOPLE, runs, SEED + more)]
    for bias in BIASES:
        found = replace(errors(made, bias), held=errors(made[:runs], bias, cover=True).held)
        chance = f"{found.more:+.3f} ± {SURE * found.by_chance:.3f}"
        numbers = f"{found.alone:.3f} | {found.joined:.3f} | {chance} | {found.answers:.3f} | {100 * found.held:.1f}"
        yield f"| {bias:+g} | {numbers} |\n"
    yield (
        OTHERS
        + f"| world | people | {' | '.join(f'{bias:+g}' for bias in SHORT)} |\n|---|---:|{'---:|' * len(SHORT)}\n"
    )
    for at, (name, people) in enumerate(ELSEWHERE):
        world = next(one for one in WORLDS if one.name == name)
        seen = places(world, people, runs, SEED + 10 + at)
        cells = [_cell(errors(seen, bias)) for bias in SHORT]
        yield f"| {name} | {people} | {' | '.join(cells)} |\n"


def _cell(found: Errors) -> str:
    return f"{found.joined / found.alone:.2f}{'*' if found.larger else ''}"


HEAD = """
## Joined with a clinic's own answers

Mean squared error of the mean change of pain (points squared) at one clinic of {people} people, whose answers are off by a known
amount (negative: they look better than it is); its people start as those of the trials do. "Joined less alone" is paired, with
what chance in these {runs} runs may do to it (95%).

| answers off by | trials alone | joined | joined less alone | answers alone | joined holds the truth, % |
|---:|---:|---:|---:|---:|---:|
"""
OTHERS = """
The same in other worlds and for more or fewer people: error of the joined by that of the trials alone, at each bias. Below 1 the
answers helped; a star marks what is larger than chance explains (of sixty cells, one or two would be by chance alone).

"""
