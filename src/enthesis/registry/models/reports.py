"""What patients report after a session: the diary, alerts that stay until signed, and surveys."""

from django.db import models

from enthesis.registry.models.course import Course
from enthesis.registry.models.record import Record
from enthesis.registry.models.session import Session


class DiaryEntry(Record):
    """One day of the diary, with the judgment the patient saw at once."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="diary")
    day = models.PositiveIntegerField()
    on = models.DateField()
    answers = models.JSONField()
    urgency = models.CharField(max_length=20)
    judgment = models.JSONField()
    mode = models.CharField(max_length=20)


class Alert(Record):
    """Something a patient reported that needs a person. Only a signature with what was done closes it."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="alerts")
    entry = models.ForeignKey(DiaryEntry, on_delete=models.PROTECT, related_name="alerts")
    urgency = models.CharField(max_length=20)
    because = models.JSONField()
    signed_by = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    done = models.CharField(max_length=1000, blank=True)


class SurveyResponse(Record):
    """One filled-in instrument at one wave: raw answers, version, language and mode are kept, never only the score."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="surveys")
    wave = models.CharField(max_length=40)
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=80)
    on = models.DateField()
    answers = models.JSONField()
    score = models.FloatField(null=True, blank=True)
    result = models.JSONField()
    language = models.CharField(max_length=10, default="en")
    mode = models.CharField(max_length=20)
