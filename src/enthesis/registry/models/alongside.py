"""What goes on beside the injections: the agreed rehabilitation plan, its weekly check-ins, and any other treatment."""

from django.db import models

from enthesis.registry.models.course import Course, Due
from enthesis.registry.models.record import Record


class AgreedPlan(Record):
    """What a patient agreed to do: lines of one entry of the library, with their own goals. A newer one corrects it."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="agreed")
    entry = models.CharField(max_length=80)
    library = models.CharField(max_length=64)
    on = models.DateField()
    lines = models.JSONField()  # id of the line, what it said that day, and the patient's own goal for it
    weeks = models.PositiveSmallIntegerField()  # of weekly check-ins


class CheckIn(Record):
    """One weekly answer: on how many days each line was done, and what got in the way."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="check_ins")
    plan = models.ForeignKey(AgreedPlan, on_delete=models.PROTECT, related_name="check_ins")
    week = models.PositiveSmallIntegerField()
    on = models.DateField()
    days = models.JSONField()  # id of the line -> days of the last seven, 0 to 7
    note = models.CharField(max_length=500, blank=True)
    mode = models.CharField(max_length=20)


class CoTreatment(Record):
    """Another treatment during a course, so that outcomes can account for it. Without an end it goes on."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="co_treatments")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=200, blank=True)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    told_by = models.CharField(max_length=20)


class CallNote(Record):
    """What came of one telephone call about something due."""

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="calls")
    outcome = models.CharField(max_length=20)
    says = models.CharField(max_length=500, blank=True)
