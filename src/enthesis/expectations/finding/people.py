"""Of people who start at one pain: the pair of shares for each cut, counted where trials counted it, else worked out."""

from dataclasses import dataclass

from scipy.special import ndtri

from enthesis.expectations.finding.asking import Sought
from enthesis.expectations.finding.converted import Converted
from enthesis.expectations.finding.counted import Counted, counted
from enthesis.expectations.shares import Pair, Range, cut, furukawa, hasselblad_hedges, model_form, pair, share_below
from enthesis.expectations.shares.means import probit_error

CUTS = {"30": 0.3, "50": 0.5}
SURE = 1e-6  # a share nearer to nobody or everybody than this is held there: the conversion has no such ends


@dataclass(frozen=True)
class People:
    """The pair for one cut, how it was made ("counted" or "worked out"), and the other conversion as a check.

    `weeks` is when the trials behind it looked.
    """

    less: float
    pair: Pair
    how: str
    check: float
    weeks: tuple[float, ...]
    source: Counted | Converted


def people(of: Sought, made: Converted | None) -> dict[str, People | None]:
    """Each cut with its pair; None where nothing can be said."""
    found = {name: _one(of, made, less) for name, less in CUTS.items()}
    return _without_contradiction(found)


def _without_contradiction(found: dict[str, "People | None"]) -> dict[str, "People | None"]:
    """Nobody loses half their pain without losing 30% of it: what was worked out and says so beside a count is left out."""
    thirty, fifty = found["30"], found["50"]
    if thirty is None or fifty is None or thirty.how == fifty.how:
        return found
    pairs = ((one.pair.treated.estimate, one.pair.untreated.estimate) for one in (thirty, fifty))
    if all(more >= less for more, less in zip(*pairs, strict=True)):
        return found
    return {name: one if one and one.how == "counted" else None for name, one in found.items()}


def _one(of: Sought, made: Converted | None, less: float) -> People | None:
    found = counted(of, less)
    if found is not None:
        return _from_counts(found)
    return _from_means(of, made, less) if made is not None and made.anchor is not None else None


def _from_counts(found: Counted) -> People:
    made = pair(
        found.control, found.control_error, found.d, found.error, spread=found.spread, quantile=found.quantile,
        control_spread=found.control_spread,
    )  # fmt: skip
    return People(
        found.less, made, "counted", hasselblad_hedges(found.control, found.d), tuple(sorted(set(found.weeks))), found
    )


def _from_means(of: Sought, made: Converted, less: float) -> People:
    """From the anchor's share by its mean and SD to the other share by the effect in its SDs."""
    point = made.anchor
    if point is None:
        raise ValueError("shares are worked out from an arm")
    line = cut(of.ask.baseline, less)
    share = min(1 - SURE, max(SURE, share_below(line, point.mean, point.sd)))
    error = probit_error(float(ndtri(share)), point.people)
    d = -made.estimate / point.sd
    of_versus = of.nodes[1] is not None and point.node == of.nodes[1].id
    with_it = d if of_versus else -d
    other, check = furukawa(share, with_it), hasselblad_hedges(share, with_it)
    margin = model_form(abs(other - share), abs(check - share))
    found = pair(
        share, error, with_it, made.error / point.sd, spread=made.tau / point.sd, quantile=made.quantile, margin=margin,
        control_spread=point.spread / point.sd,
    )  # fmt: skip
    weeks = tuple(sorted({one.week for one in made.fit.chosen.taken if one.week and one.trial.trial in made.shares}))
    return People(less, found if of_versus else _turned(found), "worked out", check, weeks, made)


def _turned(found: Pair) -> Pair:
    """The pair seen from the other side: what was the treated one is the comparator."""
    return Pair(found.untreated, found.treated, _minus(found.difference), _minus(found.average))


def _minus(one: Range) -> Range:
    return Range(-one.estimate, -one.upper, -one.lower)
