"""What patients report after a session: the diary, alerts that stay until signed, and surveys."""

from django.db import models

from enthesis.registry.models.course import Course
from enthesis.registry.models.record import Record
from enthesis.registry.models.scoped import Scoped
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
    # What was tapped on the patient's page and when, by question; none where staff wrote it down. Nullable, as a default
    # would make SQLite build the table anew.
    given = models.JSONField(null=True)


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
    version = models.CharField(max_length=200)
    on = models.DateField()
    answers = models.JSONField()
    score = models.FloatField(null=True, blank=True)
    result = models.JSONField()
    language = models.CharField(max_length=10, default="en")
    mode = models.CharField(max_length=20)
    times = models.JSONField(default=dict)  # when each question was answered; empty in answers of older versions


class MoodAlert(Record):
    """Answers about worry or low mood that reached a published cut-off. Only a signature with what was done closes it."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="mood_alerts")
    answer = models.ForeignKey(SurveyResponse, on_delete=models.PROTECT, related_name="mood_alerts")
    said = models.CharField(max_length=200)  # each part that reached its cut-off, with its score and range
    signed_by = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    done = models.CharField(max_length=1000, blank=True)


class GivenAnswer(models.Model):
    """One answer of a survey that is still being filled in: kept at once, and gone when its form is recorded."""

    clinic = models.ForeignKey("registry.Clinic", on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="given_answers")
    wave = models.CharField(max_length=40)
    instrument = models.CharField(max_length=40)
    item = models.CharField(max_length=40)
    value = models.JSONField()
    at = models.DateTimeField()

    objects = Scoped()

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["course", "wave", "instrument", "item"], name="one_answer_to_one_question")
        ]

    def __str__(self) -> str:
        return f"answer to {self.instrument} {self.item}"
