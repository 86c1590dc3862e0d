"""How sure each estimate is, in the manner of CINeMA and GRADE: rules on numbers, live, and open to disagreement."""

from enthesis.evidence.certainty.judgments import Certainty, Concern, Domain, Judgment, Override, Rating
from enthesis.evidence.certainty.rules import Summary

__all__ = ["Certainty", "Concern", "Domain", "Judgment", "Override", "Rating", "Summary"]
