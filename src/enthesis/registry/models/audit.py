"""The audit trail: append-only in the database itself, each event chained to the one before it."""

from django.db import models


class AuditEvent(models.Model):
    """Who did what to whose record, when, and what it was before and after. Reads count too."""

    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    clinic = models.CharField(max_length=80, blank=True, db_index=True)
    patient = models.CharField(max_length=40, blank=True, db_index=True)
    verb = models.CharField(max_length=40)
    about = models.CharField(max_length=120, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.verb} by {self.actor}"
