"""The text of the generated pages, printed from the library and the code, never typed."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from enthesis.catalogue import KINDS, Kind
from enthesis.cli.evidence_pages import evidence_page
from enthesis.knowledge import Entry, Library
from enthesis.pathway import pathway_as_mermaid, review_rows, schedule_rows
from enthesis.screening import questions, rules

HEAD = "<!-- Printed by `enthesis docs` from the library; change the entry, not this page. -->\n"
WARNING = "No entry has been reviewed by a clinician yet. A clinic signs the text it uses.\n"


def generated_pages(library: Library) -> Mapping[str, str]:
    """Every generated page by its file name."""
    pages = {f"{kind.folder}.md": _kind_page(kind, library) for kind in KINDS}
    pages["schedules.md"] = _schedules_page(library)
    pages["questions.md"] = _questions_page(library)
    pages["pathway.md"] = f"{HEAD}\n# The pathway of a course\n\n```mermaid\n{pathway_as_mermaid()}\n```\n"
    pages["evidence.md"] = evidence_page(library, head=HEAD)
    pages["bibliography.md"] = _bibliography_page(library)
    return pages


def _kind_page(kind: Kind, library: Library) -> str:
    entries = library.entries(kind.folder, kind.shape)
    return (
        "\n".join(
            [HEAD, f"# {kind.title}\n", WARNING, *(line for entry in entries for line in _entry(entry, library, kind))]
        ).rstrip()
        + "\n"
    )


def _entry(entry: Entry[Any], library: Library, kind: Kind) -> Iterator[str]:
    yield f"## {entry.title}\n"
    yield f"`{kind.folder}/{entry.id}`, fingerprint `{entry.fingerprint}`\n"
    for key in (
        "summary",
        "remark",
        "then",
        "strength",
        "scope",
        "spread",
        "default_reason",
        "to_clinician",
        "to_patient",
        "text",
        "to_clinic",
    ):
        if value := getattr(entry.body, key, ""):
            yield f"- **{key.replace('_', ' ')}**: {value}"
    for citation in entry.sources:
        source = library.bibliography[citation.cite]
        yield f"- *source* {source.cite} ({source.strength}): {citation.supports}"
    for example in entry.examples:
        yield f"- *example that ran*: {example.get('story') or example.get('name', '')}: {_short(example.get('expect'))}"
    yield ""


def _short(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _schedules_page(library: Library) -> str:
    head = ["condition", "protocol", "stands on", "sessions", "interval", "net strength"]
    rows = [
        f"| {row.condition} | {row.title}{' (first choice)' if row.first_choice else ''} | {row.basis} "
        f"| {row.sessions} ({row.sessions_source}) | {row.interval} ({row.interval_source}) | {'; '.join(row.strengths)} |"
        for row in schedule_rows(library)
    ]
    reviews = [
        f"| {row.of} | {row.after_session} | {'while no improvement is shown' if row.unless_improved else 'always'} "
        f"| {row.why} ({row.source}) |"
        for row in review_rows(library)
    ]
    parts = [
        HEAD,
        "# Sessions, intervals and reviews\n",
        WARNING,
        f"| {' | '.join(head)} |",
        "|---|---|---|---|---|---|",
    ]
    more = ["\n## When a clinician looks again\n", "| rule of | after session | when | why |", "|---|---|---|---|"]
    return "\n".join([*parts, *rows, *more, *reviews]) + "\n"


def _questions_page(library: Library) -> str:
    rows = [f"| `{q.id}` | {q.kind} | {q.text} |" for q in questions(rules(library)).values()]
    intro = (
        'Answers are a JSON object of id and answer: `true`, `false` or `"unknown"` for yes-no; '
        '`"never"`, `"now"`, a date or `"unknown"` for when.'
    )
    return (
        "\n".join(
            [
                HEAD,
                "# The questions of the screening rules\n",
                intro,
                "",
                "| id | answered with | question |",
                "|---|---|---|",
                *rows,
            ]
        )
        + "\n"
    )


def _bibliography_page(library: Library) -> str:
    rows = [
        f"| `{key}` | {s.cite} | {s.strength} | {s.read} | {s.address} |"
        for key, s in sorted(library.bibliography.items())
    ]
    return (
        "\n".join(
            [
                HEAD,
                "# Sources\n",
                "| key | source | strength | how much was read | address |",
                "|---|---|---|---|---|",
                *rows,
            ]
        )
        + "\n"
    )
