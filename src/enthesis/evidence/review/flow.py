"""From what was found to what was pooled, in the manner of PRISMA: every trial is in exactly one place, with its reason."""

from collections import Counter
from dataclasses import dataclass

from enthesis.evidence.review.choosing import Chosen
from enthesis.evidence.review.reviewing import Review
from enthesis.evidence.review.rows import Awaiting, State, Trial


@dataclass(frozen=True)
class Flow:
    """Counts of trials. `found` is the sum of the rest: pooled, read but not pooled, excluded, awaiting, registered."""

    pooled: tuple[Trial, ...]
    not_pooled: tuple[tuple[Trial, str], ...]
    excluded: tuple[tuple[Trial, str], ...]
    awaiting: tuple[Awaiting, ...]
    registered: tuple[Awaiting, ...]

    @property
    def found(self) -> int:
        """Every report that was found."""
        return self.read + len(self.excluded) + len(self.awaiting) + len(self.registered)

    @property
    def read(self) -> int:
        """Randomised trials of which some number could be read."""
        return len(self.pooled) + len(self.not_pooled)

    @property
    def reasons(self) -> tuple[tuple[str, int], ...]:
        """Why trials that were read are not in this fit, most common first."""
        return tuple(Counter(why for _, why in self.not_pooled).most_common())

    def in_words(self) -> str:
        """The flow in one sentence."""
        return (
            f"{self.found} found: {len(self.pooled)} pooled here, {len(self.not_pooled)} read but not usable for this "
            f"question, {len(self.excluded)} excluded, {len(self.awaiting)} awaiting extraction, "
            f"{len(self.registered)} registered without results."
        )


def flow(of: Review, chosen: Chosen) -> Flow:
    """Where each trial of a review went, for one question."""
    out = [(trial, why) for trial, why in chosen.left_out if not trial.excluded]
    excluded = [(trial, trial.excluded) for trial in of.trials if trial.excluded]
    registered = tuple(one for one in of.awaiting if one.state is State.REGISTERED)
    waiting = tuple(one for one in of.awaiting if one.state is State.UNREADABLE)
    return Flow(tuple(one.trial for one in chosen.taken), tuple(out), tuple(excluded), waiting, registered)
