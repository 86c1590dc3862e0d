"""What was done to find the joint that hurts: blocks, imaging, and red flags looked for."""

from django.db import models

from enthesis.registry.models.course import Course
from enthesis.registry.models.record import Record


class WorkUp(Record):
    """One finding of the work-up: a diagnostic block, an image, or that red flags were excluded."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="workup")
    kind = models.CharField(max_length=20)
    on = models.DateField()
    site = models.CharField(max_length=80, blank=True)
    details = models.JSONField()
