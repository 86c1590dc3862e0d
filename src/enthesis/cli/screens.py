"""Judgments and plans in words, for people at a terminal."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from enthesis.knowledge import BadInput
from enthesis.pathway import Plan, plan_items
from enthesis.screening import Screening

if TYPE_CHECKING:
    from enthesis.clinic.rejudge import MadeAgain
    from enthesis.fhir import NotUnderstood


MOST_LINES = 20  # of what was not counted; `enthesis import` lists all of it


def tell_screening(judged: Screening, left_out: "Sequence[NotUnderstood]" = ()) -> None:
    """A judgment with its reasons, gravest first, what nobody has answered, and what of the chart was not counted."""
    console = Console(highlight=False)
    console.print(f"[bold]{judged.decision.upper()}[/bold] for {judged.on.isoformat()}, {judged.site.name}")
    if judged.earliest and judged.earliest != judged.on:
        console.print(f"Earliest day: {judged.earliest.isoformat()}")
    for finding in judged.findings:
        dates = "".join(
            f"; {words} {day.isoformat()}"
            for words, day in (("stop by", finding.stop_by), ("may start again", finding.restart_from))
            if day
        )
        console.print(f"\n[bold]{finding.action}[/bold] {escape(finding.title)} ({finding.rule}, {finding.strength})")
        console.print(f"  because {escape(finding.because)}{dates}")
        console.print(f"  {escape(finding.to_clinician)}")
    if judged.unknown:
        console.print("\nNot answered yet:")
        for question in judged.unknown:
            console.print(f"  {question.id}: {escape(question.text)}")
    _tell_left_out(console, left_out)
    console.print(
        f"\nRules of library {judged.library}. None of them has been reviewed by a clinician unless your clinic has signed it."
    )


def _tell_left_out(console: Console, left_out: "Sequence[NotUnderstood]") -> None:
    if left_out:
        console.print("\nIn the record, and not counted or read with a remark:")
    for line in left_out[:MOST_LINES]:
        console.print(f"  {escape(line.resource)} {escape(line.why)}")
    if len(left_out) > MOST_LINES:
        console.print(f"  and {len(left_out) - MOST_LINES} more; `enthesis import` lists all of them")


def tell_plan(made: Plan) -> None:
    """A dated plan as a table."""
    table = Table("day", "what", "detail", box=None)
    for item in plan_items(made):
        table.add_row(item.on.isoformat(), escape(item.title), escape(item.detail))
    console = Console(highlight=False)
    console.print(table)
    for note in made.notes:
        console.print(escape(note))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises BadInput when it cannot be written."""
    part = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            part = Path(file.name)
            file.write(content)
        part.replace(path)
    except OSError as error:
        if part is not None:
            part.unlink(missing_ok=True)
        raise BadInput(f"{path}: cannot be written: {error.strerror or error}") from error


def tell_again(made: "Sequence[MadeAgain]") -> None:
    """Judgments made again from their snapshots: those that are not the same, then how many are."""
    for one in made:
        for line in (one.cannot, *one.differs) if not one.same else ():
            if line:
                print(f"{one.screening}: {line}")
    print(f"{sum(one.same for one in made)} of {len(made)} the same")
