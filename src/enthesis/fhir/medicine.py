"""What a prescription, a statement, a dispensing or an administration say of the drug itself: name, code and route."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from enthesis.fhir.absence import says_nothing
from enthesis.fhir.chart import Understood, not_counted, unread
from enthesis.fhir.concepts import OF_DRUGS, RXNORM, Concept, concept, name_of
from enthesis.fhir.dates import first_day, last_day
from enthesis.fhir.entries import Entries, Entry
from enthesis.fhir.node import Node, shown
from enthesis.fhir.numbers import number
from enthesis.fhir.routes import route_of
from enthesis.knowledge import Library
from enthesis.screening import ChartItem, ItemKind, Route, Taking, says_as_needed, says_more

# Beginnings of ATC codes: antithrombotics, anti-inflammatories, salicylates, steroids, immunosuppressants, antibacterials.
# Not M01AX: glucosamine and its like are no anti-inflammatories.
GROUPS = ("B01A", "M01AA", "M01AB", "M01AC", "M01AE", "M01AG", "M01AH", "M01B", "M02AA", "N02BA", "H02A", "L04A", "J01")


class Course(NamedTuple):
    """How a resource says that its drug is or was taken."""

    taking: Taking
    since: date | None = None
    last: date | None = None


class Drug(NamedTuple):
    """What a resource says of the drug itself. Without a name nobody can read it; `dismissed` says why it is no drug."""

    name: str
    coded: bool = False
    route: Route = Route.UNKNOWN
    remarks: tuple[str, ...] = ()
    dismissed: str = ""


def medicine(node: Node, entries: Entries, course: Course, *, dosages: tuple[Node, ...]) -> Understood:
    """The chart's item for a drug, found under medicationCodeableConcept or behind medicationReference.

    A drug that cannot be found or named is kept as unread; one without a known code is kept by its words. Both are
    reported, so that none is lost. Raises BadInput for a dose below nothing.
    """
    return taken(node, drug(node, entries, dosages), course)


def taken(node: Node, drug: Drug, course: Course) -> Understood:
    """The chart's item for a drug that was read, or the reason why there is none."""
    if drug.dismissed:
        return not_counted(drug.dismissed)
    if not drug.name:
        return unread(node.resource, _missing(node), f"is about {_missing(node)}")
    item = ChartItem(
        ItemKind.MEDICINE,
        node.resource,
        drug.name,
        coded=drug.coded,
        state=course.taking,
        since=course.since,
        last=course.last,
        route=drug.route,
    )
    return Understood(item, drug.remarks)


def drug(node: Node, entries: Entries | None, dosages: tuple[Node, ...]) -> Drug:
    """The drug itself; entries are needed only where it stands behind a reference. Raises BadInput for a dose below nothing."""
    product = _product(node, entries) if entries else None
    said = tuple(_said(node, product))
    name = drug_name(said)
    _check_doses(dosages)
    if name and all(says_nothing(one) for one in said):
        return Drug(name, dismissed=f"says {shown(name)}, which is no medicine")
    coded = any(one.named_in(OF_DRUGS) for one in said)
    remarks = () if coded or not name else (_uncoded(name, said),)
    return Drug(name, coded and not _of_a_group(said), _route(dosages, product, name), remarks)


def _of_a_group(said: tuple[Concept, ...]) -> bool:
    """Is there a code of a group that rules speak of? Then words in another language must not pass for a harmless drug."""
    return any(code.vocabulary == "ATC" and code.code.startswith(GROUPS) for one in said for code in one.codes)


def drug_name(said: tuple[Concept, ...]) -> str:
    """The words, and the RxNorm codes that say more: a "pain tablet" with the code of ibuprofen is ibuprofen."""
    words = name_of(said, prefer=OF_DRUGS)
    codes = (code for one in said for code in one.codes if code.vocabulary == RXNORM)
    more = dict.fromkeys(str(one) for one in codes if not one.words or says_more(str(one), words, _shipped()))
    return " / ".join([words, *(code for code in more if code not in words)])


@cache
def _shipped() -> Library:
    """The list that says whether a code adds something; what it then means is read with the clinic's own library."""
    return Library.shipped()


def as_needed(dosages: tuple[Node, ...]) -> bool:
    """Does any of the dosages leave it to the patient when to take it, in its fields or in its words?"""
    return any(
        dosage.flag("asNeededBoolean") or dosage.has("asNeededCodeableConcept") or _spoken_as_needed(dosage)
        for dosage in dosages
    )


def _spoken_as_needed(dosage: Node) -> bool:
    """Do the words say so? What the field itself denies is not read out of the words."""
    if dosage.has("asNeededBoolean"):
        return False
    timing = concept(dosage.child("timing").child("code"))
    words = (dosage.text("text"), dosage.text("patientInstruction"), timing.text, *(one.words for one in timing.codes))
    return any(says_as_needed(one) for one in words)


def check_period(period: Node) -> None:
    """Raises BadInput when a period ends before it begins; a month or a year is read as widely as it may be meant."""
    start, end = first_day(period, "start"), last_day(period, "end")
    if start and end and end < start:
        raise period.wrong("end", f"is {end.isoformat()}, before the start {start.isoformat()}")


def _check_doses(dosages: tuple[Node, ...]) -> None:
    for dose in (dose for dosage in dosages for dose in _doses(dosage)):
        value = number(dose, "value")
        if value is not None and value < 0:
            raise dose.wrong("value", f"is {value:g}; a dose of 0 or more was expected")


def _doses(dosage: Node) -> Iterator[Node]:
    """Every quantity of a dosage; an administration keeps its one under `dose`."""
    yield dosage.child("dose")
    for one in dosage.children("doseAndRate"):
        yield one.child("doseQuantity")
        yield from (one.child("doseRange").child(end) for end in ("low", "high"))


def _product(node: Node, entries: Entries) -> Entry | None:
    found = entries.find(node.child("medicationReference").text("reference"), node)
    return found if found and found.kind == "Medication" else None


def _said(node: Node, product: Entry | None) -> Iterator[Concept]:
    concepts = [concept(node.child("medicationCodeableConcept"))]
    if product:
        concepts.append(concept(product.node.child("code")))
        parts = product.node.children("ingredient")
        concepts += [_ingredient(part) for part in parts if part.fields.get("isActive") is not False]
    concepts.append(Concept(text=node.child("medicationReference").text("display")))
    yield from (one for one in concepts if not one.empty)


def _ingredient(node: Node) -> Concept:
    said = concept(node.child("itemCodeableConcept"))
    return said if not said.empty else Concept(text=node.child("itemReference").text("display"))


def _missing(node: Node) -> str:
    reference = node.child("medicationReference").text("reference")
    if reference:
        return f"a medicine behind {shown(reference)}, which names none or is not in the bundle"
    return "a medicine without a name or a code"


def _uncoded(name: str, said: tuple[Concept, ...]) -> str:
    if all(one.wordless for one in said):
        return f"gives only a {name}, without words; kept as a question for a clinician"
    words = "read by its words, and asked about when no rule knows them"
    return f"names {shown(name)} without a code of a drug vocabulary; {words}"


def _route(dosages: tuple[Node, ...], product: Entry | None, name: str) -> Route:
    form = concept(product.node.child("form")) if product else Concept()
    words = [name, form.text, *(one.words for one in form.codes), *(dosage.text("text") for dosage in dosages)]
    return route_of(routes=[concept(dosage.child("route")) for dosage in dosages], words=words)
