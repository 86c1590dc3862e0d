"""A network as plain values: exactly the keys of the contract of `enthesis evidence network --json`."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.by_study import StudyContributions, by_study
from enthesis.evidence.networks.designs import Q
from enthesis.evidence.networks.estimates import Estimates
from enthesis.evidence.networks.fitting import Parts
from enthesis.evidence.networks.flow import Contributions
from enthesis.evidence.networks.pairs import all_pairs
from enthesis.evidence.networks.result import Model, Network
from enthesis.evidence.networks.splitting import Split
from enthesis.evidence.networks.tails import chi2_above

MOST_SHARES = 250_000  # of more contributions only those to comparisons with the reference are given


def as_json(found: Network | Parts) -> dict[str, Any]:
    """The contract; for a network in parts {"measure", "parts": [the contract of each part]}."""
    if isinstance(found, Parts):
        return {"measure": found.networks[0].contrasts.measure, "parts": [as_json(one) for one in found.networks]}
    return {
        "measure": found.contrasts.measure,
        "reference": found.reference,
        "treatments": list(found.treatments),
        "studies": len(found.studies),
        "contrasts": found.contrasts.pairs,
        "tau2": found.tau2,
        "i2": None if (i2 := found.i2()) is None else i2[0],
        "q": q_values(found),
        "league": league_values(found),
        "split": split_values(found, "common") + split_values(found, "random"),
        "ranking": ranking_values(found),
        "contributions": contribution_values(found),
    }


def q_values(found: Network) -> dict[str, Any]:
    """Total Q and its two parts."""
    q = found.q()
    parts = {"total": q.total, "within_designs": q.within_designs, "between_designs": q.between_designs}
    return {name: q_value(part) for name, part in parts.items()}


def q_value(part: Q) -> dict[str, Any]:
    """One Q with its degrees of freedom and p; p is None without any."""
    p = float(chi2_above(part.value, part.df)) if part.df else None
    return {"value": part.value, "df": part.df, "p": p}


def league_values(found: Network) -> list[dict[str, Any]]:
    """Every pair once, in the order of the treatments."""
    league = found.league()
    names = found.treatments
    predicted = zip(_plain(league.prediction_lower), _plain(league.prediction_upper), strict=True)
    columns = (
        league.first.tolist(),
        league.second.tolist(),
        estimate_rows(league.common),
        estimate_rows(league.random),
    )
    return [
        {
            "treatment": names[first],
            "versus": names[second],
            "common": common,
            "random": random | {"prediction_lower": low, "prediction_upper": high},
            "direct_share": share,
        }
        for first, second, common, random, (low, high), share in zip(
            *columns, predicted, league.direct_share.tolist(), strict=True
        )
    ]


def estimate_rows(made: Estimates) -> list[dict[str, float | None]]:
    """Each estimate with its interval and p; None where a number does not exist."""
    columns = (made.estimate, made.se, made.lower, made.upper, made.p)
    names = ("estimate", "se", "lower", "upper", "p")
    return [dict(zip(names, row, strict=True)) for row in zip(*map(_plain, columns), strict=True)]


def _plain(values: Floats) -> list[float | None]:
    """Plain numbers; None where there is none."""
    if np.isfinite(values).all():
        return values.tolist()  # type: ignore[no-any-return]
    return [value if np.isfinite(value) else None for value in values.tolist()]


def split_values(found: Network, model: Any) -> list[dict[str, Any]]:
    """Direct against indirect evidence of one model, by back-calculation."""
    split: Split = found.split(model)
    first, second = (each[split.pair].tolist() for each in found.all_pairs)
    columns = (split.direct, split.direct_se, split.indirect, split.indirect_se, split.difference, split.p)
    return [
        {
            "treatment": found.treatments[a],
            "versus": found.treatments[b],
            "model": model,
            "direct": {"estimate": direct, "se": direct_se},
            "indirect": {"estimate": indirect, "se": indirect_se},
            "difference": difference,
            "p": p,
        }
        for a, b, direct, direct_se, indirect, indirect_se, difference, p in zip(
            first, second, *(column.tolist() for column in columns), strict=True
        )
    ]


def ranking_values(found: Network) -> list[dict[str, Any]]:
    """P-scores of both models, and SUCRA of the random one."""
    columns = (found.p_scores("common"), found.p_scores("random"), found.sucra("random"))
    names = ("treatment", "p_score_common", "p_score_random", "sucra")
    values = zip(found.treatments, *(column.tolist() for column in columns), strict=True)
    return [dict(zip(names, row, strict=True)) for row in values]


def contribution_values(found: Network) -> dict[str, Any]:
    """Shares of each direct comparison, and of each study, in each network estimate, by random walk, for both models."""
    rows = _rows_to_show(found)
    models: tuple[Model, Model] = ("common", "random")
    made = {model: found.contributions(model, rows=rows) for model in models}
    names = [f"{found.treatments[a]}:{found.treatments[b]}" for a, b in zip(*found.all_pairs, strict=True)]
    shown = made["random"]
    return {
        "method": shown.method,
        "rows": [names[row] for row in shown.rows],
        "columns": [names[column] for column in shown.columns],
        **{model: _shares(one) for model, one in made.items()},
        "per_study": _per_study(found, made),
    }


def _shares(made: Contributions | StudyContributions) -> list[list[float]]:
    return made.shares.tolist()  # type: ignore[no-any-return]


def _per_study(found: Network, made: Mapping[Model, Contributions]) -> dict[str, Any] | None:
    """The same rows divided among the studies; None where that would be too many numbers."""
    if len(made["random"].rows) * len(found.studies) > MOST_SHARES:
        return None
    divided = {model: by_study(one, found.system(model), found.comparisons) for model, one in made.items()}
    return {"studies": list(found.studies), **{model: _shares(one) for model, one in divided.items()}}


def _rows_to_show(found: Network) -> Whole | None:
    """All pairs (None), else those with the reference, else none: the first that is few enough."""
    first, second = all_pairs(len(found.treatments))
    place = found.treatments.index(found.reference)
    most = MOST_SHARES // len(found.comparisons.grouped[0])
    if len(first) <= most:
        return None
    with_reference = np.flatnonzero((first == place) | (second == place))
    return with_reference if len(with_reference) <= most else with_reference[:0]
