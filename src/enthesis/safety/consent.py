"""What is told before a patient consents, made from the library: never typed, so that it is never out of date.

Sentences are those of the entries, in English; whoever shows them tells them in the patient's language.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from enthesis.knowledge import Entry, Library, Site
from enthesis.pathway import Condition, Treatment
from enthesis.safety.risk import Frequency, risks_at


class ConsentPart(StrEnum):
    """The parts of a consent text, in the order they are told."""

    WHAT = "what"
    HELPS = "helps"
    STATUS = "status"
    COMMON = "common"
    SOMETIMES = "sometimes"
    RARE = "rare"
    UNKNOWN = "unknown"
    ALTERNATIVES = "alternatives"
    COST = "cost"
    RIGHTS = "rights"


RISKS = {
    Frequency.COMMON: ConsentPart.COMMON,
    Frequency.SOMETIMES: ConsentPart.SOMETIMES,
    Frequency.RARE: ConsentPart.RARE,
}
NO_RATE = "Nobody has counted these harms in a large group of patients. Trials were small. The true risk is not known."
MAY_NOT_HELP = (
    "It may not help you. Ask us what studies have found for your problem, and what other people here report."
)
ASK_THE_PRICE = "Ask us for the price in writing before you agree."
NOTHING = "You may choose to have no injection. You may go on with exercise or physical therapy alone."
RIGHTS = (
    "You do not have to agree. You may say no or stop at any time, also during the visit. Your other care does not change.",
    "You may take this text home and think about it first.",
    "You may take back your consent at any time. Just tell us.",
)
HEADINGS = {
    ConsentPart.WHAT: "What is planned",
    ConsentPart.HELPS: "Does it help?",
    ConsentPart.STATUS: "What the rules say",
    ConsentPart.COMMON: "What often happens",
    ConsentPart.SOMETIMES: "What sometimes happens",
    ConsentPart.RARE: "What is rare but serious",
    ConsentPart.UNKNOWN: "What nobody knows",
    ConsentPart.ALTERNATIVES: "What else you could do",
    ConsentPart.COST: "What it costs",
    ConsentPart.RIGHTS: "Your choice",
}
OWN_WORDS = (*HEADINGS.values(), MAY_NOT_HELP, ASK_THE_PRICE, NO_RATE, NOTHING, *RIGHTS)


@dataclass(frozen=True)
class ConsentLine:
    """One sentence for the patient and the sources it rests on, by their keys."""

    text: str
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsentText:
    """The whole text: each part with its lines, and the fingerprint of the library it came from."""

    parts: tuple[tuple[ConsentPart, tuple[ConsentLine, ...]], ...]
    library: str

    @property
    def cites(self) -> tuple[str, ...]:
        """Every source named, in the order of its first mention."""
        found = (cite for _, lines in self.parts for line in lines for cite in line.cites)
        return tuple(dict.fromkeys(found))


def consent_text(
    *, treatment: str, condition: str, sites: tuple[Site, ...], library: Library, price: str = ""
) -> ConsentText:
    """The text for a treatment of a condition at these sites. `price` is the clinic's own, in its own words.

    Raises LibraryError for a treatment or condition the library does not have.
    """
    chosen = library.entry("treatments", treatment, Treatment)
    hurts = library.entry("conditions", condition, Condition)
    parts = {
        ConsentPart.WHAT: [ConsentLine(chosen.body.summary)],
        ConsentPart.HELPS: _evidence(chosen, hurts),
        ConsentPart.STATUS: [ConsentLine(one.text, (one.cite,)) for one in chosen.body.regulatory],
        **(_risks(sites, library) if chosen.body.injected else {}),
        ConsentPart.ALTERNATIVES: _alternatives(treatment, library),
        ConsentPart.COST: _cost(chosen, price),
        ConsentPart.RIGHTS: [ConsentLine(text) for text in RIGHTS],
    }
    kept = tuple((part, tuple(parts[part])) for part in ConsentPart if parts.get(part))
    return ConsentText(kept, library.fingerprint)


def _evidence(treatment: Entry[Treatment], condition: Entry[Condition]) -> list[ConsentLine]:
    """What must be said of the treatment; of the condition where it is about this treatment; and that it may not help."""
    said = [(treatment.body.must_say, _cites(treatment.body.doubts))]
    if not treatment.body.must_say:  # the condition's sentence is about dextrose
        said.append((condition.body.must_say, _cites(condition.body.not_known)))
    must = [ConsentLine(text, cites) for text, cites in said if text]
    return [*must, ConsentLine(MAY_NOT_HELP, ("enthesis-judgement",))]


def _risks(sites: tuple[Site, ...], library: Library) -> dict[ConsentPart, list[ConsentLine]]:
    told: dict[ConsentPart, list[ConsentLine]] = {part: [] for part in RISKS.values()}
    for entry in risks_at(sites, library):
        cites = tuple(source.cite for source in entry.sources)
        told[RISKS[entry.body.frequency]].append(ConsentLine(entry.body.to_patient, cites))
        told[RISKS[entry.body.frequency]] += [ConsentLine(one.text, (one.cite,)) for one in entry.body.known]
    return told | {ConsentPart.UNKNOWN: [ConsentLine(NO_RATE, ("dagenais-2006", "enthesis-judgement"))]}


def _alternatives(treatment: str, library: Library) -> list[ConsentLine]:
    """Doing without, and each other treatment with what must be said of it: none is recommended here."""
    told = [ConsentLine(NOTHING, ("yelland-2019",))]
    for entry in library.entries("treatments", Treatment):
        if entry.id != treatment:
            told += [ConsentLine(entry.title), ConsentLine(entry.body.summary)]
            told += [ConsentLine(entry.body.must_say, _cites(entry.body.doubts))] if entry.body.must_say else []
    return told


def _cost(treatment: Entry[Treatment], price: str) -> list[ConsentLine]:
    own = ConsentLine(price) if price else ConsentLine(ASK_THE_PRICE)
    return [own, *(ConsentLine(one.text, (one.cite,)) for one in treatment.body.coverage[:1])]


def _cites(statements: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(getattr(one, "cite", "")) for one in statements))
