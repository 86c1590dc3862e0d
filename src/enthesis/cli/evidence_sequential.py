"""`enthesis evidence sequential`: a living review after each study: is the question answered, and how much is still missing?"""

from collections.abc import Iterator
from dataclasses import asdict
from math import log
from typing import TYPE_CHECKING, Annotated

import typer

from enthesis.cli.evidence import Files, Json, KeepNames, Measure, number_or_word, read
from enthesis.cli.given import printed
from enthesis.knowledge import BadInput

if TYPE_CHECKING:
    from enthesis.evidence import Trials
    from enthesis.evidence.sequential import Look, Sequential

IMPORTANT = "The smallest difference that matters: points, SDs, or a ratio above 1."
BY = "A column of numbers that orders the studies, such as year; the order of the file if left out."
TREATMENT = "What is looked at; with two treatments it may be left out."
TAU2 = "Heterogeneity: reml, ml, dl, pm, eb, or a number of 0 or more."


def sequential(
    files: Files,
    important: Annotated[float, typer.Option(help=IMPORTANT)],
    treatment: Annotated[str | None, typer.Option(help=TREATMENT)] = None,
    reference: Annotated[str | None, typer.Option(help="What it is compared with.")] = None,
    by: Annotated[str | None, typer.Option(help=BY)] = None,
    alpha: Annotated[float, typer.Option(help="Error allowed in all looks together.")] = 0.05,
    power: Annotated[float, typer.Option(help="To find a difference that matters.")] = 0.9,
    measure: Measure = None,
    tau2: Annotated[str, typer.Option(help=TAU2)] = "reml",
    keep_names: KeepNames = False,
    as_json: Json = False,
) -> None:
    """One comparison after each study, against boundaries that keep the error of all looks together at alpha.

    Boundaries spend the error as O'Brien and Fleming's do; the information required allows for heterogeneity.
    """
    from enthesis import evidence

    trials = read(files, measure=measure, keep_names=keep_names, aloud=as_json)
    pair = pair_of(trials, treatment, reference)
    kind = evidence.measure_for(trials, measure)
    if not important > (1 if kind in evidence.RATIOS else 0):
        raise BadInput(f"--important {important:g}: a number above {1 if kind in evidence.RATIOS else 0} was expected")
    found = evidence.sequential.sequential(
        trials,
        treatment=pair[0],
        versus=pair[1],
        important=log(important) if kind in evidence.RATIOS else important,
        by=by,
        alpha=alpha,
        power=power,
        measure=measure,
        tau2=number_or_word(tau2),
    )
    if as_json:
        looks = [asdict(look) | {"crossed": look.crossed} for look in found.looks]
        printed({"said": found.explain()} | asdict(found) | {"looks": looks})
        return
    print("\n".join(_lines(found)))


def pair_of(trials: "Trials", treatment: str | None, reference: str | None) -> tuple[str, str]:
    """Both sides of the comparison; with two treatments the one not named follows. Raises BadInput for more."""
    from enthesis.evidence.pooling.estimates import versus_of

    names = trials.treatments
    if len(names) == 2:
        versus = reference or next((name for name in names if treatment and name != treatment), versus_of(trials, None))
        return treatment or next(name for name in names if name != versus), versus
    if treatment is None or reference is None:
        raise BadInput(f"{trials.source}: --treatment and --reference were expected, two of {', '.join(names)}")
    return treatment, reference


def _lines(found: "Sequential") -> Iterator[str]:
    yield found.explain()
    yield ""
    width = max(12, *(len(look.study) for look in found.looks))
    yield f"{'after':{width}}  studies  information  estimate  statistic  boundary"
    yield from (_line(look, width) for look in found.looks)


def _line(look: "Look", width: int) -> str:
    limit = "none left" if look.boundary is None else f"{look.boundary:.3f}"
    mark = "  crossed" if look.crossed else ""
    return (
        f"{look.study:{width}}  {look.studies:7}  {look.fraction:11.1%}  {look.estimate:8.3g}  {look.statistic:9.3f}  "
        f"{limit:>8}{mark}"
    )
