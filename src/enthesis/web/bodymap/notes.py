"""What is said beside the map: where a neck hurts may suggest levels, as advice; where a low back hurts names none."""

from collections.abc import Iterable
from dataclasses import dataclass

from enthesis.clinic.library import library
from enthesis.knowledge import Site
from enthesis.pathway import Condition, conditions


@dataclass(frozen=True)
class Felt:
    """An area where pain is felt, the levels it may suggest, and who says so."""

    area: str
    levels: str
    note: str
    source: str


@dataclass(frozen=True)
class Advice:
    """What a condition says about levels and where they hurt."""

    title: str
    says: str
    must_say: str
    felt: tuple[Felt, ...]

    @property
    def suggests(self) -> bool:
        """Does any area suggest a level? Never in the low back or the upper back."""
        return any(one.levels for one in self.felt)


def advice_for(sites: Iterable[Site]) -> tuple[Advice, ...]:
    """The advice of every condition that is treated at one of these levels of the spine."""
    kinds = {site.kind for site in sites if site.about.levels}
    return tuple(_advice(entry.title, entry.body) for entry in conditions(library()) if kinds & set(entry.body.sites))


def _advice(title: str, about: Condition) -> Advice:
    cited = library().bibliography
    felt = tuple(Felt(one.area, ", ".join(one.levels), one.note, cited[one.cite].cite) for one in about.referral)
    return Advice(title, about.levels_from_pain, about.must_say, felt)
