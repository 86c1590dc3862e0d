"""One fit by one package, told by name: run by the interpreter that has the package, prints seconds and memory as JSON.

`evidence_peers.py PACKAGE TASK COLUMNS.json`. Only the fit is timed: importing and reading are not.
"""

import json
import resource
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

LEAST = 1.0  # seconds to go on repeating, at most
MOST = 30  # repeats
FEWEST = 2  # the first may still import something


def pimeta(task: str, given: dict) -> Callable[[], object]:
    """The Python port of netmeta and metafor."""
    import pimeta as package

    if task == "pairwise":
        return lambda: package.rma(given["yi"], given["vi"], method="REML")
    pairs = (given[name] for name in ("estimate", "se", "treatment1", "treatment2", "study"))
    columns = list(pairs)
    return lambda: package.netmeta(*columns, sm="MD", method_tau="REML")


def pymetaanalysis(_task: str, given: dict) -> Callable[[], object]:
    """Pairwise only."""
    from meta_analyze import meta_analysis

    return lambda: meta_analysis(effect=given["yi"], variance=given["vi"], tau2_method="REML")


def pymare(_task: str, given: dict) -> Callable[[], object]:
    """Pairwise only."""
    import numpy as np
    from pymare import Dataset
    from pymare.estimators import VarianceBasedLikelihoodEstimator

    y, v = (np.array(given[name])[:, None] for name in ("yi", "vi"))
    return lambda: VarianceBasedLikelihoodEstimator(method="REML").fit_dataset(Dataset(y=y, v=v)).summary()


def statsmodels(_task: str, given: dict) -> Callable[[], object]:
    """Pairwise only, and no REML: Paule-Mandel."""
    import numpy as np
    from statsmodels.stats.meta_analysis import combine_effects

    y, v = (np.array(given[name]) for name in ("yi", "vi"))
    return lambda: combine_effects(y, v, method_re="iterated").summary_frame()


def enthesis(task: str, given: dict) -> Callable[[], object]:
    """Ours: a network with REML, every pair, Q, splits of both models, P-scores and SUCRA; or leave-one-out."""
    from enthesis import evidence

    if task == "pairwise":
        columns = {"study": range(len(given["yi"])), "estimate": given["yi"], "se": [v**0.5 for v in given["vi"]]}
        trials = evidence.trials_from(columns)
        return lambda: evidence.pairwise(trials, tau2="reml").random
    made = evidence.contrasts(evidence.trials_from(given, keep_names=True), measure="MD")
    if task == "fit":
        return lambda: evidence.network(made).random
    if task == "leave-one-out":
        return lambda: evidence.network(made).leave_one_out()
    return lambda: everything(evidence.network(made), contract=task == "contract")


def everything(network: object, *, contract: bool) -> object:
    """What the contract asks for; with contributions and as plain values too where `contract` is true."""
    if contract:
        from enthesis import evidence

        return evidence.network_as_json(network)
    network.league()
    network.q()
    network.split("common")
    network.split("random")
    return network.p_scores("common"), network.p_scores(), network.sucra()


PACKAGES = {one.__name__: one for one in (pimeta, pymetaanalysis, pymare, statsmodels, enthesis)}


def measured(fit: Callable[[], object]) -> dict[str, float]:
    """The best of several runs, on the clock and in processor time, and the largest resident set."""
    best, cpu, began, runs = float("inf"), float("inf"), time.perf_counter(), 0
    while runs < FEWEST or (runs < MOST and time.perf_counter() - began < LEAST):
        wall, used = time.perf_counter(), time.process_time()
        fit()
        best, cpu, runs = min(best, time.perf_counter() - wall), min(cpu, time.process_time() - used), runs + 1
    return {"seconds": best, "cpu": cpu, "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def main() -> None:
    """Measure one fit."""
    package, task, columns = sys.argv[1:]
    warnings.simplefilter("ignore")
    given = json.loads(Path(columns).read_text(encoding="utf-8"))
    print(json.dumps(measured(PACKAGES[package](task, given))))


if __name__ == "__main__":
    main()
