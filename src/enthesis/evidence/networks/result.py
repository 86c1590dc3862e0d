"""What a network meta-analysis found: one immutable value that answers every question about it, worked out when asked."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from enthesis.evidence.contrasts import Contrasts, Floats, Whole
from enthesis.evidence.networks import (
    by_study,
    designs,
    flow,
    intervals,
    measuring,
    pairs,
    ranking,
    splitting,
    thresholding,
    words,
)
from enthesis.evidence.networks.estimates import Estimates, estimates
from enthesis.evidence.networks.heterogeneity import heterogeneity
from enthesis.evidence.networks.i_squared import i_squared
from enthesis.evidence.networks.league import League, LeagueRow
from enthesis.evidence.networks.leaving_out import LeftOut, left_out
from enthesis.evidence.networks.space import Space, space
from enthesis.evidence.networks.system import System, solved
from enthesis.evidence.networks.tails import chi2_above

Model = Literal["common", "random"]


@dataclass(frozen=True, eq=False)
class Network:
    """A connected network. `tau2_method` is a method or a number; `ci` the kind of interval of the random model."""

    contrasts: Contrasts
    reference: str
    tau2_method: str | float = "reml"
    ci: str = "wald"
    level: float = 0.95
    small_values: str = "good"

    @cached_property
    def space(self) -> Space:
        """All studies as independent rows."""
        return space(self.contrasts)

    @cached_property
    def common(self) -> System:
        """The fit without heterogeneity."""
        return solved(self.space, 0.0)

    @cached_property
    def tau2(self) -> float | None:
        """Heterogeneity variance of every contrast; None where no contrast is left over to estimate it from."""
        return heterogeneity(self.space, self.tau2_method, common=self.common)

    @cached_property
    def random(self) -> System:
        """The fit with heterogeneity; the common one where tau2 is 0 or not known."""
        return solved(self.space, self.tau2) if self.tau2 else self.common

    @property
    def treatments(self) -> tuple[str, ...]:
        """In the order of every table."""
        return self.contrasts.treatments

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies of this part."""
        return self.contrasts.studies

    @cached_property
    def comparisons(self) -> pairs.Comparisons:
        """Every comparison of every study."""
        return pairs.comparisons(self.space)

    @cached_property
    def all_pairs(self) -> tuple[Whole, Whole]:
        """First and second treatment of every pair."""
        return pairs.all_pairs(len(self.treatments))

    def system(self, model: Model) -> System:
        """One of the two fits."""
        return self.common if model == "common" else self.random

    def direct(self, model: Model = "random") -> pairs.Direct:
        """Direct evidence on each pair that some study compared."""
        return pairs.direct(self.comparisons, self.system(model))

    @cached_property
    def _league(self) -> League:
        first, second = self.all_pairs
        effect = pairs.differences(self.common.effects, first, second)
        se = np.sqrt(pairs.variances(self.common.covariance, first, second))
        low, high = intervals.prediction(self.random, first, second, level=self.level)
        own, share = self.direct(), np.zeros(len(first))
        share[own.pair] = own.share
        return League(
            self.treatments,
            first,
            second,
            estimates(effect, se, level=self.level),
            intervals.intervals(self.random, first, second, kind=self.ci, level=self.level),
            low,
            high,
            share,
        )

    def league(self) -> League:
        """Every pair: common and random estimate, confidence and prediction interval, and the share that is direct."""
        return self._league

    def forest(self) -> tuple[LeagueRow, ...]:
        """Each treatment less the reference, in the order of the treatments."""
        others = (name for name in self.treatments if name != self.reference)
        return tuple(self.league().between(name, self.reference) for name in others)

    @cached_property
    def design_groups(self) -> tuple[designs.Group, ...]:
        """Studies that compare the same treatments, in the common model."""
        return designs.groups(self.common)

    def q(self) -> designs.Decomposition:
        """Cochran's Q: in all, within designs and between designs."""
        return designs.decomposed(self.common, self.design_groups)

    def i2(self) -> tuple[float, float, float] | None:
        """I2 with its interval; None without degrees of freedom."""
        return i_squared(self.common.q, self.space.df, level=self.level)

    def by_design(self) -> tuple[designs.DesignRow, ...]:
        """Each design: Q within it, and Q between designs that is left once it is detached."""
        return designs.design_rows(self.common, self.design_groups)

    def design_by_treatment(self) -> designs.DesignByTreatment:
        """The global test of consistency that allows for heterogeneity within designs."""
        return designs.design_by_treatment(self.space, self.design_groups)

    def net_heat(self) -> designs.NetHeat:
        """How much inconsistency of each contrast goes away with each detached design."""
        return designs.net_heat(self.common, self.design_groups)

    def split(
        self, model: Model = "random", *, by: Literal["back-calculation", "refit"] = "back-calculation"
    ) -> splitting.Split:
        """Direct against indirect evidence of every pair that has both."""
        if by == "refit":
            return splitting.refitted(self.space, self.system(model), self.comparisons)
        return splitting.back_calculated(self.direct(model))

    @property
    def small_good(self) -> bool:
        """Whether a smaller value is the better outcome."""
        return self.small_values == "good"

    def p_scores(self, model: Model = "random", *, important: float = 0.0) -> Floats:
        """Mean certainty of each treatment of being better than another, by more than `important`."""
        return ranking.p_scores(self.system(model), small_good=self.small_good, important=important)

    def better(self, model: Model = "random", *, important: float = 0.0) -> Floats:
        """(T, T) probability that the row's treatment beats the column's by more than the smallest important difference."""
        fit = self.system(model)
        return ranking.certainty(fit.effects, fit.covariance, small_good=self.small_good, important=important)

    def sucra(self, model: Model = "random") -> Floats:
        """Surface under the cumulative ranking, as netmeta defines it."""
        return ranking.sucra(self.system(model), small_good=self.small_good)

    def rankogram(self, model: Model = "random", *, joint: bool = False) -> ranking.Rankogram:
        """Rank probabilities: with independent effects by quadrature as netmeta's, or drawn from the joint distribution."""
        make = ranking.rankogram_joint if joint else ranking.rankogram
        return make(self.system(model), small_good=self.small_good)

    def contributions(
        self,
        model: Model = "random",
        *,
        by: Literal["random walk", "shortest path"] = "random walk",
        rows: Whole | None = None,
    ) -> flow.Contributions:
        """What each direct comparison gives to the network estimate of each pair (or of the pairs in `rows`)."""
        make = flow.random_walk if by == "random walk" else flow.shortest_path
        return make(self.system(model), self.comparisons, rows)

    def study_contributions(
        self,
        model: Model = "random",
        *,
        by: Literal["random walk", "shortest path"] = "random walk",
        rows: Whole | None = None,
    ) -> by_study.StudyContributions:
        """What each study gives to the network estimate of each pair (or of the pairs in `rows`); each row adds to 1."""
        return by_study.by_study(self.contributions(model, by=by, rows=rows), self.system(model), self.comparisons)

    def measures(self, model: Model = "random") -> measuring.Measures:
        """Of each pair: how much of its evidence is direct, how long its paths are, how many run side by side."""
        return measuring.measures(self.system(model), self.comparisons, self.direct(model))

    def thresholds(self, model: Model = "random", *, by_study: bool = False) -> tuple[thresholding.Threshold, ...]:
        """How wrong each comparison, or each study, would have to be before another treatment came out best."""
        ask = thresholding.study_thresholds if by_study else thresholding.thresholds
        return ask(self.system(model), self.comparisons, names=self.treatments, small_good=self.small_good)

    def leave_one_out(self) -> LeftOut:
        """The network without each study in turn, heterogeneity estimated anew."""
        return left_out(self.space, self.tau2_method, reference=self.reference)

    def between(self, treatment: str, versus: str) -> LeagueRow:
        """One pair, either way round."""
        return self.league().between(treatment, versus)

    def explain(self) -> str:
        """The finding in a sentence or two."""
        made = words.Made(
            len(self.studies), len(self.treatments), self.contrasts.measure, self.level, self.ci, self.tau2_method
        )
        between = self.q().between_designs
        p = float(chi2_above(between.value, between.df))
        return words.explained(
            made,
            tau2=self.tau2,
            between=(between.value, between.df, p),
            forest=self.forest(),
            reference=self.reference,
            small_good=self.small_good,
        )


__all__ = ["Estimates", "Model", "Network"]
