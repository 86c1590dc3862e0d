"""A session: one visit in four steps, and each needle placement."""

from django.db import models

from enthesis.registry.models.course import Course, RecipeRecord
from enthesis.registry.models.record import Record


class Session(Record):
    """One visit: assess and mark, anaesthetise, inject, observe."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    recipe = models.ForeignKey(RecipeRecord, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveIntegerField()
    on = models.DateField(db_index=True)


class SessionStep(Record):
    """One step of the four, with what was found or done."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    details = models.JSONField()


class Injection(Record):
    """One needle placement: where, what, how much, how guided. Strengths are net, as injected."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="injections")
    step = models.ForeignKey(SessionStep, on_delete=models.PROTECT, related_name="injections")
    site = models.CharField(max_length=80)
    volume_ml = models.DecimalField(max_digits=6, decimal_places=2)
    dextrose_percent = models.DecimalField(max_digits=7, decimal_places=4)
    lidocaine_percent = models.DecimalField(max_digits=7, decimal_places=4)
    # Of every component, as text; none in records of older versions. A column with a default would make SQLite build the
    # table anew, without the triggers that keep what was signed.
    strengths = models.JSONField(null=True)
    guidance = models.CharField(max_length=40, blank=True)
    needle = models.CharField(max_length=60, blank=True)
    lot = models.CharField(max_length=60, blank=True, db_index=True)
    lot_key = models.CharField(max_length=60, blank=True, db_index=True)
