"""Whether a washout is met: what a kept screening says, and what nobody has asked since."""

from datetime import date, timedelta

import pytest

from enthesis.knowledge import parse_site
from enthesis.pathway import Asked, Standing, washout_standings
from enthesis.screening import (
    ChartItem,
    ItemKind,
    Taking,
    clear_answers,
    facts_from,
    parse_answers,
    questions,
    rules,
    screen,
    screening_as_json,
)

VISIT = date(2030, 3, 15)
LAST = VISIT - timedelta(days=7)  # the last day on which a tablet may be taken
BEFORE, AFTER = LAST - timedelta(days=3), LAST + timedelta(days=1)


def asked(library, as_of, *items, answered=None, **answers):
    """The kept screening for the visit, asked on a day, nothing to disclose but what is named."""
    said = {id: value for id, value in (clear_answers(library) | answers).items() if value is not None}
    given = parse_answers(said, questions(rules(library)), as_of=as_of)
    facts = facts_from(items, answers=given, library=library, sex="female")
    judged = screen(facts, on=VISIT, site=parse_site("knee:left", library), as_of=as_of, library=library)
    return Asked(screening_as_json(judged), as_of, answered or {})


def standing(library, one, today):
    [found] = washout_standings(VISIT, asked=one, library=library, today=today)
    return found.standing, found.because, found.asked_on


def test_without_a_screening_for_the_day_nothing_is_known(library):
    [found] = washout_standings(VISIT, asked=None, library=library, today=BEFORE)
    assert (found.rule, found.what, found.last_day) == ("nsaid-tablets", "Anti-inflammatory pain tablets", LAST)
    assert (found.standing, found.because, found.asked_on) == (Standing.NOT_KNOWN, "not screened for this day", None)


@pytest.mark.parametrize(
    ("as_of", "today", "expected"),
    [
        (BEFORE, BEFORE, Standing.STILL_TIME),
        (BEFORE, LAST, Standing.STILL_TIME),
        (BEFORE, AFTER, Standing.TO_CONFIRM),
        (LAST, AFTER, Standing.TO_CONFIRM),  # on the last day itself one may still be taken, after the question
        (AFTER, AFTER, Standing.MET),
        (AFTER, VISIT, Standing.MET),
    ],
)
def test_who_takes_none_is_asked_again_once_it_was_still_allowed(library, as_of, today, expected):
    assert standing(library, asked(library, as_of, nsaid="never"), today)[0] is expected


def test_the_day_of_the_answer_counts_and_not_the_day_of_a_later_judgment(library):
    carried = asked(library, AFTER, nsaid="never", answered={"nsaid": BEFORE.isoformat()})
    assert standing(library, carried, AFTER) == (
        Standing.TO_CONFIRM,
        "not taken when asked, while it was still allowed",
        BEFORE,
    )


def test_who_still_takes_them_has_time_until_the_last_day_and_is_then_not_known(library):
    taking = asked(library, BEFORE, nsaid="now")
    assert standing(library, taking, LAST)[0] is Standing.STILL_TIME
    how, because, on = standing(library, taking, AFTER)
    assert (how, because.endswith("; not asked since the last day"), on) == (Standing.NOT_KNOWN, True, BEFORE)


def test_one_taken_inside_the_days_is_not_met(library):
    late = asked(library, AFTER, nsaid=AFTER.isoformat())
    assert standing(library, late, AFTER)[0] is Standing.NOT_MET


def test_as_needed_is_not_known(library):
    item = ChartItem(ItemKind.MEDICINE, "m/1", "ibuprofen", state=Taking.AS_NEEDED)
    assert standing(library, asked(library, AFTER, item, nsaid=None), AFTER)[0] is Standing.NOT_KNOWN


def test_a_question_nobody_answered_is_not_known(library):
    how, because, _ = standing(library, asked(library, AFTER, nsaid=None), AFTER)
    assert (how, because) == (Standing.NOT_KNOWN, "nobody has answered when it was last taken")
