"""`pairwise(trials)`: two treatments, every study, common and random effects, and what the result means in a sentence."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from enthesis import __version__
from enthesis.evidence.contrasts import Floats
from enthesis.evidence.effects import RATIOS, ZeroCells, contrasts
from enthesis.evidence.pooling.estimates import Estimates, paired, versus_of
from enthesis.evidence.pooling.intervals import PREDICTION, Estimate, Prediction, critical, with_interval
from enthesis.evidence.pooling.model import Heterogeneity, Model, heterogeneity_of, prediction_of
from enthesis.evidence.pooling.weighted import Weighted, intercept_only
from enthesis.evidence.reading.trials import Trials


@dataclass(frozen=True, eq=False)
class Pairwise:
    """The analysis of two treatments. Estimates are on the analysis scale (log for ratios), treatment minus versus.

    Intervals of tau2 and of a new study are worked out when they are asked for.
    """

    estimates: Estimates
    model: Model
    common: Estimate
    random: Estimate
    fit: Weighted

    @cached_property
    def prediction(self) -> Prediction | None:
        """Where a new study may lie; None with too few studies."""
        return prediction_of(self.fit, self.model)

    @cached_property
    def heterogeneity(self) -> Heterogeneity:
        """How much the studies differ, with intervals."""
        return heterogeneity_of(self.fit, self.model)

    @property
    def k(self) -> int:
        """Studies in the analysis."""
        return len(self.estimates.studies)

    @property
    def measure(self) -> str:
        """MD, SMD, RR, ..."""
        return self.estimates.measure

    @cached_property
    def weights_common(self) -> Floats:
        """Share of the common-effect estimate each study brings, (k,), adding up to 1."""
        weights = 1 / self.estimates.v
        return np.asarray(weights / weights.sum())

    @cached_property
    def weights_random(self) -> Floats:
        """Share of the random-effects estimate each study brings, (k,), adding up to 1."""
        return np.asarray(self.fit.weights / self.fit.weights.sum())

    @property
    def sentence(self) -> str:
        """The result in words, with the model that gave it."""
        est, found = self.estimates, self.heterogeneity
        middle, low, high = (
            self.on_natural_scale(x) for x in (self.random.estimate, self.random.lower, self.random.upper)
        )
        what = f"{est.treatment} against {est.versus}: {_WORDS.get(est.measure, 'estimate')} {middle:.3g}"
        studies = f"{self.k} {'study' if self.k == 1 else 'studies'}"
        said = f"{what} ({self.model.level:.0%} interval {low:.3g} to {high:.3g}) in {studies}"
        if self.k > 1:
            said += f", tau2 {found.tau2:.3g}, I2 {found.i2:.0%}"
        how = self.model.sentence() if self.k > 1 else "one study, so its own interval, by the normal distribution"
        return f"{said}; {how}{self._prediction_words()}. Enthesis {__version__}."

    def _prediction_words(self) -> str:
        if self.prediction is None:
            return ""
        low, high = self.on_natural_scale(self.prediction.lower), self.on_natural_scale(self.prediction.upper)
        return f"; a new study may lie between {low:.3g} and {high:.3g} ({PREDICTION[self.prediction.kind]})"

    def on_natural_scale(self, value: float) -> float:
        """A ratio where the analysis was of its log."""
        return float(np.exp(value)) if self.measure in RATIOS else value

    def table(self) -> list[dict[str, object]]:
        """One row per study for a data frame: estimate, interval, weights."""
        half = critical(self.model.level, None) * np.sqrt(self.estimates.v)
        columns = zip(
            self.estimates.studies,
            self.estimates.y,
            half,
            self.estimates.v,
            self.weights_common,
            self.weights_random,
            strict=True,
        )
        return [
            {
                "study": study,
                "estimate": float(y),
                "se": float(np.sqrt(v)),
                "lower": float(y - reach),
                "upper": float(y + reach),
                "weight_common": float(common),
                "weight_random": float(random),
            }
            for study, y, reach, v, common, random in columns
        ]

    def __repr__(self) -> str:
        """The sentence, then common and random effects."""
        common, random = self.common, self.random
        q = f"Q {self.heterogeneity.q:.4g}, df {self.heterogeneity.df}"
        return f"{self.sentence}\n  common {common!r}\n  random {random!r}\n  {q}"


_WORDS = {
    "MD": "mean difference",
    "SMD": "standardised mean difference",
    "ROM": "ratio of means",
    "OR": "odds ratio",
    "RR": "risk ratio",
    "RD": "risk difference",
    "IRR": "incidence rate ratio",
    "HR": "hazard ratio",
    "LOGIT": "log odds",
    "PROPORTION": "share",
    "MEAN": "mean",
}


def pairwise(
    trials: Trials,
    *,
    measure: str | None = None,
    reference: str | None = None,
    tau2: str | float = "REML",
    ci: str = "hartung-knapp-safeguarded",
    prediction: str = "V",
    level: float = 0.95,
    zero_cells: ZeroCells | None = None,
    small_sample: str = "hedges",
    mixed_scores: str = "refuse",
) -> Pairwise:
    """Compare two treatments over all studies.

    measure, zero_cells, small_sample, mixed_scores  see `contrasts`
    reference   the treatment subtracted; by default the one called placebo, control, sham, ..., else the second in the file
    tau2        REML, DL, PM, ML, EB, SJ, HS, HE, ... or a number
    ci          "wald", "hartung-knapp", or "hartung-knapp-safeguarded" (the default: never narrower than Wald's se allows)
    prediction  "V", "HTS", "HK" or "S"; see `intervals.PREDICTION`

    Raises BadInput naming the treatments when there are not two.
    """
    model = Model(tau2.upper() if isinstance(tau2, str) else tau2, ci, prediction.upper(), level)
    versus = versus_of(trials, reference)
    made = contrasts(
        trials,
        measure=measure,
        zero_cells=zero_cells,
        small_sample=small_sample,
        mixed_scores=mixed_scores,
        base=versus,
    )
    return pooled(paired(trials, made, reference=reference), model)


def pooled(estimates: Estimates, model: Model) -> Pairwise:
    """Common and random effects of estimates that are already there."""
    common = intercept_only(estimates.y, estimates.v)
    fit, random = model.random(estimates.y, estimates.v)
    middle = with_interval(float(common.coefficients[0]), float(np.sqrt(common.covariance[0, 0])), level=model.level)
    return Pairwise(estimates, model, middle, random, fit)
