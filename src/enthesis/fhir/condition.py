"""Condition: a diagnosis or a finding, and whether it holds, held or is only suspected."""

import re
from functools import lru_cache

from enthesis.fhir.absence import says_nothing
from enthesis.fhir.chart import Understood, not_counted, unread
from enthesis.fhir.concepts import OF_PROBLEMS, Concept, concept, name_of
from enthesis.fhir.dates import first_day, last_day
from enthesis.fhir.entries import Entries
from enthesis.fhir.node import Node, shown
from enthesis.fhir.statuses import Statuses, coded_status
from enthesis.screening import ChartItem, ItemKind, State

CLINICAL = Statuses(
    {
        "active": State.ACTIVE,
        "recurrence": State.ACTIVE,
        "relapse": State.ACTIVE,
        "inactive": State.PAST,
        "remission": State.PAST,
        "resolved": State.PAST,
    }
)
CERTAIN = "certain"
VERIFIED = Statuses(
    {
        "confirmed": CERTAIN,
        "unconfirmed": "unconfirmed",
        "provisional": "unconfirmed",
        "differential": "unconfirmed",
        "refuted": "refuted",
        "entered-in-error": "entered in error",
    }
)
ABATEMENTS = frozenset({"abatementDateTime", "abatementAge", "abatementPeriod", "abatementRange", "abatementString"})
ICD10 = re.compile(r"icd-?10(?!-pcs)|2\.16\.840\.1\.113883\.6\.(3|90)$", re.IGNORECASE)


def read(node: Node, _: Entries) -> Understood:
    """The problem, or the reason why it is none."""
    verified, doubts = coded_status(node, "verificationStatus", VERIFIED, missing=CERTAIN, unclear="unconfirmed")
    if verified in ("refuted", "entered in error"):
        return not_counted(f"was {verified}; not counted")
    said = concept(node.child("code"))
    name = name_of([said], prefer=OF_PROBLEMS)
    if not name:
        return unread(node.resource, "a problem without a name or a code", "has neither a name nor a code")
    if says_nothing(said):
        return not_counted(f"says {shown(name)}, which is no problem")
    state, remarks = _state(node, verified)
    item = ChartItem(
        ItemKind.PROBLEM,
        node.resource,
        name,
        coded=said.coded_in(OF_PROBLEMS),
        state=state,
        icd10=_icd10(said),
        since=first_day(node, "onsetDateTime") or first_day(node.child("onsetPeriod"), "start"),
        last=last_day(node, "abatementDateTime") or last_day(node.child("abatementPeriod"), "end"),
    )
    return Understood(item, (*doubts, *remarks, *_uncoded(item, said)))


def _state(node: Node, verified: str) -> tuple[State, tuple[str, ...]]:
    abated = not ABATEMENTS.isdisjoint(node.fields) and any(node.has(key) for key in ABATEMENTS)
    missing = State.PAST if abated else State.DOUBTFUL
    state, remarks = coded_status(node, "clinicalStatus", CLINICAL, missing=missing, unclear=State.DOUBTFUL)
    # What is over is over, whether or not it was ever sure.
    return (State.DOUBTFUL if verified != CERTAIN and state is State.ACTIVE else state), remarks


@lru_cache(maxsize=16_384)
def _icd10(said: Concept) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_dotted(one.code) for one in said.codes if one.code and ICD10.search(one.system)))


def _dotted(code: str) -> str:
    """Claims write M47816 for M47.816."""
    plain = code.upper().replace(".", "")
    return f"{plain[:3]}.{plain[3:]}".rstrip(".")


def _uncoded(item: ChartItem, said: Concept) -> tuple[str, ...]:
    if item.coded or item.icd10:
        return ()
    if said.wordless:
        return (f"gives only a {item.name}, without words; no rule can read it",)
    return (f"names {shown(item.name)} without a code of a known vocabulary; read by its words",)
