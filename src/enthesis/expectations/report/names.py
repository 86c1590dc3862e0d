"""What groups, times and scales are called in a report."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from enthesis.knowledge import Library
from enthesis.outcomes import instruments
from enthesis.outcomes.cohort import Group, Measure
from enthesis.outcomes.numbers import plain
from enthesis.pathway import conditions, treatments

MONTHS = {13: "3 months", 26: "6 months", 52: "12 months", 104: "24 months"}
PAIN = ("pain-nrs",)


@dataclass(frozen=True)
class Names:
    """Names of the library by id; an id that is not there is shown as it is, without hyphens."""

    known: Mapping[str, str]

    @classmethod
    def of(cls, library: Library) -> "Names":
        """The names of conditions, treatments and instruments."""
        found = {entry.id: entry.title for entry in conditions(library)}
        found |= {entry.id: entry.title for entry in treatments(library)}
        return cls(found | {entry.id: entry.title for entry in instruments(library)})

    def name(self, id: str) -> str:
        """What something is called, beginning in small letters."""
        found = self.known.get(id, id.replace("-", " "))
        return found if found[:2].isupper() else found[:1].lower() + found[1:]

    def short(self, instrument: str) -> str:
        """An instrument without what its title says in brackets or after a colon."""
        return re.split(r" \(|:", self.known.get(instrument, instrument))[0]

    def group(self, group: Group) -> str:
        """A group by everything that tells it from others."""
        parts = [self.name(value) for key, value in group.key.items() if key != "instrument" and value]
        return ", ".join(parts) or "everybody in the snapshot"

    def scale(self, measure: Measure) -> str:
        """The instrument with its ends and its direction."""
        worse = "higher is worse" if measure.higher_is_worse else "higher is better"
        return f"{self.short(measure.id)} ({plain(measure.low)} to {plain(measure.high)}, {worse})"


def time(week: float) -> str:
    """A week as people say it."""
    return MONTHS.get(int(week), f"week {week:g}") if week == int(week) else f"week {week:g}"


def percent(share: float) -> str:
    """ "36%"."""
    return f"{100 * share:.0f}%"


def rate(share: float) -> str:
    """ "59.7%": to a tenth, so that what misses the floor is not rounded up to it."""
    return f"{100 * share:.1f}%"


def signed(value: float) -> str:
    """ "−2.1", with a real minus sign, or "+0.4"."""
    return f"{value:+.1f}".replace("-", "−")


def number(value: float) -> str:
    """ "4.3"."""
    return f"{value:.1f}".replace("-", "−")
