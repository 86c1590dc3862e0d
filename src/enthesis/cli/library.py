"""`enthesis library`: check, list, show and overdue need no database; adopt signs for a clinic."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from enthesis.cli.core import Json, today
from enthesis.cli.given import a_date, printed
from enthesis.knowledge import Entry, Library

app = typer.Typer(no_args_is_help=True, help="The entries of clinical knowledge, their sources and reviews.")
Local = Annotated[
    list[Path] | None, typer.Option("--local", help="A folder of a clinic's own entries, laid over the shipped ones.")
]


@app.command("check")
def check_library(local: Local = None, as_json: Json = False) -> int:
    """Does every entry keep its promises? Exit 1 if not."""
    from enthesis.catalogue import check

    faults = check(_library(local))
    if as_json:
        printed(
            {
                "faults": [{"entry": fault.entry, "what": fault.what} for fault in faults],
                "fingerprint": _library(local).fingerprint,
            }
        )
    else:
        for fault in faults:
            print(f"{fault.entry}: {fault.what}")
        print(f"{len(faults)} faults" if faults else f"all promises kept; fingerprint {_library(local).fingerprint}")
    return 1 if faults else 0


@app.command("list")
def list_entries(
    kind: Annotated[str, typer.Argument(help="A kind, such as rules; all if left out.")] = "",
    local: Local = None,
    as_json: Json = False,
) -> None:
    """Every entry with its review state."""
    rows = [
        {
            "kind": e.kind,
            "id": e.id,
            "title": e.title,
            "review": e.standing(today()).value,
            "fingerprint": e.fingerprint,
        }
        for e in _entries(_library(local), kind)
    ]
    if as_json:
        printed(rows)
        return
    for row in rows:
        print(f"{row['kind']}/{row['id']}: {row['title']} ({row['review']})")


@app.command("show")
def show_entry(kind: str, id: str, local: Local = None) -> None:
    """One entry: its text as written, its sources in full, and where its review stands."""
    from enthesis.catalogue import kind_called

    library = _library(local)
    entry = library.entry(kind, id, kind_called(kind).shape)
    print(library.files(kind)[id].read_text(encoding="utf-8"))
    print(f"# {entry.standing(today())}; fingerprint {entry.fingerprint}")
    for citation in entry.sources:
        source = library.bibliography[citation.cite]
        print(f"# {citation.cite}: {source.cite} ({source.strength}, read: {source.read}) {source.address}")


@app.command("overdue")
def overdue_entries(
    on: Annotated[str | None, typer.Option(help="As of this day; today if left out.")] = None,
    local: Local = None,
    as_json: Json = False,
) -> int:
    """Entries whose next review is past. Exit 1 if there are any."""
    day: date = a_date("on", on, default=today())
    late = [entry for entry in _entries(_library(local), "") if entry.is_overdue(day)]
    if as_json:
        printed([{"kind": e.kind, "id": e.id, "next_review": e.review.next_review} for e in late])
    else:
        for entry in late:
            print(f"{entry.kind}/{entry.id}: should have been reviewed by {entry.review.next_review.isoformat()}")
        print(f"{len(late)} overdue on {day.isoformat()}")
    return 1 if late else 0


@app.command("adopt")
def adopt(
    entries: Annotated[list[str], typer.Argument(help="Entries as kind/id, or `all`.")],
    clinic: Annotated[str, typer.Option(help="The clinic that signs; its only one if left out.")] = "",
    as_json: Json = False,
) -> None:
    """Sign the present text of entries for a clinic, as its director would."""
    from enthesis.cli.database import clinic_and_operator

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.adopt import adopt_entries

    found = _entries(Library.shipped(), "")
    texts = [(e.kind, e.id, e.fingerprint) for e in found if "all" in entries or f"{e.kind}/{e.id}" in entries]
    from enthesis.knowledge import BadInput

    unknown = set(entries) - {"all"} - {f"{e.kind}/{e.id}" for e in found}
    if unknown:
        raise BadInput(f"entries: there is no entry {sorted(unknown)[0]!r}; `enthesis library list` names them")
    count = adopt_entries(by=by, clinic=place, texts=texts)
    printed({"adopted": count}) if as_json else print(f"{count} newly adopted")


@app.command("choose")
def choose(
    entry: Annotated[str, typer.Argument(help="An entry that leaves something to the clinic: rules/nsaid-tablets.")],
    of: Annotated[str, typer.Argument(help="Which value, such as when.taken_within.days.")],
    value: Annotated[str, typer.Argument(help="The new value; empty to go back to what ships.")],
    because: Annotated[str, typer.Option(help="Why.")],
    clinic: Annotated[str, typer.Option(help="The clinic; its only one if left out.")] = "",
    as_json: Json = False,
) -> None:
    """Set a value of an entry for a clinic, where sources disagree, as its director would."""
    from enthesis.cli.database import clinic_and_operator

    kind, _, id = entry.partition("/")

    place, by = clinic_and_operator(clinic)
    from enthesis.clinic.choose import choose_value

    kept = choose_value(by=by, clinic=place, kind=kind, entry=id, of=of, value=value, because=because)
    stands = {"entry": entry, "of": of, "value": kept.value}
    printed(stands) if as_json else print(f"{entry}: {of} is {'what ships' if kept.value is None else kept.value}")


def _library(local: list[Path] | None) -> Library:
    return Library.shipped(*(local or ()))


def _entries(library: Library, folder: str) -> list[Entry[object]]:
    from enthesis.catalogue import KINDS, kind_called

    kinds = (kind_called(folder),) if folder else KINDS
    return [entry for kind in kinds for entry in library.entries(kind.folder, kind.shape)]
