"""A condition about age on the day of the injection."""

from dataclasses import dataclass

from enthesis.knowledge import Library
from enthesis.screening.conditions import NO, Condition, Moment, Reading, Truth
from enthesis.screening.facts import Facts


@dataclass(frozen=True)
class YoungerThan(Condition, written="younger_than"):
    """The patient has not had the birthday of so many years; without a possible date of birth it is a question."""

    years: int

    def read(self, facts: Facts, moment: Moment, library: Library) -> Reading:
        """Yes, no, or not known without a date of birth."""
        born = facts.born
        if born is None or born > moment.on:
            return Reading(Truth.UNKNOWN, "the chart has no possible date of birth", ("Patient",))
        years = moment.on.year - born.year - ((moment.on.month, moment.on.day) < (born.month, born.day))
        return Reading(Truth.YES, f"{years} years old on the day", ("Patient",)) if years < self.years else NO
