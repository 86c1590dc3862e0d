"""A stored judgment as a page shows it: each finding with the resource or answer it rests on, and its sources."""

from collections.abc import Iterable, Mapping
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
    return _worded(judged["unknown"])


def questions_to_confirm(judged: Mapping[str, Any] | None) -> tuple[str, ...]:
    """The questions whose answers were given before the day of the session and may have changed, with the answer."""
    if judged is None:
        return ()
    said = [_spoken(judged["answers"][id]) for id in judged["to_confirm"]]
    return tuple(f"{text} {answer}" for text, answer in zip(_worded(judged["to_confirm"]), said, strict=True))


def _worded(ids: Iterable[str]) -> tuple[str, ...]:
    asked = questions(rules(library()))
    return tuple(asked[id].text if id in asked else id for id in ids)


def _spoken(answer: bool | str) -> str:
    if isinstance(answer, bool):
        return "Yes." if answer else "No."
    return f"{answer.capitalize()}."


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
