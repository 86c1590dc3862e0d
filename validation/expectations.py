"""Do stated ranges hold the truth, and does joining a clinic's answers help? Simulated worlds where the truth is known.

`python -m validation.expectations [runs]` writes validation/expectations.md. Every trial is made of whole answers from 0 to
10 by people with their own start; the chain runs as for a real review: rows of trials, network, expectation, joining.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.random import Generator, default_rng
from validation import joined
from validation.worlds import ASK, LARGE, LIBRARY, SEED, START, WORLDS, World, answers, evidence, starts

from enthesis.expectations import Expectation, expect

PAGE = Path(__file__).parent / "expectations.md"
RANGES = ("treated 30%", "treated 50%", "difference 30%", "difference 50%", "untreated 50%")


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


def page(runs: int) -> Iterator[str]:
    """The whole page, a line at a time."""
    yield HEAD.format(runs=runs, seed=SEED)
    yield _head("world", *RANGES, "mean error of the gain, of 100", "mean width of the difference, of 100")
    for world in WORLDS:
        found = covered(world, runs)
        shares = " | ".join(f"{100 * found[name]:.1f}" for name in list(found)[:5])
        yield f"| {world.name} | {shares} | {100 * found['mean error']:+.1f} | {100 * found['mean width']:.0f} |\n"
    yield from joined.page(runs)
    yield LIMITS


def _head(*names: str) -> str:
    return f"| {' | '.join(names)} |\n|---|{'---:|' * (len(names) - 1)}\n"


HEAD = """# Do the ranges of an expectation hold the truth?

Written by `python -m validation.expectations {runs}` (seed {seed}). In each run trials are simulated, person by person, in whole
answers from 0 to 10; the chain of a real review makes ranges of them; and one new place is drawn, of which all is known. The
table says in how many of 100 runs a stated 95% range held what was so there.

"""
LIMITS = """
## What this does not show

These worlds are ours. A range that holds more often than 95 of 100 is wider than it need be: that is the price of the margin
for people who fall into responders and others, which is added whether they do or not, and of the spread between places that is
assumed where trials are few (0.25 SD, of the effect and of how people fare without treatment).

No way of listening to uncontrolled answers can gain without losing at some bias: one that errs no more than the trials alone at
every bias whatever is the trials alone (one mean is admissible; Stein 1981, Brown 1971). This one puts its loss where the bias
would have to be larger than the scale, at the price of a small gain (docs/decisions/0016). Where the stated variance of the trials
is too large by more than four times, it loses a little within the scale too.
"""

if __name__ == "__main__":
    PAGE.write_text("".join(page(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)), encoding="utf-8")
