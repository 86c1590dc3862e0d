"""Patient: who it is, under which key to find the person again, and how to reach them."""

from collections.abc import Iterable

from enthesis.fhir.chart import Identifier, Person, Understood
from enthesis.fhir.concepts import concept
from enthesis.fhir.dates import whole_day
from enthesis.fhir.entries import Entry
from enthesis.fhir.node import Node, shown
from enthesis.screening import ChartItem, ItemKind

SEXES = ("male", "female", "other", "unknown")
# How long a value may be; the registry keeps no longer ones, and real ones are far shorter.
NAME, PHONE, EMAIL, LANGUAGE, SYSTEM, NUMBER = 200, 60, 254, 20, 200, 90
OF_USE = ("official", "usual", "", "temp", "anonymous", "nickname", "old", "maiden")  # which name to take first


def read(entry: Entry) -> tuple[Person, Understood]:
    """The person, with sentences for the report, and a question where the record is one nobody should use any more.

    Raises BadInput for an impossible birth date or a wrong type.
    """
    node, sex = entry.node, entry.node.text("gender")
    name = _name(node)
    given = " ".join(name.texts("given"))
    if len(given) > NAME:
        raise name.wrong("given", f"is {len(given)} characters long, and at most {NAME} are read")
    person = Person(
        key=_key(entry),
        identifiers=tuple(_identifier(one) for one in _identifiers(node)),
        family=name.text("family", most=NAME) or ("" if given else name.text("text", most=NAME)),
        given=given,
        born_text=node.text("birthDate"),
        born=whole_day(node, "birthDate"),
        sex=sex if sex in SEXES else "unknown",
        phone=_telecom(node, ("phone", "sms"), PHONE),
        email=_telecom(node, ("email",), EMAIL),
        language=_language(node),
        died=_has_died(node),
    )
    over = tuple(_over(node))
    item = ChartItem(ItemKind.UNREAD, node.resource, "; ".join(over), coded=False) if over else None
    return person, Understood(item, (*_remarks(node, sex), *over))


def _identifiers(node: Node) -> list[Node]:
    return [one for one in node.children("identifier") if one.text("value") and one.text("use") != "old"]


def _identifier(node: Node) -> Identifier:
    return Identifier(node.text("system", most=SYSTEM), node.text("value", most=NUMBER))


def _key(entry: Entry) -> str:
    full = [one for one in _identifiers(entry.node) if one.text("system")]
    numbers = [one for one in full if _is_medical_record_number(one)] or full
    if numbers:
        return f"{numbers[0].text('system')}|{numbers[0].text('value')}"
    if entry.url.startswith("http"):
        return entry.url  # "Patient/1" is somebody else on another server
    return f"Patient/{entry.node.text('id')}" if entry.node.text("id") else ""


def _is_medical_record_number(identifier: Node) -> bool:
    return any(code.code == "MR" for code in concept(identifier.child("type")).codes)


def _name(node: Node) -> Node:
    return min(node.children("name"), key=_rank, default=Node(node.resource, {}))


def _rank(name: Node) -> int:
    use = name.text("use")
    return OF_USE.index(use) if use in OF_USE else len(OF_USE)


def _telecom(node: Node, systems: tuple[str, ...], most: int) -> str:
    ways = [one for one in node.children("telecom") if one.text("system") in systems and one.text("use") != "old"]
    return next((way.text("value") for way in ways if 0 < len(way.text("value")) <= most), "")


def _language(node: Node) -> str:
    spoken = sorted(node.children("communication"), key=lambda one: not one.flag("preferred"))
    languages = [concept(one.child("language")) for one in spoken]
    return next((code.code for each in languages for code in each.codes if 0 < len(code.code) <= LANGUAGE), "")


def _remarks(node: Node, sex: str) -> Iterable[str]:
    if sex and sex not in SEXES:
        yield f"gender {shown(sex)} is none FHIR R4 knows; taken as unknown"
    if any(len(way.text("value")) > PHONE for way in node.children("telecom") if way.text("system") != "email"):
        yield f"a number of more than {PHONE} characters is left out"


def _over(node: Node) -> Iterable[str]:
    if _has_died(node):
        yield "the record says that this patient has died"
    if any(link.text("type") == "replaced-by" for link in node.children("link")):
        yield "the record says that another one has replaced it"


def _has_died(node: Node) -> bool:
    return node.flag("deceasedBoolean") or bool(node.text("deceasedDateTime"))
