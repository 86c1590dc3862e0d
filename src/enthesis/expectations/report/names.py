"""What groups, times and scales are called in a report."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from enthesis.knowledge import Library
from enthesis.outcomes import instruments
from enthesis.outcomes.cohort import Group, Measure
from enthesis.outcomes.numbers import plain
from enthesis.pathway import conditions, treatments

MONTHS = {13: "3 months", 26: "6 months", 52: "12 months", 104: "24 months"}
PAIN = ("pain-nrs",)
DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
Say = Callable[[str], str]


@dataclass(frozen=True)
class Names:
    """Names of the library by id; an id that is not there is shown as it is, without hyphens.

    say    tells a sentence, with its gaps still open, in the language of the page; English as it stands
    comma  do numbers have a comma for decimals, and a space before the sign of per cent, as in Spanish?
    """

    known: Mapping[str, str]
    say: Say = str
    comma: bool = False

    @classmethod
    def of(cls, library: Library, say: Say = str, *, comma: bool = False) -> "Names":
        """The names of conditions, treatments and instruments."""
        found = {entry.id: entry.title for entry in conditions(library)}
        found |= {entry.id: entry.title for entry in treatments(library)}
        return cls(found | {entry.id: entry.title for entry in instruments(library)}, say, comma)

    def name(self, id: str) -> str:
        """What something is called, beginning in small letters."""
        found = self.say(self.known.get(id, id.replace("-", " ")))
        return found if found[:2].isupper() else found[:1].lower() + found[1:]

    def short(self, instrument: str) -> str:
        """An instrument without what its title says in brackets or after a colon."""
        say, found = self.say, re.split(r" \(|:", self.known.get(instrument, instrument))[0]
        return say("Numeric pain rating scale") if instrument in PAIN else found

    def group(self, group: Group) -> str:
        """A group by everything that tells it from others."""
        parts = [self.name(value) for key, value in group.key.items() if key != "instrument" and value]
        say = self.say
        return ", ".join(parts) or say("everybody in the snapshot")

    def scale(self, measure: Measure) -> str:
        """The instrument with its ends and its direction."""
        say = self.told
        gaps = {"name": self.short(measure.id), "low": plain(measure.low), "high": plain(measure.high)}
        if measure.higher_is_worse:
            return say("{name} ({low} to {high}, higher is worse)", **gaps)
        return say("{name} ({low} to {high}, higher is better)", **gaps)

    def told(self, text: str, **gaps: object) -> str:
        """A sentence in the language of the page, its gaps filled with numbers as that language writes them."""
        return self.say(text).format(**{name: self.written(str(value)) for name, value in gaps.items()})

    def written(self, text: str) -> str:
        """Numbers as the language of the page writes them: 4.5% is 4,5 % in Spanish."""
        return DECIMAL.sub(",", text).replace("%", "\u00a0%").replace("\u00a0\u00a0", "\u00a0") if self.comma else text

    def cited(self, text: str) -> str:
        """A sentence of the library in the language of the page, with its numbers as the page writes them."""
        said = self.say(text)
        return DECIMAL.sub(",", THOUSANDS.sub("\u00a0", said)) if self.comma else said

    def time(self, week: float) -> str:
        """A week as people say it."""
        say = self.told
        months = {13: say("3 months"), 26: say("6 months"), 52: say("12 months"), 104: say("24 months")}
        named = months.get(int(week)) if week == int(week) else None
        return named or say("week {week}", week=f"{week:g}")


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
