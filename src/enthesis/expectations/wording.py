"""One expectation in plain sentences. Whole numbers of 100, one denominator, the range beside, no relative figures."""

from enthesis.evidence.certainty import Rating
from enthesis.expectations.clinic import ClinicView
from enthesis.expectations.expectation import Expectation, plain
from enthesis.expectations.finding.people import People
from enthesis.expectations.grading import verdict
from enthesis.expectations.shares import Range

VERY_UNCERTAIN = "The evidence is very uncertain."
NEARLY_ALL = 0.95  # of both groups; where to begin saying so is our judgement
TOO_GOOD = "In the trials behind this nearly everybody got better, with either, and nobody knows whether that would happen again."
NOT_HERE = "No controlled trial of {condition} was found."


def of_100(share: float) -> int:
    """A share as people of 100, to the nearest whole person."""
    return round(100 * share)


def sentence(found: Expectation) -> str:
    """The expectation in a few sentences; why there is none where there is none."""
    said = [_horizon(found)] if found.beyond else []
    if found.graded is None:
        return " ".join([*said, found.why_not])
    if found.sought.borrowed:
        said.append(f"{NOT_HERE.format(condition=plain(found.sought.condition))} {_elsewhere(found)}")
    shown = next((name for name in ("50", "30") if (one := found.shares[name]) and one.how == "counted"), "30")
    one = found.shares[shown]
    said.append(_people(found, one) if one else _pain_alone(found))
    if one and min(one.pair.treated.estimate, one.pair.untreated.estimate) > NEARLY_ALL:
        said.append(TOO_GOOD)
    said.append(_sure(found))
    return " ".join(said)


def _people(found: Expectation, one: People) -> str:
    ask, pair = found.ask, one.pair
    start = f" who start at {ask.baseline:g} of 10" if one.how == "worked out" else ""
    return (
        f"Of 100 people{start}, about {of_100(pair.treated.estimate)} have at least {one.less:.0%} less pain after "
        f"{weeks_of(one.weeks)} weeks with {found.sought.treatment}, and about {of_100(pair.untreated.estimate)} with "
        f"{found.sought.versus}: {difference(pair.difference)}."
    )


def weeks_of(weeks: tuple[float, ...]) -> str:
    """ "24", or "24 to 52"."""
    return " to ".join(f"{week:g}" for week in sorted({weeks[0], weeks[-1]})) if weeks else "an unknown number of"


def _elsewhere(found: Expectation) -> str:
    about = found.sought.review.about
    names = " and ".join(about.condition(site).name.lower() for site in sorted(found.sought.sites))
    return f"The number is of {names}."


def difference(one: Range) -> str:
    """ "16 more of 100 (could be 7 fewer to 39 more)"."""
    return f"{_more(one.estimate)} of 100 (could be {_more(one.lower)} to {_more(one.upper)})"


def _more(share: float) -> str:
    count = of_100(share)
    return f"{count} more" if count > 0 else f"{-count} fewer" if count < 0 else "no more or fewer"


def framings(found: Expectation) -> tuple[str, ...]:
    """Each cut in both framings, with ranges: so many better, so many not."""
    return tuple(
        f"{one.less:.0%} less pain, {name}: {better(side)} {not_better(side)}"
        for one in found.shares.values()
        if one
        for name, side in ((found.sought.treatment, one.pair.treated), (found.sought.versus, one.pair.untreated))
    )


def better(one: Range) -> str:
    """ "About 52 of 100 (could be 34 to 69)." """
    return f"About {of_100(one.estimate)} of 100 (could be {of_100(one.lower)} to {of_100(one.upper)})."


def not_better(one: Range) -> str:
    """ "So about 48 of 100 are not (31 to 66)." """
    low, high = 100 - of_100(one.upper), 100 - of_100(one.lower)
    return f"So about {100 - of_100(one.estimate)} of 100 are not ({low} to {high})."


def clinic_sentence(view: ClinicView) -> str:
    """The clinic's answers beside the trials: what was foretold, answered and joined, and how much hangs on the bias."""
    answers = view.answers
    counts = f"{answers.answered} of {answers.due} people answered at week {answers.week:g}."
    if view.usual is None or view.half is None or view.double is None:
        return f"This clinic's answers are not used ({view.why_alone}): the trials stand alone."
    low, high = view.usual.interval()
    return (
        f"This clinic: {counts} Their pain changed by {answers.change:+.1f} points; the trials foretold "
        f"{view.usual.prior.mean:+.1f}; joined, allowing for the bias of answers without a comparison group: "
        f"{view.usual.mean:+.1f} ({low:+.1f} to {high:+.1f}); with half that bias {view.half.mean:+.1f}, with twice "
        f"{view.double.mean:+.1f}. Trials and answers {view.usual.conflict.words}. {_others(answers.others)}"
    )


def _others(people: str) -> str:
    """What the answers hold beside the treatment; the bias above was not made for it."""
    if not people:
        return "Whether people had other treatments in that time is not on record."
    if people == "0":
        return "No other treatment of theirs is on record."
    return f"Of those due {people} had another treatment in that time: the change is of both, and no bias here allows for it."


def _pain_alone(found: Expectation) -> str:
    if found.made is None:
        return found.why_not
    low, high = found.made.new_place
    how = "less" if found.made.estimate < 0 else "more"
    return (
        f"With {found.sought.treatment} pain is about {abs(found.made.estimate):.1f} points of 10 {how} than with "
        f"{found.sought.versus} (could be {low:+.1f} to {high:+.1f}); no arm printed where pain ends, so no share is given."
    )


def _horizon(found: Expectation) -> str:
    return (
        f"No trial waited {found.ask.weeks:g} weeks: the longest waited {found.longest:g}, and what follows is known up to "
        "then."
    )


def _sure(found: Expectation) -> str:
    rating = found.rating
    if rating is None or rating is Rating.VERY_LOW or found.made is None:
        said = VERY_UNCERTAIN if rating in (None, Rating.VERY_LOW) else f"Certainty: {rating}."
    else:
        said = f"{verdict(found.made.estimate, rating)} Certainty: {rating}."
    return said + _judged(found)


def _judged(found: Expectation) -> str:
    """Whose level it is, where it is not that of the rules alone."""
    if found.graded is None or found.graded.rating is found.graded.rating_by_rules:
        return ""
    return f" That is somebody's judgment; by the rules alone it is {found.graded.rating_by_rules}."
