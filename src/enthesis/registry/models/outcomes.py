"""Snapshots of a clinic's outcomes, the report made of each, and what of one the director has published."""

from django.db import models

from enthesis.registry.models.record import Record


class OutcomeSnapshot(Record):
    """The table of one clinic as it stood at the end of a day, whole, as the bytes of its Parquet file."""

    on = models.DateField()
    digest = models.CharField(max_length=64, db_index=True)
    courses = models.PositiveIntegerField()
    content = models.BinaryField()


class OutcomeReport(Record):
    """The report of a snapshot, kept so that its page opens at once. `made_with` names library, version and grouping."""

    snapshot = models.ForeignKey(OutcomeSnapshot, on_delete=models.PROTECT, related_name="reports")
    made_with = models.CharField(max_length=120)
    report = models.JSONField()


class PublishedOutcomes(Record):
    """What anybody may read: generated text, frozen. The newest of a clinic stands; `content` null takes it back."""

    snapshot = models.ForeignKey(OutcomeSnapshot, null=True, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField(null=True)
    counts = models.JSONField(default=dict)  # what was shown, so that the next publication cannot be subtracted from it
