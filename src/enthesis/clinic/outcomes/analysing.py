"""Analysing a snapshot inside this process: the report, and what of it may be published."""

import hashlib
from threading import Lock

import ibis

from enthesis import __version__
from enthesis.clinic.library import library
from enthesis.expectations.report import Made
from enthesis.outcomes import cohort
from enthesis.outcomes.cohort import Analysis
from enthesis.outcomes.snapshot import Snapshot, parquet_of

BY = ("treatment",)  # what is published, one way of grouping only: two could be subtracted from each other
# Whoever may analyse may read every row of the snapshot, and so may group as they like.
GROUPINGS = {"treatment": BY, "condition": ("condition",), "both": ("condition", "treatment"), "all": ()}
_one_at_a_time = Lock()
FORM = 6  # of the kept report; another number makes every report anew


def analysed(snapshot: Snapshot, *, by: tuple[str, ...] = BY, with_models: bool = True) -> Analysis:
    """The whole analysis of a clinic's snapshot. One at a time: the engine inside this process has one connection."""
    shipped = library()
    with _one_at_a_time:
        return cohort.analyse(
            ibis.memtable(snapshot.table),
            measures=cohort.measures(shipped),
            ratings=cohort.ratings(shipped),
            by=by,
            with_models=with_models,
            with_curves=True,
            with_watching=True,
        )


def by_condition(snapshot: Snapshot) -> Analysis:
    """Counts and means by condition and treatment, without models: what expectations join with the trials."""
    shipped = library()
    with _one_at_a_time:
        return cohort.analyse(
            ibis.memtable(snapshot.table),
            measures=cohort.measures(shipped),
            ratings=cohort.ratings(shipped),
            by=("condition", "treatment"),
            with_models=False,
        )


def made_of(snapshot: Snapshot) -> Made:
    """From what a report is made; the digest is of the Parquet file that can be downloaded."""
    return Made(snapshot.book, hashlib.sha256(parquet_of(snapshot)).hexdigest(), __version__, "duckdb")


def made_with(by: tuple[str, ...] = BY) -> str:
    """What a kept report depends on beside its snapshot."""
    return f"{__version__} {FORM} {library().fingerprint} {'+'.join(by)}"
