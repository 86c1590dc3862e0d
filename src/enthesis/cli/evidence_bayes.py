"""`enthesis evidence bayes`: a network with a stated prior on heterogeneity."""

from typing import Annotated

import typer

from enthesis.cli.evidence import SMALL_SAMPLE, Files, Json, KeepNames, Level, Measure, read
from enthesis.cli.given import printed

PRIOR = (
    "Of tau: uniform:UPPER, half-normal:SCALE, log-normal:MEDIAN:SPREAD (of tau2), or 'pain, non-drug comparison' or "
    "'pain, drug against placebo' (published, for an SMD)."
)


def bayes(
    files: Files,
    prior: Annotated[str, typer.Option(help=PRIOR)],
    measure: Measure = None,
    small_sample: Annotated[str, typer.Option(help=SMALL_SAMPLE)] = "cohen",
    level: Level = 0.95,
    keep_names: KeepNames = False,
    as_json: Json = False,
) -> None:
    """All treatments at once, by Bayes: flat priors on effects, a prior of yours on heterogeneity, nothing drawn at random.

    Estimates are posterior means, treatment minus versus, on the log scale for ratios.
    """
    from enthesis import evidence

    trials = read(files, measure=measure, keep_names=keep_names, aloud=as_json)
    made = evidence.contrasts_in_network(trials, measure=measure, small_sample=small_sample.lower())
    found = evidence.bayes.bayesian(made, prior=evidence.bayes.prior_of(prior), level=level)
    if as_json:
        said = {"measure": made.measure, "prior": found.prior.sentence(), "treatments": list(found.treatments)}
        printed(said | {"tau": found.tau, "league": found.league()})
        return
    print(found.explain() + "\n")
    for row in found.league():
        pair = f"{row['treatment']} against {row['versus']}"
        print(f"{pair:50} {row['estimate']:8.4g}  ({row['lower']:.4g} to {row['upper']:.4g})")
