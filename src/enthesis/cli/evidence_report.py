"""`enthesis evidence report FILE...`: one self-contained HTML page on trial files."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.evidence import REFERENCE, SMALL, Files, Level, Measure, number_or_word, read
from enthesis.cli.evidence_reviews import write_page
from enthesis.cli.given import printed
from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from enthesis.evidence import Network, Pairwise, Parts, Trials
    from enthesis.evidence.certainty import Concern

TAU2 = "Heterogeneity: reml, ml, dl, pm, eb, or a number of 0 or more; of two treatments also sj, hs, he."
CI = (
    "Intervals. Of two treatments wald, hartung-knapp or (if left out) hartung-knapp-safeguarded; of more wald (if left "
    "out), t, hartung-knapp or kenward-roger."
)
SMALL_SAMPLE = "Correction of an SMD: hedges (if left out, of two treatments), cohen (if left out, of more) or glass."
AS_JSON = "Print the keys of the contract: of a pairwise analysis for two treatments, of a network for more."
SAFEGUARDED = "hartung-knapp-safeguarded"
BIAS_COLUMNS, INDIRECT_COLUMNS = ("bias", "rob", "risk_of_bias"), ("indirectness", "indirect")


Important = Annotated[
    float | None,
    typer.Option(help="The smallest difference that matters: points, SDs, or a ratio above 1. Certainty needs it."),
]


def report(
    files: Files,
    html: Annotated[Path | None, typer.Option("--html", help="The file to write; it needs nothing else.")] = None,
    measure: Measure = None,
    tau2: Annotated[str, typer.Option(help=TAU2)] = "reml",
    ci: Annotated[str | None, typer.Option(help=CI)] = None,
    reference: Annotated[str | None, typer.Option(help=REFERENCE)] = None,
    small_values: Annotated[str, typer.Option(help=SMALL)] = "good",
    small_sample: Annotated[str | None, typer.Option(help=SMALL_SAMPLE)] = None,
    level: Level = 0.95,
    important: Important = None,
    title: Annotated[str, typer.Option(help="The title of the page.")] = "What the trials say",
    as_json: Annotated[bool, typer.Option("--json", help=AS_JSON)] = False,
) -> None:
    """Network, forest, league table, ranks, inconsistency, contributions, small studies, certainty: one HTML page.

    A column bias (low, some, high; or 1, 2, 3) or indirectness in the files colours the graph and enters certainty.
    """
    from enthesis import evidence
    from enthesis.evidence.report.of_files import files_report

    if html is None and not as_json:
        raise BadInput("report: --html FILE, --json or both were expected; it would make nothing")
    trials = read(files, measure=measure)
    chosen = Chosen(
        measure, number_or_word(tau2), ci and ci.lower(), reference, level, small_sample and small_sample.lower()
    )
    found, pair = analysed(trials, chosen, small_values=small_values.lower())
    if html is not None:
        known = {"bias": _levels(trials, BIAS_COLUMNS), "indirect": _levels(trials, INDIRECT_COLUMNS)}
        networks = found.networks if isinstance(found, evidence.Parts) else (found,)
        page = files_report(networks, title=title, important=_checked(important), pair=pair, **known)
        write_page(html, page, aloud=not as_json)
    if as_json:
        printed(evidence.pairwise_as_json(pair) if pair else evidence.network_as_json(found))


@dataclass(frozen=True)
class Chosen:
    """What was asked for; None where it depends on whether trials compare two treatments or more."""

    measure: str | None
    tau2: str | float
    ci: str | None
    reference: str | None
    level: float
    small_sample: str | None


def analysed(trials: "Trials", chosen: Chosen, *, small_values: str) -> "tuple[Network | Parts, Pairwise | None]":
    """The network, and the pairwise analysis where there are two treatments: then both by the same choices."""
    from enthesis import evidence

    if len(trials.treatments) > 2:
        return (
            evidence.network(
                trials,
                measure=chosen.measure,
                reference=chosen.reference,
                tau2=chosen.tau2,
                ci=chosen.ci or "wald",
                level=chosen.level,
                small_values=small_values,
                small_sample=chosen.small_sample or "cohen",
            ),
            None,
        )
    pair = evidence.pairwise(
        trials,
        measure=chosen.measure,
        reference=chosen.reference,
        tau2=chosen.tau2,
        ci=chosen.ci or SAFEGUARDED,
        level=chosen.level,
        small_sample=chosen.small_sample or "hedges",
    )
    return _as_network(trials, chosen, pair, small_values), pair


def _as_network(trials: "Trials", chosen: Chosen, pair: "Pairwise", small_values: str) -> "Network | Parts":
    """The same two treatments as a network, which certainty is rated on: same effects, same tau2, same kind of interval."""
    from enthesis import evidence

    known = isinstance(chosen.tau2, float) or chosen.tau2.lower() in evidence.networks.METHODS or pair.k == 1
    return evidence.network(
        trials,
        measure=chosen.measure,
        reference=pair.estimates.versus,
        tau2=(chosen.tau2 if known else pair.fit.tau2),
        ci="wald" if pair.model.ci == "wald" else "hartung-knapp",
        level=chosen.level,
        small_values=small_values,
        small_sample=chosen.small_sample or "hedges",
        zero_cells=evidence.ZeroCells(),
    )


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
