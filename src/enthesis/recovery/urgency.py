"""How soon somebody must act on what a patient reports."""

from enum import StrEnum


class Urgency(StrEnum):
    """expected < watch < call-today < emergency-now."""

    EXPECTED = "expected"
    WATCH = "watch"
    CALL_TODAY = "call-today"
    EMERGENCY_NOW = "emergency-now"

    @property
    def rank(self) -> int:
        """0 for expected up to 3 for emergency-now. The words themselves do not sort."""
        return list(Urgency).index(self)


def most_urgent(first: Urgency, *rest: Urgency) -> Urgency:
    """The most urgent of at least one; there is no such thing as the urgency of nothing."""
    return max((first, *rest), key=lambda urgency: urgency.rank)
