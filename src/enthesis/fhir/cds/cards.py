"""Judgments as CDS Hooks cards: what was found, why, by which rule, and what was not considered.

The basis is shown so that a clinician can check it without relying on the card: the resources, the rule with its sources
and their strength, the library's fingerprint, and what is not known.
"""

import html
import re
from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID, uuid4

from enthesis.fhir.cds.call import Call
from enthesis.knowledge import Library, Site, site_kinds
from enthesis.screening import Action, Finding, Screening, Urgency, screening_as_json

SYSTEM = "https://enthesis.example/fhir/CodeSystem/override"
LONGEST_SUMMARY = 139  # the specification: under 140 characters
INDICATOR = {
    Action.CLEAR: "info",
    Action.INFORM: "info",
    Action.ASK: "warning",
    Action.POSTPONE: "warning",
    Action.REFUSE: "critical",
}
REASONS = (
    ("not-taking", "The patient no longer takes it"),
    ("not-so", "The chart is wrong or out of date"),
    ("settled", "Settled with the patient or the prescriber"),
    ("other-judgment", "My clinical judgment differs"),
)
JUDGMENT = "io.enthesis.judgment"
WORDS = {Action.CLEAR: "nothing stands in the way", Action.INFORM: "can go ahead", Action.ASK: "a clinician must decide",
         Action.POSTPONE: "has to wait", Action.REFUSE: "not here and now"}  # fmt: skip


class Advice(Protocol):
    """What cards are made from: one judgment with the uuids of its cards."""

    @property
    def site(self) -> Site | None: ...
    @property
    def on(self) -> Any: ...
    @property
    def screening(self) -> Screening | None: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def cards(self) -> Mapping[str, UUID]: ...
    @property
    def library(self) -> Library: ...


def cards_of(call: Call, advice: tuple[Advice, ...]) -> list[dict[str, Any]]:
    """Every card: for each injection a summary, then one for each finding that somebody must act on."""
    return [card for one in advice for card in _cards(call, one)]


def _cards(call: Call, one: Advice) -> list[dict[str, Any]]:
    if one.screening is not None and one.screening.decision is Action.CLEAR:
        return []
    if one.screening is None and call.hook == "patient-view" and not one.findings:
        return []
    acted = [finding for finding in one.findings if finding.rule in one.cards]
    return [_summary(call, one), *(_card(call, one, finding) for finding in acted)]


def _summary(call: Call, one: Advice) -> dict[str, Any]:
    day = one.on.isoformat()
    if one.screening is None:
        asked = call.hook != "patient-view"
        said = (
            f"Prolotherapy order without a site Enthesis knows ({day}); {len(one.findings)} findings hold at any site"
            if asked
            else f"Bears on a prolotherapy injection today: {len(one.findings)} findings at any site"
        )
        worst = max((f.action for f in one.findings), key=lambda action: action.severity, default=Action.INFORM)
        detail = [_name_a_site(one.library)] if asked else []
    else:
        worst = one.screening.decision
        said = f"Prolotherapy, {one.site.name if one.site else ''}, {day}: {WORDS[worst]}"
        if worst is Action.POSTPONE and one.screening.earliest:
            said += f" until {one.screening.earliest.isoformat()}"
        detail = [_open_questions(one.screening)]
    lines = [f"- **{_safe(f.title)}** ({f.action}): {_safe(f.because)}" for f in one.findings]
    return _frame(one, one.cards[""], said, worst, [*lines, *detail, *_not_sent(call), _basis(one)]) | _judgment(one)


def _card(call: Call, one: Advice, finding: Finding) -> dict[str, Any]:
    grave = Action.REFUSE if finding.urgency is Urgency.EMERGENCY else finding.action
    books = one.library.bibliography
    cited = [books[key] for key in finding.sources if books[key].address.startswith(("http://", "https://"))]
    sources = ", ".join(_safe(books[key].cite) for key in finding.sources)
    detail = [
        f"**Why:** {_safe(finding.because)}",
        f"**Rests on:** {_safe(', '.join(finding.evidence)) or 'nothing in the chart'}",
        f"**To the clinician:** {_safe(finding.to_clinician)}",
        f"**Rule:** {finding.rule}; strength of the sources: {finding.strength}; sources: {sources}",
        *_dates(finding),
        *_not_sent(call),
        _basis(one),
    ]
    card = _frame(one, one.cards[finding.rule], f"{finding.title}: {finding.because}", grave, detail)
    links = [{"label": source.cite, "url": source.address, "type": "absolute"} for source in cited]
    return card | ({"links": links} if links else {}) | _suggestion(call, finding)


def _frame(one: Advice, uuid: UUID, summary: str, action: Action, detail: list[str]) -> dict[str, Any]:
    return {
        "uuid": str(uuid),
        "summary": _short(summary),
        "indicator": INDICATOR[action],
        "detail": "  \n".join(filter(None, detail)),
        "source": {"label": f"Enthesis screening rules, library {one.library.fingerprint}"},
        "overrideReasons": [{"system": SYSTEM, "code": code, "display": words} for code, words in REASONS],
    }


def _suggestion(call: Call, finding: Finding) -> dict[str, Any]:
    """A task for whoever prepares the patient, where something has to be asked."""
    if finding.action is not Action.ASK:
        return {}
    label = _short(f"Ask before the injection: {finding.title}")
    task = {
        "resourceType": "Task",
        "status": "requested",
        "intent": "order",
        "description": label,
        "for": {"reference": f"Patient/{call.patient}"},
    }
    action = {"type": "create", "description": "Add a task to ask", "resource": task}
    return {"selectionBehavior": "any", "suggestions": [{"uuid": str(uuid4()), "label": label, "actions": [action]}]}


def _judgment(one: Advice) -> dict[str, Any]:
    """The whole judgment in the form every other door prints, for systems that read it."""
    return {"extension": {JUDGMENT: screening_as_json(one.screening)}} if one.screening else {}


def _dates(finding: Finding) -> list[str]:
    dated = (
        ("last day it may be taken", finding.stop_by),
        ("free on", finding.free_on),
        ("again from", finding.restart_from),
    )
    said = [f"{words} {day.isoformat()}" for words, day in dated if day]
    return [f"**Dates:** {', '.join(said)}"] if said else []


def _not_sent(call: Call) -> list[str]:
    return (
        [f"**Not known:** {', '.join(call.not_sent)} were not sent, so nobody looked there."] if call.not_sent else []
    )


def _open_questions(judged: Screening) -> str:
    if not judged.unknown:
        return ""
    texts = "; ".join(_safe(question.text) for question in judged.unknown)
    return f"**Not considered, {len(judged.unknown)} questions nobody has answered:** {texts}"


def _name_a_site(library: Library) -> str:
    names = ", ".join(entry.title for entry in site_kinds(library))
    return f"**Which site?** Name one of these in the order: {names}. Bleeding risk and many rules depend on it."


def _basis(one: Advice) -> str:
    return (
        f"**Basis:** library {one.library.fingerprint}. No entry has been reviewed by a clinician unless your clinic has "
        "adopted it. Over-the-counter medicines are known only where the chart holds them."
    )


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST_SUMMARY else f"{plain[: LONGEST_SUMMARY - 1]}…"


def _safe(text: str) -> str:
    """Text from a chart in Markdown: no markup of its own, and no HTML."""
    return re.sub(
        r"([\\`*_\[\]()#|!~])", r"\\\1", html.escape(text, quote=False).replace("&lt;", "‹").replace("&gt;", "›")
    )
