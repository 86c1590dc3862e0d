"""The rules of the five domains: pure functions of plain numbers. The thresholds are the authors' where nothing else is said.

An interval and `important`, the smallest difference that matters, are on one scale.
"""

from collections.abc import Mapping

from enthesis.evidence.certainty import Concern
from enthesis.evidence.certainty import Domain as NetworkDomain
from enthesis.evidence.certainty.rules import FEW_PEOPLE, INCOHERENT, Interval, crossings, from_contributions
from enthesis.expectations.grading.domains import Domain, Judged

SMALL = 100  # people: a trial of fewer counts as small
FAR = 1.5  # times the longest trial: beyond it a horizon is another question


def risk_of_bias(shares: Mapping[Concern, float]) -> Judged:
    """By the level most of the weight comes from: some concerns one step, high risk two."""
    made = from_contributions(NetworkDomain.WITHIN_STUDY_BIAS, shares)
    return Judged(Domain.RISK_OF_BIAS, made.concern, made.because)


def inconsistency(
    interval: Interval, new_place: Interval, *, important: float, trials: int, incoherence_p: float | None = None
) -> Judged:
    """One step when a new place may lie across a limit the average does not cross, or direct and indirect disagree
    (P below 0.10); two when it may bring an important benefit as well as an important harm."""
    low, high = new_place
    more = crossings(new_place, important) > crossings(interval, important)
    apart = incoherence_p is not None and incoherence_p < INCOHERENT
    both = low < -important and high > important
    concern = Concern.MAJOR if both else Concern.SOME if more or apart else Concern.NONE
    said = f"at a new place the effect may lie from {low:.2f} to {high:.2f}"
    if trials == 1:
        said += "; one trial cannot show how much trials differ"
    if apart:
        said += f"; direct and indirect evidence disagree (P = {incoherence_p:.3f})"
    return Judged(Domain.INCONSISTENCY, concern, said)


def indirectness(
    *, joint: str = "", other: str = "", direct: bool, weeks: float, longest: float, far_trials: Concern = Concern.NONE
) -> Judged:
    """Two steps when no trial was in the asked joint (`joint` names it, `other` says where they were); one when no trial
    compared the two directly, when most weight comes from trials of other people or treatments, or beyond 1.5 times the
    longest trial."""
    said = []
    if joint:
        said.append(f"no trial of {joint}; the number comes from {other}")
    if not direct:
        said.append("no trial compared the two directly")
    if weeks > FAR * longest:
        said.append(f"{weeks:g} weeks lie far beyond the longest trial ({longest:g})")
    if far_trials:
        said.append("most of the weight comes from trials of other people or treatments")
    concern = Concern.MAJOR if joint or far_trials is Concern.MAJOR else Concern.SOME if said else Concern.NONE
    return Judged(Domain.INDIRECTNESS, concern, "; ".join(said) or "trials of this joint, this treatment and this time")


def imprecision(interval: Interval, *, important: float, people: float | None) -> Judged:
    """One step when the interval crosses one limit of importance or fewer than 400 people stand behind it; two for both
    limits."""
    crossed = crossings(interval, important)
    few = people is not None and people < FEW_PEOPLE
    low, high = interval
    said = f"the average lies from {low:.2f} to {high:.2f}, across {('no limit', 'one limit', 'both limits')[crossed]}"
    said += f" of importance (\u2212{important:g}, {important:g})"
    if few:
        said += f"; {people:.0f} people, fewer than {FEW_PEOPLE}"
    return Judged(Domain.IMPRECISION, Concern(max(crossed, int(few))), said)


def publication_bias(*, sizes: Mapping[str, int], positive: bool, missing: int, lopsided: bool = False) -> Judged:
    """One step, never two: a lopsided funnel, all trials small and in favour, or as many known without results as with."""
    all_small = bool(sizes) and positive and all(size < SMALL for size in sizes.values())
    absent = missing > 0 and missing >= len(sizes)
    said = [f"{missing} trials are known whose results are not in it, and {len(sizes)} are"]
    if all_small:
        said.append(f"all are small (fewer than {SMALL} people) and in favour")
    if lopsided:
        said.append("the funnel is lopsided")
    return Judged(Domain.PUBLICATION_BIAS, Concern(int(all_small or absent or lopsided)), "; ".join(said))
