"""The R networks as ours: the same contrasts, and what R found on them."""

from collections import defaultdict
from functools import cache

import numpy as np
from tests.reference.r_results import analyses

from enthesis import evidence

NETWORKS = {
    "senn2013": ("netmeta_DL", "netmeta_REML", "netmeta_ML", "netmeta_tau_preset_0.3"),
    "senn2013_arm": ("netmeta_DL", "netmeta_REML", "netmeta_ML"),
    "woods2010": ("netmeta_DL_OR", "netmeta_REML_OR", "netmeta_ML_OR"),
    "dong2013": ("netmeta_DL_OR", "netmeta_REML_OR", "netmeta_ML_OR"),
    "linde2016": ("netmeta_DL", "netmeta_REML"),
    "baker2009": ("netmeta_DL_OR", "netmeta_ML_OR"),
    "hong2015": tuple(
        f"netmeta_{outcome}_{measure}_{tau2}"
        for outcome in ("pain", "disability")
        for measure in ("MD", "SMD")
        for tau2 in ("DL", "REML")
    ),
}
CASES = [(name, analysis) for name, listed in NETWORKS.items() for analysis in listed]


@cache
def given(name, analysis):
    """The contrasts R was given, as ours, through the columns of a trial file."""
    theirs = analyses(name)[analysis]
    c = theirs["contrasts"]
    columns = {
        "study": map(str, c["study"]),
        "treatment1": c["treat1"],
        "treatment2": c["treat2"],
        "estimate": c["effect"],
        "se": c["se"],
    }
    return evidence.contrasts(evidence.trials_from(columns, keep_names=True), measure=theirs["sm"])


@cache
def fitted(name, analysis, tau2=None):
    """Our network at R's own tau2, or by a method of ours."""
    theirs = analyses(name)[analysis]
    return evidence.network(given(name, analysis), tau2=theirs["tau2"] if tau2 is None else tau2)


def by_pair(network, theirs, values):
    """R's values over its pairs, in our order; the sign turned where a pair is the other way round."""
    place = {
        (network.treatments[a], network.treatments[b]): index
        for index, (a, b) in enumerate(zip(*network.all_pairs, strict=True))
    }
    found, signs = np.full(len(place), np.nan), np.ones(len(place))
    for a, b, value in zip(theirs["treat1"], theirs["treat2"], values, strict=True):
        index = place.get((a, b), place.get((b, a)))
        found[index], signs[index] = np.nan if value is None else value, 1.0 if (a, b) in place else -1.0
    return found, signs


def rows_by_study(contrasts):
    """How many arms each study has."""
    arms = defaultdict(int)
    for batch in contrasts.batches:
        for study in batch.study:
            arms[contrasts.studies[study]] = batch.size
    return arms
