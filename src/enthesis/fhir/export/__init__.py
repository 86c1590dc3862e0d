"""The clinic's records as FHIR R4: one module for each resource, joined into one collection for each patient."""

from enthesis.fhir.export.bundle import bundle_of

__all__ = ["bundle_of"]
