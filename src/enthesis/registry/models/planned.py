"""What a course is to reach and where the needle is to go."""

from django.db import models

from enthesis.registry.models.course import Course
from enthesis.registry.models.record import Record


class PlannedSites(Record):
    """The targets planned for the next session of a course, each written with level and side."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="planned_sites")
    sites = models.JSONField()
    note = models.CharField(max_length=1000, blank=True)


class CourseGoal(Record):
    """What patient and clinician want of a course, such as an interim step before an operation."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="goals")
    goal = models.CharField(max_length=20)
    says = models.CharField(max_length=1000, blank=True)
    operation = models.CharField(max_length=200, blank=True)
    operation_on = models.DateField(null=True, blank=True)
