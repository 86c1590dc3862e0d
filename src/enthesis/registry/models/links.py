"""Private links for patients: one person, one form, once, until a day."""

from django.db import models

from enthesis.registry.models.course import Course
from enthesis.registry.models.scoped import Scoped


class PatientLink(models.Model):
    """A link is known by the digest of its token; the token itself is never stored."""

    clinic = models.ForeignKey("registry.Clinic", on_delete=models.PROTECT, related_name="+")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    form = models.CharField(max_length=20)
    about = models.JSONField()
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    objects = Scoped()

    def __str__(self) -> str:
        return f"{self.form} link"
