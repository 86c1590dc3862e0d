"""A Bayesian twin of the network: the same likelihood, a stated prior on heterogeneity, worked out without drawing."""

from enthesis.evidence.bayes.classes import ClassEffects, class_effects
from enthesis.evidence.bayes.fitting import Bayesian, bayesian
from enthesis.evidence.bayes.priors import HalfNormal, LogNormal, Prior, Uniform, prior_of, published

__all__ = [
    "Bayesian",
    "ClassEffects",
    "HalfNormal",
    "LogNormal",
    "Prior",
    "Uniform",
    "bayesian",
    "class_effects",
    "prior_of",
    "published",
]
