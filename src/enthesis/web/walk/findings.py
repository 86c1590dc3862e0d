"""A stored judgment as a page shows it: each finding with the resource or answer it rests on, and its sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from enthesis.clinic.library import library
from enthesis.knowledge import Source
from enthesis.screening import questions, rules
from enthesis.web.walk.words import rule_facts


@dataclass(frozen=True)
class Shown:
    """One finding in the words of a page."""

    title: str
    rule: str
    standing: str
    finding: Mapping[str, Any]
    evidence: tuple[str, ...]
    sources: tuple[Source, ...]


def findings_of(judged: Mapping[str, Any]) -> tuple[Shown, ...]:
    """The findings of a judgment, gravest first as they were judged."""
    return tuple(_shown(finding) for finding in judged["findings"])


def questions_left(judged: Mapping[str, Any]) -> tuple[str, ...]:
    """The questions nobody has answered, in words; one the library has lost keeps its id."""
    asked = questions(rules(library()))
    return tuple(asked[id].text if id in asked else id for id in judged["unknown"])


def _shown(finding: Mapping[str, Any]) -> Shown:
    facts, books = rule_facts(finding["rule"]), library().bibliography
    sources = tuple(books[cite] for cite in finding["sources"] if cite in books)
    return Shown(
        facts["title"],
        finding["rule"],
        facts["standing"],
        finding,
        tuple(_evidence(e) for e in finding["evidence"]),
        sources,
    )


def _evidence(reference: str) -> str:
    kind, colon, id = reference.partition(":")
    if kind == "answer" and colon:
        return f"the answer to “{id.replace('-', ' ')}”"
    return f"{reference} in the chart"
