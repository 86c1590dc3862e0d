"""A network of rare events as plain values: the keys of `enthesis evidence rare --json`."""

from typing import Any

from enthesis.evidence.networks.contract import estimate_rows, q_value
from enthesis.evidence.networks.pairs import all_pairs
from enthesis.evidence.networks.rare import RareEvents


def rare_as_json(found: RareEvents, *, small_good: bool = True) -> dict[str, Any]:
    """Log odds ratios, treatment minus versus, of every pair; the order of the treatments; what could not be used."""
    first, second = (each.tolist() for each in all_pairs(len(found.treatments)))
    names = found.treatments
    league = zip(first, second, estimate_rows(found.league()), strict=True)
    scores = zip(names, found.p_scores(small_good=small_good).tolist(), strict=True)
    return {
        "measure": "OR",
        "method": found.method,
        "treatments": list(names),
        "q": q_value(found.inconsistency) if found.inconsistency else None,
        "dispersion": found.dispersion,
        "league": [{"treatment": names[a], "versus": names[b], **row} for a, b, row in league],
        "ranking": [{"treatment": name, "p_score": score} for name, score in scores],
        "notes": list(found.notes),
    }
