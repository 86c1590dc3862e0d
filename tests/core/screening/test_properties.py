"""Properties of every judgment: the same facts give the same one, in any order, and bad news never makes it milder."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from enthesis.knowledge import Library, parse_site, site_kinds
from enthesis.screening import (
    ChartItem,
    ItemKind,
    Route,
    Screening,
    Taking,
    clear_answers,
    drug_classes,
    facts_from,
    parse_answers,
    questions,
    rules,
    screen,
    screening_as_json,
)

LIBRARY = Library.shipped()
AS_OF = date(2030, 6, 1)
NAMES = sorted({name for e in drug_classes(LIBRARY) for one in e.body.ingredients for name in (one.name, *one.brands)})


def phrases(table: object) -> set[str]:
    """Every word or phrase that the rules' conditions speak of, however deep it stands."""
    if isinstance(table, str):
        return {table.replace("*", "")}
    inner = table.values() if isinstance(table, dict) else table if isinstance(table, list) else ()
    return {word for one in inner for word in phrases(one)}


PUT = (
    "No evidence of infection", "Rule out septic arthritis", "Family history of haemophilia", "History of pneumonia",
    "No lidocaine allergy", "Suspected pregnancy", "Pneumonia / no fever", "Sepsis ruled out",
)  # fmt: skip
WORDS = sorted({w for id in LIBRARY.files("rules") for w in phrases(LIBRARY.raw("rules", id)["when"])} | set(PUT))
days = st.none() | st.integers(0, 400).map(lambda back: AS_OF - timedelta(days=back))
evidence = st.integers(0, 10**6).map(lambda number: f"Resource/{number}")
medicines = st.builds(
    ChartItem,
    kind=st.just(ItemKind.MEDICINE),
    evidence=evidence,
    name=st.sampled_from(NAMES),
    state=st.sampled_from([Taking.TAKING, Taking.AS_NEEDED, Taking.STOPPED, Taking.UNKNOWN]).map(str),
    route=st.sampled_from(Route),
    last=days,
)
spoken = st.builds(
    ChartItem,
    kind=st.sampled_from([ItemKind.PROBLEM, ItemKind.ALLERGY, ItemKind.PROCEDURE, ItemKind.UNREAD]),
    evidence=evidence,
    name=st.sampled_from(WORDS),
    coded=st.booleans(),
    state=st.sampled_from(["active", "past", "doubtful", ""]),
    last=days,
)
items = st.lists(medicines | spoken, max_size=5, unique_by=lambda item: item.evidence)
items = st.lists(medicines | spoken, max_size=5, unique_by=lambda item: item.evidence)
items = st.lists(medicines | spoken, max_size=4, unique_by=lambda item: item.evidence)
sites = st.sampled_from(
    [
        f"{kind.id}:{level}" if level else kind.id
        for kind in site_kinds(LIBRARY)
        for level in (kind.body.levels or ("",))[:1]
    ]
).map(lambda text: parse_site(text, LIBRARY))
ahead = st.integers(0, 30).map(lambda more: AS_OF + timedelta(days=more))
ASKED = questions(rules(LIBRARY))
CLEAR = clear_answers(LIBRARY)
answered = st.just(CLEAR) | st.lists(st.sampled_from(sorted(CLEAR)), unique=True).map(
    lambda ids: {id: CLEAR[id] for id in ids}
)
FEW = settings(max_examples=60, deadline=None)


def judged(chart, answers, on, site) -> Screening:
    """The judgment of a chart and answers as people write them."""
    said = parse_answers(answers, ASKED, as_of=AS_OF)
    facts = facts_from(chart, answers=said, library=LIBRARY, sex="female", born=date(1970, 5, 1))
    return screen(facts, on=on, site=site, as_of=AS_OF, library=LIBRARY)


def not_milder(before: Screening, after: Screening) -> None:
    """The decision is at least as grave and the earliest day no earlier; no day at all is the latest."""
    assert after.decision.severity >= before.decision.severity
    assert (after.earliest or date.max) >= (before.earliest or date.max)


@FEW
@given(items, answered, ahead, sites, st.randoms(use_true_random=False))
def test_the_order_of_chart_and_answers_makes_no_difference(chart, answers, on, site, dice):
    mixed, said = list(chart), list(answers.items())
    dice.shuffle(mixed)
    dice.shuffle(said)
    once = screening_as_json(judged(chart, answers, on, site))
    assert screening_as_json(judged(chart, answers, on, site)) == once
    assert screening_as_json(judged(mixed, dict(said), on, site)) == once


@FEW
@given(items, medicines | spoken, answered, ahead, sites)
def test_one_more_thing_in_the_chart_never_makes_a_judgment_milder(chart, more, answers, on, site):
    if more.evidence not in {item.evidence for item in chart}:
        not_milder(judged(chart, answers, on, site), judged([*chart, more], answers, on, site))


@FEW
@given(items, st.sampled_from(sorted(CLEAR)), answered, ahead, sites)
def test_bad_news_in_place_of_good_never_makes_a_judgment_milder(chart, id, answers, on, site):
    bad = "yes" if CLEAR[id] in (False, "no") else "no" if CLEAR[id] in (True, "yes") else "now"
    not_milder(judged(chart, answers | {id: CLEAR[id]}, on, site), judged(chart, answers | {id: bad}, on, site))
