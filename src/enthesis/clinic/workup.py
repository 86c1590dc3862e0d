"""The work-up of a joint: diagnostic blocks with their relief, imaging, red flags excluded. Each can be corrected."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from enthesis.clinic.acting import act, course_of, leave_trace, now
from enthesis.clinic.correcting import frame, to_correct
from enthesis.clinic.errors import OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.planned import exact_sites, said
from enthesis.clinic.steps import text, whole
from enthesis.knowledge import BadInput
from enthesis.pathway import Block, block_rules
from enthesis.registry.models import WorkUp

BLOCK, IMAGING, RED_FLAGS = "block", "imaging", "red-flags"
KINDS = {BLOCK: "Diagnostic block", IMAGING: "Imaging", RED_FLAGS: "Red flags excluded"}
IMAGES = {
    "x-ray": "X-ray",
    "ct": "CT",
    "mri": "MRI",
    "bone scan": "bone scan",
    "ultrasound": "ultrasound",
    "other": "another image",
}


@act
def record_workup(
    *,
    by: Actor,
    course: UUID | str,
    kind: str,
    on: date,
    today: date,
    details: Mapping[str, Any],
    corrects: UUID | str | None = None,
    reason: str = "",
) -> WorkUp:
    """Keep one finding of the work-up.

    A block says `site` (one place), `drug` and `relief_percent` (0 to 100); an image `image` and `finding`; red flags
    `note`. Raises BadInput for anything else, and for a day that has not come.
    """
    record = course_of(by, course, May.TREAT, lock=True)
    if on > today:
        raise BadInput(f"on: {on.isoformat()} has not come yet")
    site, found = _checked(kind, details)
    old = to_correct(WorkUp, corrects, reason)
    if old is not None and (old.course_id != record.pk or old.kind != kind):
        raise OutOfOrder("that record is not one of this kind in this course")
    kept = WorkUp.objects.create(
        course=record,
        kind=kind,
        on=on,
        site=site,
        details=found,
        **frame(by.name, record.clinic_id, now(), old, reason),
    )
    _trace(by, kept, old)
    return kept


def _trace(by: Actor, kept: WorkUp, old: WorkUp | None) -> None:
    leave_trace(
        by,
        f"{'recorded' if old is None else 'corrected'} the work-up",
        clinic=kept.course.clinic,
        patient=kept.course.patient,
        about=kept.pk,
        before=_row(old) if old else None,
        after=_row(kept) | ({"reason": kept.reason} if old else {}),
    )


def blocks_in(rows: Iterable[Mapping[str, Any]]) -> tuple[Block, ...]:
    """The blocks among the rows of a work-up."""
    return tuple(
        Block(row["site"], row["on"], row["details"]["relief_percent"]) for row in rows if row["kind"] == BLOCK
    )


def in_words(site: str, details: Mapping[str, Any]) -> str:
    """A finding in a line: right L4/5 facet joint, lidocaine: 80% relief."""
    if "relief_percent" in details:
        line = f"{said([site])[0]}, {details['drug']}: {details['relief_percent']}% relief"
    elif "image" in details:
        line = f"{IMAGES[details['image']]}: {details['finding']}"
    else:
        line = "looked for and excluded"
    return "; ".join(filter(None, (line, details.get("note", ""))))


def _checked(kind: str, details: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The place and what is kept of a finding, field by field."""
    note = {"note": text(details, "note", 1000)}
    match kind:
        case "block":
            return _block(details, note)
        case "imaging":
            return "", _imaging(details) | note
        case "red-flags":
            if details.get("excluded") is not True:
                raise BadInput(
                    "excluded: say that red flags were looked for and excluded; if one was found, screen again"
                )
            return "", {"excluded": True} | note
        case _:
            raise BadInput(f"kind: {kind!r} is not part of a work-up; there are: {', '.join(KINDS)}")


def _block(details: Mapping[str, Any], note: dict[str, str]) -> tuple[str, dict[str, Any]]:
    try:
        [site] = exact_sites([str(details.get("site", ""))])
    except BadInput as error:
        raise BadInput(f"site: {str(error).partition(': ')[2]}") from error
    if not any(site.kind in sites for sites in _blocked()):
        raise BadInput(f"site: {site.short} is not tested by blocks; a facet or sacroiliac joint was expected")
    drug = text(details, "drug", 120)
    if not drug:
        raise BadInput("drug: say which local anaesthetic the block was made with")
    return str(site), {"drug": drug, "relief_percent": whole(details, "relief_percent", 0, 100)} | note


def _blocked() -> list[tuple[str, ...]]:
    return [entry.body.sites for entry in block_rules(library())]


def _imaging(details: Mapping[str, Any]) -> dict[str, Any]:
    image, finding = text(details, "image", 40), text(details, "finding", 1000)
    if image not in IMAGES:
        raise BadInput(f"image: {image!r} is not in the list; there are: {', '.join(IMAGES)}")
    if not finding:
        raise BadInput("finding: say what the image showed")
    return {"image": image, "finding": finding}


def _row(record: WorkUp) -> dict[str, Any]:
    return {"kind": record.kind, "on": record.on, "site": record.site} | record.details
