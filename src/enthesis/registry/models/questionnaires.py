"""Which questionnaires a clinic may ask beyond those that are free: terms it accepted, wording it brought."""

from django.db import models

from enthesis.registry.models.record import Record


class PackTerms(Record):
    """The director accepted the terms of a pack, or turned it off. The newest of a pack stands, for one text only."""

    pack = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    accepted = models.BooleanField()
    signed_by = models.CharField(max_length=200)
    simulated = models.BooleanField(default=False)


class InstrumentWording(Record):
    """The wording of a licensed instrument, as a clinic's own licence gives it. The newest of an instrument stands.

    `wording` null takes it back. It is never shipped, printed elsewhere or exported.
    """

    instrument = models.CharField(max_length=80)
    licence = models.CharField(max_length=500)
    wording = models.JSONField(null=True)
    signed_by = models.CharField(max_length=200)
