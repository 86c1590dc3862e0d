"""How long before and after an injection a prescribed medicine is left out, if its prescriber agrees: staff data.

No patient is ever shown these. They are whole hours, as guidelines write them; days would round below the guideline.
"""

from dataclasses import dataclass
from datetime import date, timedelta

HOURS_A_DAY = 24


@dataclass(frozen=True)
class Hold:
    """The hours for one ingredient. Where sources give a range, `hours` to `hours_most`; None where none was read."""

    ingredient: str
    cite: str
    hours: int
    hours_most: int | None = None
    restart_hours: int | None = None
    restart_hours_most: int | None = None
    note: str = ""

    def __str__(self) -> str:
        before = f"{_range(self.hours, self.hours_most)} h before"
        after = f"{_range(self.restart_hours, self.restart_hours_most)} h after" if self.restart_hours else ""
        noted = f" ({self.note})" if self.note else ""
        return f"{self.ingredient}: {before}, {after or 'nothing read on restarting'}{noted}"

    def last_dose(self, injected: date) -> date | None:
        """The last day of a dose by the longest time, where that time is counted in whole days."""
        longest = self.hours_most or self.hours
        return injected - timedelta(hours=longest) if longest % HOURS_A_DAY == 0 else None


def said_of_holds(holds: tuple[Hold, ...], ingredients: tuple[str, ...], injected: date) -> str:
    """What staff are told for the medicines that were found, with dates; and for which of them nothing was read."""
    known = {hold.ingredient: hold for hold in holds}
    if not known or not ingredients:
        return ""
    lines = [_dated(known[name], injected) if name in known else f"{name}: no time was read" for name in ingredients]
    return " If the prescriber agrees to interrupt (staff data, read second hand): " + "; ".join(lines) + "."


def _dated(hold: Hold, injected: date) -> str:
    day = hold.last_dose(injected)
    return f"{hold}, last dose by {day.isoformat()}" if day else str(hold)


def _range(least: int | None, most: int | None) -> str:
    return f"{least} to {most}" if most else str(least)
