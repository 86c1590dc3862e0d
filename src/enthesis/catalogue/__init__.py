"""Every kind of entry with the room that reads it: what `library check`, the knowledge pages and the docs are made from."""

from enthesis.catalogue.checking import Fault, check, faults_of
from enthesis.catalogue.kinds import KINDS, Kind, kind_called

__all__ = ["KINDS", "Fault", "Kind", "check", "faults_of", "kind_called"]
