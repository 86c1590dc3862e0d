"""One domain judged, and the level that is left after all five."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from enthesis.evidence import certainty
from enthesis.evidence.certainty import Concern, Rating
from enthesis.knowledge import BadInput

STEPS = (Rating.HIGH, Rating.MODERATE, Rating.LOW, Rating.VERY_LOW)


class Domain(StrEnum):
    """The five reasons to rate down a body of randomised trials, as GRADE has them."""

    RISK_OF_BIAS = "risk of bias"
    INCONSISTENCY = "inconsistency"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    PUBLICATION_BIAS = "publication bias"


OF_NETWORK = {  # the six domains of the evidence room, in which a clinic's people judge, as GRADE's five
    certainty.Domain.WITHIN_STUDY_BIAS: Domain.RISK_OF_BIAS,
    certainty.Domain.REPORTING_BIAS: Domain.PUBLICATION_BIAS,
    certainty.Domain.INDIRECTNESS: Domain.INDIRECTNESS,
    certainty.Domain.IMPRECISION: Domain.IMPRECISION,
    certainty.Domain.HETEROGENEITY: Domain.INCONSISTENCY,
    certainty.Domain.INCOHERENCE: Domain.INCONSISTENCY,
}


@dataclass(frozen=True)
class Override:
    """Somebody's judgment instead of the rule's. Raises BadInput without a reason or a name.

    `of` is what the rule had said when it was judged, and `at` the moment, where they were kept.
    """

    domain: Domain
    concern: Concern
    reason: str
    by: str
    at: datetime | None = None
    of: str = ""

    @property
    def said(self) -> str:
        """Who judged, when and why."""
        when = f" on {self.at:%Y-%m-%d}" if self.at else ""
        return f"{self.by}{when}: {self.reason}"

    def __post_init__(self) -> None:
        """An unexplained change is not kept."""
        if not self.reason.strip() or not self.by.strip():
            raise BadInput(f"because: an override of {self.domain} needs the reason, and whose judgment it is")


@dataclass(frozen=True)
class Judged:
    """One domain: how many steps it takes, why, and who thought otherwise than the rule (whose level stays)."""

    domain: Domain
    concern: Concern
    because: str
    by_rule: Concern | None = None
    overridden: Override | None = None

    @property
    def rule(self) -> Concern:
        """What the rule said."""
        return self.concern if self.by_rule is None else self.by_rule

    @property
    def outdated(self) -> bool:
        """Whether the rule has come to say something else since somebody judged."""
        return self.overridden is not None and self.overridden.of not in ("", self.because)

    def with_override(self, override: Override) -> "Judged":
        """The same with somebody's judgment in its place; both are kept.

        Where the rule says something else than when it was judged, the more careful of the two stands until it is judged anew.
        """
        changed = replace(self, by_rule=self.rule, overridden=override)
        concern = max(override.concern, self.rule) if changed.outdated else override.concern
        return replace(changed, concern=concern)


@dataclass(frozen=True)
class Graded:
    """High for randomised trials, a step down for each concern, never below very low; nothing is rated up."""

    judged: tuple[Judged, ...]

    @property
    def rating(self) -> Rating:
        """The level that is left."""
        return STEPS[min(sum(one.concern for one in self.judged), len(STEPS) - 1)]

    @property
    def rating_by_rules(self) -> Rating:
        """The level that the rules alone leave."""
        return Graded(tuple(replace(one, concern=one.rule) for one in self.judged)).rating

    @property
    def overridden(self) -> tuple[Judged, ...]:
        """The domains in which somebody judged otherwise."""
        return tuple(one for one in self.judged if one.overridden)

    def with_overrides(self, overrides: tuple[Override, ...]) -> "Graded":
        """The same with other people's judgments; the last one of a domain counts."""
        latest = {one.domain: one for one in overrides}
        return Graded(
            tuple(one.with_override(latest[one.domain]) if one.domain in latest else one for one in self.judged)
        )


def from_network(judgment: certainty.Override) -> Override:
    """A judgment made on the evidence pages, in the domain of GRADE it belongs to."""
    return Override(OF_NETWORK[judgment.domain], judgment.concern, judgment.reason, judgment.by, judgment.at)
