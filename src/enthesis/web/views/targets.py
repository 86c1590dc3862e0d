"""The catalogue of targets for reading: on the body, level by level, and as a list that can be searched."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enthesis.catalogue import by_area, found, targets
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.knowledge import Area, Site
from enthesis.web.bodymap import advice_for, body_map
from enthesis.web.bodymap.drawing import TITLES
from enthesis.web.bodymap.field import View
from enthesis.web.staff import staff


@dataclass(frozen=True)
class Line:
    """One kind of target: its levels in a row, and one of its sites to tell about the kind."""

    site: Site
    levels: tuple[str, ...]
    sided: bool


@dataclass(frozen=True)
class Shelf:
    """The kinds of one area."""

    area: Area
    title: str
    lines: tuple[Line, ...]


@require_GET
@staff
def catalogue(request: HttpRequest, by: Actor) -> HttpResponse:
    """What may be aimed at, with its bleeding class and the guidance advised."""
    words = request.GET.get("find", "").strip()[:80]
    meant = found(targets(library()), words)
    shelves = tuple(Shelf(area, TITLES[area], _lines(sites)) for area, sites in by_area(meant))
    context = {
        "words": words,
        "shelves": shelves,
        "count": len(meant),
        "map": body_map(meant, (), View("map")),
        "advice": advice_for(meant),
    }
    return render(request, "targets.html", context)


def _lines(sites: tuple[Site, ...]) -> tuple[Line, ...]:
    kinds = {site.kind: site for site in sites}
    return tuple(
        Line(
            one, tuple(dict.fromkeys(site.level for site in sites if site.kind == kind and site.level)), one.about.sided
        )
        for kind, one in kinds.items()
    )
