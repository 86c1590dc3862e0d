"""Corrections for how a trial was made: clusters, and scores on different scales or in different directions."""

import numpy as np

from enthesis.evidence.reading.trials import Kind, Trials


def corrected_for_clusters(trials: Trials) -> Trials:
    """Arms of a cluster trial count for fewer people: n / (1 + (cluster size - 1) icc) (Cochrane Handbook, 23.1.4)."""
    if not trials.has("icc", "cluster_size"):
        return trials
    effect = 1 + (trials.number("cluster_size") - 1) * trials.number("icc")
    touched = np.isfinite(effect) & (effect != 1)
    if not touched.any():
        return trials
    effect = np.where(touched, effect, 1.0)
    notes = tuple(
        f"{trials.source}: row {trials.line[row]}: cluster trial, design effect {effect[row]:.4g}"
        for row in np.flatnonzero(touched)
    )
    if trials.kind in (Kind.ARM_EVENTS, Kind.SINGLE_EVENTS):
        return trials.with_numbers({"design_effect": effect}, *notes)
    return trials.with_numbers({"n": trials.number("n") / effect, "design_effect": effect}, *notes)


def on_one_scale(trials: Trials, *, low: float = 0.0, high: float = 10.0) -> Trials:
    """Scores moved to one scale, `low` to `high` with higher worse, where the file gives each row's own scale.

    The columns are `scale_low`, `scale_high` and, optionally, `higher_is_worse` (yes or no). Changes from baseline are
    stretched and turned, never shifted. Every conversion is noted. Rows without a scale stay as they are and are named.
    """
    from enthesis.evidence.reading.checks import score_types

    start, end = trials.number("scale_low"), trials.number("scale_high")
    known = np.isfinite(start) & np.isfinite(end)
    factor = np.where(known, (high - low) / np.where(known, end - start, 1.0), 1.0)
    turned = np.array([value.strip().lower() in ("no", "false", "0") for value in _worse(trials)])
    types = score_types(trials)
    change = np.zeros(trials.rows, dtype=bool) if types is None else types == 1
    mean = trials.number("mean")
    moved = np.where(change, mean * factor, low + (mean - np.where(known, start, low)) * factor)
    moved = np.where(turned, np.where(change, -moved, low + high - moved), moved)
    moved = np.where(known, moved, np.where(turned & change, -mean, mean))
    notes = tuple(
        _says(trials, int(row), factor[row], turned=bool(turned[row])) for row in np.flatnonzero(known | turned)
    )
    return trials.with_numbers({"mean": moved, "sd": trials.number("sd") * factor}, *notes)


def _worse(trials: Trials) -> tuple[str, ...]:
    return trials.labels.get("higher_is_worse", ("yes",) * trials.rows)


def _says(trials: Trials, row: int, factor: float, *, turned: bool) -> str:
    scale = f"{trials.number('scale_low')[row]:g} to {trials.number('scale_high')[row]:g}"
    return f"{trials.source}: row {trials.line[row]}: scale {scale} multiplied by {factor:.6g}{', and turned' if turned else ''}"
