"""The sentence that may be printed: made from a snapshot, never typed."""

from dataclasses import dataclass

from enthesis.evidence.certainty import Rating
from enthesis.expectations.claims.checking import LEAST_WEEKS, Facts
from enthesis.expectations.expectation import Expectation, plain
from enthesis.expectations.grading import verdict
from enthesis.expectations.wording import of_100
from enthesis.knowledge import Library
from enthesis.outcomes.cohort import Analysis, Group, Share, Week, kept_back
from enthesis.outcomes.cohort.small_cells import people_may_be_told, shown_of
from enthesis.pathway import conditions, treatments

PAIN = "pain-nrs"


def week_of(analysis: Analysis, *, condition: str, treatment: str, weeks: float) -> tuple[Group, Week] | None:
    """The group's week nearest to the one asked for, from three months on; None where the snapshot has none."""
    wanted = {"condition": condition, "treatment": treatment, "instrument": PAIN}
    group = next((one for one in analysis.groups if wanted.items() <= one.key.items()), None)
    late = [week for week in group.weeks if week.week >= LEAST_WEEKS] if group else []
    return (group, min(late, key=lambda one: abs(one.week - weeks))) if group and late else None


def facts_from(group: Group, week: Week, certainty: Rating | None, *, saline: float | None = None) -> Facts:
    """The numbers of a snapshot, for holding a sentence to; `shares` are all that may be said of it, in percent: none below
    the floors."""
    found = [*week.better.values(), *week.worse.values()]
    known = [one.share for one in found] + [one.if_silent_failed for one in found] + [saline]
    shares = () if kept_back(week.flow) else tuple(100 * one for one in known if one is not None)
    return Facts(group.enrolled, week.flow.due, week.flow.answered, week.week, certainty, shares)


def record_sentence(
    group: Group, week: Week, *, treatment: str, condition: str, saline: float | None = None, language: str = "en"
) -> str:
    """What happened to the people here, with everything such a sentence must carry; empty below the floors, and where
    the share better would give away one to four people.

    `treatment` and `condition` are names in the language ("en" or "es"); `saline` is the share (0 to 1) of people given
    saline in trials who had at least 30% less pain.
    """
    better, change = week.better["30"], week.change
    kept = shown_of(week)
    if kept_back(week.flow) or week.week < LEAST_WEEKS or None in (better.share, change.lower, week.mean):
        return ""
    if ("better", "30") not in kept:
        return ""
    first, last = group.started
    flow, silent = week.flow, of_100(better.if_silent_failed or 0.0)
    words = RECORD[language] if saline is not None else RECORD[language][:-1]
    if ("worse", "any") not in kept:
        words = tuple(WORSE_NOT_SHOWN[language] if "{worse}" in line else line for line in words)
    words = (*words, OTHER_TREATMENT[language][_other_treatment(week)])
    numbers = {
        "others": week.others.people if week.others else 0,
        "started": _started(group, language),
        "answered": flow.answered, "due": flow.due, "weeks": f"{week.week:g}", "silent": silent,
        "before": f"{week.baseline_of_answered:.1f}", "after": f"{week.mean:.1f}", "change": f"{change.estimate:+.1f}",
        "low": f"{change.lower:+.1f}", "high": f"{change.upper:+.1f}", "saline": of_100(saline or 0.0),
    }  # fmt: skip
    when = WHEN[language].format(first=first, last=last) if first and last else ""
    named = {"treatment": treatment, "condition": condition, "when": when}
    shares = {"better": _share(better, language), "worse": _share(week.worse["any"], language)}
    numbers = {name: _in(str(number), language) for name, number in numbers.items()}
    return " ".join(words).format(**named, **numbers, **shares)


AT_LEAST = {"en": "at least {people}", "es": "al menos {people}"}


def _started(group: Group, language: str) -> str:
    """How many started; a lower bound where one to four of them were not due at some time."""
    if group.told_enrolled is not None:
        return str(group.enrolled)
    return AT_LEAST[language].format(people=max(group.due, default=0))


def _other_treatment(week: Week) -> str:
    """Which of the sentences about other treatments is true of a week."""
    if week.others is None:
        return "not said"
    if not week.others.people:
        return "none"
    return "told" if people_may_be_told(week) else "few"


OTHER_TREATMENT = {
    "en": {
        "not said": "What else they were treated with is not on record here.",
        "none": "No other treatment of theirs is on record.",
        "told": "{others} of the {due} due had another treatment in that time, and count like everybody.",
        "few": "Some had another treatment in that time, and count like everybody.",
    },
    "es": {
        "not said": "Aquí no consta qué otros tratamientos recibieron.",
        "none": "No consta que recibieran ningún otro tratamiento.",
        "told": "{others} de las {due} esperadas recibieron otro tratamiento en ese tiempo y cuentan como todas.",
        "few": "Algunas recibieron otro tratamiento en ese tiempo y cuentan como todas.",
    },
}
WHEN = {"en": " from {first} to {last}", "es": " del {first} al {last}"}
RECORD = {
    "en": (
        "Of {started} people who started {treatment} for {condition}{when}, {answered} of {due} due answered at {weeks} weeks.",
        "Their average pain went from {before} to {after} of 10 (change {change}, 95% interval {low} to {high}).",
        "{better} had at least 30% less pain, and {worse} had more pain.",
        "If everyone who did not answer had not improved, the first figure would be {silent}%.",
        "We have no comparison group.",
        "In trials, about {saline} of 100 people given saline had at least 30% less pain too.",
    ),
    "es": (
        "De {started} personas que empezaron {treatment} para {condition}{when}, respondieron {answered} de las {due} esperadas",
        "a las {weeks} semanas.",
        "Su dolor medio pasó de {before} a {after} de 10 (cambio {change}; intervalo del 95 %: {low} a {high}).",
        "El {better} tuvo al menos 30 % menos dolor y el {worse} tuvo más dolor.",
        "Si nadie de quienes no respondieron hubiera mejorado, la primera cifra sería {silent} %.",
        "No tenemos grupo de comparación.",
        "En los ensayos, unas {saline} de 100 personas que recibieron agua salada también tuvieron al menos 30 % menos dolor.",
    ),
}


WORSE_NOT_SHOWN = {
    "en": "{better} had at least 30% less pain; the share who had more pain is not shown: it would point at so few people.",
    "es": (
        "El {better} tuvo al menos 30 % menos dolor; la cifra de quienes tuvieron más dolor no se muestra: señalaría a pocas "
        "personas."
    ),
}


def _in(number: str, language: str) -> str:
    """Spanish as US clinics with a comma for decimals write it."""
    return number.replace(".", ",") if language == "es" else number


def benefit_sentence(found: Expectation) -> str:
    """A claim of benefit in GRADE's words; empty unless trials give moderate or high certainty by the rules alone.

    What somebody of the clinic judged otherwise counts for its own pages, never for what it may advertise.
    """
    rating = found.graded.rating_by_rules if found.graded else None
    if rating not in (Rating.MODERATE, Rating.HIGH) or found.made is None or found.sought.borrowed:
        return ""
    said = verdict(found.made.estimate, rating)
    return (
        f"{found.sought.treatment.capitalize()} against {found.sought.versus}, in trials: {said[:1].lower()}{said[1:]}"
    )


def _share(one: Share, language: str) -> str:
    share, low, high = (of_100(part or 0.0) for part in (one.share, one.lower, one.upper))
    return f"{share} % ({low} % a {high} %)" if language == "es" else f"{share}% ({low}% to {high}%)"


@dataclass(frozen=True)
class Named:
    """What a treatment and a condition are called in the middle of a sentence, in English and in Spanish ("" for none)."""

    treatment: str
    condition: str
    tratamiento: str = ""
    afeccion: str = ""


def named_in(expected: Expectation, library: Library) -> Named:
    """The names of the library for a question, or the review's."""
    titles = {entry.id: entry.title for entry in treatments(library)} | {
        entry.id: entry.title for entry in conditions(library)
    }
    ask, of = expected.ask, expected.sought
    return Named(plain(titles.get(ask.treatment, of.treatment)), plain(titles.get(ask.condition, of.condition)))


def own_record(expected: Expectation, analysis: Analysis, named: Named) -> tuple[Facts, tuple[str, ...]] | None:
    """The numbers of a clinic for a question, and the records that may be printed: none below the floors.

    None where the snapshot has no such group from three months on.
    """
    ask = expected.ask
    found = week_of(analysis, condition=ask.condition, treatment=ask.treatment, weeks=ask.weeks)
    if found is None:
        return None
    thirty = expected.shares["30"]
    saline = thirty.pair.untreated.estimate if thirty and not expected.sought.borrowed else None
    said = [record_sentence(*found, treatment=named.treatment, condition=named.condition, saline=saline)]
    if named.tratamiento:
        said.append(
            record_sentence(*found, treatment=named.tratamiento, condition=named.afeccion, saline=saline, language="es")
        )
    rating = expected.graded.rating_by_rules if expected.graded else None
    return facts_from(*found, rating, saline=saline), tuple(one for one in said if one)
