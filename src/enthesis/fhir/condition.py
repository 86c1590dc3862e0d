"""Condition: a diagnosis or a finding, and whether it holds, held or is only suspected."""

import re
from typing import NamedTuple

from enthesis.fhir.absence import says_nothing
from enthesis.fhir.chart import Understood, not_counted, unread
from enthesis.fhir.concepts import OF_PROBLEMS, Concept, concept, name_of
from enthesis.fhir.dates import began, ended
from enthesis.fhir.entries import Entries
from enthesis.fhir.node import Node, shown
from enthesis.fhir.recurring import Recurring
from enthesis.fhir.statuses import Statuses, coded_status
from enthesis.screening import ChartItem, ItemKind, State

CLINICAL: Statuses[State | None] = Statuses(
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


class Said(NamedTuple):
    """What a Condition says beside its dates. Without a state its end decides; `dismissed` says why it is no problem."""

    name: str
    coded: bool = True
    state: State | None = None
    icd10: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    dismissed: str = ""


def read(node: Node, _: Entries) -> Understood:
    """The problem, or the reason why it is none."""
    said = _said(node)
    if said.dismissed:
        return not_counted(said.dismissed)
    if not said.name:
        return unread(node.resource, "a problem without a name or a code", "has neither a name nor a code")
    item = ChartItem(
        ItemKind.PROBLEM,
        node.resource,
        said.name,
        coded=said.coded,
        state=said.state or _by_its_end(node),
        icd10=said.icd10,
        since=began(node, "onsetDateTime", "onsetPeriod"),
        last=ended(node, "abatementDateTime", "abatementPeriod"),
    )
    return Understood(item, said.remarks)


def _by_its_end(node: Node) -> State:
    """How a problem stands that does not say so."""
    return State.PAST if any(node.has(key) for key in ABATEMENTS) else State.DOUBTFUL


def _read_words(node: Node) -> Said:
    verified, doubts = coded_status(node, "verificationStatus", VERIFIED, missing=CERTAIN, unclear="unconfirmed")
    if verified in ("refuted", "entered in error"):
        return Said("", dismissed=f"was {verified}; not counted")
    said = concept(node.child("code"))
    name = name_of([said], prefer=OF_PROBLEMS)
    if not name:
        return Said("")
    if says_nothing(said):
        return Said(name, dismissed=f"says {shown(name)}, which is no problem")
    state, remarks = coded_status(node, "clinicalStatus", CLINICAL, missing=None, unclear=State.DOUBTFUL)
    if verified != CERTAIN and state is State.ACTIVE:  # what is over is over, whether or not it was ever sure
        state = State.DOUBTFUL
    coded, icd10 = said.coded_in(OF_PROBLEMS), _icd10(said)
    uncoded = () if coded or icd10 else (_uncoded(name, said),)
    return Said(name, coded, state, icd10, (*doubts, *remarks, *uncoded))


_said = Recurring(_read_words, "verificationStatus", "clinicalStatus", "code")


def _icd10(said: Concept) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_dotted(one.code) for one in said.codes if one.code and ICD10.search(one.system)))


def _dotted(code: str) -> str:
    """Claims write M47816 for M47.816."""
    plain = code.upper().replace(".", "")
    return f"{plain[:3]}.{plain[3:]}".rstrip(".")


def _uncoded(name: str, said: Concept) -> str:
    if said.wordless:
        return f"gives only a {name}, without words; no rule can read it"
    return f"names {shown(name)} without a code of a known vocabulary; read by its words"
