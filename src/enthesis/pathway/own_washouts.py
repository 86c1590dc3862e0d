"""The washouts a plan reminds of, taken from the screening rules: only drugs that a patient may stop alone."""

from functools import lru_cache

from enthesis.knowledge import Entry, Library
from enthesis.pathway.washouts import Washout
from enthesis.screening import Rule, condition, drug_classes, rules
from enthesis.screening.taken import TakenWithin


def washouts_of(library: Library) -> tuple[Washout, ...]:
    """One washout for each rule that keeps days between a self-managed drug and the injection. Raises LibraryError."""
    return tuple(
        Washout(title_of(kind, library), kind.days, entry.body.restart_days, entry.body.to_patient)
        for entry, kind in own_rules(library)
    )


@lru_cache(maxsize=64)
def own_rules(library: Library) -> tuple[tuple[Entry[Rule], TakenWithin], ...]:
    """The rules behind those washouts, each with its condition. Raises LibraryError."""
    prescribed = {entry.id for entry in drug_classes(library) if entry.body.prescribed}
    read = [(entry, condition(entry.body.when, entry.path)) for entry in rules(library)]
    return tuple((e, kind) for e, kind in read if isinstance(kind, TakenWithin) and not prescribed & set(kind.classes))


def title_of(rule: TakenWithin, library: Library) -> str:
    """What such a rule asks to leave out, in the words of its classes of drugs."""
    titles = {entry.id: entry.title for entry in drug_classes(library)}
    return ", ".join(titles[id] for id in rule.classes)
