"""When a clinic could ask what is not free: nobody was silent to a question that could not be put to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from enthesis.clinic.library import library
from enthesis.outcomes import instruments
from enthesis.registry.models import Clinic, InstrumentWording, PackTerms

Span = tuple[date, date]  # from the day on which terms were accepted or a wording brought, to the day it ended


@dataclass(frozen=True)
class Permitted:
    """The spans in which each instrument could be asked; those that are free have none and always could."""

    spans: Mapping[str, tuple[Span, ...]]

    def between(self, instrument: str, first: date, last: date) -> bool:
        """Could it be asked on any day between two? A day on which it began or ended counts."""
        spans = self.spans.get(instrument)
        return spans is None or any(begins <= last and ends >= first for begins, ends in spans)


def permitted(clinic: Clinic, moment: datetime) -> Permitted:
    """What a clinic could ask when, as it stood at a moment. Two queries.

    Terms that have been rewritten since they were accepted end nothing here: on which day is not on record, and to take
    people for silent who were not asked is the lesser error.
    """
    packs = PackTerms.objects.filter(clinic=clinic, recorded_at__lte=moment).order_by("recorded_at")
    turned = _spans(packs.values_list("pack", "recorded_at", "accepted"))
    words = InstrumentWording.objects.filter(clinic=clinic, recorded_at__lte=moment).order_by("recorded_at")
    brought = _spans(
        (id, at, bool(licence)) for id, at, licence in words.values_list("instrument", "recorded_at", "licence")
    )
    return Permitted(
        {
            entry.id: turned.get(entry.body.pack, ()) if entry.body.pack else brought.get(entry.id, ())
            for entry in instruments(library())
            if entry.body.pack or entry.body.is_slot
        }
    )


def _spans(turns: Iterable[tuple[str, datetime, bool]]) -> dict[str, tuple[Span, ...]]:
    """The spans of each from its turns on and off, in order of time; one not turned off since goes on for good."""
    found: dict[str, list[Span]] = {}
    for id, at, on in turns:
        spans = found.setdefault(id, [])
        open_ = bool(spans) and spans[-1][1] == date.max
        if on and not open_:
            spans.append((at.date(), date.max))
        elif open_ and not on:
            spans[-1] = (spans[-1][0], at.date())
    return {id: tuple(spans) for id, spans in found.items()}
