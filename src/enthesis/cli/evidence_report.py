"""`enthesis evidence report FILE...`: one self-contained HTML page on trial files."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.evidence import (
    NETWORK_CI,
    NETWORK_TAU2,
    REFERENCE,
    SMALL,
    SMALL_SAMPLE,
    Files,
    Level,
    Measure,
    number_or_word,
    read,
)
from enthesis.cli.evidence_reviews import write_page
from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from enthesis.evidence import Network, Pairwise, Parts, Trials
    from enthesis.evidence.certainty import Concern

BIAS_COLUMNS, INDIRECT_COLUMNS = ("bias", "rob", "risk_of_bias"), ("indirectness", "indirect")


Important = Annotated[
    float | None,
    typer.Option(help="The smallest difference that matters: points, SDs, or a ratio above 1. Certainty needs it."),
]


def report(
    files: Files,
    html: Annotated[Path, typer.Option("--html", help="The file to write; it needs nothing else.")],
    measure: Measure = None,
    tau2: Annotated[str, typer.Option(help=NETWORK_TAU2)] = "reml",
    ci: Annotated[str, typer.Option(help=NETWORK_CI)] = "wald",
    reference: Annotated[str | None, typer.Option(help=REFERENCE)] = None,
    small_values: Annotated[str, typer.Option(help=SMALL)] = "good",
    small_sample: Annotated[str, typer.Option(help=SMALL_SAMPLE)] = "cohen",
    level: Level = 0.95,
    important: Important = None,
    title: Annotated[str, typer.Option(help="The title of the page.")] = "What the trials say",
) -> None:
    """Network, forest, league table, ranks, inconsistency, contributions, small studies, certainty: one HTML page.

    A column bias (low, some, high; or 1, 2, 3) or indirectness in the files colours the graph and enters certainty.
    """
    from enthesis import evidence
    from enthesis.evidence.report.of_files import files_report

    trials = read(files, measure=measure)
    found = evidence.network(
        trials,
        measure=measure,
        reference=reference,
        tau2=number_or_word(tau2),
        ci=ci.lower(),
        level=level,
        small_values=small_values.lower(),
        small_sample=small_sample.lower(),
    )
    networks, pair = _of_two(found, trials, measure, reference, tau2, level)
    known = {"bias": _levels(trials, BIAS_COLUMNS), "indirect": _levels(trials, INDIRECT_COLUMNS)}
    page = files_report(networks, title=title, important=_checked(important), pair=pair, **known)
    write_page(html, page)


def _of_two(
    found: "Network | Parts", trials: "Trials", measure: str | None, reference: str | None, tau2: str, level: float
) -> "tuple[tuple[Network, ...], Pairwise | None]":
    """The networks, and the pairwise analysis where there is one network of two treatments, told from the same side."""
    from enthesis import evidence

    networks = found.networks if isinstance(found, evidence.Parts) else (found,)
    if len(networks) > 1 or len(networks[0].treatments) > 2:
        return networks, None
    pair = evidence.pairwise(trials, measure=measure, reference=reference, tau2=number_or_word(tau2), level=level)
    return (replace(networks[0], reference=pair.estimates.versus),), pair


def _checked(important: float | None) -> float | None:
    if important is not None and not important > 0:
        raise BadInput(f"--important: {important:g}; a number above 0 was expected")
    return important


def _levels(trials: "Trials", columns: tuple[str, ...]) -> "dict[str, Concern]":
    """What the files say of each study, from the first of these columns that is there. Raises BadInput for other words."""
    from enthesis.evidence.certainty.rating import concerns

    named = next((name for name in trials.labels if name.lower().replace(" ", "_") in columns), None)
    if named is None:
        return {}
    return concerns(trials.labels[named], [trials.studies[study] for study in trials.study.tolist()], column=named)
