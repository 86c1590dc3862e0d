"""Our answer to every analysis of the pairwise reference files, in the same tree of keys as R's."""

from functools import cache

import numpy as np
from tests.reference.r_results import analyses, table

from enthesis import evidence
from enthesis.evidence import pooling
from enthesis.evidence.pooling.heterogeneity import estimated, h2, i2, standard_error
from enthesis.evidence.pooling.intervals import adjusted_covariance, prediction, with_interval
from enthesis.evidence.pooling.weighted import intercept_only

TESTS = {"z": "wald", "knha": "hartung-knapp", "adhoc": "hartung-knapp-safeguarded"}
EVENTS = {
    "bcg": ("trial", ("tpos", "tneg"), ("cpos", "cneg")),
    "binary_MI": ("study", ("treat.infarction", "treat.total"), ("cont.infarction", "cont.total")),
    "binary_death": ("study", ("treat.death", "treat.total"), ("cont.death", "cont.total")),
}


@cache
def effects(name, measure):
    """The estimates of one data set on one scale, made from its rows."""
    if name == "bcg":
        return paired(events("bcg"), measure)
    if name == "normand1999":
        return paired(strokes(), measure)
    rows = table(name)
    made = evidence.trials_from(
        {
            "study": [row["study"] for row in rows],
            "estimate": [row["yi"] for row in rows],
            "variance": [row["vi"] for row in rows],
        }
    )
    return paired(made, "SMD")


def paired(trials, measure, **choices):
    """Treatment minus control."""
    return evidence.pairwise(trials, measure=measure, reference=None, **choices).estimates


def events(which):
    """Two arms per trial, treatment first."""
    study, treated, other = EVENTS[which]
    rows = table("bcg" if which == "bcg" else "nissen2007")
    arms = []
    for row in rows:
        for arm, (yes, rest) in (("treatment", treated), ("control", other)):
            n = int(row[rest]) + (int(row[yes]) if which == "bcg" else 0)
            arms.append((row[study], arm, n, int(row[yes])))
    return evidence.trials_from(dict(zip(("study", "treatment", "n", "events"), zip(*arms, strict=True), strict=True)))


def strokes():
    """normand1999 as arms."""
    arms = [
        (row["study"], arm, row[f"n{side}i"], row[f"m{side}i"], row[f"sd{side}i"])
        for row in table("normand1999")
        for side, arm in ((1, "specialist"), (2, "usual care"))
    ]
    return evidence.trials_from(
        dict(zip(("study", "treatment", "n", "mean", "sd"), zip(*arms, strict=True), strict=True))
    )


def univariate(name, measure):
    """Every model, interval, diagnostic of one set of estimates."""
    made = effects(name, measure)
    y, v = made.y, made.v
    wald = pooling.Model("REML", "wald")
    fit, _mean = wald.random(y, v)
    return {
        "k": len(y),
        "yi": list(y),
        "vi": list(v),
        "models": {method: {test: model(y, v, method, ci) for test, ci in TESTS.items()} for method in METHODS},
        "meta": {key: metagen(y, v, key) for key in analyses(name)[measure]["meta"] if key not in ("note", "REML_KR")},
        "tau2_ci": intervals_of_tau2(y, v),
        "small_study": small_studies(y, v),
        "trimfill": {
            key: filled(y, v, *key.split("_"))
            for key, theirs in analyses(name)[measure]["trimfill"].items()
            if "error" not in theirs
        },
        "trimfill_meta": filled_by_meta(y, v),
        "leave1out_REML": steps(pooling.leave_one_out(made.studies, y, v, model=wald)),
        "cumulative_REML": steps(pooling.cumulative(made.studies, y, v, model=wald)),
        "influence_REML": influences(pooling.influence(made.studies, y, v, model=wald)),
        "blup_REML": columns(
            pooling.study_effects(made.studies, fit), pred="estimate", se="se", pi_lb="lower", pi_ub="upper"
        ),
        "weights_REML_percent": list(100 * fit.weights / fit.weights.sum()),
    }


METHODS = ("EE", "DL", "HE", "HS", "HSk", "SJ", "ML", "REML", "EB", "PM", "PMM", "DLIT")


def model(y, v, method, ci):
    """rma.uni; DLIT has the same fixed point as PM, and EE is the common effect."""
    common = intercept_only(y, v)
    ours = "PM" if method == "DLIT" else method.upper()
    tau2 = estimated(common, ours)
    fit = common.at(tau2)
    covariance, freedom = adjusted_covariance(fit, ci)
    mean = with_interval(fit.coefficients[0], covariance[0, 0] ** 0.5, level=0.95, freedom=freedom)
    share, ratio = 100 * float(i2(common, tau2)), h2(common, tau2)
    found = {
        "est": mean.estimate,
        "se": mean.se,
        "z_or_t": mean.statistic,
        "p": mean.p,
        "lower": mean.lower,
        "upper": mean.upper,
    }
    found |= {"df": freedom, "tau2": tau2, "Q": common.q, "Q_p": chi(common.freedom, common.q)}
    found["logLik"] = fit.restricted_log_likelihood if method == "REML" else fit.log_likelihood
    if method == "EE":
        share, ratio = 100 * pooling.i2_from_q(common.q, common.freedom)[0], common.q / common.freedom
    else:
        found["se_tau2"] = standard_error(common, ours, tau2)
    found |= {"I2": share, "H2": ratio}
    if ci != "hartung-knapp-safeguarded" and method != "EE":
        kind = "S" if ci == "wald" else "HK"
        new = prediction(fit, kind=kind, level=0.95)
        found["pi_metafor"] = {"lower": new.lower, "upper": new.upper, "df": new.freedom}
    return found


def chi(df, value):
    """Upper tail of chi-squared."""
    from scipy.special import chdtrc

    return float(chdtrc(df, value))


def metagen(y, v, key):
    """meta::metagen by the name of the analysis: tau2, interval, prediction."""
    method, rest = key.split("_", 1)
    ci = {"classic": "wald", "HK_piV": "hartung-knapp", "HK_adhoc_se": "hartung-knapp-safeguarded"}.get(
        rest if rest.startswith("HK") else rest.split("_")[0]
    )
    kind = rest.split("pi")[1] if "pi" in rest else "V"
    if ci is None or kind == "KR":
        return {}
    result = pooling.pooled(stub(y, v), pooling.Model(method, ci, kind))
    share, low, high = pooling.i2_from_q(result.heterogeneity.q, result.heterogeneity.df)
    five = ("estimate", "se", "lower", "upper", "p")
    return {
        "common": [getattr(result.common, field) for field in five],
        "random": [getattr(result.random, field) for field in five],
        "df_random": result.random.freedom,
        "predict": [result.prediction.lower, result.prediction.upper],
        "df_predict": result.prediction.freedom,
        "tau2": result.heterogeneity.tau2,
        "Q": result.heterogeneity.q,
        "df_Q": result.heterogeneity.df,
        "p_Q": result.heterogeneity.p,
        "I2": share,
        "I2_ci": [low, high],
        "H": (result.heterogeneity.q / result.heterogeneity.df) ** 0.5,
    }


def stub(y, v):
    """Estimates with no names."""
    return pooling.Estimates("GENERIC", tuple(map(str, range(len(y)))), y, v, "a", "b", (), np.arange(len(y)))


def intervals_of_tau2(y, v):
    """confint.rma.uni: estimate, lower, upper."""
    common = intercept_only(y, v)
    found = {}
    for key, method, limits in (
        ("QP_DL", "DL", pooling.q_profile(common, level=0.95)),
        ("QP_REML", "REML", pooling.q_profile(common, level=0.95)),
        ("PL_REML", "REML", pooling.profile_likelihood(common, level=0.95)),
        ("PL_ML", "ML", pooling.profile_likelihood(common, level=0.95, method="ML")),
    ):
        values = np.array([estimated(common, method), *limits])
        share = 100 * i2(common, values)
        found[key] = {
            "tau2": list(values),
            "tau": list(np.sqrt(values)),
            "I2": list(share),
            "H2": [h2(common, value) for value in values],
        }
    return found


def small_studies(y, v):
    """regtest, ranktest, metabias, PET-PEESE, limitmeta."""
    line, added, rank, variance = pooling.egger(y, v), pooling.thompson(y, v), pooling.begg(y, v), pooling.peese(y, v)
    tau2 = estimated(intercept_only(y, v), "DL")
    limit = pooling.limit_meta_analysis(y, v, tau2=tau2)
    slope, end = line.slope, line.limit
    normal = with_interval(added.slope.estimate, added.slope.se, level=0.95)
    normal_limit = with_interval(added.limit.estimate, added.limit.se, level=0.95)
    return {
        "egger_lm": {"stat": slope.statistic, "df": slope.freedom, "p": slope.p, "limit_est": end.estimate, "limit_ci": [end.lower, end.upper]},
        "metabias_linreg": {"t": slope.statistic, "df": slope.freedom, "p": slope.p, "bias": slope.estimate, "se": slope.se},
        "metabias_thompson": {"t": added.slope.statistic, "df": added.slope.freedom, "p": added.slope.p},
        "regtest_rma_REML_sei": {
            "stat": normal.statistic, "p": normal.p, "limit_est": normal_limit.estimate, "limit_ci": [normal_limit.lower, normal_limit.upper],
        },
        "ranktest": {"tau": rank.tau, "p": rank.p},
        "metabias_begg": {"z": rank.statistic, "p": rank.p},
        "pet": {"intercept": four(end), "slope": four(slope)},
        "peese": {"intercept": four(variance.limit), "slope": four(variance.slope)},
        "limitmeta": {
            "alpha": limit.alpha, "beta": limit.beta, "adjusted": limit.adjusted.estimate, "se": limit.adjusted.se,
            "lower": limit.adjusted.lower, "upper": limit.adjusted.upper, "p": limit.adjusted.p,
            "Q_small": limit.q_small, "Q_resid": limit.q_residual,
        },
    }  # fmt: skip


def four(estimate):
    """A row of R's coefficient table."""
    return [estimate.estimate, estimate.se, estimate.statistic, estimate.p]


def filled(y, v, method, estimator, side):
    """metafor::trimfill."""
    chosen = pooling.Model(0.0 if method == "EE" else method, "wald")
    found = pooling.trim_and_fill(y, v, model=chosen, estimator=estimator, side=None if side == "auto" else side)
    mean = found.estimate
    named = {"est": mean.estimate, "se": mean.se, "lower": mean.lower, "upper": mean.upper}
    return named | {"k0": found.filled, "se_k0": found.filled_se, "side": found.side, "tau2": found.tau2}


def filled_by_meta(y, v):
    """meta::trimfill: counted about the common effect, pooled by DerSimonian & Laird."""
    found = pooling.trim_and_fill(y, v, model=pooling.Model("DL", "wald"), centre="common")
    every = intercept_only(np.concatenate([y, found.added]), np.concatenate([v, found.variances]))
    common = [float(every.coefficients[0]), float(every.covariance[0, 0] ** 0.5)]
    random = [found.estimate.estimate, found.estimate.se]
    return {"common": common, "random": random, "k0": found.filled, "left": found.side == "left", "tau2": found.tau2}


def steps(found):
    """leave1out and cumul."""
    return {
        "est": [step.estimate.estimate for step in found],
        "se": [step.estimate.se for step in found],
        "tau2": [step.tau2 for step in found],
        "Q": [step.q for step in found],
        "I2": [100 * step.i2 for step in found],
    }


def columns(rows, **fields):
    """Objects as lists under R's names."""
    return {theirs: [getattr(row, ours) for row in rows] for theirs, ours in fields.items()}


def influences(found):
    """influence.rma.uni."""
    names = {
        "rstudent": "residual",
        "dffits": "dffits",
        "cook.d": "cook",
        "cov.r": "covariance_ratio",
        "tau2.del": "tau2_without",
    }
    return columns(found, **names, **{"QE.del": "q_without", "hat": "hat", "weight": "weight"})


def regression(made, covariates, formula):
    """rma.uni(mods = )."""
    found = {"formula": formula}
    for method in ("REML", "DL", "EE"):
        for test in ("z", "knha"):
            chosen = pooling.Model("REML" if method == "EE" else method, TESTS[test])
            result = pooling.meta_regression(made, covariates, model=chosen, common=method == "EE")
            rows = list(result.coefficients.values())
            moderators = result.moderators
            found[f"{method}_{test}"] = columns(
                rows, beta="estimate", se="se", stat="statistic", p="p", lower="lower", upper="upper"
            ) | {
                "vcov": {"values": result.covariance.tolist()},
                "tau2": result.tau2, "I2": 100 * result.i2, "R2": 100 * result.r2,
                "QM": moderators.statistic, "QM_df": [moderators.df, moderators.residual_df], "QM_p": moderators.p,
                "QE": result.q, "QE_p": result.q_p,
            }  # fmt: skip
    return found


def covariate(name, column):
    """A column of the data set."""
    return [row[column] for row in table(name)]


def predicted():
    """The risk ratio at three latitudes."""
    result = pooling.meta_regression(
        effects("bcg", "RR"), {"ablat": covariate("bcg", "ablat")}, model=pooling.Model("REML", "wald")
    )
    rows = [result.at([value]) for value in (10.0, 33.46, 60.0)]
    means = [row[0] for row in rows]
    return columns(means, pred="estimate", se="se", ci_lb="lower", ci_ub="upper") | {
        "pi_lb": [row[1] for row in rows],
        "pi_ub": [row[2] for row in rows],
    }


def grouped():
    """metagen(subgroup = alloc)."""
    found = pooling.subgroups(effects("bcg", "RR"), covariate("bcg", "alloc"), model=pooling.Model("REML", "wald"))
    names = ("random", "alternate", "systematic")
    return {
        "est_random": [found.groups[name].estimate for name in names],
        "se_random": [found.groups[name].se for name in names],
        "tau2": [found.tau2[name] for name in names],
        "Q_b_random": found.between_random.statistic,
        "df_b": found.between_random.df,
        "p_b_random": found.between_random.p,
        "Q_b_common": found.between_common.statistic,
        "p_b_common": found.between_common.p,
    }


def rare(which):
    """rma.mh, rma.peto, rma.glmm, metabin by inverse variance."""
    trials = events(which)
    tables = pooling.tables_of(trials)
    found = {
        f"mh_{measure}": summary(pooling.mantel_haenszel(tables, measure=measure)) for measure in ("OR", "RR", "RD")
    }
    for measure in ("OR", "RR", "RD"):
        mean = found[f"mh_{measure}"]
        mean["Q"], mean["Q_p"] = pooling.spread_about(tables, mean["est"], measure=measure)
    test, same = pooling.cochran_mantel_haenszel(tables), pooling.tarone(tables)
    found["mh_OR"] |= {"MH": test[0], "MH_p": test[1], "TA": same[0], "TA_p": same[1]}
    estimate, q = pooling.peto(tables)
    found["peto"] = summary(estimate) | {"Q": q}
    for name in ("UM.FS", "UM.RS", "CM.EL", "CM.AL"):
        result = pooling.rare_events(tables, model=name)
        found[f"glmm_{name}"] = summary(result.estimate) | {"tau2": result.tau2}
        if name != "UM.RS":
            found[f"glmm_{name}"]["QE_LRT"] = result.spread_test
    for measure in ("OR", "RR"):
        found[f"metabin_Inverse_{measure}"] = inverse(trials, measure)
    return found


def summary(estimate):
    """Five numbers under metafor's names."""
    return {
        "est": estimate.estimate,
        "se": estimate.se,
        "lower": estimate.lower,
        "upper": estimate.upper,
        "p": estimate.p,
    }


def inverse(trials, measure):
    """metabin(method = "Inverse", method.tau = "DL"): trials without events have no estimate."""
    as_meta = evidence.ZeroCells(risks="events")
    result = evidence.pairwise(trials, measure=measure, tau2="DL", ci="wald", zero_cells=as_meta)
    te, se = [None] * len(trials.studies), [None] * len(trials.studies)
    for row, y, v in zip(result.estimates.row, result.estimates.y, result.estimates.v, strict=True):
        te[row], se[row] = float(y), float(v**0.5)
    pair = {kind: [getattr(result, kind).estimate, getattr(result, kind).se] for kind in ("common", "random")}
    return pair | {"tau2": result.heterogeneity.tau2, "Q": result.heterogeneity.q, "k": result.k, "te": te, "se": se}


def nested():
    """rma.mv(~ 1 | district / school), robust errors, and the model without districts."""
    rows = table("konstantopoulos2011")
    y, v = (np.array([float(row[column]) for row in rows]) for column in ("yi", "vi"))
    districts = [row["district"] for row in rows]
    found = {}
    for key, restricted in (("three_level_REML", True), ("three_level_ML", False)):
        result = pooling.three_levels(y, v, districts, restricted=restricted)
        named = {"beta" if key == "est" else key: value for key, value in summary(result.mean).items()}
        found[key] = named | {
            "sigma2": [result.between, result.within],
            "QE": result.q,
            "logLik": result.log_likelihood,
        }
    result = pooling.three_levels(y, v, districts)
    found["profile_ci_sigma2"] = {
        "1": [result.between, *pooling.variance_interval(result, "between")],
        "2": [result.within, *pooling.variance_interval(result, "within")],
    }
    for kind in ("CR1", "CR2"):
        mean = pooling.robust(result, kind=kind)[0]
        found[f"robust_{kind}"] = {
            "se": mean.se,
            "t": mean.statistic,
            "p": mean.p,
            "df": mean.freedom,
            "lower": mean.lower,
            "upper": mean.upper,
        }
    return found | {
        "two_level_REML": {key: value for key, value in model(y, v, "REML", "wald").items() if key != "pi_metafor"}
    }


@cache
def by_us(name, analysis):
    """Our tree for one analysis."""
    if name == "konstantopoulos2011":
        return nested()[analysis]
    if analysis in ("RR", "OR", "RD", "MD", "SMD"):
        return univariate(name, analysis)
    if analysis.startswith("binary"):
        return rare("bcg" if name == "bcg" else analysis)
    if analysis == "subgroup_alloc":
        return grouped()
    if analysis == "predict_ablat_10_60":
        return predicted()
    if analysis == "meta_smd":
        return smd_by_meta()
    formula = analyses(name)[analysis].get("formula", "").lstrip("~")
    if not formula:
        return {}
    terms = [term.strip() for term in formula.split("+")]
    measure = "RR" if name == "bcg" else "SMD"
    return regression(effects(name, measure), {term: covariate(name, term) for term in terms}, "~" + formula)


def smd_by_meta():
    """metacont(sm = "SMD"): Glass's uses the same formulas as ours."""
    result = evidence.pairwise(
        strokes(), measure="SMD", small_sample="glass", reference="usual care", ci="wald", tau2="DL"
    )
    return {
        "Glass": {
            "te": list(result.estimates.y),
            "se": list(result.estimates.v**0.5),
            "random": [result.random.estimate, result.random.se],
            "tau2": result.heterogeneity.tau2,
        }
    }
