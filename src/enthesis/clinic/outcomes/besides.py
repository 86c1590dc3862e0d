"""What else a course was treated with: before the first injection, and between it and each answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from enthesis.clinic.outcomes.fates import then
from enthesis.outcomes.cohort.other_treatments import AGREED
from enthesis.outcomes.snapshot import BEFORE, BEFORE_DAYS
from enthesis.registry.models import AgreedPlan, Clinic, CoTreatment

GROUPS = {
    "therapy": ("physiotherapy", "exercise", "manual", "acupuncture"),
    "medicine": ("anti-inflammatory", "other-medicine"),
    "opioid": ("opioid",),
    "injection": ("steroid-injection", "other-injection"),
    "procedure": ("radiofrequency", "operation"),
    "other": ("other",),
}
# What may by itself move an answer. Therapy and exercise are part of care here, and most people have them.
LASTING = (*GROUPS["injection"], *GROUPS["procedure"])  # at any time since
PASSING = (*GROUPS["medicine"], *GROUPS["opioid"])  # while it is taken
RECALL_DAYS = 7  # days before an answer that its questions ask about (pain 0-10: the last 7 days)


@dataclass(frozen=True)
class Beside:
    """One other treatment and its days; `until` is None while it goes on."""

    kind: str
    since: date
    until: date | None

    def within(self, first: date, last: date) -> bool:
        """Did it go on at some time from the first to the last day?"""
        return self.since <= last and (self.until is None or self.until >= first)


Besides = tuple[Beside, ...]


def besides(clinic: Clinic, moment: datetime) -> dict[UUID, Besides]:
    """What is on record of each course of a clinic as it stood at a moment. Two queries."""
    found: dict[UUID, list[Beside]] = {}
    others = then(CoTreatment.objects.filter(clinic=clinic), moment)
    for course, kind, since, until in others.values_list("course_id", "kind", "started_on", "ended_on"):
        found.setdefault(course, []).append(Beside(kind, since, until))
    for course, on in then(AgreedPlan.objects.filter(clinic=clinic), moment).values_list("course_id", "on"):
        found.setdefault(course, []).append(Beside(AGREED, on, None))
    return {course: tuple(each) for course, each in found.items()}


def before(known: Besides, start: date) -> dict[str, float]:
    """1 for each group that went on in the days before a start, else 0: what may adjust, for it is no result."""
    there = {one.kind for one in known if one.within(start - timedelta(days=BEFORE_DAYS), start - timedelta(days=1))}
    return {f"{BEFORE}{group}": float(bool(there.intersection(kinds))) for group, kinds in GROUPS.items()}


def during(known: Besides, start: date | None, day: date | None) -> str:
    """Every kind that went on between the first injection and a day, in order of name; empty before it."""
    if start is None or day is None or day < start:
        return ""
    return "; ".join(sorted({one.kind for one in known if one.within(start, day)}))


def intercurrent(known: Besides, start: date | None, day: date | None) -> str:
    """The kinds that began after a first injection and may by themselves have moved an answer of this day: what may be set
    aside when it is asked how people would have done without (intercurrent events, ICH E9(R1), 2019).
    """
    if start is None or day is None or day < start:
        return ""
    recall = max(start, day - timedelta(days=RECALL_DAYS))
    begun = (one for one in known if start <= one.since <= day)
    return "; ".join(sorted({one.kind for one in begun if _moves(one, recall, day)}))


def _moves(one: Beside, recall: date, day: date) -> bool:
    return one.kind in LASTING or (one.kind in PASSING and one.within(recall, day))
