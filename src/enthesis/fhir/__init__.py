"""FHIR R4 JSON made into the core's values: one module for each resource, and nothing that is in a bundle is lost."""

from enthesis.fhir.arguments import as_arguments
from enthesis.fhir.bundle import read_bundle
from enthesis.fhir.chart import Chart, Identifier, NotUnderstood, Person
from enthesis.fhir.parsing import LIMIT_BYTES

__all__ = ["LIMIT_BYTES", "Chart", "Identifier", "NotUnderstood", "Person", "as_arguments", "read_bundle"]
