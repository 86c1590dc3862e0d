"""Correction with history: the old record stays, the new one names it and says why."""

from collections.abc import Iterator
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.knowledge import BadInput
from enthesis.registry.models.record import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


def current(rows: models.QuerySet[AnyRecord]) -> models.QuerySet[AnyRecord]:
    """The records that stand: those that no later one corrects."""
    return rows.filter(corrected_by__isnull=True)


def to_correct(model: type[AnyRecord], id: UUID | str | None, reason: str) -> AnyRecord | None:
    """The record to be corrected, or None for a new entry. Raises BadInput without a reason, OutOfOrder if it is old."""
    if id is None:
        return None
    if not reason.strip():
        raise BadInput("reason: a correction needs a reason, so that the record says why it changed")
    try:
        old = model.objects.get(pk=UUID(str(id)))
    except (model.DoesNotExist, ValueError) as error:  # type: ignore[attr-defined]  # every concrete model has it
        raise NotFound("there is no such record in your clinics") from error
    if model.objects.filter(corrects=old).exists():
        raise OutOfOrder("this record has been corrected already; correct the newer one")
    return old


def replaced(record: AnyRecord) -> Iterator[AnyRecord]:
    """What a record stands in the place of, newest first; nothing for one that corrects none."""
    old: AnyRecord | None = record.corrects  # type: ignore[assignment]  # a record corrects one of its own kind
    while old is not None:
        yield old
        old = old.corrects  # type: ignore[assignment]  # as above


def frame(by: str, clinic_id: int, at: Any, old: Record | None, reason: str) -> dict[str, Any]:
    """The columns every record shares."""
    return {
        "clinic_id": clinic_id,
        "recorded_by": by,
        "recorded_at": at,
        "corrects": old,
        "reason": reason.strip()[:500],
    }
