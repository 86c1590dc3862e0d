"""Importing: created, updated, unchanged; nothing lost, nothing twice."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.clinic.conftest import House

from enthesis import fhir
from enthesis.clinic.chart import import_chart
from enthesis.clinic.errors import NotAllowed
from enthesis.clinic.patients import find_patients, read_patient
from enthesis.knowledge import BadInput
from enthesis.screening import ChartItem, ItemKind, Route

ASPIRIN = ChartItem(
    ItemKind.MEDICINE,
    "MedicationRequest/a",
    "Aspirin 81 MG Oral Tablet",
    state="taking",
    route=Route.ORAL,
    since=date(2024, 1, 1),
)
FILES = sorted((Path(__file__).parent.parent / "data/fhir").glob("*/*undle*.json")) + sorted(
    (Path(__file__).parent.parent / "data/fhir/synthea").glob("*.json")
)


def read_in(house: House, *items: ChartItem, **person: object):
    return import_chart(
        by=house.coordinator, clinic=house.clinic.pk, key="test|1", person=house.person | person, items=items
    )


def test_a_second_import_of_the_same_file_changes_nothing(harbour):
    first = read_in(harbour, ASPIRIN)
    second = read_in(harbour, ASPIRIN)
    assert (first.created, first.updated, first.unchanged) == (2, 0, 0)
    assert (second.created, second.updated, second.unchanged) == (0, 0, 2)
    assert second.patient == first.patient


def test_a_changed_prescription_is_updated_and_the_old_one_stands_in_the_trail(harbour):
    read_in(harbour, ASPIRIN)
    second = read_in(harbour, ASPIRIN._replace(state="stopped", last=date(2026, 1, 1)))
    assert (second.created, second.updated, second.unchanged) == (0, 1, 1)
    page = read_patient(by=harbour.clinician, patient=second.patient)
    change = page.events[1].after["changed"][0]
    assert (change["before"]["state"], change["after"]["state"]) == ("taking", "stopped")


def test_a_new_address_updates_the_person(harbour):
    read_in(harbour, ASPIRIN)
    assert read_in(harbour, ASPIRIN, email="maria@example.org").updated == 1


def test_a_death_is_read_from_the_record_and_taken_back_by_a_corrected_one(harbour):
    chart = {"resourceType": "Patient", "id": "p1", "name": [{"family": "Silva"}]}
    for told, says in (({"deceasedDateTime": "2030-03-01"}, True), ({"deceasedBoolean": False}, False)):
        written = json.dumps({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": chart | told}]})
        read = fhir.as_arguments(fhir.read_bundle(written))
        found = import_chart(by=harbour.coordinator, clinic=harbour.clinic.pk, **read)
        assert read_patient(by=harbour.clinician, patient=found.patient).row.died is says


def test_the_same_person_at_two_clinics_is_two_patients(harbour, hillside):
    assert read_in(harbour).patient != read_in(hillside).patient


def test_a_director_reads_no_charts_in(harbour):
    with pytest.raises(NotAllowed):
        import_chart(by=harbour.director, clinic=harbour.clinic.pk, key="x", person={}, items=())
    assert find_patients(by=harbour.clinician).total == 0


def test_a_null_character_in_a_name_is_left_out(harbour):
    patient = read_in(harbour, ASPIRIN._replace(name="Asp\x00irin"), family="Sil\x00va").patient
    page = read_patient(by=harbour.clinician, patient=patient)
    assert (page.row.name, page.chart["medicine"][0]["name"]) == ("Maria Silva", "Aspirin")


def test_two_people_with_the_same_bare_id_are_never_mixed_up(harbour):
    def bare(**person: object):
        return import_chart(
            by=harbour.coordinator, clinic=harbour.clinic.pk, key="Patient/1", person=harbour.person | person, items=()
        )

    first = bare()
    assert bare(given="Mary").patient == first.patient
    for other in ({"family": "Jones"}, {"born": date(1980, 1, 1)}):
        with pytest.raises(BadInput, match="belongs to somebody else"):
            bare(**other)


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_real_bundles_are_read_in_whole_and_a_second_time_unchanged(harbour, file):
    chart = fhir.read_bundle(file.read_bytes())
    first = import_chart(by=harbour.coordinator, clinic=harbour.clinic.pk, **fhir.as_arguments(chart))
    second = import_chart(by=harbour.coordinator, clinic=harbour.clinic.pk, **fhir.as_arguments(chart))
    assert first.created == 1 + len(chart.items)
    assert (second.created, second.updated) == (0, 0)
    assert len(second.not_understood) == len(chart.not_understood)
