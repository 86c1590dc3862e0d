"""The judgment of a report: how urgent, what was found, what nobody answered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from enthesis.recovery.urgency import Urgency, most_urgent

CHANGED = "told first, then changed"  # of a sign that a later part of the same report took back
PLEASE_ANSWER = "Please answer the questions that are left. Until then we cannot tell that all is well."


@dataclass(frozen=True)
class Finding:
    """One warning sign that was found, with its basis. `everywhere` says that it does not depend on the site.

    `basis` holds the answers it rests on, by question: 1 for a yes, else the number. Empty in what was kept before 2026-11-26.
    """

    warning: str
    title: str
    urgency: Urgency
    because: str
    to_patient: str
    to_clinic: str
    sources: tuple[str, ...]
    judgement: str
    everywhere: bool
    basis: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Watch:
    """What one day's report means. Findings stand most urgent first; `unanswered` holds ids of questions."""

    urgency: Urgency
    findings: tuple[Finding, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def to_patient(self) -> tuple[str, ...]:
        """What the patient is told: only what is as urgent as the whole. Calm words never stand beside an alarm."""
        told = tuple(finding.to_patient for finding in self.findings if finding.urgency is self.urgency)
        asks = self.unanswered and self.urgency is not Urgency.EMERGENCY_NOW
        return (*told, PLEASE_ANSWER) if asks else told


def joined(findings: Iterable[Finding], unanswered: Iterable[str]) -> Watch:
    """Findings and open questions as one judgment; an open question keeps it from being "expected"."""
    once = {finding.warning: finding for finding in findings}
    ordered = sorted(once.values(), key=lambda one: (-one.urgency.rank, one.everywhere, one.warning))
    still_open = tuple(dict.fromkeys(unanswered))
    floor = Urgency.WATCH if still_open else Urgency.EXPECTED
    return Watch(most_urgent(floor, *(finding.urgency for finding in ordered)), tuple(ordered), still_open)


def together(first: Watch, *rest: Watch) -> Watch:
    """The judgments of one report for each of the sites treated that day, as one."""
    watches = (first, *rest)
    findings = [finding for watch in watches for finding in watch.findings]
    return joined(findings, [id for watch in watches for id in watch.unanswered])


def standing(now: Watch, before: Iterable[Finding]) -> Watch:
    """A report told in parts: what an earlier part has shown stays, also where a later part takes it back.

    Whether a sign that was told and changed was none is for a person to decide, so the urgency never falls below that
    of any sign found `before`. Open questions are those of the report as it is now.
    """
    there = {finding.warning for finding in now.findings}
    taken_back = (finding for finding in before if finding.warning not in there)
    return joined((*(_changed(one) for one in taken_back), *now.findings), now.unanswered)


def _changed(finding: Finding) -> Finding:
    told = finding.because.endswith(CHANGED)
    return finding if told else replace(finding, because=f"{finding.because}; {CHANGED}")
