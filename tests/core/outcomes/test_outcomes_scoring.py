"""A form gives a number or a reason why not; what cannot be an answer is refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes import Score, instrument, score, score_as_json

LIBRARY = Library.shipped()
IDS = sorted(LIBRARY.files("instruments"))
FORMS = {id: instrument(LIBRARY, id) for id in IDS}
RMDQ = [f"rmdq_{number}" for number in range(1, 25)]


def refusal(id, answers):
    with pytest.raises(BadInput) as refused:
        score(FORMS[id], answers)
    return str(refused.value)


def test_a_score_says_what_it_is_a_score_of():
    assert score(FORMS["peg"], {"peg_p": 7, "peg_e": 6, "peg_g": 6}) == Score(
        instrument="peg", version="Krebs 2009", score=19 / 3, range=(0, 10), higher_is_worse=True
    )


def test_as_json_it_has_the_promised_keys_in_order_and_whole_numbers_stay_whole():
    assert list(score_as_json(score(FORMS["pain-nrs"], {"nrs_avg_7d": 7})).items()) == [
        ("instrument", "pain-nrs"),
        ("version", "1-week recall"),
        ("score", 7),
        ("range", [0, 10]),
        ("higher_is_worse", True),
        ("missing", []),
        ("scorable", True),
    ]
    found = score(FORMS["peg"], {"peg_p": 7, "peg_e": 6, "peg_g": 8})
    assert [type(number) for number in (found.score, *found.range)] == [int, int, int]


def test_the_reason_is_printed_only_where_there_is_no_score():
    assert list(score_as_json(score(FORMS["peg"], {"peg_g": 6})).items()) == [
        ("instrument", "peg"),
        ("version", "Krebs 2009"),
        ("score", None),
        ("range", [0, 10]),
        ("higher_is_worse", True),
        ("missing", ["peg_p", "peg_e"]),
        ("scorable", False),
        ("reason", "answered 1 of 3 where at least 3 must be: no published rule fills in for a question left out"),
    ]


@pytest.mark.parametrize("answers", [{}, {"nrs_avg_7d": None}, {"nrs_now": 5}])
def test_left_out_null_and_only_the_optional_question_are_all_no_answer(answers):
    found = score(FORMS["pain-nrs"], answers)
    assert (found.score, found.scorable, found.missing) == (None, False, ("nrs_avg_7d",))
    assert found.reason == "answered 0 of 1 where at least 1 must be: without this answer there is no score"


@pytest.mark.parametrize("answers", [{}, dict.fromkeys(RMDQ)])
def test_an_empty_form_was_not_returned(answers):
    found = score(FORMS["rmdq-24"], answers)
    assert (found.score, found.missing) == (None, tuple(RMDQ))


@pytest.mark.parametrize(
    ("answers", "ticks"),
    [
        (dict.fromkeys(RMDQ, False), 0),
        ({"rmdq_24": 0}, 0),
        ({"rmdq_24": 1}, 1),
        ({"rmdq_1": True, "rmdq_2": None}, 1),
        (dict.fromkeys(RMDQ, True), 24),
        ({"rmdq_1": True, "rmdq_2": 1, "rmdq_3": False}, 2),
    ],
)
def test_ticks_are_counted_and_blanks_count_nothing(answers, ticks):
    found = score(FORMS["rmdq-24"], answers)
    assert (found.score, found.missing, found.scorable, found.reason) == (ticks, (), True, "")


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("11", 11),
        ("-1", -1),
        ("7.5", 7.5),
        ("7.0", 7.0),
        ('"7"', "7"),
        ("true", True),
        ("[7]", [7]),
        ('{"value": 7}', {"value": 7}),
        ("NaN", float("nan")),
        ('"a\\nb"', "a\nb"),
        ('"½"', "½"),
        ('"' + "x" * 38 + '"', "x" * 38),
        ('"' + "x" * 39 + "...", "x" * 39),
    ],
)
def test_what_cannot_be_an_answer_is_shown_on_one_short_line(shown, value):
    assert refusal("pain-nrs", {"nrs_avg_7d": value}) == (
        f"nrs_avg_7d: {shown} is not a possible answer; a whole number from 0 to 10 was expected"
    )


@pytest.mark.parametrize("value", [2, -1, "true", "yes", 1.0, []])
def test_a_tick_is_true_or_false_one_or_nought(value):
    assert refusal("rmdq-24", {"rmdq_1": value}).endswith(
        "is not a possible answer; true (or 1) for ticked, false (or 0) for not ticked was expected"
    )


@pytest.mark.parametrize("value", [0, 8])
def test_worded_answers_are_expected_with_the_words_of_both_ends(value):
    expected = "a whole number from 1 (Very much improved) to 7 (Very much worse) was expected"
    assert refusal("pgic", {"pgic": value}) == f"pgic: {value} is not a possible answer; {expected}"


@pytest.mark.parametrize(
    ("id", "shown"), [("peg_x", "peg_x"), ("a\nb", "a\\nb"), (7, "7"), ("x" * 50, "x" * 39 + "...")]
)
def test_a_question_that_is_not_there_is_answered_with_those_that_are(id, shown):
    assert refusal("peg", {"peg_p": 1, id: 1}) == f"{shown}: there is no such question; there are: peg_p, peg_e, peg_g"


@pytest.mark.parametrize(
    ("answers", "shown"), [([7, 6, 6], "[7, 6, 6]"), (7, "7"), ("peg_p", '"peg_p"'), (None, "null")]
)
def test_answers_are_one_object(answers, shown):
    assert refusal("peg", answers) == f"answers: one object of item ids and values was expected, not {shown}"


def test_a_value_json_does_not_know_is_shown_as_it_is():
    assert refusal("peg", {"peg_p": {1}}).startswith('peg_p: "{1}" is not a possible answer; ')


def values(item):
    return [option.value for option in item.options]


def filled_in(id):
    """That instrument, with any of its questions answered in any way that is possible."""
    answers = {item.id: st.sampled_from(values(item)) for item in FORMS[id].body.items}
    return st.tuples(st.just(id), st.fixed_dictionaries({}, optional=answers))


forms = st.sampled_from(IDS).flatmap(filled_in)


@given(forms)
def test_a_score_stays_within_the_range_and_a_form_without_one_says_why(form):
    id, answers = form
    found = score(FORMS[id], answers)
    least, most = found.range
    assert found.scorable == (found.score is not None) == (found.reason == "")
    assert found.score is None or least <= found.score <= most


@given(forms, st.randoms())
def test_the_order_of_answers_does_not_matter(form, dice):
    id, answers = form
    shuffled = dice.sample(sorted(answers.items()), len(answers))
    assert score(FORMS[id], dict(shuffled)) == score(FORMS[id], answers)


def way(id):
    """1 where a score rises with what its answers count, -1 where it falls."""
    about = FORMS[id].body
    least, most = (
        score(FORMS[id], {item.id: at(item) for item in about.items}).score
        for at in (lambda item: min(values(item), key=item.counted), lambda item: max(values(item), key=item.counted))
    )
    return 1 if most > least else -1


@given(forms, st.data())
def test_an_answer_that_counts_more_moves_the_score_one_way_only(form, data):
    id, answers = form
    before = score(FORMS[id], answers)
    items = {item.id: item for item in FORMS[id].body.items}
    if before.scorable and answers:
        item = items[data.draw(st.sampled_from(sorted(answers)))]
        other = data.draw(st.sampled_from(values(item)))
        after = score(FORMS[id], answers | {item.id: other})
        further = item.counted(other) - item.counted(answers[item.id])
        assert way(id) * (after.score - before.score) * further >= 0


@given(forms)
def test_one_more_answer_never_takes_a_score_away(form):
    id, answers = form
    before = score(FORMS[id], answers)
    for item in FORMS[id].body.items:
        after = score(FORMS[id], answers | {item.id: answers.get(item.id, values(item)[0])})
        assert after.scorable or not before.scorable
        assert set(after.missing) <= set(before.missing)


@given(forms)
def test_every_subscale_stays_within_its_range_or_says_why_it_has_no_score(form):
    id, answers = form
    for part in score(FORMS[id], answers).subscales:
        assert (part.score is None) == bool(part.reason)
        assert part.score is None or part.range[0] <= part.score <= part.range[1]


@given(forms)
def test_a_table_is_never_read_for_an_incomplete_form(form):
    id, answers = form
    found = score(FORMS[id], answers)
    about = FORMS[id].body
    if about.scoring["kind"] == "table":
        assert found.scorable == (not found.missing)
    for part, shown in zip(about.subscales, found.subscales, strict=True):
        if part.scoring["kind"] == "table":
            assert (shown.score is not None) == all(id in answers for id in part.items)


@given(forms)
def test_what_is_missing_is_never_what_was_answered(form):
    id, answers = form
    assert set(score(FORMS[id], answers).missing) & answers.keys() == set()
