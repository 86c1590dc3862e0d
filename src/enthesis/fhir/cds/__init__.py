"""CDS Hooks 2.0: what other systems send, read into arguments, and judgments as cards."""

from enthesis.fhir.cds.call import Call, MissingData, read_call
from enthesis.fhir.cds.cards import cards_of
from enthesis.fhir.cds.feedback import Outcome, read_feedback
from enthesis.fhir.cds.hooks import HOOK_OF, discovery
from enthesis.fhir.cds.targets import Target

__all__ = ["HOOK_OF", "Call", "MissingData", "Outcome", "Target", "cards_of", "discovery", "read_call", "read_feedback"]
