"""Where the needle is to go: the targets planned for a course."""

from django.db import models

from enthesis.registry.models.course import Course
from enthesis.registry.models.record import Record


class PlannedSites(Record):
    """The targets planned for the next session of a course, each written with level and side."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="planned_sites")
    sites = models.JSONField()
    note = models.CharField(max_length=1000, blank=True)
