"""What else people were treated with: in the report, in the sentence for print and in public, named, with what was done about it."""

import re

import pytest
from tests.core.outcomes.headache import as_table
from tests.stories.test_the_report_of_outcomes import LIBRARY, MEASURES, clinic, report, words

from enthesis.expectations.claims.printing import record_sentence
from enthesis.expectations.report import Made, public_counts, public_report, told_apart
from enthesis.outcomes import cohort


def treated(had=12, *, kind="steroid-injection", people=40, agreed=0, **more):
    """A clinic of 40 of whom the first `had` were also treated with something else before 6 months."""
    rows = []
    for row in clinic(people, **more):
        number, later = int(row["course"]), row["week"] > 0
        named = [kind] if later and number < had else []
        named += ["agreed plan"] if later and number < agreed else []
        moves = kind != "physiotherapy" and kind in named
        rows.append(row | {"beside": "; ".join(named), "intercurrent": kind if moves else ""})
    return rows


def said(rows, **more):
    return words(report(rows, ("treatment",), **more).html())


def section(rows):
    """What the report with models says under the heading of other treatments."""
    html = report(rows, ("treatment",), with_models=True).html()
    return words(re.search(r'aria-labelledby="what-else-people-were-treated-with">(.*?)</section>', html, re.DOTALL)[1])


def test_who_had_a_steroid_injection_is_counted_named_and_counts_like_everybody():
    page = said(treated())
    assert (
        "12 of those due had another treatment in that time (steroid injection 12); their answers count like everybody's. If "
        "everyone who had an injection, a procedure, a change of treatment or a new pain medicine had not improved, 20% would have "
        "been better by at least 30%."
    ) in page


def test_nobody_is_said_to_have_had_nothing_where_nobody_recorded_it():
    assert "What else people were treated with in that time is not part of this snapshot." in said(clinic(40))
    assert "This snapshot does not say what else people were treated with; nothing here allows for it." in said(
        clinic(40)
    )
    assert "No other treatment in that time is on record." in said(treated(0))


@pytest.mark.parametrize(("had", "hidden"), [(3, "3"), (37, "37")])
def test_three_people_with_an_operation_are_not_counted_out_and_nothing_with_and_without_them_is_shown(had, hidden):
    part = section(treated(had, kind="operation"))
    assert not re.search(rf"\b{hidden}\b", part)
    assert "could be told by subtraction" in part
    assert "If everyone who had" not in said(treated(had, kind="operation"))


def test_physical_therapy_is_named_and_never_set_aside():
    page = said(treated(kind="physiotherapy"), with_models=True)
    assert "(physical therapy 12)" in page
    assert "No answer came after another treatment that may itself have moved it." in page


def test_exercise_that_was_agreed_on_is_care_and_no_other_treatment():
    page = said(treated(0, agreed=20))
    assert "No other treatment in that time is on record." in page
    assert "agreed on exercise and daily life" in page


def test_results_stand_with_and_without_side_by_side_and_the_reader_is_told_what_was_assumed():
    part = section(treated(14, people=60))
    for words_of_it in (
        "Treatment policy",
        "Hypothetical",
        "Composite",
        "cannot be checked",
        "None of it is a covariate",
    ):
        assert words_of_it in part
    assert "14" in part
    assert len(re.findall(r"[+−]\d\.\d \([+−]\d\.\d to [+−]\d\.\d\)", part)) >= 4


def test_arms_of_a_trial_are_compared_once_more_without_it():
    rows = [row | {"arm": "saline"} for row in treated(20, people=60)]
    rows += [row | {"arm": "dextrose", "course": f"d{row['course']}"} for row in treated(0, people=60, better=0.7)]
    lines = words(report(rows, with_models=True).html())
    assert "Without answers after another treatment (hypothetical): at 6 months, dextrose less saline" in lines


def test_the_sentence_for_print_says_it_too():
    found = cohort.analyse(as_table(treated()), measures=MEASURES, by=("condition", "treatment"), with_models=False)
    [group] = found.groups
    [week] = group.weeks
    for language, part in (
        ("en", "12 of the 40 due had another treatment in that time, and count like everybody."),
        ("es", "12 de las 40 esperadas recibieron otro tratamiento en ese tiempo y cuentan como todas."),
    ):
        assert record_sentence(group, week, treatment="x", condition="y", language=language).endswith(part)


def published(rows):
    found = cohort.analyse(as_table(rows), measures=MEASURES, by=("treatment",), with_models=False)
    return public_report(found, Made(None, "f" * 64, "0", "duckdb"), LIBRARY), public_counts(found)


def test_the_public_page_says_it_and_two_publications_cannot_be_subtracted_to_tell_of_two_people():
    page, before = published(treated())
    assert "12 of those due had another treatment" in words(page.html())
    assert before["dextrose-prolotherapy/pain-nrs/26/other treatment"] == 12
    _, after = published(treated(14))
    assert told_apart(before, after)
