"""Adoption: a clinic's signed acceptance of an entry at one fingerprint."""

from django.db import models

from enthesis.registry.models.record import Record


class Adoption(Record):
    """The director signed this very text. Another text of the same entry is not adopted by it."""

    kind = models.CharField(max_length=40)
    entry = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)
    signed_by = models.CharField(max_length=200)
    simulated = models.BooleanField(default=False)

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["clinic", "kind", "entry", "fingerprint"], name="adopted_once_per_text")
        ]
