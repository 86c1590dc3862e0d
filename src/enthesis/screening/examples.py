"""The worked examples of rules: a short story of a patient, and what this rule alone says of it.

Days count back from a fixed injection day, so that an example reads as a nurse would tell it: "ibuprofen six days
before, asked on the day".
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from enthesis.knowledge import Library, Site, parse_site, site_kinds
from enthesis.screening.action import Action
from enthesis.screening.answered import Answered
from enthesis.screening.chart import ChartItem, ItemKind, facts_from
from enthesis.screening.checking import checked_rules
from enthesis.screening.conditions import Moment, Truth, condition
from enthesis.screening.facts import Answer, Facts, Route, When
from enthesis.screening.judgment import action_of, is_finding, restart_from
from enthesis.screening.rule import Kind, Question, Rule, questions

INJECTION = date(2030, 6, 15)  # any day will do; the far future keeps it from being taken for a real one
SAID = {"story", "given", "site", "expect", "free_in", "stop_before", "restart_after", "holds", "may_choose"}
GIVEN = {
    "asked_days_before",
    "answers",
    "medicines",
    "problems",
    "allergies",
    "procedures",
    "measurements",
    "unread",
    "sex",
    "age",
}
ITEM = {"name", "coded", "state", "route", "icd10", "since_days_before", "last_days_before", "value", "unit"}


def run_example(rule: Rule, example: Mapping[str, Any], library: Library) -> None:
    """Does the rule say what the example promises? Raises AssertionError with the difference in a sentence."""
    given = example.get("given", {})
    _only(example, SAID, example)
    _only(given, GIVEN, example)
    if "expect" not in example:
        raise AssertionError(f"the example {example.get('story')!r} says nothing of what to expect")
    for key, value in outcome(rule, given, _site(rule, example, library), library).items():
        if key in example and value != example[key]:
            raise AssertionError(f"{example.get('story')!r}: {key} is {value!r}, and {example[key]!r} was promised")


def outcome(rule: Rule, given: Mapping[str, Any], site: Site, library: Library) -> dict[str, object]:
    """What the rule says of a story: the action, and the dates as days from the injection as it was planned."""
    moment = Moment(on=INJECTION, as_of=_back(given.get("asked_days_before", 0)))
    if not rule.where.covers(site):
        return {"expect": "not for this site"}
    reading = condition(rule.when, "example").read(_facts(given, library), moment, library)
    if not is_finding(reading):
        return {"expect": (Action.ASK if reading.truth is Truth.UNKNOWN else Action.CLEAR).value}
    restart = restart_from(rule, reading.free_on or INJECTION)
    return {
        "expect": action_of(rule.then, reading).value,
        "free_in": _days(reading.free_on),
        "stop_before": _days(reading.stop_by, -1),
        "restart_after": _days(restart),
        "holds": [str(hold) for hold in rule.holds if hold.ingredient in reading.ingredients],
        "may_choose": {choice.of: choice.range for choice in rule.choices},
    }


def clear_answers(library: Library) -> dict[str, Answer]:
    """Every question answered as somebody would who has nothing to disclose."""
    entries = checked_rules(library)
    meant = [condition(entry.body.when, entry.path) for entry in entries]
    wanted = {one.question: not one.holds_when for one in meant if isinstance(one, Answered)}
    return {id: _nothing(question, wanted) for id, question in questions(entries).items()}


def _nothing(question: Question, wanted: Mapping[str, bool]) -> Answer:
    return When.NEVER if question.kind is Kind.WHEN else wanted.get(question.id, False)


def _only(given: Mapping[str, Any], allowed: set[str], example: Mapping[str, Any]) -> None:
    odd = ", ".join(sorted(set(given) - allowed))
    if odd:
        raise AssertionError(f"the example {example.get('story')!r} has keys that mean nothing: {odd}")


def _facts(given: Mapping[str, Any], library: Library) -> Facts:
    kinds = {
        "medicines": ItemKind.MEDICINE,
        "problems": ItemKind.PROBLEM,
        "allergies": ItemKind.ALLERGY,
        "procedures": ItemKind.PROCEDURE,
        "measurements": ItemKind.MEASUREMENT,
        "unread": ItemKind.UNREAD,
    }
    items = [
        _item(kind, item, f"{name}/{number}")
        for name, kind in kinds.items()
        for number, item in enumerate(given.get(name, ()))
    ]
    answers = {id: _answer(value) for id, value in given.get("answers", {}).items()}
    born = _years_before(given["age"]) if "age" in given else None
    return facts_from(items, answers=answers, library=library, sex=given.get("sex", "unknown"), born=born)


def _item(kind: ItemKind, item: Mapping[str, Any], evidence: str) -> ChartItem:
    _only(item, ITEM, item)
    usual = {ItemKind.MEDICINE: "taking", ItemKind.PROBLEM: "active"}.get(kind, "")
    return ChartItem(
        kind,
        evidence,
        item["name"],
        item.get("coded", True),
        item.get("state", usual),
        Route(item.get("route", "unknown")),
        tuple(item.get("icd10", ())),
        _day(item, "since_days_before"),
        _day(item, "last_days_before"),
        item.get("value"),
        item.get("unit", ""),
    )


def _answer(value: bool | str | int) -> Answer:
    if isinstance(value, bool):
        return value
    return When(value) if isinstance(value, str) else _back(value)


def _site(rule: Rule, example: Mapping[str, Any], library: Library) -> Site:
    if "site" in example:
        return parse_site(example["site"], library)
    covered = (parse_site(kind.id, library) for kind in site_kinds(library))
    return next(site for site in covered if rule.where.covers(site))


def _back(days: int) -> date:
    return INJECTION - timedelta(days=days)


def _years_before(years: int) -> date:
    return INJECTION.replace(year=INJECTION.year - years)


def _day(given: Mapping[str, Any], key: str) -> date | None:
    return _back(given[key]) if key in given else None


def _days(day: date | None, sign: int = 1) -> int | None:
    return sign * (day - INJECTION).days if day else None
