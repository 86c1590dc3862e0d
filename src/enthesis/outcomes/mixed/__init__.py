"""The mixed model for repeated measures: every visit of everybody, no visit filled in, from sums alone.

Unstructured covariance, restricted maximum likelihood, every fixed effect free at each visit. People who answered the
same visits share one `Pattern`, and of each pattern only sums are kept: what is fitted does not grow with the people.
"""

from enthesis.outcomes.mixed.fitting import NotFitted, fit
from enthesis.outcomes.mixed.patterns import Pattern, Patterns, patterns_of
from enthesis.outcomes.mixed.result import Estimate, Fit

__all__ = ["Estimate", "Fit", "NotFitted", "Pattern", "Patterns", "fit", "patterns_of"]
