"""AllergyIntolerance: what the patient does not tolerate. Whatever is not clearly over or refuted counts."""

from enthesis.fhir.absence import says_nothing
from enthesis.fhir.chart import Understood, not_counted, unread
from enthesis.fhir.concepts import OF_DRUGS, Concept, concept
from enthesis.fhir.dates import first_day
from enthesis.fhir.entries import Entries
from enthesis.fhir.medicine import drug_name
from enthesis.fhir.node import Node, shown
from enthesis.fhir.statuses import Statuses, coded_status
from enthesis.screening import ChartItem, ItemKind

COUNTS = "counted"
CLINICAL = Statuses({"active": COUNTS, "inactive": "inactive", "resolved": "resolved"})
VERIFIED = Statuses(
    {"confirmed": COUNTS, "unconfirmed": COUNTS, "refuted": "refuted", "entered-in-error": "entered in error"}
)


def read(node: Node, _: Entries) -> Understood:
    """The allergy, or the reason why it is none."""
    verified, doubts = coded_status(node, "verificationStatus", VERIFIED, missing=COUNTS, unclear=COUNTS)
    clinical, remarks = coded_status(node, "clinicalStatus", CLINICAL, missing=COUNTS, unclear=COUNTS)
    over = [word for word in (verified, clinical) if word != COUNTS]
    if over:
        return not_counted(f"is {' and '.join(over)}; not counted")
    said = tuple(one for one in _said(node) if not one.empty)
    name = drug_name(said)
    if not name:
        return unread(node.resource, "an allergy without a name", "names neither a substance nor a code")
    if all(says_nothing(one) for one in said):
        return not_counted(f"says {shown(name)}, which is no allergy")
    coded = any(one.coded_in(OF_DRUGS) for one in said)
    since = first_day(node, "onsetDateTime") or first_day(node, "recordedDate")
    item = ChartItem(ItemKind.ALLERGY, node.resource, name, coded=coded, since=since)
    return Understood(item, (*doubts, *remarks, *(() if coded else (_uncoded(name, said),))))


def _said(node: Node) -> tuple[Concept, ...]:
    reactions = node.children("reaction")
    return concept(node.child("code")), *(concept(one.child("substance")) for one in reactions)


def _uncoded(name: str, said: tuple[Concept, ...]) -> str:
    if all(one.wordless for one in said):
        return f"gives only a {name}, without words; asked about where no rule knows it"
    return f"names {shown(name)} without a code of a known vocabulary; kept as a question for a clinician"
