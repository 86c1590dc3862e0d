"""A person in care, and what their chart says."""

import uuid

from django.db import models

from enthesis.registry.models.record import Record
from enthesis.registry.models.scoped import Scoped


class Patient(models.Model):
    """A person in care at one clinic."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("registry.Clinic", on_delete=models.PROTECT, related_name="patients")
    key = models.CharField(max_length=300, help_text="system|value of the identifier a re-import is matched by")
    family = models.CharField(max_length=200, blank=True)
    given = models.CharField(max_length=200, blank=True)
    born = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=20, default="unknown")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=20, blank=True)
    died = models.BooleanField(default=False, help_text="as the record that was read in says")
    simulated = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    search = models.CharField(max_length=420, db_index=True, help_text="name in plain letters, for the search box")

    objects = Scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clinic", "key"], name="one_patient_per_key")]  # noqa: RUF012
        indexes = [models.Index(fields=["clinic", "family", "given"])]  # noqa: RUF012

    def __str__(self) -> str:
        return f"patient {self.id}"

    @property
    def name(self) -> str:
        """Given and family name, or what to say when there is none."""
        return f"{self.given} {self.family}".strip() or "(no name recorded)"


class ChartEntry(models.Model):
    """One medicine, problem, allergy, procedure or measured value of the chart: the columns of screening's ChartItem."""

    clinic = models.ForeignKey("registry.Clinic", on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="chart")
    evidence = models.CharField(max_length=300)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=1000)
    coded = models.BooleanField(default=True)
    state = models.CharField(max_length=20, blank=True)
    route = models.CharField(max_length=20, blank=True)
    icd10 = models.JSONField(default=list)
    since = models.DateField(null=True, blank=True)
    last = models.DateField(null=True, blank=True)
    value = models.FloatField(null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    imported_at = models.DateTimeField()

    objects = Scoped()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "evidence"], name="one_entry_per_resource")]  # noqa: RUF012

    def __str__(self) -> str:
        return self.evidence


class ChartImport(Record):
    """One file read into a chart: what came of it, and what nobody understood."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="imports")
    created = models.IntegerField()
    updated = models.IntegerField()
    unchanged = models.IntegerField()
    not_understood = models.JSONField(default=list)
