"""False calm is the worst error: what can never lower the urgency of a report.

Answers stand in order of worry: no, then not answered, then yes; a higher pain is worse than a lower one. A pain not
given is worse than 0 and better than 10. More worry in any answer, a later hour, an hour not known, or less worry on an
earlier day never makes a judgment calmer. Days run past the last diary day, hours and pains have fractions, and the days
before, which may come twice, hold every answer a diary has.
"""

from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import Library, parse_site, site_kinds
from enthesis.recovery import PAIN, Urgency, diary_questions, judge, nothing_else, together
from enthesis.recovery.watchlist import watchlist

LIBRARY = Library.shipped()
SITES = [parse_site(entry.id, LIBRARY) for entry in site_kinds(LIBRARY)]
YES_NO = sorted(set(watchlist(LIBRARY).questions) - {PAIN})
WORRY = [False, None, True]

sites = st.sampled_from(SITES)
LAST = 40  # staff may write down a day long after the diary has ended
days = st.integers(0, 16) | st.integers(17, LAST)
pains = st.none() | st.integers(0, 10) | st.floats(0, 10, allow_nan=False)
answers = st.sampled_from(WORRY)
# most answers are no, as in life: otherwise every report is an emergency and nothing is learned
mostly_no = st.sampled_from([False] * 12 + [None, True])


@st.composite
def reports(draw):
    return {id: draw(mostly_no) for id in YES_NO} | {PAIN: draw(pains)}


@st.composite
def moments(draw):
    """A day with hours that fit it, or without hours."""
    day = draw(days)
    soonest, latest = max(0, day * 24 - 25), day * 24 + 25
    hours = st.integers(soonest, latest) | st.floats(soonest, latest) | st.sampled_from([4, 3.999, 4.001])
    fits = hours.filter(lambda one: soonest <= one <= latest)
    return day, draw(st.none() | fits)


@st.composite
def histories(draw, day):
    """Reports of earlier days, perhaps two of one day or of this day itself, each with any of the answers or none."""
    told = st.dictionaries(st.sampled_from(YES_NO), answers, max_size=3)
    days_told = draw(st.lists(st.integers(0, day), max_size=5))
    return [(earlier, draw(told) | {PAIN: draw(pains)} | draw(often)) for earlier in days_told]


often = st.sampled_from([{}, {"swelling": False}, {"swelling": True}])


def calmer(draw, report):
    """The same report of an earlier day with as much worry or less in every answer."""
    less = {id: draw(st.sampled_from(WORRY[: WORRY.index(report[id]) + 1])) for id in report if id != PAIN}
    return less | {PAIN: report[PAIN] and draw(st.floats(0, report[PAIN]))}


@st.composite
def situations(draw):
    day, hours = draw(moments())
    told = {"earlier": draw(histories(day)), "before": draw(pains)}
    return {"site": draw(sites), "day": day, "hours_since": hours, "library": LIBRARY} | told


def rank(report, situation):
    return judge(report, **situation).urgency.rank


@given(reports(), situations(), st.data())
def test_a_more_worrying_answer_never_lowers_the_urgency(report, situation, data):
    chosen = data.draw(st.sets(st.sampled_from(YES_NO)))
    worse = {id: data.draw(st.sampled_from(WORRY[WORRY.index(report[id]) :])) for id in sorted(chosen)}
    worse[PAIN] = 10 if report[PAIN] is None else data.draw(st.floats(report[PAIN], 10))
    assert rank(report, situation) <= rank(report | worse, situation)


@given(reports(), situations(), st.sets(st.sampled_from([PAIN, *YES_NO]), min_size=1))
def test_leaving_out_what_was_no_or_no_pain_never_lowers_the_urgency(report, situation, left_out):
    calm = report | {id: 0 if id == PAIN else False for id in left_out}
    silent = {id: answer for id, answer in calm.items() if id not in left_out}
    assert rank(calm, situation) <= rank(silent, situation)


@given(reports(), situations())
def test_what_is_not_answered_hides_no_finding_and_makes_none(report, situation):
    with_no = {id: (0 if id == PAIN else False) if answer is None else answer for id, answer in report.items()}
    assert judge(report, **situation).findings == judge(with_no, **situation).findings


@given(reports(), situations())
def test_a_question_is_called_unanswered_exactly_when_its_yes_would_find_something(report, situation):
    before = judge(report, **situation)
    asked = {question.id for question in diary_questions(site=situation["site"], day=situation["day"], library=LIBRARY)}
    with_yes = dict(report)
    for id in asked | set(before.unanswered):  # what was heard unasked may leave a question open that is not asked here
        follows = watchlist(LIBRARY).questions[id].follows
        if report[id] is None and not (follows and report[follows] is False):
            with_yes[id] = 10 if id == PAIN else True
    after = judge(with_yes, **situation)
    more_than_expected = {one.warning for one in after.findings if one.urgency is not Urgency.EXPECTED}
    new = more_than_expected - {one.warning for one in before.findings}
    assert bool(before.unanswered) == bool(new)


@given(reports(), situations())
def test_a_report_with_an_open_red_flag_is_never_simply_expected(report, situation):
    watch = judge(report, **situation)
    assert not watch.unanswered or watch.urgency is not Urgency.EXPECTED
    assert set(watch.unanswered) <= {id for id, answer in report.items() if answer is None}


@given(reports(), situations(), st.data())
def test_the_same_answers_later_are_never_calmer(report, situation, data):
    asked = {question.id for question in diary_questions(site=situation["site"], day=situation["day"], library=LIBRARY)}
    now = {id: report[id] for id in asked}
    day = data.draw(st.integers(situation["day"], LAST))
    hours = situation["hours_since"]
    if hours is not None:
        hours = data.draw(st.floats(max(hours, day * 24 - 25), max(hours, day * 24 + 25)))
    assert rank(now, situation) <= rank(now, situation | {"day": day, "hours_since": hours})


@given(reports(), situations())
def test_hours_nobody_knows_are_never_calmer_than_any_hours(report, situation):
    assert rank(report, situation) <= rank(report, situation | {"hours_since": None})


@given(reports(), situations(), st.data())
def test_less_worry_or_one_more_report_on_an_earlier_day_never_lowers_the_urgency(report, situation, data):
    more = data.draw(histories(situation["day"]))
    lower = [(day, calmer(data.draw, one)) for day, one in situation["earlier"]]
    assert rank(report, situation) <= rank(report, situation | {"earlier": [*lower, *more]})


@given(reports(), situations(), st.data())
def test_less_pain_marked_before_the_injection_never_lowers_the_urgency(report, situation, data):
    less = data.draw(st.floats(0, 10 if situation["before"] is None else situation["before"]))
    assert rank(report, situation) <= rank(report, situation | {"before": less})


@given(reports(), situations(), st.randoms())
def test_the_order_of_answers_and_of_earlier_days_changes_nothing(report, situation, shuffled):
    answers, earlier = list(report.items()), list(situation["earlier"])
    shuffled.shuffle(answers)
    shuffled.shuffle(earlier)
    assert judge(dict(answers), **situation | {"earlier": earlier}) == judge(report, **situation)


@given(sites, moments(), st.sampled_from(YES_NO))
def test_no_yes_goes_unheard_even_where_it_is_not_asked(site, moment, id):
    day, hours = moment
    quiet = dict.fromkeys(YES_NO, False) | {PAIN: 0}
    watch = judge(quiet | {id: True}, site=site, day=day, hours_since=hours, library=LIBRARY)
    assert watch.findings != ()


@given(sites, moments(), st.integers(0, 7))
def test_two_taps_on_a_normal_day_are_expected_everywhere(site, moment, pain):
    day, hours = moment
    report = nothing_else(diary_questions(site=site, day=day, library=LIBRARY), pain=pain)
    watch = judge(report, site=site, day=day, hours_since=hours, library=LIBRARY)
    assert (watch.urgency, watch.findings, watch.unanswered, watch.to_patient) == (Urgency.EXPECTED, (), (), ())


@given(reports(), situations())
def test_findings_stand_most_urgent_first_and_the_first_decides(report, situation):
    watch = judge(report, **situation)
    ranks = [finding.urgency.rank for finding in watch.findings]
    assert ranks == sorted(ranks, reverse=True)
    assert watch.urgency.rank == max([*ranks, 1 if watch.unanswered else 0])
    assert len({finding.warning for finding in watch.findings}) == len(watch.findings)


@given(reports(), st.lists(situations(), min_size=1, max_size=3), st.randoms())
def test_several_sites_are_as_urgent_as_the_worst_in_any_order(report, several, shuffled):
    watches = [judge(report, **situation) for situation in several]
    whole = together(*watches)
    assert whole.urgency.rank == max(watch.urgency.rank for watch in watches)
    shuffled.shuffle(watches)
    assert together(*watches).urgency is whole.urgency
    assert {one.warning for one in whole.findings} == {one.warning for watch in watches for one in watch.findings}
    assert set(whole.unanswered) == {id for watch in watches for id in watch.unanswered}
