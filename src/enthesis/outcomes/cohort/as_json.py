"""An analysis as `enthesis outcomes --json` prints it: the keys of the contract, numbers at full precision.

This is for whoever may read every row: no small cell is hidden; `publishable` is what may leave. Where a model says nothing
its value is {"reason": ...}. With `clinic` among the groups, a week below the floors keeps its counts and gives `kept_back` in
place of figures, for staff too: so few people say nothing about a clinic.
"""

from dataclasses import asdict
from typing import Any

from enthesis.outcomes.cohort.analysis import Analysis, Group
from enthesis.outcomes.cohort.comparing import Comparison
from enthesis.outcomes.cohort.floors import kept_back, too_few
from enthesis.outcomes.cohort.rated import Rated
from enthesis.outcomes.cohort.shares import Share
from enthesis.outcomes.cohort.week import Unmodelled, Week


def analysis_as_json(analysis: Analysis) -> dict[str, Any]:
    """The whole analysis."""
    floors = "clinic" in analysis.by
    return {
        "by": list(analysis.by),
        "groups": [_group(group, floors=floors) for group in analysis.groups],
        "comparisons": [comparison_as_json(comparison) for comparison in analysis.comparisons],
        **(
            {"comparisons_without_other_treatment": [comparison_as_json(one) for one in analysis.comparisons_without]}
            if analysis.comparisons_without
            else {}
        ),
        **({"ratings": [_rated(one, floors=floors) for one in analysis.rated]} if analysis.rated else {}),
        **({"watched": asdict(analysis.watched)} if analysis.watched else {}),
    }


def _group(group: Group, *, floors: bool) -> dict[str, Any]:
    return {
        **group.key,
        "higher_is_worse": group.measure.higher_is_worse,
        "n_eligible": group.eligible,
        "n_enrolled": group.enrolled,
        "baseline": {
            "n": group.baseline_n,
            "mean": group.baseline_mean,
            "sd": group.baseline_sd,
            "median": group.baseline_median,
        },
        "weeks": [_week(week, floors=floors) for week in group.weeks],
        "regression_to_mean": [asdict(at) for at in group.regression_to_mean],
    }


def _week(week: Week, *, floors: bool) -> dict[str, Any]:
    flow = week.flow
    counts = {
        "week": week.week,
        "n_enrolled": flow.enrolled,
        "n_due": flow.due,
        "n_answered": flow.answered,
        "response_rate": flow.response_rate,
        "flow": {
            "silent": flow.silent,
            "other_treatment": flow.other_treatment,
            "withdrawn": flow.withdrawn,
            "dead": flow.dead,
        },
    }
    why = kept_back(flow) if floors else ""
    return {**counts, "kept_back": why} if why else {**counts, **_figures(week)}


def _figures(week: Week) -> dict[str, Any]:
    return {
        **level_as_json(week),
        "worse": share_as_json(week.worse["any"])
        | {name: share_as_json(share) for name, share in week.worse.items() if name != "any"},
        "responders": {name: share_as_json(share) for name, share in week.better.items()},
        **models_as_json(week),
        **_others(week),
    }


def level_as_json(week: Week) -> dict[str, Any]:
    """Where people stood and how far they came."""
    return {
        "baseline_mean": week.baseline_mean,
        "baseline_mean_of_answered": week.baseline_of_answered,
        "mean": week.mean,
        "median": week.median,
        "quartiles": list(week.quartiles),
        "change": asdict(week.change),
    }


def models_as_json(week: Week) -> dict[str, Any]:
    """The four ways of allowing for the silent."""
    return {
        "mixed_model": said_as_json(week.mixed_model),
        "weighted": said_as_json(week.weighted),
        "imputed": said_as_json(week.imputed),
        "tipping_point": said_as_json(week.tipping_point),
    }


def _others(week: Week) -> dict[str, Any]:
    """What else people were treated with, and results without the answers it may have moved; nothing where nothing is said."""
    found: dict[str, Any] = {"other_treatment": asdict(week.others)} if week.others else {}
    if week.without:
        found["without_other_treatment"] = {
            "answers_set_aside": week.without.set_aside,
            "mixed_model": said_as_json(week.without.mixed_model),
            "imputed": said_as_json(week.without.imputed),
            "responders_if_failed": {name: share_as_json(share) for name, share in week.without.better.items()},
        }
    return found


def share_as_json(share: Share) -> dict[str, Any]:
    """A share with its interval and the guesses about the silent."""
    return {
        "events": share.events,
        "n": share.n,
        "share": share.share,
        "lower": share.lower,
        "upper": share.upper,
        "share_of_enrolled": share.of_enrolled,
        "if_silent_failed": share.if_silent_failed,
        "if_silent_succeeded": share.if_silent_succeeded,
        "if_silent_12_points_worse": share.if_silent_worse,
    }


def _rated(one: Rated, *, floors: bool) -> dict[str, Any]:
    """A rating of change; nothing but how many were due and answered below the floors of a clinic."""
    counts = {
        **one.key,
        "week": one.week,
        "n_enrolled": one.much.enrolled,
        "n_due": one.much.due,
        "n_answered": one.much.n,
    }
    why = too_few(due=one.much.due, answered=one.much.n) if floors else ""
    if why:
        return {**counts, "kept_back": why}
    return {
        **counts,
        "answers": {f"{score:g}": people for score, people in one.counts.items()},
        "much_better": share_as_json(one.much),
    }


def said_as_json(found: Any) -> dict[str, Any]:
    """An estimate with its parts, or the reason why there is none."""
    return {"reason": found.reason} if isinstance(found, Unmodelled) else asdict(found)


def comparison_as_json(comparison: Comparison) -> dict[str, Any]:
    """One arm against another, week by week."""
    return {
        "group": [part for part in comparison.key if part],
        "arm": comparison.arm,
        "versus": comparison.reference,
        "weeks": [
            {
                "week": week.week,
                "ancova": said_as_json(week.ancova),
                "mixed_model": said_as_json(week.mixed_model),
                "imputed": said_as_json(week.imputed),
                "tipping_point": said_as_json(week.tipping_point),
            }
            for week in comparison.weeks
        ],
    }
