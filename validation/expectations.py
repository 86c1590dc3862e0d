"""Do stated ranges hold the truth, and does joining a clinic's answers help? Simulated worlds where the truth is known.

`python -m validation.expectations [runs]` writes validation/expectations.md. Every trial is made of whole answers from 0 to
10 by people with their own start; the chain runs as for a real review: rows of trials, network, expectation, joining.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng

from enthesis.evidence.review import Arm, Better, Bias, Review, Scores, Trial, review
from enthesis.expectations import Ask, ClinicAnswers, Expectation, expect
from enthesis.knowledge import Library

PAGE = Path(__file__).parent / "expectations.md"
LIBRARY = Library.shipped()
SHIPPED = review(LIBRARY, "dextrose-prolotherapy")
START, WEEK, SEED, LARGE = 7.0, 26.0, 20261126, 4000
RANGES = ("treated 30%", "treated 50%", "difference 30%", "difference 50%", "untreated 50%")
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


@dataclass(frozen=True)
class Truth:
    """What is so at one new place: shares of people who start at 7 (or anywhere, where trials counted), and the mean gain."""

    treated: float
    untreated: float
    gain: float
    change: float


def truth(world: World, rng: Generator, less: float) -> Truth:
    """A new place, drawn as a trial is, with so many people that chance plays no part."""
    gain, base = rng.normal(world.effect, world.spread), rng.normal(world.untreated, world.apart)
    start = starts(rng, LARGE) if world.counted else np.full(LARGE, START)
    with_it, without = (answers(world, rng, start, one, base) for one in (gain, 0.0))
    shares = [float((start - end >= less * start - 1e-9).mean()) for end in (with_it, without)]
    return Truth(shares[0], shares[1], float(without.mean() - with_it.mean()), float((with_it - start).mean()))


def covered(world: World, runs: int) -> dict[str, float]:
    """Share of runs in which each stated range held what was so at the new place, and the mean error of the gain."""
    rng, hits, errors, widths = default_rng(SEED), np.zeros(5), [], []
    for _ in range(runs):
        found = expect(ASK, review=evidence(world, rng), library=LIBRARY)
        hit, error, width = _one(found, world, rng)
        hits += hit
        errors.append(error)
        widths.append(width)
    return dict(zip(RANGES, hits / runs, strict=True)) | {
        "mean error": float(np.mean(errors)),
        "mean width": float(np.mean(widths)),
    }


def _one(found: Expectation, world: World, rng: Generator) -> tuple[np.ndarray, float, float]:
    state = rng.bit_generator.state
    hit = []
    for name, less in (("30", 0.3), ("50", 0.5)):
        rng.bit_generator.state = state  # the same place and people for both cuts
        true, pair = truth(world, rng, less), found.shares[name].pair
        hit.append(
            (
                pair.treated.lower <= true.treated <= pair.treated.upper,
                pair.difference.lower <= true.treated - true.untreated <= pair.difference.upper,
                pair.untreated.lower <= true.untreated <= pair.untreated.upper,
            )
        )
    true_gain = true.treated - true.untreated
    width = pair.difference.upper - pair.difference.lower
    told = [hit[0][0], hit[1][0], hit[0][1], hit[1][1], hit[1][2]]
    return np.array(told, float), pair.difference.estimate - true_gain, width


DRAWN = "anything from 0 to 4 points, drawn anew"
CLINICS = (
    ("not biased", 0.0, 60),
    ("half a point", -0.5, 60),
    ("one point", -1.0, 60),
    ("two points", -2.0, 60),
    ("four points", -4.0, 60),
    ("four points, 400 answers", -4.0, 400),
    ("half a point worse than they are", 0.5, 60),
    (DRAWN, None, 60),
)


def joined_errors(bias: float | None, people: int, runs: int) -> dict[str, float]:
    """Mean squared error of the mean change at one place: trials alone, joined, answers alone; and coverage of joined."""
    world, rng, squares, held = WORLDS[0], default_rng(SEED + 1), np.zeros(3), 0
    for _ in range(runs):
        off = -4 * rng.random() if bias is None else bias
        of = evidence(world, rng)
        gain = rng.normal(world.effect, world.spread)
        start = starts(rng, LARGE)
        true = float((answers(world, rng, start, gain, world.untreated) - start).mean())
        seen = answers(world, rng, start[:people], gain, world.untreated) - start[:people] + off
        mean, error = float(seen.mean()), float(seen.std(ddof=1) / np.sqrt(people))
        view = expect(ASK, review=of, library=LIBRARY, clinic=ClinicAnswers(people, people, mean, error, WEEK)).clinic
        low, high = view.usual.interval()
        squares += [(view.usual.prior.mean - true) ** 2, (view.usual.mean - true) ** 2, (mean - true) ** 2]
        held += low <= true <= high
    return dict(zip(("trials alone", "joined", "answers alone"), squares / runs, strict=True)) | {"held": held / runs}


def page(runs: int) -> Iterator[str]:
    """The whole page, a line at a time."""
    yield HEAD.format(runs=runs, seed=SEED)
    yield _head("world", *RANGES, "mean error of the gain, of 100", "mean width of the difference, of 100")
    for world in WORLDS:
        found = covered(world, runs)
        shares = " | ".join(f"{100 * found[name]:.1f}" for name in list(found)[:5])
        yield f"| {world.name} | {shares} | {100 * found['mean error']:+.1f} | {100 * found['mean width']:.0f} |\n"
    yield JOINED
    yield _head(
        "the answers are off by", "people", "trials alone", "joined", "answers alone", "joined holds the truth, %"
    )
    for name, bias, people in CLINICS:
        found = joined_errors(bias, people, runs)
        errors = " | ".join(f"{found[which]:.3f}" for which in ("trials alone", "joined", "answers alone"))
        yield f"| {name} | {people} | {errors} | {100 * found['held']:.1f} |\n"
    yield LIMITS


def _head(*names: str) -> str:
    return f"| {' | '.join(names)} |\n|---|{'---:|' * (len(names) - 1)}\n"


HEAD = """# Do the ranges of an expectation hold the truth?

Written by `python -m validation.expectations {runs}` (seed {seed}). In each run trials are simulated, person by person, in whole
answers from 0 to 10; the chain of a real review makes ranges of them; and one new place is drawn, of which all is known. The
table says in how many of 100 runs a stated 95% range held what was so there.

"""
JOINED = """
## Joined with a clinic's own answers

Mean squared error of the mean change of pain (points squared) at one clinic, whose answers look better than they are by a
known amount; its people start as those of the trials do.

"""
LIMITS = """
## What this does not show

These worlds are ours. A range that holds more often than 95 of 100 is wider than it need be: that is the price of the margin
for people who fall into responders and others, which is added whether they do or not. Where places differ in how people fare
without treatment, the range of the untreated share holds no such spread, for the trials read are too few to tell it.
"""

if __name__ == "__main__":
    PAGE.write_text("".join(page(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)), encoding="utf-8")
