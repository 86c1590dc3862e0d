"""What every rule promises before it may judge anybody. A rule that names a site, a drug class or a question that does
not exist would silently never hold, so it is refused."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from enthesis.knowledge import BadInput, Entry, Library, LibraryError, site_kinds, value_at
from enthesis.screening.action import Action
from enthesis.screening.conditions import Condition, condition
from enthesis.screening.names import drug_classes
from enthesis.screening.prescribed import Takes
from enthesis.screening.rule import Question, Rule, Scope, questions, rules
from enthesis.screening.taken import TakenWithin
from enthesis.screening.words import plain, says, without

STOPPING = (
    "stop*", "pause", "skip", "quit", "hold", "withhold", "avoid", "cease", "discontinue*", "leave out", "come off",
    "go without", "take none", "do not take", "do not use",
)  # fmt: skip
NOT_STOPPING = ("do not stop", "don t stop", "never stop", "not stop", "do not pause", "do not skip")


@lru_cache(maxsize=8)
def checked_rules(library: Library) -> tuple[Entry[Rule], ...]:
    """All rules, each known to keep its promises. Raises LibraryError naming the file and the promise broken."""
    entries = rules(library)
    asked = questions(entries)
    used = {id for entry in entries for id in condition(entry.body.when, entry.path).asked()}
    for entry in entries:
        for fault in _faults(entry, asked, used, library):
            raise LibraryError(f"{entry.path}: {fault}")
    return entries


@lru_cache(maxsize=8)
def stated(library: Library) -> tuple[tuple[Entry[Rule], Condition], ...]:
    """All rules, each with the condition it states. Raises LibraryError naming the file and the promise broken."""
    return tuple((entry, condition(entry.body.when, entry.path)) for entry in checked_rules(library))


def _faults(entry: Entry[Rule], asked: Mapping[str, Question], used: set[str], library: Library) -> Iterator[str]:
    rule, meant = entry.body, condition(entry.body.when, entry.path)
    if not any(rule.where.covers_kind(kind.id, kind.body) for kind in site_kinds(library)):
        yield "`where` covers no site"
    yield from _unknown_sites(rule, library)
    yield from (
        f"`when` speaks of {id!r}, which is not among the {kind}"
        for kind, id in meant.refers_to()
        if id not in library.files(kind)
    )
    yield from _wrong_questions(rule, meant, asked, used)
    if rule.then is Action.CLEAR or (rule.scope is Scope.TRIAL and rule.then is not Action.INFORM):
        yield f"`then` cannot be {rule.then} for a rule of scope {rule.scope}"
    if rule.strength not in {library.bibliography[source.cite].strength for source in entry.sources}:
        yield f"`strength` is {rule.strength}, and no source of the entry is of that strength"
    if rule.spread and not rule.default_reason:
        yield "sources that disagree (`spread`) need a `default_reason`"
    if is_prescribed(meant, library) and isinstance(meant, TakenWithin):
        yield "`taken_within` is for what a patient may stop alone; a prescribed medicine takes `takes`"
    yield from _wrong_holds(entry, library)
    yield from _wrong_choices(entry, library)
    if is_prescribed(meant, library) and tells_to_stop(rule.to_patient):
        yield "`to_patient` tells a patient to stop a prescribed medicine; only its prescriber may"


def _wrong_holds(entry: Entry[Rule], library: Library) -> Iterator[str]:
    """Hours for a drug that no class holds would never be shown; hours without a source are an opinion."""
    known = {one.name for drugs in drug_classes(library) for one in drugs.body.ingredients}
    cited = {source.cite for source in entry.sources}
    for hold in entry.body.holds:
        if hold.ingredient not in known:
            yield f"`holds` names {hold.ingredient!r}, which no class of drugs holds"
        if hold.cite not in cited:
            yield f"`holds` cites {hold.cite!r}, which is no source of the entry"


def _wrong_choices(entry: Entry[Rule], library: Library) -> Iterator[str]:
    """A choice must be of a value that is there, and the value that stands must be one of those that may be chosen."""
    data = library.raw("rules", entry.id)
    for choice in entry.body.choices:
        try:
            choice.read(str(value_at(data, choice.of)))
        except (BadInput, LibraryError) as error:
            yield f"`choices`: {error}"
    if entry.body.choices and not entry.body.spread:
        yield "`choices` without a `spread`: where sources agree there is nothing to choose"


def _unknown_sites(rule: Rule, library: Library) -> Iterator[str]:
    there = {kind.id for kind in site_kinds(library)}
    yield from (f"`where` names {site!r}, which is no site" for site in rule.where.sites if site not in there)


def _wrong_questions(rule: Rule, meant: Condition, asked: Mapping[str, Question], used: set[str]) -> Iterator[str]:
    for id in meant.asked():
        if id not in asked:
            yield f"`when` asks {id!r}, and no rule defines that question"
        elif asked[id].kind not in meant.answered_as:
            yield f"`when` cannot use the answer to {id!r}: it is answered as {asked[id].kind}"
    if rule.asks and rule.asks.id not in used:
        yield f"the question {rule.asks.id!r} is asked and used by no rule"


def is_prescribed(meant: Condition, library: Library) -> bool:
    """Does a rule speak of medicines that a patient never stops alone?"""
    prescribed = {entry.id for entry in drug_classes(library) if entry.body.prescribed}
    return isinstance(meant, Takes | TakenWithin) and not prescribed.isdisjoint(meant.classes)


def tells_to_stop(text: str) -> bool:
    """Could a patient read this as leave to stop a medicine? "Do not stop" is the only stopping that may be said."""
    spoken = plain(text)
    for phrase in NOT_STOPPING:
        spoken = without(spoken, phrase)
    return any(says(spoken, word) for word in STOPPING)
