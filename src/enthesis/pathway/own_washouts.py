"""The washouts a plan reminds of, taken from the screening rules: only drugs that a patient may stop alone."""

from enthesis.knowledge import Entry, Library
from enthesis.pathway.washouts import Washout
from enthesis.screening import DrugClass, condition, drug_classes, rules
from enthesis.screening.taken import TakenWithin


def washouts_of(library: Library) -> tuple[Washout, ...]:
    """One washout for each rule that keeps days between a self-managed drug and the injection. Raises LibraryError."""
    classes = {entry.id: entry for entry in drug_classes(library)}
    read = [(entry.body, condition(entry.body.when, entry.path)) for entry in rules(library)]
    return tuple(
        Washout(_title(kind, classes), kind.days, rule.restart_days, rule.to_patient)
        for rule, kind in read
        if isinstance(kind, TakenWithin) and not any(classes[id].body.prescribed for id in kind.classes)
    )


def _title(rule: TakenWithin, classes: dict[str, Entry[DrugClass]]) -> str:
    return ", ".join(classes[id].title for id in rule.classes)
