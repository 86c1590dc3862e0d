"""A table of scores comes as clinics and trials keep it: other instruments at other times, flags and gaps written in any way."""

import random

import numpy as np
import pyarrow as pa
import pytest
from tests.core.outcomes.headache import SCALES, as_table, flat, headache_rows

from enthesis.knowledge import BadInput
from enthesis.outcomes import cohort

TWO = {
    "pain-nrs": cohort.declared("pain-nrs=0:10:higher-is-worse:important=2"),
    "knee": cohort.declared("knee=0:100:higher-is-better"),
}
WEEKS = {"pain-nrs": (-2, 0, 6, 13, 26), "knee": (0, 26, 52)}


def told(rows, **options):
    return cohort.analysis_as_json(cohort.analyse(as_table(rows), **{"measures": TWO} | options))


def rows_of_two(people=60):
    """Two arms, two instruments with schedules of their own, people who miss a time; simulated."""
    rng, rows = np.random.default_rng(11), []
    for person in range(people):
        about = {
            "course": f"c{person}",
            "clinic": f"clinic {person % 3}",
            "arm": ("sham", "real")[person % 2],
            "age": 30.0 + person % 40 if person % 7 else None,
            "smokes": ("never", "once", "daily")[person % 3],
        }
        for name, weeks in WEEKS.items():
            for week in weeks:
                score = (
                    6 - 2 * (week > 0) + rng.normal() if name == "pain-nrs" else 40 + 20 * (week > 0) + 9 * rng.normal()
                )
                score = None if week > 0 and rng.random() < 0.2 else round(float(np.clip(score, 0, TWO[name].high)), 1)
                rows.append(about | {"instrument": name, "week": week, "score": score, "answered": score is not None})
    return rows


@pytest.fixture(scope="module")
def plain():
    return told(rows_of_two())


def weeks_of(answer, instrument):
    return [week for group in answer["groups"] if group["instrument"] == instrument for week in group["weeks"]]


def test_every_instrument_is_modelled_at_its_own_times(plain):
    for name, weeks in WEEKS.items():
        found = weeks_of(plain, name)
        assert {week["week"] for week in found} == {week for week in weeks if week > 0}
        for week in found:
            assert "estimate" in week["mixed_model"], (name, week["week"], week["mixed_model"])
            assert "estimate" in week["imputed"]
            assert "estimate" in week["weighted"]


def test_arms_are_compared_at_the_times_their_instrument_was_asked(plain):
    compared = {one["group"][-1]: [week["week"] for week in one["weeks"]] for one in plain["comparisons"]}
    assert compared == {"knee": [26.0, 52.0], "pain-nrs": [6.0, 13.0, 26.0]}
    assert all("estimate" in week["mixed_model"] for one in plain["comparisons"] for week in one["weeks"])


def test_a_time_with_few_answers_takes_nothing_from_the_others():
    late = [
        row | {"week": 104, "score": row["score"] if row["course"] in ("c1", "c2") else None}
        for row in rows_of_two()
        if row["week"] == 26
    ]
    late = [row | {"answered": row["score"] is not None} for row in late]
    found = told(rows_of_two() + late)
    for week in weeks_of(found, "pain-nrs"):
        few = week["week"] == 104
        assert ("estimate" in week["imputed"], "estimate" in week["mixed_model"]) == (not few, not few)


def test_beyond_twelve_times_the_model_takes_twelve_and_the_last_is_one_of_them():
    rng = np.random.default_rng(3)
    rows = [
        {"course": f"c{i}", "instrument": "pain-nrs", "week": week, "score": float(rng.integers(2, 9))}
        for i in range(40)
        for week in range(21)
    ]
    found = weeks_of(told(rows), "pain-nrs")
    fitted = [week["week"] for week in found if "estimate" in week["mixed_model"]]
    assert (len(fitted), fitted[0], fitted[-1]) == (12, 1.0, 20.0)
    assert "takes 12 times at most" in next(w for w in found if w["week"] not in fitted)["mixed_model"]["reason"]


def test_people_without_an_arm_are_compared_with_nobody():
    rows = [row | {"arm": "" if row["course"].endswith("0") else row["arm"]} for row in rows_of_two()]
    assert {(one["arm"], one["versus"]) for one in told(rows)["comparisons"]} == {("real", "sham")}


@pytest.mark.parametrize(
    "written",
    [
        lambda row: row | {"answered": int(row["answered"])},
        lambda row: row | {"answered": float(row["answered"]), "due": 1.0},
        lambda row: row | {"answered": str(row["answered"]).upper(), "due": "yes"},
        lambda row: (
            row | {"score": "NA" if row["score"] is None else str(row["score"]), "age": str(row["age"] or "NA")}
        ),
        lambda row: {key: value for key, value in row.items() if key != "answered"},
        lambda row: {f" {key.upper()}" if key != "smokes" else key: value for key, value in row.items()},
        lambda row: row | {"treated": 7.5, "w0": "x", "baseline": 1, "__index_level_0__": random.random()},
    ],
    ids=["0 and 1", "1.0", "TRUE", "NA", "no flag", "capitals", "names taken"],
)
def test_the_same_table_written_otherwise_says_the_same(plain, written):
    again = told([written(row) for row in rows_of_two()])
    assert flat(again) == pytest.approx(flat(plain), rel=1e-9, abs=1e-12)


def test_the_order_of_rows_does_not_matter(plain):
    rows = rows_of_two()
    random.Random(5).shuffle(rows)
    assert flat(told(rows)) == pytest.approx(flat(plain), rel=1e-9, abs=1e-12)


def test_what_is_known_only_after_treatment_adjusts_nothing(plain):
    """A column filled at later visits may be a result of the treatment."""
    rows = [row | {"tablets": row["score"] if row["week"] > 0 else None} for row in rows_of_two()]
    assert flat(told(rows)) == pytest.approx(flat(plain), rel=1e-9, abs=1e-12)


def test_a_word_that_tells_outright_who_answered_is_left_out_of_the_weights(plain):
    """The other descriptions still weigh, and what weighs is named."""
    rows = [row | {"rare": "yes" if row["course"] == "c7" else "no"} for row in rows_of_two()]
    (week, *_) = weeks_of(told(rows), "knee")
    assert "rare yes" not in week["weighted"]["given"]
    assert {"baseline", "age", "smokes never"} <= set(week["weighted"]["given"])


def test_a_share_that_got_worse_is_larger_when_the_silent_failed():
    (week,) = (
        w
        for g in told(headache_rows(), measures=SCALES)["groups"]
        if g["arm"] == "usual care"
        for w in g["weeks"]
        if w["week"] == 52
    )
    worse = week["worse"]
    assert (worse["events"], worse["n"]) == (42, 140)
    assert worse["if_silent_failed"] == pytest.approx((42 + 56) / 196)
    assert worse["if_silent_succeeded"] == pytest.approx(42 / 196)
    assert worse["if_silent_12_points_worse"] == pytest.approx((42 + 56 * (0.3 + 0.12)) / 196)


def one(**more):
    return {"course": "c1", "instrument": "pain-nrs", "week": 0, "score": 5} | more


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([one(answered="refused")], "course c1: answered is 'refused'; expected yes or no"),
        ([one(due="not yet")], "course c1: due is 'not yet'; expected yes or no"),
        ([one(age="fifty")], "course c1: age is 'fifty'; expected a number"),
        ([one(age=-4)], "age -4.0; expected years, 0 to 120"),
        ([one(enrolled_on="soon")], "course c1: enrolled_on is 'soon'; expected a day such as 2026-01-31"),
        ([one(instrument=None)], "course c1: there is no instrument"),
        ([one(week=float("inf"))], "week inf: expected a number of weeks"),
        (
            [one(week=6, enrolled_on="2026-03-01", answered_on="2026-02-01")],
            "week 6: answered on 2026-02-01, before enrolment on 2026-03-01",
        ),
        (
            [one(status="not treated"), one(week=6, status="in care")],
            "'not treated' in some rows; expected it in every row",
        ),
    ],
)
def test_what_cannot_be_is_named(rows, sentence):
    with pytest.raises(BadInput) as refused:
        told(rows)
    assert sentence in str(refused.value)


def test_days_written_as_words_are_days():
    rows = [one(course=f"c{i}", week=week, enrolled_on="2026-03-01 09:30") for i in range(3) for week in (0, 6)]
    (group,) = cohort.analyse(as_table(rows), measures=TWO).groups
    assert [day.isoformat() for day in group.started] == ["2026-03-01", "2026-03-01"]


def test_those_not_treated_are_eligible_and_never_due():
    rows = [one(course=c, week=w, status=s) for c, s in (("c1", ""), ("c2", "not treated")) for w in (0, 6)]
    (group,) = told(rows)["groups"]
    assert (group["n_eligible"], group["n_enrolled"], group["weeks"][0]["n_due"]) == (2, 1, 1)


SILENT = [one(course=f"c{i}", week=w, score=None if w else 5) for i in range(30) for w in (0, 26)]


@pytest.mark.parametrize(
    "rows",
    [
        [one()],
        [one(week=26)],
        [one(), one(week=26, score=3)],
        SILENT,
        [row | {"score": None} for row in SILENT],
        [row | {"score": 5} for row in SILENT],
        [row | {"due": False} for row in SILENT],
        [row | {"status": "not treated"} for row in SILENT],
        [row | {"status": "dead"} for row in SILENT],
    ],
    ids=["a baseline", "no baseline", "one person", "silent", "no score", "equal", "not due", "not treated", "dead"],
)
def test_next_to_nothing_is_told_as_such(rows):
    """Nothing falls over, and no figure is invented: no number in the answer is infinite or not a number."""
    table = pa.Table.from_pylist([{"enrolled_on": "2026-03-01"} | row for row in rows])
    found = told(table.to_pylist(), with_curves=True, with_watching=True)
    assert all(np.isfinite(number) for number in flat(found).values())
