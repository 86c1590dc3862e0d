"""A review that cannot be true does not load, and any change of it is another fingerprint."""

import pytest
from tests.core.evidence.review.making import arm, made, printed, trial

from enthesis.evidence.review import Bias, Indirectness, Scores, rows_of
from enthesis.knowledge import BadInput, LibraryError


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sd": -1.0}, "column 'sd': -1 is below nothing"),
        ({"sd": 0.0}, "column 'sd': a spread of 0; leave it empty where it is not known"),
        ({"n": -3}, "column 'n': -3 is below nothing"),
        ({"n": 0}, "column 'n': an arm of nobody; leave it empty where the size is not known"),
        ({"week": -1.0}, "column 'week': -1 is below nothing"),
        ({"events": 21, "n": 20}, "column 'events': 21 of 20; there cannot be more events than people"),
        ({"share": 46.0}, "column 'share': 46; a share from 0 to 1 was expected"),
        ({"scale_max": None}, "columns 'scale_min' and 'scale_max': give both ends of the scale or none"),
        ({"scale_min": 10.0}, "columns 'scale_min' and 'scale_max': from 10 to 10 is no scale"),
        ({"mean": 11.0, "kind": Scores.FINAL}, "column 'mean': 11 lies outside the scale from 0 to 10"),
    ],
)
def test_an_arm_that_cannot_be_true_is_refused(given, said):
    with pytest.raises(BadInput) as refused:
        arm("a", "dextrose", **({"mean": -2.0} | given))
    assert str(refused.value) == said


def test_a_change_may_lie_outside_the_scale_and_a_final_score_at_its_end():
    assert arm("a", "dextrose", -2.0).mean == -2.0
    assert arm("a", "dextrose", 10.0, kind=Scores.FINAL).mean == 10.0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"versus": "dextrose"}, "column 'versus': 'dextrose' compared with itself"),
        ({"low": -9.0}, "column 'estimate': -10 lies outside its interval -9 to -9"),
    ],
)
def test_a_difference_that_cannot_be_true_is_refused(given, said):
    with pytest.raises(BadInput) as refused:
        printed("a", "dextrose", given.pop("versus", "exercise"), -10.0, **given)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"people": 0}, "column 'people': 0 people make no trial"),
        (
            {"indirect": Indirectness.SOME},
            "column 'indirect_why': empty; say in what the trial differs from the question",
        ),
        ({"same_patients_as": "b"}, "column 'excluded': empty; the same patients must not be counted twice"),
    ],
)
def test_a_trial_that_cannot_be_true_is_refused(given, said):
    with pytest.raises(BadInput) as refused:
        trial("a", **given)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (([trial("a"), trial("a")],), "made-up: trial 'a' is there twice"),
        (([trial("a", condition="hip")],), "made-up: trial 'a': there is no condition 'hip' in about.toml"),
        (([trial("a")], [arm("b", "dextrose", -1)]), "made-up: a row of 'b': there is no such trial in trials.csv"),
        (
            ([trial("a")], [arm("a", "Dextrose", -1)]),
            "made-up: trial 'a': there is no treatment 'Dextrose' in about.toml",
        ),
        (
            ([trial("a")], [arm("a", "dextrose", -1, outcome="sleep")]),
            "made-up: trial 'a': there is no outcome 'sleep' in about.toml",
        ),
        (
            ([trial("a")], [], [printed("a", "dextrose", "magnets", -1)]),
            "made-up: trial 'a': there is no treatment 'magnets' in about.toml",
        ),
        (
            ([trial("a")], [arm("a", "dextrose", -1)] * 2),
            "made-up: trial 'a', arm 'dextrose': 'VAS' at week 26 is there twice",
        ),
        (
            ([trial("a", excluded="again", same_patients_as="z")],),
            "made-up: trial 'a': same_patients_as names 'z', which is no trial",
        ),
    ],
)
def test_tables_that_do_not_fit_each_other_do_not_load(parts, said):
    with pytest.raises(LibraryError) as refused:
        made(*parts)
    assert str(refused.value) == said


def test_any_cell_that_changes_makes_another_fingerprint():
    one = made([trial("a")], [arm("a", "dextrose", -2.0)])
    assert one.fingerprint == made([trial("a")], [arm("a", "dextrose", -2.0)]).fingerprint
    others = [
        made([trial("a")], [arm("a", "dextrose", -2.1)]),
        made([trial("a")], [arm("a", "dextrose", -2.0, caution="beware")]),
        made([trial("a", bias=Bias.HIGH)], [arm("a", "dextrose", -2.0)]),
    ]
    assert len({one.fingerprint, *(other.fingerprint for other in others)}) == 4


def test_a_clinics_own_trial_joins_and_the_shipped_review_stays_as_it_was():
    shipped = made([trial("a")], [arm("a", "dextrose", -2.0)])
    joined = shipped.with_added([trial("b")], [arm("b", "dextrose", -1.0), arm("b", "exercise", 0.0)])
    assert joined.added == {"b"}
    assert [one.trial for one in shipped.trials] == ["a"]
    assert joined.fingerprint != shipped.fingerprint
    with pytest.raises(LibraryError, match="trial 'a' is there twice"):
        shipped.with_added([trial("a")], [])


def test_rows_are_kept_as_they_were_written():
    of = made([trial("a")], [arm("a", "dextrose", -2.0)], [printed("a", "dextrose", "exercise", -10.0)])
    kept = rows_of(of)
    assert kept["arms.csv"][0]["mean"] == "-2.0"
    assert {name: len(rows) for name, rows in kept.items()} == {
        "trials.csv": 1, "arms.csv": 1, "contrasts.csv": 1, "awaiting.csv": 0, "published.csv": 0,
    }  # fmt: skip
