"""An expectation as `enthesis expect --json` prints it: the keys of the contract, numbers at full precision."""

import math
from dataclasses import asdict
from typing import Any

from enthesis.expectations.clinic import ClinicView
from enthesis.expectations.expectation import Expectation
from enthesis.expectations.finding.people import People
from enthesis.expectations.grading import Judged
from enthesis.expectations.joining import Bias, Joined
from enthesis.expectations.shares import Range
from enthesis.expectations.wording import sentence

NO_EVIDENCE = "no evidence"


def expectation_as_json(found: Expectation) -> dict[str, Any]:
    """The whole: of_100, certainty, because, clinic, sentence."""
    return {
        "of_100": {"treatment": _side(found, 0), "versus": _side(found, 1), "difference": _difference(found)},
        "certainty": str(found.rating) if found.rating else NO_EVIDENCE,
        "because": _because(found),
        "clinic": clinic_as_json(found.clinic) if found.clinic else None,
        "sentence": sentence(found),
    }


def _side(found: Expectation, at: int) -> dict[str, Any] | None:
    """People of 100 better by at least 30% and 50%, and the pain to expect; None where there is no number."""
    if found.graded is None:
        return None
    name = (found.sought.treatment, found.sought.versus)[at]
    shares = {cut: _hundred(_of(one, at)) if one else None for cut, one in found.shares.items()}
    return {"name": name, **shares, "pain": asdict(found.pain[at]) if found.pain else None}


def _of(one: People, at: int) -> Range:
    return (one.pair.treated, one.pair.untreated)[at]


def _difference(found: Expectation) -> dict[str, Any] | None:
    if found.graded is None:
        return None
    cuts = {cut: _pair(one) if one else None for cut, one in found.shares.items()}
    pain = asdict(found.pain[2]) if found.pain else None
    if pain is None and found.made:
        pain = {"estimate": found.made.estimate, "lower": found.made.new_place[0], "upper": found.made.new_place[1]}
    return {**cuts, "pain": pain, "average_pain": _average(found), "weeks": list(found.weeks), "longest": found.longest}


def _pair(one: People) -> dict[str, Any]:
    """The difference at a new place, that of the average, how it was made, and the other conversion beside it."""
    return {
        **_hundred(one.pair.difference),
        "average": _hundred(one.pair.average),
        "how": one.how,
        "weeks": list(one.weeks),
        "check": {"method": "Hasselblad and Hedges", "treatment": 100 * one.check},
    }


def _average(found: Expectation) -> dict[str, Any] | None:
    made = found.made
    if made is None:
        return None
    return {
        "estimate": made.estimate,
        "se": made.error,
        "lower": made.interval[0],
        "upper": made.interval[1],
        "tau": made.tau,
        "tau_assumed": made.assumed,
        "prediction_of_network_alone": list(made.alone),
    }


def _hundred(one: Range) -> dict[str, float]:
    return {"estimate": 100 * one.estimate, "lower": 100 * one.lower, "upper": 100 * one.upper}


def _because(found: Expectation) -> list[dict[str, Any]]:
    if found.graded is None:
        return [{"domain": "no evidence", "level": "", "reason": found.why_not, "overridden": None}]
    return [
        {
            "domain": str(one.domain),
            "level": one.concern.words,
            "reason": one.because,
            "overridden": _overridden(one) if one.overridden else None,
        }
        for one in found.graded.judged
    ]


def _overridden(one: Judged) -> dict[str, Any]:
    """Who judged otherwise than the rule, when and why; the rule's own level; whether the rule has changed since."""
    made = one.overridden
    if made is None:
        raise ValueError("nobody judged otherwise")
    when = made.at.isoformat() if made.at else None
    return {
        "rule": one.rule.words,
        "judged": made.concern.words,
        "reason": made.reason,
        "by": made.by,
        "at": when,
        "outdated": one.outdated,
    }


def clinic_as_json(view: ClinicView) -> dict[str, Any]:
    """Counts always; prior, data, posterior, conflict and weights where the answers were joined."""
    answers = view.answers
    counts = {
        "week": answers.week,
        "n_due": answers.due,
        "n_answered": answers.answered,
        "response_rate": answers.response,
    }
    if view.usual is None or view.half is None or view.double is None or view.shares is None:
        return {**counts, "trials_alone_because": view.why_alone}
    return {
        **counts,
        **_joined(view.usual),
        "of_100": {cut: _hundred(one) for cut, one in view.shares.items()},
        "half_bias": _joined(view.half),
        "double_bias": _joined(view.double),
    }


def _joined(found: Joined) -> dict[str, Any]:
    low, high = found.interval()
    return {
        "prior": {"mean": found.prior.mean, "sd": found.prior.sd},
        "data": {"mean": found.y, "se": found.se},
        "bias": _bias(found.bias),
        "likely_bias": found.likely_bias,
        "posterior": {"mean": found.mean, "sd": found.sd, "lower": low, "upper": high},
        "conflict": {"z": found.conflict.z, "p": found.conflict.p, "words": found.conflict.words},
        "weights": {"bias_beyond_two_points": found.far, "clinic": found.clinic_share},
    }


def _bias(of: Bias) -> dict[str, Any]:
    """The prior on the bias: in words, its mean and SD, and the usual one that the conflict is measured with."""
    usual = {"mean": of.usual.mean, "sd": of.usual.sd} if of.usual else None
    return {"says": of.says, "mean": of.mean, "sd": math.sqrt(of.variance), "usual": usual}
