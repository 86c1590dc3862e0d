"""Was a medicine taken within some days of the injection, as far as its entry in the chart says?"""

from enthesis.screening.conditions import Moment, Truth
from enthesis.screening.facts import Medicine, Taking

A_YEAR = (
    365  # days; an older prescription was renewed or is over, and an end nobody wrote says nothing (our own reasoning)
)


def taken_lately(medicine: Medicine, days: int, moment: Moment, *, open_for: int = A_YEAR) -> Truth:
    """Yes while it is taken, or where it was taken later than that many days before the injection; no when it was not.

    Not known where the entry gives no end: then it may have ended yesterday, unless it began more than `open_for` days
    earlier. An entry that is not sure of its end gives the last possible day, and is no earlier than that.
    """
    start = moment.before(days)
    if medicine.taking is Taking.NOT_TAKEN:
        return Truth.NO
    if medicine.taking is Taking.STOPPED and medicine.last_taken is None:
        return _ended_some_day(medicine, days, moment, open_for)
    if medicine.taking in (Taking.STOPPED, Taking.UNKNOWN) and medicine.last_taken is not None:
        sure = Truth.YES if medicine.taking is Taking.STOPPED else Truth.UNKNOWN
        return sure if medicine.last_taken > start else Truth.NO
    return Truth.YES


def _ended_some_day(medicine: Medicine, days: int, moment: Moment, open_for: int) -> Truth:
    if medicine.since is None:
        return Truth.UNKNOWN
    if medicine.since > moment.before(days):
        return Truth.YES
    return Truth.UNKNOWN if medicine.since > moment.before(days + open_for) else Truth.NO
