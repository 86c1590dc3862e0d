"""The outbox: what is to be sent, what was sent, and who no longer wants it. No message text is kept."""

import uuid
from datetime import time

from django.db import models

from enthesis.registry.models.course import Course, Due
from enthesis.registry.models.links import PatientLink
from enthesis.registry.models.patient import Patient
from enthesis.registry.models.record import Record
from enthesis.registry.models.reports import Alert
from enthesis.registry.models.scoped import Scoped


class MessageSettings(models.Model):
    """How one clinic reaches its patients. Without an address for links nothing is sent."""

    clinic = models.OneToOneField("registry.Clinic", on_delete=models.PROTECT, related_name="messages")
    address = models.URLField(help_text="where patients' links open, such as https://clinic.example")
    signed = models.CharField(max_length=60, help_text="a name patients know, without what is treated there")
    zone = models.CharField(max_length=60, default="UTC")
    quiet_from = models.TimeField(default=time(20))
    quiet_to = models.TimeField(default=time(8))
    by_email = models.BooleanField(default=True)
    by_sms = models.BooleanField(default=False)

    objects = Scoped()

    def __str__(self) -> str:
        return f"messages of clinic {self.clinic_id}"


class Reach(Record):
    """Whether a patient can and wants to be reached by a channel. The newest record stands."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="reach")
    channel = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    why = models.CharField(max_length=300, blank=True)


class Outgoing(models.Model):
    """What the outbox knows of anything it sends: since when, whether it went, how often it was tried."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("registry.Clinic", on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    send_from = models.DateTimeField()
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    interrupted = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=300, blank=True)

    objects = Scoped()

    class Meta:
        abstract = True


class Message(Outgoing):
    """One message to one patient for one due thing. The constraint makes a second one impossible."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="messages")
    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="messages")
    link = models.ForeignKey(PatientLink, on_delete=models.PROTECT, related_name="messages")
    step = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["due", "step", "channel"], name="one_message_for_one_step")
        ]
        indexes = [models.Index(fields=["state", "send_from"])]  # noqa: RUF012

    def __str__(self) -> str:
        return f"message {self.id}"


class AlertMessage(Outgoing):
    """One member of staff told of one alert at one step of the ladder; it goes at any hour, and says nothing of whom."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="told")
    user = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    step = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [  # noqa: RUF012
            models.UniqueConstraint(fields=["alert", "step", "user"], name="one_member_of_staff_for_one_step")
        ]
        indexes = [models.Index(fields=["state", "send_from"])]  # noqa: RUF012

    def __str__(self) -> str:
        return f"alert message {self.id}"
