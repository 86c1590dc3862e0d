"""Days of a plan: checked once, so that everything after may count."""

from datetime import date, datetime, timedelta

from enthesis.knowledge import BadInput


def checked_day(value: object, *, field: str) -> date:
    """The value, if it is a calendar day. Raises BadInput naming the field."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise BadInput(f"{field}: a date such as 2027-03-01 was expected, not {value!r}")
    return value


def moved(day: date, days: int) -> date:
    """The day so many days later, or earlier when negative. Raises BadInput where the calendar ends."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        raise BadInput(f"start: {days} days from {day.isoformat()} lie outside the calendar") from None
