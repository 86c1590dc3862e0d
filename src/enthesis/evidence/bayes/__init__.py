"""A Bayesian twin of the network: the same likelihood, a stated prior on heterogeneity, worked out without drawing."""

from enthesis.evidence.bayes.fitting import Bayesian, bayesian
from enthesis.evidence.bayes.priors import HalfNormal, LogNormal, Prior, Uniform, prior_of, published

__all__ = ["Bayesian", "HalfNormal", "LogNormal", "Prior", "Uniform", "bayesian", "prior_of", "published"]
