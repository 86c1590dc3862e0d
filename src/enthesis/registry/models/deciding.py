"""What a patient said on a decision aid: what matters to them, what they want to ask, and where they lean."""

from django.db import models

from enthesis.registry.models.course import Course
from enthesis.registry.models.record import Record


class AidAnswer(Record):
    """One filled-in exercise of a decision aid; a newer one stands beside the older, which stays readable.

    `values` holds how much each thing matters (0 to 4), `questions` the ids ticked; `leaning` an option, or nothing yet.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="aid_answers")
    aid = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    start = models.PositiveSmallIntegerField(null=True, blank=True)
    values = models.JSONField()
    questions = models.JSONField()
    own_question = models.CharField(max_length=500, blank=True)
    leaning = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, default="en")
    mode = models.CharField(max_length=20)
