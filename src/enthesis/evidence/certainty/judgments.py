"""A judgment of one domain: how concerned to be, the rule that says so, its numbers, and who thought otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum, StrEnum

from enthesis.knowledge import BadInput


class Domain(StrEnum):
    """The six domains of CINeMA (10.1371/journal.pmed.1003082), in its order."""

    WITHIN_STUDY_BIAS = "within-study bias"
    REPORTING_BIAS = "reporting bias"
    INDIRECTNESS = "indirectness"
    IMPRECISION = "imprecision"
    HETEROGENEITY = "heterogeneity"
    INCOHERENCE = "incoherence"


class Concern(IntEnum):
    """How much a domain takes from certainty; the number is how many steps of GRADE."""

    NONE = 0
    SOME = 1
    MAJOR = 2

    @property
    def words(self) -> str:
        """As people read it."""
        return ("no concerns", "some concerns", "major concerns")[self]


class Rating(StrEnum):
    """The four levels of GRADE."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"


@dataclass(frozen=True)
class Override:
    """Somebody's own judgment instead of the rule's, with the reason."""

    domain: Domain
    concern: Concern
    reason: str
    by: str
    at: datetime | None = None

    def __post_init__(self) -> None:
        """Raises BadInput without a reason or a name: an unexplained change is not kept."""
        if not self.reason.strip():
            raise BadInput(f"reason: say why the rule's judgment of {self.domain} should not stand")
        if not self.by.strip():
            raise BadInput(f"by: say whose judgment of {self.domain} this is")


@dataclass(frozen=True)
class Judgment:
    """One domain of one comparison. `by_rule` is what the rule said, whatever anybody put in its place."""

    domain: Domain
    concern: Concern
    because: str
    numbers: Mapping[str, float | None] = field(default_factory=dict)
    by_rule: Concern | None = None
    overridden: Override | None = None

    def with_override(self, override: Override) -> "Judgment":
        """The same with somebody's judgment in place of the rule's; both are kept. Raises BadInput for another domain."""
        if override.domain is not self.domain:
            raise BadInput(f"override: it is about {override.domain}, not {self.domain}")
        return replace(self, concern=override.concern, by_rule=self.rule, overridden=override)

    @property
    def rule(self) -> Concern:
        """What the rule said."""
        return self.concern if self.by_rule is None else self.by_rule


STEPS = (Rating.HIGH, Rating.MODERATE, Rating.LOW, Rating.VERY_LOW)


@dataclass(frozen=True)
class Certainty:
    """How sure the estimate of one comparison is: high for randomised trials, one step down for each concern.

    Some concerns take one step, major concerns two, and nothing falls below very low. Nothing is rated up.
    """

    treatment: str
    versus: str
    judgments: tuple[Judgment, ...]

    @property
    def steps(self) -> int:
        """Steps down in all."""
        return sum(judgment.concern for judgment in self.judgments)

    @property
    def rating(self) -> Rating:
        """The level that is left."""
        return STEPS[min(self.steps, len(STEPS) - 1)]

    def of(self, domain: Domain) -> Judgment:
        """The judgment of one domain."""
        return next(judgment for judgment in self.judgments if judgment.domain is domain)

    def with_overrides(self, overrides: tuple[Override, ...]) -> "Certainty":
        """The same with other people's judgments in place of the rules'; the last one of a domain counts."""
        latest = {override.domain: override for override in overrides}
        judged = (one.with_override(latest[one.domain]) if one.domain in latest else one for one in self.judgments)
        return replace(self, judgments=tuple(judged))

    def explain(self) -> str:
        """The rating and what it was rated down for, in a sentence."""
        down = [f"{one.domain} ({one.concern.words})" for one in self.judgments if one.concern]
        why = f"rated down for {', '.join(down)}" if down else "no domain raises a concern"
        return f"{self.rating.capitalize()} certainty: {why}."
