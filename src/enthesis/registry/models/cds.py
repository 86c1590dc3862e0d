"""Decision support for other systems: who may ask, which tokens were used, which cards went out and what came of them."""

import uuid

from django.db import models

from enthesis.registry.models.scoped import Scoped


class CdsClient(models.Model):
    """A system that may ask for cards on behalf of one clinic, with the public keys by which its calls are known."""

    clinic = models.ForeignKey("registry.Clinic", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    issuer = models.CharField(max_length=300, unique=True)
    jku = models.CharField(max_length=300, blank=True)
    keys = models.JSONField(help_text="public keys as a JSON Web Key Set")
    active = models.BooleanField(default=True)
    added_by = models.CharField(max_length=200)
    added_at = models.DateTimeField()

    objects = Scoped()

    def __str__(self) -> str:
        return self.name


class CdsToken(models.Model):
    """A token that was used; it is kept until it would expire, so that nobody can use it again."""

    client = models.ForeignKey(CdsClient, on_delete=models.CASCADE, related_name="tokens")
    jti = models.CharField(max_length=200)
    expires = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "jti"], name="a_token_is_used_once")]  # noqa: RUF012

    def __str__(self) -> str:
        return self.jti


class CdsCard(models.Model):
    """A card that went out: by which rule, for nobody by name; the feedback on it finds it by its uuid."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey("registry.Clinic", on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(CdsClient, on_delete=models.PROTECT, related_name="cards")
    service = models.CharField(max_length=80)
    rule = models.CharField(max_length=120, blank=True)
    action = models.CharField(max_length=20)
    library = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_index=True)

    objects = Scoped()

    def __str__(self) -> str:
        return f"{self.service}: {self.rule or 'summary'}"


class CdsFeedback(models.Model):
    """What a clinician did with a card."""

    clinic = models.ForeignKey("registry.Clinic", on_delete=models.PROTECT, related_name="+")
    card = models.ForeignKey(CdsCard, on_delete=models.PROTECT, related_name="feedback")
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=120, blank=True)
    comment = models.CharField(max_length=1000, blank=True)
    outcome_at = models.DateTimeField()
    received_at = models.DateTimeField()

    objects = Scoped()

    def __str__(self) -> str:
        return f"{self.outcome} {self.card_id}"
