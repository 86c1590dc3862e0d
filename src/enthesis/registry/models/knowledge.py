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


class ChosenValue(Record):
    """A value of an entry that a clinic has set otherwise, and why. The newest of an entry and place stands.

    `text` is the fingerprint of the entry as it shipped when the value was chosen; `value` null takes a choice back.
    """

    kind = models.CharField(max_length=40)
    entry = models.CharField(max_length=120)
    of = models.CharField(max_length=120)
    value = models.JSONField(null=True)
    text = models.CharField(max_length=64)
    because = models.CharField(max_length=1000)
    simulated = models.BooleanField(default=False)


class LibraryText(models.Model):
    """The whole text of a library a judgment was made from, kept once per fingerprint. It holds nothing of a patient."""

    fingerprint = models.CharField(primary_key=True, max_length=64)
    content = models.BinaryField(help_text="the texts as compressed JSON")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"library {self.fingerprint}"
