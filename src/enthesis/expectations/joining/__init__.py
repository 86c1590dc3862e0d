"""Trials joined with a clinic's own answers, which have no comparison group and may flatter."""

from enthesis.expectations.joining.bias import DEFAULT, Bias, Part, doubled, halved
from enthesis.expectations.joining.conflict import Conflict, conflict
from enthesis.expectations.joining.mixtures import Beta, Normal, beta_posterior, normal_posterior
from enthesis.expectations.joining.posterior import Joined, joined
from enthesis.expectations.joining.shares import joined_share

__all__ = [
    "DEFAULT",
    "Beta",
    "Bias",
    "Conflict",
    "Joined",
    "Normal",
    "Part",
    "beta_posterior",
    "conflict",
    "doubled",
    "halved",
    "joined",
    "joined_share",
    "normal_posterior",
]
