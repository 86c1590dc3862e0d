"""Shared by the tests of FHIR: small bundles written in a line, and the real ones."""

import json
from pathlib import Path

import pytest

from enthesis.fhir import read_bundle

FOLDER = Path(__file__).parents[2] / "data" / "fhir"
PATIENT = {"resourceType": "Patient", "id": "p1"}
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


@pytest.fixture(scope="session")
def folder():
    return FOLDER


@pytest.fixture(scope="session")
def write():
    """A bundle of some resources and Patient/p1, as text; a resource without a subject is about Patient/p1."""

    def written(*resources, patient=PATIENT, type="collection", **bundle):
        entries = [{"resource": resource} for resource in (patient, *resources) if resource]
        return json.dumps({"resourceType": "Bundle", "type": type, "entry": entries, **bundle})

    return written


@pytest.fixture(scope="session")
def read(write):
    """The chart of some resources and Patient/p1."""
    return lambda *resources, **bundle: read_bundle(write(*resources, **bundle))


@pytest.fixture(scope="session")
def drug():
    """A resource about a drug: naproxen by RxNorm, unless told otherwise. A field of None is left out."""

    def made(kind="MedicationRequest", **fields):
        naproxen = {"coding": [{"system": RXNORM, "code": "849574", "display": "Naproxen 220 MG Oral Tablet"}]}
        resource = {
            "resourceType": kind,
            "id": "m1",
            "status": "active",
            "intent": "order",
            "medicationCodeableConcept": naproxen,
            "subject": {"reference": "Patient/p1"},
        }
        return {key: value for key, value in (resource | fields).items() if value is not None}

    return made


@pytest.fixture(scope="session")
def about():
    """Any resource about Patient/p1, called x1."""

    def made(kind, **fields):
        whose = "patient" if kind == "AllergyIntolerance" else "subject"
        resource = {"resourceType": kind, "id": "x1", whose: {"reference": "Patient/p1"}} | fields
        return {key: value for key, value in resource.items() if value is not None}

    return made


@pytest.fixture(scope="session")
def report():
    """The report as pairs of resource and why."""
    return lambda chart: [(line.resource, line.why) for line in chart.not_understood]
