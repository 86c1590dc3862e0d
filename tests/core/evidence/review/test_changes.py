"""What changed between two versions of a review: row by row, cell by cell, estimate by estimate."""

from tests.core.evidence.review.making import arm, made, trial

from enthesis.evidence.report.of_review import known_of
from enthesis.evidence.review import Bias, Question, rows_of
from enthesis.evidence.review.changes import Change, Move, changes, estimates, moves
from enthesis.evidence.review.fitting import fit

PAIR = [arm("a", "dextrose", -2.0), arm("a", "saline-injection", -1.0)]
OLD = made([trial("a")], PAIR)


def numbers(of):
    found = fit(of, Question("pain"))
    return estimates(found, known_of(found))


def test_the_same_data_have_not_changed():
    assert changes(rows_of(OLD), rows_of(made([trial("a")], PAIR))) == ()
    assert moves(numbers(OLD), numbers(OLD)) == ()


def test_a_trial_that_joins_is_told_with_its_rows_and_what_it_moved():
    new = OLD.with_added([trial("b")], [arm("b", "dextrose", 0.0), arm("b", "saline-injection", -1.0)])
    told = changes(rows_of(OLD), rows_of(new))
    assert [(one.table, one.what) for one in told] == [
        ("trials.csv", "added"),
        ("arms.csv", "added"),
        ("arms.csv", "added"),
    ]
    [moved] = moves(numbers(OLD), numbers(new))
    assert moved.comparison == "dextrose vs saline-injection"
    assert (moved.before["estimate"], round(moved.now["estimate"], 12)) == (-1.0, 0.0)
    assert [one.what for one in changes(rows_of(new), rows_of(OLD))] == ["taken away"] * 3


def test_a_cell_that_differs_is_shown_before_and_now():
    new = made([trial("a", bias=Bias.HIGH)], [arm("a", "dextrose", -2.5), PAIR[1]])
    assert changes(rows_of(OLD), rows_of(new)) == (
        Change("trials.csv", "a", "altered", (("bias", "unclear", "high"),)),
        Change("arms.csv", "a, dextrose, pain, VAS, 26, change", "altered", (("mean", "-2.0", "-2.5"),)),
    )


def test_an_estimate_that_came_or_went_has_nothing_on_its_other_side():
    assert moves({}, {"x vs y": {"estimate": 1.0}}) == (Move("x vs y", None, {"estimate": 1.0}),)
    assert moves({"x vs y": {"estimate": 1.0}}, {}) == (Move("x vs y", {"estimate": 1.0}, None),)
