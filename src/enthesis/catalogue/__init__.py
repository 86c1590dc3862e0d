"""Every kind of entry with the room that reads it: what `library check`, the knowledge pages and the docs are made from."""

from enthesis.catalogue.checking import Fault, check, faults_of
from enthesis.catalogue.covered import is_near, not_covered, targets_for
from enthesis.catalogue.kinds import KINDS, Kind, kind_called
from enthesis.catalogue.targets import by_area, found, targets

__all__ = [
    "KINDS",
    "Fault",
    "Kind",
    "by_area",
    "check",
    "faults_of",
    "found",
    "is_near",
    "kind_called",
    "not_covered",
    "targets",
    "targets_for",
]
