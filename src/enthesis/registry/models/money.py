"""Money: a clinic's price lists, each version kept, and the written estimates made from them."""

from django.db import models

from enthesis.registry.models.course import Course
from enthesis.registry.models.record import Record


class PriceList(Record):
    """One version of a clinic's prices. The newest that is valid on a day stands on that day; none is ever changed."""

    valid_from = models.DateField(db_index=True)
    currency = models.CharField(max_length=3)
    lines = models.JSONField(help_text="amounts as text, exact")


class CostEstimate(Record):
    """A written estimate as it was given: every line, the total, and the text of the library it was made with."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="estimates")
    prices = models.ForeignKey(PriceList, on_delete=models.PROTECT, related_name="estimates")
    number = models.PositiveIntegerField()
    on = models.DateField()
    valid_until = models.DateField()
    sessions = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    lines = models.JSONField(help_text="amounts as text, exact")
    total = models.DecimalField(max_digits=12, decimal_places=2)
    diagnosis = models.CharField(max_length=10, blank=True)
    library = models.CharField(max_length=64)
