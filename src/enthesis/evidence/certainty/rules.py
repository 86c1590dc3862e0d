"""The rules of the six domains: pure functions of plain numbers, each with its threshold and where that comes from.

CINeMA's documentation (github.com/esm-ispm-unibe-ch/cinema, docs/documentation.md) gives the crossings of imprecision
and heterogeneity, the common areas and the 0.10 and 0.01 of incoherence. What is ours says so.
"""

from collections.abc import Mapping
from enum import StrEnum

from enthesis.evidence.certainty.judgments import Concern, Domain, Judgment

Interval = tuple[float, float]

FEW_PEOPLE = 400  # fewer leave some concern whatever the interval says (a published review's rule, as GRADE's)
ENOUGH_STUDIES = 10  # fewer studies hardly show asymmetry: a convention of tests of funnel plots
ASYMMETRY = 0.10  # level of the test of small-study effects
INCOHERENT, VERY_INCOHERENT = 0.10, 0.01  # levels of the tests of incoherence
UNANSWERED = 1.0  # ours: as many trials known and not in it as there are in it


class Summary(StrEnum):
    """How levels of studies become the level of an estimate, as CINeMA offers them."""

    MAJORITY = "majority"
    AVERAGE = "average"
    HIGHEST = "highest"


def from_contributions(domain: Domain, shares: Mapping[Concern, float], *, by: Summary = Summary.MAJORITY) -> Judgment:
    """Within-study bias or indirectness: the level of the studies, weighted by what each gives to the estimate.

    majority  the level with the largest share (the worse one of two equal shares)
    average   the mean of 0, 1 and 2, to the nearest; half way is the worse
    highest   the worst level that gives anything
    """
    total = sum(shares.values())
    part = {level: shares.get(level, 0.0) / total if total else 0.0 for level in Concern}
    if by is Summary.MAJORITY:
        concern = max(Concern, key=lambda level: (round(part[level], 9), level))
    elif by is Summary.AVERAGE:
        concern = Concern(int(sum(level * share for level, share in part.items()) + 0.5))
    else:
        concern = max(level for level in Concern if part[level] > 0 or level is Concern.NONE)
    said = ", ".join(f"{share:.0%} {level.words}" for level, share in part.items() if share > 0)
    because = f"what the studies give to this estimate, by their level: {said or 'nothing'} ({by})"
    numbers: dict[str, float | None] = {f"share with {level.words}": share for level, share in part.items()}
    return Judgment(domain, concern, because, numbers)


def reporting_bias(*, studies: int, asymmetry_p: float | None, pooled: int, missing: int) -> Judgment:
    """Ours, since CINeMA has no rule: asymmetry of the funnel, and trials that are known and not in it.

    `missing` counts trials of the review that were found and whose results are not here, against `pooled` ones.
    One of the two is some concern, both are major.
    """
    tested = studies >= ENOUGH_STUDIES and asymmetry_p is not None
    lopsided = tested and asymmetry_p is not None and asymmetry_p < ASYMMETRY
    absent = missing > 0 and missing >= UNANSWERED * pooled
    if tested:
        seen = f"the funnel is {'lopsided' if lopsided else 'not lopsided'} (P = {asymmetry_p:.3f}, {studies} studies)"
    else:
        seen = f"{studies} studies are too few to see whether the funnel is lopsided ({ENOUGH_STUDIES} are needed)"
    known = f"{missing} trials are known whose results are not in it, and {pooled} are in it"
    numbers: dict[str, float | None] = {"asymmetry p": asymmetry_p, "missing": missing, "pooled": pooled}
    return Judgment(Domain.REPORTING_BIAS, Concern(int(lopsided) + int(absent)), f"{seen}; {known}", numbers)


def crossings(interval: Interval, important: float) -> int:
    """How many of the two limits, plus and minus the smallest important difference, lie inside an interval."""
    low, high = interval
    return sum(low < limit < high for limit in (-important, important))


def imprecision(interval: Interval, *, important: float, people: float | None = None) -> Judgment:
    """Limits of importance that the confidence interval crosses: none, one (some), both (major).

    Fewer than 400 people behind the estimate leave some concern.
    """
    crossed = crossings(interval, important)
    few = people is not None and people < FEW_PEOPLE
    because = (
        f"{_said(interval)} crosses {('neither', 'one', 'both')[crossed]} of \u2212{important:g} and {important:g}"
    )
    if few:
        because += f"; {people:.0f} people, fewer than {FEW_PEOPLE}"
    numbers: dict[str, float | None] = {
        "lower": interval[0],
        "upper": interval[1],
        "important": important,
        "people": people,
    }
    return Judgment(Domain.IMPRECISION, Concern(max(crossed, int(few))), because, numbers)


def heterogeneity(interval: Interval, prediction: Interval | None, *, important: float) -> Judgment:
    """Does the prediction interval cross more limits of importance than the confidence interval? One more: some; two: major.

    Without a prediction interval (too few studies) heterogeneity is not known, which leaves some concern: ours.
    """
    if prediction is None:
        because = "too few studies for a prediction interval, so how much effects differ is not known"
        return Judgment(Domain.HETEROGENEITY, Concern.SOME, because, {"important": important})
    more = max(0, crossings(prediction, important) - crossings(interval, important))
    because = (
        f"a new study's effect would lie in {_said(prediction)}, which crosses {_more(more)} than {_said(interval)}"
    )
    numbers: dict[str, float | None] = {
        "prediction lower": prediction[0],
        "prediction upper": prediction[1],
        "important": important,
    }
    return Judgment(Domain.HETEROGENEITY, Concern(more), because, numbers)


def areas(interval: Interval, important: float) -> frozenset[str]:
    """Which of three areas an interval touches: below, within and above the zone of unimportant differences."""
    low, high = interval
    touched = {"below": low < -important, "within": low < important and high > -important, "above": high > important}
    return frozenset(area for area, is_touched in touched.items() if is_touched)


def incoherence(
    *,
    direct: Interval | None,
    indirect: Interval | None,
    split_p: float | None,
    global_p: float | None,
    important: float,
) -> Judgment:
    """Do direct and indirect evidence agree?

    direct only     no concerns
    indirect only   by the global test of the network: above 0.10 none, to 0.01 some, below major; in a network that
                    nothing can test (a star) some concern remains: ours, where CINeMA stops
    both            none while the test of the difference is above 0.10 (ours: intervals that agree may share one area
                    only); else by the areas they share: three none, two some, fewer major
    """
    numbers = {"split p": split_p, "global p": global_p, "important": important}
    if direct is not None and indirect is None:
        return Judgment(Domain.INCOHERENCE, Concern.NONE, "all of the evidence is direct", numbers)
    if direct is None or indirect is None:
        concern, because = _by_global_test(global_p)
        return Judgment(Domain.INCOHERENCE, concern, f"all of the evidence is indirect; {because}", numbers)
    shared = len(areas(direct, important) & areas(indirect, important))
    agree = split_p is None or split_p > INCOHERENT
    concern = Concern.NONE if agree else (Concern.MAJOR, Concern.MAJOR, Concern.SOME, Concern.NONE)[shared]
    test = "could not be tested" if split_p is None else f"P = {split_p:.3f}"
    because = (
        f"direct {_said(direct)} and indirect {_said(indirect)} share {shared} of three areas; their difference: {test}"
    )
    return Judgment(Domain.INCOHERENCE, concern, because, numbers)


def _by_global_test(p: float | None) -> tuple[Concern, str]:
    if p is None:
        return Concern.SOME, "nothing in this network can test whether it agrees with itself"
    concern = Concern.NONE if p > INCOHERENT else Concern.SOME if p >= VERY_INCOHERENT else Concern.MAJOR
    return concern, f"the network's test of agreement with itself: P = {p:.3f}"


def _said(interval: Interval) -> str:
    low, high = (f"{end:.2f}".replace("-", "\u2212") for end in interval)
    return f"{low} to {high}"


def _more(crossed: int) -> str:
    return ("no more limits of importance", "one more limit of importance", "two more limits of importance")[crossed]
