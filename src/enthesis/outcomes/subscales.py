"""The parts of an instrument that are scored by themselves, and what a range of scores is called."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

from enthesis.outcomes.scoring import Scoring, scoring

# What the bands of a screen call a score at which its source asks for more.
CUT_OFF_REACHED = ("at or above the cut-off", "positive screen, needs a fuller assessment")


@dataclass(frozen=True)
class Band:
    """Scores from `least` to `most`, both whole and both counted in, and what the source calls them."""

    least: int
    most: int
    says: str


@dataclass(frozen=True)
class Subscale:
    """Some of the questions, scored by themselves: how many of them must be answered, and why."""

    id: str
    title: str
    items: tuple[str, ...]
    needed: int
    says: str
    scoring: dict[str, Any] = field(hash=False)
    bands: tuple[Band, ...] = ()
    loinc_score: str = ""

    @cached_property
    def scoring_rule(self) -> Scoring:
        """How this part is scored."""
        return scoring(self.scoring)


def band_of(score: float | None, bands: Sequence[Band]) -> str:
    """What a score is called; nothing where there is no score or no such names."""
    found = (band.says for band in bands if score is not None and band.least <= score <= band.most)
    return next(found, "")


def broken_bands(bands: Sequence[Band], range: tuple[float, float]) -> Iterator[str]:
    """Bands that leave a gap, overlap, or do not reach from one end of the scores to the other."""
    if not bands:
        return
    joined = all(after.least == before.most + 1 for before, after in pairwise(bands))
    if not joined or (bands[0].least, bands[-1].most) != range:
        yield "bands: they run from the least score to the most, each starting one above the one before"
