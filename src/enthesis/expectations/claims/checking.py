"""May a clinic print this sentence? Rules drawn from what the FTC asks of health claims and from honest reporting.

Information, not legal advice. Two sorts of sentence can pass: a record (what happened to so many people here) and a claim of
benefit (which needs randomised trials: moderate or high certainty).
"""

from dataclasses import asdict, dataclass
from typing import Any

from enthesis.evidence.certainty import Rating
from enthesis.expectations.claims.reading import Reading, read_sentence
from enthesis.outcomes.cohort import FEWEST_PEOPLE, LEAST_RESPONSE

NOT_ADVICE = "This is information, not legal advice."
ROUNDED = 0.51  # percent: a share may be rounded to a whole one
LEAST_WEEKS = 12.0  # about three months: nothing earlier tells a treatment from the weeks after any injection


@dataclass(frozen=True)
class Facts:
    """What a clinic knows beside its sentence; None where it does not say. `certainty` is that of the trials.

    `shares` are those its outcomes give, in percent; where there are any, the sentence may say no other.
    """

    started: int | None = None
    asked: int | None = None
    answered: int | None = None
    weeks: float | None = None
    certainty: Rating | None = None
    shares: tuple[float, ...] = ()


@dataclass(frozen=True)
class Problem:
    """One reason why a sentence may not be printed: the rule, and what it asks for."""

    rule: str
    says: str


@dataclass(frozen=True)
class Verdict:
    """The answer on one sentence. `instead` are sentences that may be printed, where the numbers for one are there."""

    reading: Reading
    sort: str
    problems: tuple[Problem, ...]
    instead: tuple[str, ...] = ()

    @property
    def printable(self) -> bool:
        """Whether nothing stands against it."""
        return not self.problems


def check_sentence(text: str, facts: Facts | None = None, *, instead: tuple[str, ...] = ()) -> Verdict:
    """Hold a sentence to every rule; what it leaves out is taken from `facts`. Raises nothing."""
    facts, said = facts or Facts(), read_sentence(text)
    problems = [Problem(f"word: {name}", _promise(name, said.found[name])) for name in said.promises] + _words(
        said, facts
    )
    if said.status and not (said.of_people or problems):
        return Verdict(said, "true status of approval", (), instead)
    if not said.of_people:
        problems.append(Problem("number", NO_NUMBER_OF_PEOPLE if said.has_number else NO_NUMBER))
    else:
        problems += _record(said, facts)
    return Verdict(said, _sort(said), tuple(problems), instead)


def _sort(said: Reading) -> str:
    if said.benefit or said.compares or said.relative:
        return "claim of benefit"
    return "record" if said.of_people else "without a number"


NO_NUMBER = "There is no number in it: nothing can be checked, and nobody can hold you to it."
NO_NUMBER_OF_PEOPLE = "No number in it says how many people got better, or by how much: nothing can be checked."
INSTEAD_OF = {
    "most": "“{word}” is no number: say how many of how many.",
    "up to": "“{word}”: a best case is read as the usual one; give the share itself, with its interval.",
    "success": "“{word}”: say what counted as one, such as at least 30% less pain.",
}


def _promise(name: str, word: str) -> str:
    return INSTEAD_OF.get(name, "“{word}” promises more than a number can carry; leave it out.").format(word=word)


def _words(said: Reading, facts: Facts) -> list[Problem]:
    """What words alone bring: other treatments, relative figures, stories, agencies, benefit."""
    asked = (
        (
            said.compares,
            "comparison",
            "It sets the treatment above another or above nothing: that needs a trial of the two.",
        ),
        (said.relative, "relative", "A relative figure hides how many: say of 100 people with, and of 100 without."),
        (said.story, "story", "One person's story is read as what people generally get; say what is generally seen."),
        (said.endorsed, "endorsement", "Who recommends it says nothing of what it does."),
        (
            said.agency,
            "agency",
            "Words about the FDA or approval may only give the true status, such as “not approved”.",
        ),
    )
    found = [Problem(rule, says) for there, rule, says in asked if there]
    if said.benefit and facts.certainty not in (Rating.MODERATE, Rating.HIGH):
        level = f"{facts.certainty} certainty" if facts.certainty else "no certainty of trials given"
        says = f"It says the treatment works: that needs randomised trials of moderate or high certainty ({level})."
        found.append(Problem("benefit", says))
    return found


def _record(said: Reading, facts: Facts) -> list[Problem]:
    """What a record must carry, and the floors below which there is none."""
    started, asked = said.started or facts.started, said.asked or facts.asked
    answered, weeks = said.answered or facts.answered, said.weeks if said.weeks is not None else facts.weeks
    asks = (
        (said.started is None, "started", "Say how many people started the treatment.", started),
        (said.answered is None, "answered", "Say how many were asked and how many answered.", answered),
        (not said.amounts, "how much", "Say how much better: at least 30% less pain, or half.", None),
        (not said.interval, "interval", "A share needs its interval.", None),
        (not said.baseline, "baseline", "Say where their pain started.", None),
        (not said.no_comparison, "no comparison group", "Say “no comparison group”, in the same size.", None),
    )
    found = [
        Problem(rule, f"{what} Your numbers say {known}." if known else what)
        for missing, rule, what, known in asks
        if missing
    ]
    return found + _untrue(said, facts) + _floors(asked or started, answered, weeks)


def _untrue(said: Reading, facts: Facts) -> list[Problem]:
    """Numbers of the sentence that the clinic's outcomes do not hold."""
    if not facts.shares:
        return []
    pairs = ((said.started, facts.started), (said.asked, facts.asked), (said.answered, facts.answered))
    wrong = [f"{one} where they say {other}" for one, other in pairs if None not in (one, other) and one != other]
    strange = [one for one in said.shares if all(abs(one - known) > ROUNDED for known in facts.shares)]
    wrong += [f"{one:g}%, which none of their shares is" for one in strange]
    return [Problem("not your outcomes", f"Your outcomes do not say so: {'; '.join(wrong)}.")] if wrong else []


def _floors(due: int | None, answered: int | None, weeks: float | None) -> list[Problem]:
    found = []
    if weeks is None:
        found.append(Problem("time", "Say after how long."))
    elif weeks < LEAST_WEEKS:
        found.append(Problem("too early", f"{weeks:.0f} weeks are too early: at least three months."))
    if due is not None and due < FEWEST_PEOPLE:
        found.append(Problem("too few", f"{due} people: at least {FEWEST_PEOPLE}."))
    if due and answered is not None and answered / due < LEAST_RESPONSE:
        found.append(Problem("silence", f"{answered} of {due} answered: at least {LEAST_RESPONSE:.0%}."))
    return found


def verdict_as_json(found: Verdict) -> dict[str, Any]:
    """For `enthesis claims check --json`."""
    return {
        "sentence": found.reading.text,
        "may_be_printed": found.printable,
        "sort": found.sort,
        "problems": [asdict(one) for one in found.problems],
        "shares_percent": list(found.reading.shares),
        "how_much_percent": list(found.reading.amounts),
        "instead": list(found.instead),
        "note": NOT_ADVICE,
    }
