"""`enthesis targets` and `enthesis course targets`: the catalogue of single targets, and those planned for a course."""

from typing import Annotated

import typer

from enthesis.cli.core import Json
from enthesis.cli.given import printed
from enthesis.cli.registry import Clinic


def catalogue(
    words: Annotated[list[str] | None, typer.Argument(help="Words a target must say, such as: right L4/5.")] = None,
    near: Annotated[str, typer.Option(help="Only what a screening of this site speaks for.")] = "",
    as_json: Json = False,
) -> None:
    """Single targets with region, bleeding class and the guidance advised."""
    from enthesis.catalogue import found, targets, targets_for
    from enthesis.knowledge import Library, parse_site

    shelf = Library.shipped()
    offered = targets_for(parse_site(near, shelf), library=shelf) if near else targets(shelf)
    meant = found(offered, " ".join(words or ()))
    if as_json:
        rows = [
            {
                "site": str(one),
                "name": one.short,
                "area": one.about.area.value,
                "region": one.about.region.value,
                "structure": one.about.structure.value,
                "bleeding": one.about.bleeding.value,
                "guidance": one.about.guidance or None,
            }
            for one in meant
        ]
        printed(rows)
        return
    for one in meant:
        guidance = f"; guidance: {one.about.guidance}" if one.about.guidance else ""
        print(f"{one}  {one.short} (bleeding class {one.about.bleeding}{guidance})")


def plan(
    course: Annotated[str, typer.Argument(help="The course's id.")],
    site: Annotated[list[str], typer.Option(help="A target with level and side; give it again for each.")],
    note: Annotated[str, typer.Option()] = "",
    reason: Annotated[str, typer.Option(help="Why the targets change, where some were planned before.")] = "",
    clinic: Clinic = "",
) -> None:
    """Mark the targets planned for a course."""
    from enthesis.cli.database import clinic_and_operator

    by = clinic_and_operator(clinic)[1]
    from enthesis.clinic.planned import plan_sites, said

    kept = plan_sites(by=by, course=course, sites=site, note=note, reason=reason)
    print("; ".join(said(kept.sites)))
