"""Planning where the needle is to go: single targets, near the site that is screened and covered by its rules."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from enthesis.catalogue import is_near, not_covered
from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.steps import text
from enthesis.knowledge import BadInput, Site, parse_site
from enthesis.pathway import FINISHED, Stage
from enthesis.registry.models import PlannedSites

MOST = 60  # as many as a session can record needle placements


@act
def plan_sites(
    *, by: Actor, course: UUID | str, sites: Sequence[str], note: str = "", reason: str = ""
) -> PlannedSites:
    """Mark the targets planned for a course. What was planned before stays readable; changing it needs a reason.

    Raises BadInput for a target without its level or side, twice named, or beyond what the course is screened for.
    """
    record = course_of(by, course, May.TREAT, lock=True)
    if Stage(record.stage) in (*FINISHED, Stage.FOLLOW_UP):
        raise OutOfOrder(f"the course is {record.stage}: no more targets are planned in it")
    wanted = exact_sites(sites)
    check_covered(wanted, parse_site(record.site, library()))
    old = current(PlannedSites.objects.filter(course=record)).first()
    if old is not None and not reason.strip():
        raise BadInput("reason: say why the targets change; what was planned before stays readable")
    kept = PlannedSites.objects.create(
        course=record,
        sites=[str(site) for site in wanted],
        note=text({"note": note}, "note", 1000),
        **frame(by.name, record.clinic_id, now(), old, reason),
    )
    leave_trace(
        by,
        "planned the targets" if old is None else "changed the targets",
        clinic=record.clinic,
        patient=record.patient,
        about=kept.pk,
        before=None if old is None else {"sites": old.sites, "note": old.note},
        after={"sites": kept.sites, "note": kept.note, "reason": kept.reason},
    )
    return kept


def exact_sites(written: Sequence[str]) -> tuple[Site, ...]:
    """Single targets, each once. Raises BadInput for none, too many, one said twice, or one without level or side."""
    if not written:
        raise BadInput("sites: mark at least one target")
    if len(written) > MOST:
        raise BadInput(f"sites: at most {MOST} targets were expected, not {len(written)}")
    sites = tuple(parse_site(one, library()) for one in written)
    for site in sites:
        if not site.exact:
            raise BadInput(f"sites: {site.name}: say {_missing(site)}, so that one place is meant")
        if sites.count(site) > 1:
            raise BadInput(f"sites: {site.short} is named twice")
    return sites


def check_covered(sites: Iterable[Site], judged: Site, *, field: str = "sites") -> None:
    """Raises BadInput for a target that the screening of a site does not speak for, naming what was not asked."""
    for site in sites:
        if not is_near(site, judged):
            raise BadInput(
                f"{field}: {site.short} is not near {judged.short}, for which this course is screened: "
                "open a course of its own for it"
            )
        if beyond := not_covered(site, judged=judged, library=library()):
            raise BadInput(
                f"{field}: {site.short} brings questions that were not asked for {judged.short} "
                f"({'; '.join(beyond[:3])}): open a course of its own for it"
            )


def said(sites: Iterable[str]) -> tuple[str, ...]:
    """Sites in words; one the catalogue has lost stays as it was written."""
    return tuple(_said(one) for one in sites)


def _said(written: str) -> str:
    try:
        return parse_site(written, library()).short
    except BadInput:
        return written


def _missing(site: Site) -> str:
    level = "the level" if site.about.levels and not site.level else ""
    side = "the side, left or right" if site.about.sided and site.side not in ("left", "right") else ""
    return " and ".join(filter(None, (level, side)))
