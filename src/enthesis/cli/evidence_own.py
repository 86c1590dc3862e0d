"""`enthesis evidence add|out|keep|changes`: a clinic's own trials beside those that ship, and what changed."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.evidence import Json
from enthesis.cli.given import a_file, printed
from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from enthesis.clinic.extract import Refit
    from enthesis.evidence.review.changes import Move

Id = Annotated[str, typer.Argument(help="The review, as `enthesis evidence reviews` names it.")]
Clinic = Annotated[str, typer.Option("--clinic", help="The clinic; its only one if left out.")]


def add(
    id: Id,
    trial: Annotated[Path, typer.Option(help="A CSV with one row: the columns of trials.csv in the library.")],
    arms: Annotated[Path | None, typer.Option(help="A CSV of its arms: the columns of arms.csv.")] = None,
    differences: Annotated[Path | None, typer.Option(help="Or of printed differences: those of contrasts.csv.")] = None,
    clinic: Clinic = "",
    as_json: Json = False,
) -> None:
    """Add one trial to a review for a clinic: every row checked, the network fitted again at once. What ships stays."""
    from enthesis.cli.database import clinic_and_operator
    from enthesis.evidence.review import Arm, Difference, Trial

    rows = {
        "trials": _rows(trial, Trial),
        "arms": _rows(arms, Arm) if arms else [],
        "contrasts": _rows(differences, Difference) if differences else [],
    }
    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.extract import add_trial

    _tell(add_trial(by=by, clinic=place, review=id, rows=rows), as_json)


def out(
    id: Id,
    trial: Annotated[str, typer.Argument(help="The trial that this clinic added.")],
    because: Annotated[str, typer.Option(help="Why.")],
    clinic: Clinic = "",
    as_json: Json = False,
) -> None:
    """Take a clinic's own trial out again, with the reason."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.extract import take_trial_out

    _tell(take_trial_out(by=by, clinic=place, review=id, trial=trial, because=because), as_json)


def keep(id: Id, clinic: Clinic = "", as_json: Json = False) -> None:
    """Keep the present version of a review, so that later ones can be compared with it."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.extract import keep_version

    kept = keep_version(by=by, clinic=place, review=id)
    said = {"review": id, "fingerprint": kept.fingerprint}
    printed(said) if as_json else print(f"{id}: version {kept.fingerprint} kept")


def changes(id: Id, clinic: Clinic = "", as_json: Json = False) -> None:
    """What changed since the version that was kept last: rows, and how far estimates moved."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.evidence import read_since

    since = read_since(by=by, review_id=id, clinic=place)
    if as_json:
        printed(
            {
                "review": id,
                "fingerprint": since.fingerprint,
                "since": since.version.isoformat() if since.version else None,
                "changes": [
                    {"table": one.table, "row": one.row, "what": one.what, "cells": [list(cell) for cell in one.cells]}
                    for one in since.changes
                ],
                "moves": [{"comparison": one.comparison, "before": one.before, "now": one.now} for one in since.moves],
            }
        )
        return
    if since.version is None:
        print("no version has been kept yet; `enthesis evidence keep` keeps the present one")
        return
    print(f"since {since.version:%Y-%m-%d %H:%M}: {len(since.changes)} rows differ, {len(since.moves)} estimates moved")
    for one in since.changes:
        cells = "".join(f"; {column}: {before or 'empty'} -> {now or 'empty'}" for column, before, now in one.cells)
        print(f"  {one.table}, {one.row}: {one.what}{cells}")
    for move in since.moves:
        print(f"  {_moved(move)}")


def _rows(path: Path, shape: type[object]) -> list[dict[str, str]]:
    from enthesis.knowledge import cells_of, read_table

    try:
        text = a_file(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not readable as UTF-8 text") from error
    return [cells_of(row) for row in read_table(text, shape, name=str(path))]


def _tell(made: "Refit", as_json: bool) -> None:
    if as_json:
        moves = [{"comparison": one.comparison, "before": one.before, "now": one.now} for one in made.moves]
        said = {"trial": made.trial, "fingerprint": made.fingerprint, "pooled": made.pooled, "because": made.why_not}
        printed(said | {"moves": moves})
        return
    print(f"{made.trial}: {'pooled' if made.pooled else 'not pooled: ' + made.why_not}; data {made.fingerprint}")
    for move in made.moves:
        print(f"  {_moved(move)}")


def _moved(move: "Move") -> str:
    before, now = (_numbers(one) if one else "not there" for one in (move.before, move.now))
    return f"{move.comparison}: {before} -> {now}"


def _numbers(one: "object") -> str:
    from enthesis.evidence.figures.naming import signed

    values: dict[str, float] = dict(one)  # type: ignore[call-overload]  # plain values that were kept
    if values["estimate"] is None:
        return "no estimate"
    low, high = (signed(values[end]) for end in ("lower", "upper"))
    return f"{signed(values['estimate'])} ({low} to {high}), {values['certainty']}"
