"""Which column means what, and so what a row of the file holds."""

import re
from collections.abc import Iterable

from enthesis.evidence.reading.trials import Kind
from enthesis.knowledge import BadInput

# Other spellings of a column, tried only when the first is not there.
SPELLINGS = {
    "study": ("studlab", "trial", "study_id"),
    "treatment": ("treat", "trt", "arm", "intervention"),
    "treatment1": ("treat1", "t1"),
    "treatment2": ("treat2", "t2", "versus"),
    "n": ("total", "sample_size", "samplesize"),
    "events": ("event", "responders"),
    "time": ("person_time", "person_years", "exposure"),
    "estimate": ("te", "yi", "effect"),
    "se": ("sete", "standard_error", "stderr"),
    "variance": ("vi",),
    "lower": ("ci_lower", "lower_ci"),
    "upper": ("ci_upper", "upper_ci"),
    "min": ("minimum",),
    "max": ("maximum",),
    "type": ("score", "score_type", "change_or_final"),
}
NUMBERS = (
    *("n", "mean", "sd", "events", "time", "estimate", "se", "variance", "lower", "upper", "median", "q1", "q3"),
    *("min", "max", "n1", "n2", "icc", "cluster_size", "correlation", "scale_low", "scale_high"),
)
SPREAD = ("sd", "se", "lower", "q1", "min")
MEASURES_OF_EVENTS = ("OR", "RR", "RD", "PROPORTION", "LOGIT")
MEASURES_OF_RATES = ("IRR",)


def named(header: Iterable[str]) -> dict[str, int]:
    """The place of each column by our name for it; columns we have no name for keep theirs."""
    plain = {re.sub(r"[\s.\-]+", "_", name.strip().lower()): place for place, name in enumerate(header)}
    found = dict(plain)
    for ours, others in SPELLINGS.items():
        match = next((other for other in others if other in plain), None)
        if ours not in plain and match is not None:
            found[ours] = found.pop(match)
    return found


def kind_of(columns: dict[str, int], *, measure: str | None, source: str) -> Kind:
    """What a row holds. Raises BadInput naming the columns that are missing."""
    has = columns.__contains__
    if not has("study"):
        raise BadInput(
            f"{source}: row 1: there is no column 'study'; the columns are {', '.join(columns)}. {_EXPECTED}"
        )
    if has("treatment1") and has("treatment2"):
        return _needs(Kind.CONTRASTS, columns, source)
    if has("treatment1") or has("treatment2"):
        missing = "treatment2" if has("treatment1") else "treatment1"
        raise BadInput(f"{source}: row 1: a contrast needs two treatments; there is no column {missing!r}")
    means = has("n") and (has("mean") or has("median")) and any(has(column) for column in SPREAD)
    kinds = {
        "means": Kind.ARM_MEANS if means else None,
        "rates": Kind.ARM_RATES if has("events") and has("time") else None,
        "events": Kind.ARM_EVENTS if has("events") and has("n") else None,
    }
    if not has("treatment"):
        return _without_treatment(columns, kinds, source)
    return _arms(kinds, columns, measure, source)


def _arms(kinds: dict[str, Kind | None], columns: dict[str, int], measure: str | None, source: str) -> Kind:
    there = [kind for kind in kinds.values() if kind]
    if not there:
        raise BadInput(f"{source}: row 1: the columns are {', '.join(columns)}. {_EXPECTED}")
    if len(there) > 1 and measure is None and kinds["means"]:
        raise BadInput(f"{source}: row 1: the file holds both means and events; say which with a measure (MD, OR, ...)")
    wanted = "rates" if measure in MEASURES_OF_RATES else "events" if measure in MEASURES_OF_EVENTS else "means"
    return kinds[wanted] or there[0]


def _without_treatment(columns: dict[str, int], kinds: dict[str, Kind | None], source: str) -> Kind:
    if "estimate" in columns:
        return _needs(Kind.GENERIC, columns, source)
    if kinds["events"]:
        return Kind.SINGLE_EVENTS
    if kinds["means"]:
        return Kind.SINGLE_MEANS
    raise BadInput(f"{source}: row 1: the columns are {', '.join(columns)}. {_EXPECTED}")


def _needs(kind: Kind, columns: dict[str, int], source: str) -> Kind:
    if "estimate" not in columns:
        raise BadInput(f"{source}: row 1: there is no column 'estimate'; the columns are {', '.join(columns)}")
    if not {"se", "variance"} & columns.keys() and not {"lower", "upper"} <= columns.keys():
        raise BadInput(f"{source}: row 1: there is no column 'se' (nor 'variance', nor 'lower' and 'upper')")
    return kind


_EXPECTED = (
    "Expected one of: study,treatment,n,mean,sd; study,treatment,n,events; study,treatment,events,time; "
    "study,treatment1,treatment2,estimate,se; study,estimate,se"
)
