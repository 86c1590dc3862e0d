"""What leaves for research: nobody alone in a small group, other numbers, shifted days with their intervals kept."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from enthesis.outcomes.snapshot import Row
from enthesis.outcomes.snapshot.deidentifying import MOST_SHIFT, WHO, deidentified

KEY = b"thrown away after use"


def course(number, **more):
    first = date(2025, 1, 1) + timedelta(days=number % 50)
    usual = {
        "clinic": "harbour",
        "patient": f"patient {number}",
        "condition": "knee-osteoarthritis",
        "treatment": "dextrose-prolotherapy",
        "sex": "female",
        "age": 53.0,
        "site": "knee",
        "enrolled_on": first,
        "first_injection_on": first + timedelta(days=20),
    }
    said = usual | more
    return [
        Row(course=f"course {number}", instrument="pain-nrs", week=week, due=True, answered=True, score=7.0 - week / 13, due_on=first + timedelta(days=20 + 7 * week), more={"notes": "tall"}, **said)
        for week in (0, 13)
    ]  # fmt: skip


def rows(count, **more):
    return [row for number in range(count) for row in course(number, **more)]


def test_numbers_ages_and_further_columns_lead_nowhere():
    kept, found = deidentified(rows(12), key=KEY)
    assert (found.k_before, found.k_after, found.coarsened, found.left_out) == (12, 12, 0, 0)
    assert {row.patient for row in kept} == {f"P{n:05}" for n in range(1, 13)}
    assert not any("patient" in row.patient or "course" in row.course or row.more for row in kept)
    assert {row.age for row in kept} == {50.0}
    assert {row.age for row in deidentified(rows(12, age=97.0), key=KEY)[0]} == {85.0}


def test_days_are_shifted_by_person_and_their_intervals_are_kept():
    before, (kept, _) = rows(12), deidentified(rows(12), key=KEY)
    intervals = Counter((row.due_on - row.first_injection_on).days for row in kept)
    assert intervals == Counter((row.due_on - row.first_injection_on).days for row in before)
    shifts = {
        (one.enrolled_on - other.enrolled_on).days
        for one, other in zip(
            sorted(kept, key=lambda r: r.enrolled_on), sorted(before, key=lambda r: r.enrolled_on), strict=True
        )
    }
    assert len(shifts) > 1
    other, _ = deidentified(before, key=b"another key")
    assert [row.enrolled_on for row in other] != [row.enrolled_on for row in kept]
    spread = [row.enrolled_on for row in kept]
    assert max(spread) - min(spread) <= timedelta(days=49 + 2 * MOST_SHIFT)


def test_a_small_group_is_left_unsaid_step_by_step_and_whoever_is_still_alone_is_left_out():
    many = rows(20)
    few = [row for n in range(100, 103) for row in course(n, site="thumb-base")]
    kept, found = deidentified([*many, *few], key=KEY)
    assert (found.k_before, found.people) == (3, 23)
    assert found.k_after >= 5
    alone = course(200, condition="coccyx-pain", treatment="prp")
    kept, found = deidentified([*many, *alone], key=KEY)
    assert (found.left_out, found.k_after) == (1, 20)
    assert "coccyx-pain" not in {row.condition for row in kept}


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["male", "female"]), st.integers(20, 95)),
        min_size=1,
        max_size=60,
    )
)
def test_whoever_comes_no_group_that_leaves_is_smaller_than_five(people):
    made = [
        row for n, (clinic, sex, age) in enumerate(people) for row in course(n, clinic=clinic, sex=sex, age=float(age))
    ]
    kept, found = deidentified(made, key=KEY)
    sizes = Counter(group for group, _ in {(tuple(getattr(row, name) for name in WHO), row.patient) for row in kept})
    assert all(size >= 5 for size in sizes.values())
    assert found.k_after == min(sizes.values(), default=0)
    assert len({row.patient for row in kept}) == found.people - found.left_out


def test_other_treatments_stay_where_five_people_had_them_and_rare_ones_are_not_named():
    """Without them nobody could read the results; a neighbour may know of the one operation."""
    had = ["physiotherapy"] * 6 + ["physiotherapy; operation"] + ["radiofrequency"] * 4 + [""]
    many = [row for n, beside in enumerate(had) for row in course(n, beside=beside, intercurrent=beside)]
    kept, _ = deidentified(many, key=KEY)
    seen = Counter(row.beside for row in kept if row.week == 13)
    assert seen == {"physiotherapy": 6, "physiotherapy; something rare": 1, "something rare": 4, "": 1}
    assert Counter(row.intercurrent for row in kept if row.week == 13) == seen
    kept, _ = deidentified([row for row in many if row.course != "course 6"], key=KEY)
    assert Counter(row.beside for row in kept if row.week == 13) == {"physiotherapy": 6, "": 5}
    unsaid, _ = deidentified(rows(12), key=KEY)
    assert {row.beside for row in unsaid} == {None}


def test_what_went_on_before_stays_where_five_had_it_and_five_had_not():
    def before(number):
        return {
            "before_opioid": float(number < 6),
            "before_injection": float(number < 3),
            "before_phq-4": 4.0,
            "notes": "tall",
        }

    many = [replace(row, more=before(number)) for number in range(12) for row in course(number)]
    kept, _ = deidentified(many, key=KEY)
    assert {tuple(sorted(row.more)) for row in kept} == {("before_opioid", "before_phq-4")}
    assert sum(row.more["before_opioid"] for row in kept if row.week == 0) == 6
