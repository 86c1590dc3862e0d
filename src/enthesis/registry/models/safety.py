"""Consent, the vials on the shelf and where they went, the signature under a session, addenda, and harm."""

from django.db import models

from enthesis.registry.models.course import Course
from enthesis.registry.models.record import Record
from enthesis.registry.models.session import Session, SessionStep


class Consent(Record):
    """A consent given, with the very text it was given to, or taken back. The newest of a course counts."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="consents")
    given = models.BooleanField()
    on = models.DateField()
    language = models.CharField(max_length=20)
    interpreter = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)  # SHA-256 of the text
    library = models.CharField(max_length=64, blank=True)
    signed_as = models.CharField(max_length=120)
    signature = models.TextField(blank=True)  # the strokes as the path of an SVG of 600 by 200
    why = models.CharField(max_length=500, blank=True)


class Vial(Record):
    """A vial or box on the clinic's shelf. `gone` in a correcting record takes it off."""

    what = models.CharField(max_length=80)
    lot = models.CharField(max_length=60)
    lot_key = models.CharField(max_length=60, db_index=True)
    expires_on = models.DateField()
    maker = models.CharField(max_length=80, blank=True)
    gone = models.BooleanField(default=False)


class SessionSignature(Record):
    """The end of a session's record: its whole content as it was signed, and the digest of it."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="signature")
    content = models.JSONField()
    digest = models.CharField(max_length=64)


class Addendum(Record):
    """What was found out or remembered after the signature. It is added; it hides and changes nothing."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField()


class LotUsed(Record):
    """Which lot went into a session: checked for the mixture, put into the skin, or named later in an addendum."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="lots")
    step = models.ForeignKey(SessionStep, null=True, on_delete=models.PROTECT, related_name="lots")
    addendum = models.ForeignKey(Addendum, null=True, on_delete=models.PROTECT, related_name="lots")
    part = models.CharField(max_length=20)
    what = models.CharField(max_length=80)
    lot = models.CharField(max_length=60)
    lot_key = models.CharField(max_length=60, db_index=True)
    expires_on = models.DateField(null=True)


class AdverseEvent(Record):
    """Harm after a treatment, graded when it was reported. How it stands now is in the newest of its notes."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="adverse_events")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="adverse_events")
    on = models.DateField()
    what = models.CharField(max_length=500)
    grade = models.PositiveSmallIntegerField()
    serious = models.JSONField(default=list)
    outcome = models.CharField(max_length=30)
    closed = models.BooleanField(default=False)


class AdverseEventNote(Record):
    """A look at an adverse event later: what was found, how it stands, and its grade then."""

    event = models.ForeignKey(AdverseEvent, on_delete=models.PROTECT, related_name="notes")
    on = models.DateField()
    text = models.CharField(max_length=2000)
    grade = models.PositiveSmallIntegerField()
    serious = models.JSONField(default=list)
    outcome = models.CharField(max_length=30)
    closed = models.BooleanField(default=False)
