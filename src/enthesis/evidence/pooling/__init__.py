"""Pairwise meta-analysis: one treatment against another over all studies, and what could be wrong with the answer."""

from enthesis.evidence.pooling.as_json import as_json
from enthesis.evidence.pooling.estimates import Estimates
from enthesis.evidence.pooling.heterogeneity import ESTIMATORS, i2_from_q
from enthesis.evidence.pooling.intervals import PREDICTION, Estimate, Prediction
from enthesis.evidence.pooling.levels import ThreeLevels, three_levels, variance_interval
from enthesis.evidence.pooling.model import Heterogeneity, Model
from enthesis.evidence.pooling.pairwise import Pairwise, pairwise, pooled
from enthesis.evidence.pooling.rare import RareEvents, rare_events
from enthesis.evidence.pooling.regression import MetaRegression, Subgroups, meta_regression, subgroups
from enthesis.evidence.pooling.robust import robust
from enthesis.evidence.pooling.sensitivity import cumulative, influence, leave_one_out, study_effects
from enthesis.evidence.pooling.small_study import begg, egger, limit_meta_analysis, peese, thompson
from enthesis.evidence.pooling.tables import (
    Tables,
    cochran_mantel_haenszel,
    mantel_haenszel,
    peto,
    spread_about,
    tables_of,
    tarone,
)
from enthesis.evidence.pooling.tau2_interval import profile_likelihood, q_profile
from enthesis.evidence.pooling.trim_and_fill import TrimAndFill, trim_and_fill

__all__ = [
    "ESTIMATORS",
    "PREDICTION",
    "Estimate",
    "Estimates",
    "Heterogeneity",
    "MetaRegression",
    "Model",
    "Pairwise",
    "Prediction",
    "RareEvents",
    "Subgroups",
    "Tables",
    "ThreeLevels",
    "TrimAndFill",
    "as_json",
    "begg",
    "cochran_mantel_haenszel",
    "cumulative",
    "egger",
    "i2_from_q",
    "influence",
    "leave_one_out",
    "limit_meta_analysis",
    "mantel_haenszel",
    "meta_regression",
    "pairwise",
    "peese",
    "peto",
    "pooled",
    "profile_likelihood",
    "q_profile",
    "rare_events",
    "robust",
    "spread_about",
    "study_effects",
    "subgroups",
    "tables_of",
    "tarone",
    "thompson",
    "three_levels",
    "trim_and_fill",
    "variance_interval",
]
