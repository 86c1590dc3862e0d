"""A chart as the arguments of the act that keeps it."""

from typing import TypedDict

from enthesis.fhir.chart import Chart
from enthesis.knowledge import BadInput
from enthesis.screening import ChartItem


class ImportArguments(TypedDict):
    """What `clinic.chart.import_chart` takes besides who and where."""

    key: str
    person: dict[str, object]
    items: tuple[ChartItem, ...]
    not_understood: tuple[dict[str, str], ...]


def as_arguments(chart: Chart) -> ImportArguments:
    """The arguments. Raises BadInput when nothing in the bundle would find this patient again at the next import."""
    person = chart.person
    if not person.key:
        raise BadInput("Patient: an identifier or an id was expected, so that a second import finds the same patient")
    fields = ("family", "given", "born", "sex", "email", "phone", "language", "died")
    return ImportArguments(
        key=person.key,
        person={name: getattr(person, name) for name in fields},
        items=chart.items,
        not_understood=tuple({"resource": line.resource, "why": line.why} for line in chart.not_understood),
    )
