"""A clinic's own additions to the evidence: trials, versions it has seen, and judgments of certainty with their reason."""

from django.db import models

from enthesis.registry.models.record import Record


class AddedTrial(Record):
    """A trial that a clinic added to a review. `rows` null takes it out again; what ships is never changed."""

    review = models.CharField(max_length=80, db_index=True)
    trial = models.CharField(max_length=80)
    rows = models.JSONField(null=True)
    simulated = models.BooleanField(default=False)


class EvidenceVersion(Record):
    """One state of a review that the clinic kept: its rows and its estimates, so that the next can be compared with it."""

    review = models.CharField(max_length=80, db_index=True)
    fingerprint = models.CharField(max_length=64)
    rows = models.JSONField()
    estimates = models.JSONField()


class CertaintyJudgment(Record):
    """Somebody's judgment of one domain of one estimate in place of the rule's. The newest of a domain stands."""

    review = models.CharField(max_length=80, db_index=True)
    outcome = models.CharField(max_length=80)
    measure = models.CharField(max_length=10)
    treatment = models.CharField(max_length=120)
    versus = models.CharField(max_length=120)
    domain = models.CharField(max_length=40)
    concern = models.PositiveSmallIntegerField()
    because = models.CharField(max_length=1000)


class ExpectationJudgment(Record):
    """Somebody's judgment of one domain of one expectation. `concern` null takes the one it corrects back: the rule stands.

    `by_rule` and `rule_because` are what the rule said when it was judged; `treatment` and `versus` are nodes of the review.
    """

    review = models.CharField(max_length=80, db_index=True)
    condition = models.CharField(max_length=80)
    treatment = models.CharField(max_length=120)
    versus = models.CharField(max_length=120)
    weeks = models.FloatField()
    domain = models.CharField(max_length=40)
    concern = models.PositiveSmallIntegerField(null=True)
    by_rule = models.PositiveSmallIntegerField()
    rule_because = models.CharField(max_length=1000)
    because = models.CharField(max_length=1000)
