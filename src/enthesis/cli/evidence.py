"""`enthesis evidence`: meta-analysis of trial files, with no database and no network."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.given import a_file, printed
from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from enthesis.evidence import Trials, ZeroCells

app = typer.Typer(no_args_is_help=True, help="What trials say: meta-analysis of CSV files, pairwise and as a network.")

Files = Annotated[
    list[Path],
    typer.Argument(
        help="CSV files of one kind: study,treatment,n,mean,sd or study,treatment,n,events or "
        "study,treatment1,treatment2,estimate,se. Several are read as one."
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print exactly the keys of the contract.")]
Measure = Annotated[
    str | None, typer.Option(help="MD, SMD, ROM, OR, RR, RD, IRR; the first that fits the file if left out.")
]
Level = Annotated[float, typer.Option(help="Of the intervals.")]
KeepNames = Annotated[
    bool, typer.Option("--keep-names", help="Treatments whose names are nearly the same are meant to be different.")
]
NETWORK_TAU2 = "Heterogeneity: reml, ml, dl, pm, eb, or a number of 0 or more."
NETWORK_CI = "Intervals of the random model: wald, t, hartung-knapp or kenward-roger."
REFERENCE = "The treatment that others are compared with; that of most studies if left out."
SMALL_SAMPLE = "Correction of an SMD: cohen (none, as netmeta pools), hedges or glass."
ZERO_TO = "Which studies get 0.5 in every cell: only-zero (those with an empty cell), all-if-any, all or none."
DOUBLE_ZERO = "Studies without events in any arm, for a ratio: drop, or keep."
ZERO_RISKS = (
    "How 0.5 enters risks. cells: as in odds (Cochrane, metafor). events: n of a risk ratio grows by 0.5 only, a risk "
    "difference keeps its estimate (meta, netmeta)."
)
SMALL = "good or bad: what a small value is for a person."


@app.command("network")
def network(
    files: Files,
    measure: Measure = None,
    tau2: Annotated[str, typer.Option(help=NETWORK_TAU2)] = "reml",
    ci: Annotated[str, typer.Option(help=NETWORK_CI)] = "wald",
    reference: Annotated[str | None, typer.Option(help=REFERENCE)] = None,
    small_values: Annotated[str, typer.Option(help=SMALL)] = "good",
    small_sample: Annotated[str, typer.Option(help=SMALL_SAMPLE)] = "cohen",
    zero_cells: Annotated[str, typer.Option(help=ZERO_TO)] = "only-zero",
    double_zero: Annotated[str, typer.Option(help=DOUBLE_ZERO)] = "drop",
    zero_risks: Annotated[str, typer.Option(help=ZERO_RISKS)] = "events",
    level: Level = 0.95,
    keep_names: KeepNames = False,
    as_json: Json = False,
) -> None:
    """All treatments at once. Where trials do not connect them, each part is analysed by itself.

    Estimates are treatment minus versus, on the log scale for OR, RR, IRR and ROM.
    """
    from enthesis import evidence

    trials = read(files, measure=measure, keep_names=keep_names)
    found = evidence.network(
        trials,
        measure=measure,
        reference=reference,
        tau2=number_or_word(tau2),
        ci=ci.lower(),
        level=level,
        small_values=small_values.lower(),
        small_sample=small_sample.lower(),
        zero_cells=zeros(zero_cells, double_zero, zero_risks),
    )
    say(evidence.networks.noticed(found, trials))
    if as_json:
        printed(evidence.network_as_json(found))
        return
    from enthesis.cli.evidence_tables import tell_network

    tell_network(found)


def zeros(to: str, double: str, risks: str) -> "ZeroCells":
    """The policy for empty cells; a word that names none is refused when contrasts are made."""
    from enthesis import evidence

    return evidence.ZeroCells(to=to.lower(), double=double.lower(), risks=risks.lower())


def read(files: list[Path], *, measure: str | None, keep_names: bool = False, aloud: bool = False) -> "Trials":
    """The trials of all files; `aloud` says what was noticed on standard error. Raises BadInput naming file, row, column."""
    from enthesis import evidence

    wanted = measure.upper() if measure else None
    found = evidence.joined(
        [evidence.read_trials(a_file(path), source=str(path), measure=wanted, keep_names=keep_names) for path in files]
    )
    say((*found.notes, *evidence.reading.only_study(found)) if aloud else evidence.reading.only_study(found))
    return found


def say(notes: Iterable[str]) -> None:
    """What a person should know and no key of the contract holds, on standard error."""
    for note in notes:
        print(f"enthesis: note: {note}", file=sys.stderr)


def number_or_word(text: str) -> str | float:
    """`0.1` as a number, `REML` as a word. Raises BadInput for neither."""
    try:
        return float(text)
    except ValueError:
        if not text.strip():
            raise BadInput("--tau2: the name of a method or a number was expected, not nothing") from None
        return text.strip().lower()
