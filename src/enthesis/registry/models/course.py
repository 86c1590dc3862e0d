"""A course: one patient, one condition, one protocol, from screening to the last follow-up; and its judgments."""

from django.db import models

from enthesis.registry.models.patient import Patient
from enthesis.registry.models.record import Record


class Course(Record):
    """One patient's treatment for one condition. `stage` is moved only by the pathway's table of moves."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="courses")
    condition = models.CharField(max_length=80)
    treatment = models.CharField(max_length=80)
    protocol = models.CharField(max_length=80)
    site = models.CharField(max_length=80)
    stage = models.CharField(max_length=20)
    first_injection_on = models.DateField(null=True, blank=True)
    switched_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="switched_to"
    )

    class Meta:
        indexes = [models.Index(fields=["clinic", "stage"])]  # noqa: RUF012


class ScreeningRecord(Record):
    """A judgment as it was made: the answers, the frozen result, and the fingerprint of the library it came from."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="screenings")
    on = models.DateField()
    as_of = models.DateField()
    site = models.CharField(max_length=80)
    decision = models.CharField(max_length=20)
    earliest = models.DateField(null=True, blank=True)
    library = models.CharField(max_length=64)
    answers = models.JSONField()
    judgment = models.JSONField()
    facts = models.JSONField(
        default=dict
    )  # the chart and the person as they were; empty in judgments of older versions
    # A clinician's own decision where the judgment says "ask".
    decided_by = models.CharField(max_length=200, blank=True)
    go_ahead = models.BooleanField(null=True)
    decided_because = models.CharField(max_length=1000, blank=True)


class PlanRecord(Record):
    """A dated plan as it was made."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="plans")
    start = models.DateField()
    library = models.CharField(max_length=64)
    plan = models.JSONField()


class RecipeRecord(Record):
    """A recipe as it was made for a session: what was asked for and what is to be drawn."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="recipes")
    request = models.JSONField()
    mixture = models.JSONField()
    weight_kg = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    library = models.CharField(max_length=64)


class Decision(Record):
    """Whether the course goes on or stops, by whom and why."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="decisions")
    decided = models.CharField(max_length=20)
    on = models.DateField()
    why = models.CharField(max_length=1000)
    until = models.DateField(null=True, blank=True)  # of a pause: when it is asked about again
    after_sessions = models.PositiveIntegerField(null=True, blank=True)  # how many were given when it was made
    reviewed = models.JSONField(default=list)  # the reviews that were due and looked at


OPEN = models.Q(met_at__isnull=True, dropped=False)


class Due(Record):
    """Something the plan promises on a day: a session, a washout, a diary day, a wave. What was due is never forgotten.

    `dropped` marks what a newer plan replaced; `met_at` when it was done.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="dues")
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=160)
    title = models.CharField(max_length=160)
    on = models.DateField()
    opens = models.DateField()
    closes = models.DateField()
    detail = models.CharField(max_length=1000, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    dropped = models.BooleanField(default=False)

    class Meta:
        indexes = [  # noqa: RUF012
            models.Index(fields=["clinic", "dropped", "met_at", "opens"]),
            # The reminder loop asks every minute what is open around today, among years of what is not.
            models.Index(fields=["clinic", "kind", "on"], name="open_dues", condition=OPEN),
        ]
