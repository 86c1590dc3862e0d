"""Nothing shown gives away fewer than five people, neither by itself nor by subtraction."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from enthesis.outcomes.cohort.floors import is_small
from enthesis.outcomes.cohort.small_cells import shown, thinned


def test_a_small_cell_is_hidden_and_none_at_all_is_not():
    assert shown({("better", "30"): 3}, of=40) == frozenset()
    assert shown({("better", "30"): 37}, of=40) == frozenset()
    assert shown({("better", "30"): 0}, of=40) == {("better", "30")}
    assert shown({("better", "30"): 40}, of=40) == {("better", "30")}


def test_two_shares_are_not_both_shown_when_subtraction_would_tell():
    """20 better by 30%, 18 by 50%: two people between them could be recognised, so only the first is shown."""
    assert shown({("better", "30"): 20, ("better", "50"): 18}, of=40) == {("better", "30")}
    assert shown({("better", "30"): 20, ("better", "50"): 12}, of=40) == {("better", "30"), ("better", "50")}


def test_better_and_worse_together_do_not_tell_who_stayed_the_same():
    assert shown({("better", "30"): 20, ("worse", "any"): 17}, of=40) == {("better", "30")}


@given(st.integers(20, 200), st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_whatever_is_shown_lies_five_people_apart(people, parts):
    counts = {("better", str(at)): round(part * people) for at, part in enumerate(parts)}
    kept = [counts[name] for name in shown(counts, of=people)]
    assert not any(is_small(abs(one - other)) for one, other in combinations([0, people, *kept], 2))


@given(st.dictionaries(st.integers(-100, 100), st.integers(1, 9), max_size=30))
def test_a_curve_goes_in_steps_of_five_or_more_and_never_up(steps):
    curve = sorted((float(at), people) for at, people in steps.items())
    points = thinned(curve)
    total = sum(steps.values())
    reached = [people for _, people in points]
    assert reached == sorted(reached, reverse=True)
    assert not any(is_small(one - other) for one, other in zip(reached, [*reached[1:], 0], strict=False))
    assert not any(is_small(total - one) for one in reached)


@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(1, 9)), min_size=1, max_size=19, unique_by=lambda one: one[0]),
    st.sets(st.integers(0, 100), max_size=5),
)
def test_a_curve_beside_shares_tells_of_nobody_by_subtraction(curve, cuts):
    points = [reached for _, reached in thinned([(float(step), people) for step, people in curve], beside=cuts)]
    total = sum(people for _, people in curve)
    for place, reached in enumerate(points):
        others = (0, total, *points[:place])
        assert not any(is_small(abs(reached - other)) for other in (*others, *cuts))
