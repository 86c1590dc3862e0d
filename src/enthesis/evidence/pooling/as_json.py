"""The keys of the contract for `enthesis evidence pairwise --json`; NaN becomes null."""

from collections.abc import Mapping
from dataclasses import asdict
from math import isfinite
from typing import Any

from enthesis.evidence.pooling.intervals import Estimate
from enthesis.evidence.pooling.pairwise import Pairwise
from enthesis.evidence.pooling.small_study import Regression, egger
from enthesis.evidence.pooling.trim_and_fill import TrimAndFill, trim_and_fill

Json = dict[str, Any]
HETEROGENEITY = ("q", "df", "p", "tau2", "tau2_lower", "tau2_upper", "i2", "i2_lower", "i2_upper", "h2")


def as_json(result: Pairwise) -> Json:
    """Everything the contract asks for; weights and I2 are shares, 0 to 1."""
    found = asdict(result.heterogeneity)
    y, v, level = result.estimates.y, result.estimates.v, result.model.level
    return {
        "measure": result.measure,
        "k": result.k,
        "studies": _studies(result),
        "common": _estimate(result.common),
        "random": _estimate(result.random),
        "prediction": {
            "lower": result.prediction.lower if result.prediction else None,
            "upper": result.prediction.upper if result.prediction else None,
        },
        "heterogeneity": _finite({key: found[key] for key in HETEROGENEITY}),
        "small_study": {
            "egger": _egger(egger(y, v, level=level)),
            "trim_and_fill": _filled(trim_and_fill(y, v, model=result.model)),
        },
    }


def _studies(result: Pairwise) -> list[Json]:
    return [
        {
            "study": row["study"],
            "estimate": row["estimate"],
            "se": row["se"],
            "weight_common": row["weight_common"],
            "weight_random": row["weight_random"],
        }
        for row in result.table()
    ]


def _estimate(estimate: Estimate) -> Json:
    return _finite({key: getattr(estimate, key) for key in ("estimate", "se", "lower", "upper", "statistic", "p")})


def _egger(line: Regression | None) -> Json:
    """The intercept of Egger's radial regression, and the estimate the line gives for a study of infinite size."""
    slope = _estimate(line.slope) if line else dict.fromkeys(("estimate", "se", "lower", "upper", "statistic", "p"))
    limit = _estimate(line.limit) if line else dict.fromkeys(("estimate", "se", "lower", "upper"))
    return {
        "intercept": slope.pop("estimate"),
        **slope,
        "df": int(line.slope.freedom or 0) if line else None,
        "limit": {key: limit[key] for key in ("estimate", "se", "lower", "upper")},
    }


def _filled(result: TrimAndFill | None) -> Json:
    if result is None:
        keys = (
            "estimator",
            "side",
            "filled",
            "filled_se",
            "estimate",
            "se",
            "lower",
            "upper",
            "statistic",
            "p",
            "tau2",
        )
        return dict.fromkeys(keys)
    return _finite(
        {"estimator": result.estimator, "side": result.side, "filled": result.filled, "filled_se": result.filled_se}
        | _estimate(result.estimate)
        | {"tau2": result.tau2}
    )


def _finite(values: Mapping[str, Any]) -> Json:
    return {key: None if isinstance(value, float) and not isfinite(value) else value for key, value in values.items()}
