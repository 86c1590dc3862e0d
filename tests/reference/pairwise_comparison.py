"""Our numbers beside R's, leaf by leaf: which agree, which differ and why, and which we do not make.

`python -m tests.reference.pairwise_comparison` writes validation/pairwise.md.
"""

import math
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.reference.pairwise_by_us import by_us
from tests.reference.r_results import analyses

SETS = ("bcg", "normand1999", "raudenbush1985", "nissen2007", "konstantopoulos2011")
PAGE = Path(__file__).parents[2] / "validation" / "pairwise.md"
CLOSED, LIKELIHOOD = 1e-8, 1e-6
SOLVED = re.compile(r"REML|_ML|\.ML|PM|\.EB|PL_|QP_|glmm|profile|robust|tau2_ci|metareg|predict|subgroup|Glass")
WORDS = re.compile(r"method_tau_ci|\.note$|terms|rows|cols|levels|formula|\.error|\.order$|dist$|incr_e")

# Numbers of R that no line of the specification asks for, and so are not made here.
NOT_MADE = {
    r"fsn_|excess_significance|selmodel": "fail-safe N, excess significance and selection models are not part of the specification",
    r"GENQ_|meta\..*tau2_ci": "generalised Q with DL weights (Jackson 2013), and meta's own limits, which have only default tolerance",
    r"\.bias\.": "Harbord, Peters, Deeks, Schwarzer and Macaskill tests are not part of the specification",
    r"SMDH|SMD_vtypes|ROM\.": "other variances of an SMD; a ratio of means with metafor's second-order bias correction",
    r"meta_smd\.(Hedges|Cohen)": "meta's variance of d, not metafor's LS",
    r"metabin_MH|metabin_Inverse_RD": "meta adds 0.5 to Mantel-Haenszel cells and to the variance of RD only; we change no cell for either",
    r"QE_Wld|UM\.RS\.QE": "Wald tests of heterogeneity of the binomial models",
    r"piKR|REML_KR": "Kenward-Roger for pairwise; we have it for networks",
    r"adhoc_ci": "a second form of the safeguard, which picks the wider interval",
    r"models\.EE\..*pi_metafor": "a common effect has no prediction interval",
    r"G_squared": "metasens' G squared",
    r"se_predict|regtest_rma_REML_vi|vcov\.(rows|cols)": "parts of other numbers, or tests on the variance instead of the standard error",
}

# Numbers both make that differ by more than the tolerance. How far apart they may be, and why they are.
DIFFERENT = {
    r"tau2_ci\.PL_": (
        0.02,
        "R's profile likelihood limits stop early (uniroot's default tolerance); ours meet the likelihood drop to 1e-9",
    ),
    r"trimfill\.REML_": (5e-4, "R refits with metafor's default threshold (1e-5); ours is the root of the score"),
    r"metabias_thompson|regtest_rma": (0.05, "R's test has the default REML tolerance; ours is the root of the score"),
    r"death.glmm_CM.EL": (1.0, "R stops at tau2 = 6e-5; at 0 the likelihood is higher, see test_pairwise_against_r"),
    r"glmm_UM.RS.p": (0.1, "R's standard error has no exact Hessian in this model"),
    r"glmm_": (5e-3, "R's optimisers stop early (lme4, nlminb); our point is more likely, see test_pairwise_against_r"),
    r"(leave1out|influence|cumulative|blup)_REML": (1e-4, "R refits with its default threshold"),
    r"MD.tau2_ci.QP_DL": (
        0.5,
        "R's search for the upper limit stops at the largest tau2 it looks at; QP_REML has the same limits as ours",
    ),
    r"profile_ci_sigma2": (1e-3, "R's profile limits stop early; ours meet the likelihood drop to 1e-9"),
}


@dataclass(frozen=True)
class Number:
    """One leaf: where, ours, theirs."""

    path: str
    ours: object
    theirs: object

    @property
    def tolerance(self):
        """1e-6 where a likelihood or an equation is solved, else 1e-8."""
        return LIKELIHOOD if SOLVED.search(self.path) else CLOSED

    @property
    def apart(self):
        """Relative to R's number; 0 when both are missing."""
        if self.theirs is None or isinstance(self.theirs, str | bool):
            return 0.0 if self.ours == self.theirs or (self.theirs is None and missing(self.ours)) else math.inf
        if missing(self.ours):
            return math.inf
        return abs(self.ours - self.theirs) / max(abs(self.theirs), 1e-6)

    @property
    def agrees(self):
        """Within the tolerance."""
        return self.apart <= self.tolerance


def missing(value):
    """None or NaN."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def leaves(tree, path):
    """Every leaf of R's tree with its path, words and labels aside."""
    if isinstance(tree, dict):
        if "error" in tree:
            return
        for key, value in tree.items():
            yield from leaves(value, f"{path}.{key}")
    elif isinstance(tree, list):
        for place, value in enumerate(tree):
            yield from leaves(value, f"{path}[{place}]")
    elif not WORDS.search(path):
        yield path, tree


def at(tree, path):
    """Our value under R's path; KeyError where there is none."""
    for key in re.findall(r"\.((?:glmm_[A-Z]+\.[A-Z]+|cook\.d|cov\.r|tau2\.del|QE\.del|[^.\[\]]+))|\[(\d+)\]", path):
        tree = tree[int(key[1])] if key[1] else tree[key[0]]
    return tree


def numbers(name):
    """Compared and not made, for one data set."""
    compared, left = [], []
    for analysis, tree in analyses(name).items():
        ours = by_us(name, analysis)
        for path, theirs in leaves(tree, ""):
            full = f"{name}.{analysis}{path}"
            try:
                compared.append(Number(full, at(ours, path), theirs))
            except (KeyError, IndexError, TypeError):
                if theirs is not None:
                    left.append(full)
    return compared, left


def reason(table, path):
    """The first entry of a table whose pattern is in the path."""
    return next((value for pattern, value in table.items() if re.search(pattern, path)), None)


def page():
    """The table of every disagreement, as Markdown."""
    lines = [HEAD]
    differing = []
    for name in SETS:
        compared, left = numbers(name)
        differ = [number for number in compared if not number.agrees]
        differing += differ
        lines.append(f"| {name} | {len(compared)} | {len(compared) - len(differ)} | {len(differ)} | {len(left)} |")
    lines += [
        "",
        "## Every number that differs",
        "",
        "| number | ours | R | relative | cause |",
        "|---|---|---|---|---|",
    ]
    for number in differing:
        cause = (reason(DIFFERENT, number.path) or (0, "not explained"))[1]
        lines.append(f"| `{number.path}` | {number.ours:.9g} | {number.theirs:.9g} | {number.apart:.1e} | {cause} |")
    lines += ["", "## What R prints and we do not make", "", "| why | numbers |", "|---|---|"]
    counts = Counter(reason(NOT_MADE, path) for name in SETS for path in numbers(name)[1])
    lines += [f"| {why} | {count} |" for why, count in sorted(counts.items(), key=lambda pair: -pair[1])]
    return "\n".join(lines) + "\n"


HEAD = """# Pairwise: our numbers beside R's

Printed by `python -m tests.reference.pairwise_comparison`; the tests compare it. R's numbers are in tests/reference/data (see its README for the
calls and versions). Relative tolerance 1e-8 for closed forms, 1e-6 where a likelihood or an equation is solved.

| data set | compared | agree | differ | not made |
|---|---|---|---|---|"""


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
