"""`enthesis evidence pairwise`: two treatments, every study, and the answer with its doubts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.evidence import (
    DOUBLE_ZERO,
    ZERO_RISKS,
    ZERO_TO,
    Files,
    Json,
    KeepNames,
    Level,
    Measure,
    number_or_word,
    read,
    say,
    zeros,
)
from enthesis.cli.given import printed

if TYPE_CHECKING:
    from enthesis.evidence import Pairwise

TAU2 = "Heterogeneity: reml, dl, pm, ml, eb, sj, hs, he, or a number of 0 or more."
CI = "Of the random effects: wald, hartung-knapp, or hartung-knapp-safeguarded (its standard error never below Wald's)."
PREDICTION = "Prediction interval: v (t, k - 1), hts (t, k - 2), hk (t, k - 1, Hartung-Knapp error) or s (normal)."
REFERENCE = (
    "The treatment subtracted; if left out, the one called placebo, control, sham, ..., else the second in the file."
)
SMALL_SAMPLE = "Correction of an SMD: hedges (exact), cohen (none) or glass."
MIXED = "Pool changes from baseline and final scores in an SMD all the same."


def pairwise(
    files: Files,
    measure: Measure = None,
    tau2: Annotated[str, typer.Option(help=TAU2)] = "reml",
    ci: Annotated[str, typer.Option(help=CI)] = "hartung-knapp-safeguarded",
    prediction: Annotated[str, typer.Option(help=PREDICTION)] = "v",
    reference: Annotated[str | None, typer.Option(help=REFERENCE)] = None,
    small_values: Annotated[str, typer.Option(help="good or bad; changes nothing here.", hidden=True)] = "good",
    zero_cells: Annotated[str, typer.Option(help=ZERO_TO)] = "only-zero",
    double_zero: Annotated[str, typer.Option(help=DOUBLE_ZERO)] = "drop",
    zero_risks: Annotated[str, typer.Option(help=ZERO_RISKS)] = "cells",
    small_sample: Annotated[str, typer.Option(help=SMALL_SAMPLE)] = "hedges",
    level: Level = 0.95,
    allow_mixed_scores: Annotated[bool, typer.Option("--allow-mixed-scores", help=MIXED)] = False,
    keep_names: KeepNames = False,
    as_json: Json = False,
) -> None:
    """One treatment against another: common and random effects, heterogeneity, prediction and small-study effects.

    Estimates are treatment minus versus, on the log scale for ratios. What was noticed about the rows is said on standard error.
    """
    from enthesis import evidence

    found = evidence.pairwise(
        read(files, measure=measure, keep_names=keep_names),
        measure=measure,
        reference=reference,
        tau2=number_or_word(tau2),
        ci=ci.lower(),
        prediction=prediction,
        level=level,
        zero_cells=zeros(zero_cells, double_zero, zero_risks),
        small_sample=small_sample.lower(),
        mixed_scores="allow" if allow_mixed_scores else "refuse",
    )
    say(found.estimates.notes)
    if as_json:
        printed(evidence.pairwise_as_json(found))
        return
    print("\n".join(_lines(found)))


def _lines(found: "Pairwise") -> Iterator[str]:
    yield found.sentence
    yield ""
    width = max(12, *(len(study) for study in found.estimates.studies))
    share = f"{found.model.level:.0%} interval"
    yield f"{'':{width}}  estimate  ({share}){'':9}weight, common and random"
    for row in found.table():
        weights = f"{row['weight_common']:.1%}, {row['weight_random']:.1%}"
        yield f"{row['study']:{width}}  {_short(row['estimate'])}  {_interval(row['lower'], row['upper'])}  {weights}"
    for name, mean in (("common", found.common), ("random", found.random)):
        yield f"{name:{width}}  {_short(mean.estimate)}  {_interval(mean.lower, mean.upper)}  p {mean.p:.3g}"
    if found.prediction:
        yield f"{'a new study':{width}}  {'':8}  {_interval(found.prediction.lower, found.prediction.upper)}"
    yield from _doubts(found)


def _doubts(found: "Pairwise") -> Iterator[str]:
    from enthesis.evidence import pooling

    spread = found.heterogeneity
    if found.k < 2:
        return
    yield ""
    tau2 = f"tau2 {spread.tau2:.4g} ({spread.tau2_lower:.4g} to {spread.tau2_upper:.4g})"
    yield f"Q {spread.q:.4g}, df {spread.df}, p {spread.p:.3g}; {tau2}"
    y, v = found.estimates.y, found.estimates.v
    line, missing = pooling.egger(y, v), pooling.trim_and_fill(y, v, model=found.model)
    if line and missing:
        yield f"Egger p {line.p:.3g}; trim and fill adds {missing.filled} on the {missing.side}: {missing.estimate!r}"
    if found.k >= 3 and not line:
        yield "All studies are equally precise: there are no small ones to differ from large ones."
    if line and found.k < 10:
        yield "Fewer than ten studies: tests of small-study effects can hardly find any."


def _short(value: object) -> str:
    return f"{value:8.4g}"


def _interval(low: object, high: object) -> str:
    return f"{f'({low:.4g} to {high:.4g})':24}"
