"""What every clinical record shares: its clinic, who wrote it and when, and what it corrects."""

import uuid

from django.db import models

from enthesis.registry.models.scoped import Scoped


class Record(models.Model):
    """A fact somebody entered. It is never changed: a correction is a new record that names the old one and says why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("registry.Clinic", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_index=True)
    recorded_by = models.CharField(max_length=200)
    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    reason = models.CharField(max_length=500, blank=True)

    # A query outside a clinic's scope is an error, not an open door.
    objects = Scoped()

    class Meta:
        abstract = True
