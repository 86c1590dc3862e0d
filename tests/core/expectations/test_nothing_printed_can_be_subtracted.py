"""Every count and share that a report prints is read from its page as a stranger would, and subtracted from every other."""

import re
from dataclasses import replace
from html import unescape
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.expectations.test_claims import group_at_26_weeks
from tests.core.outcomes.test_deidentifying import KEY, course
from tests.stories.test_how_people_rate_their_change import analysed, rating
from tests.stories.test_the_report_of_outcomes import BOOK, LIBRARY, clinic, words

from enthesis.expectations.claims import record_sentence
from enthesis.expectations.report import Made, outcomes_report, public_counts, public_report, told_apart
from enthesis.expectations.report.harmed import harms_html, harms_words
from enthesis.outcomes.cohort import publishable
from enthesis.outcomes.cohort.floors import is_small
from enthesis.outcomes.cohort.over_time import Period
from enthesis.outcomes.cohort.small_cells import periods_shown
from enthesis.outcomes.snapshot.deidentifying import deidentified

MADE = Made(BOOK, "f" * 64, "0.1", "duckdb")


def tables(html, caption):
    """The rows of every table whose caption starts so, as texts."""
    found = re.findall(rf"<caption>{caption}.*?</table>", html, flags=re.DOTALL)
    rows = [row for one in found for row in re.findall(r"<tr>(.*?)</tr>", one, flags=re.DOTALL)]
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, flags=re.DOTALL) for row in rows]
    return [[unescape(cell).replace("\u00a0", " ") for cell in row] for row in cells if row]


def cuts(html):
    """How many of the people of the one group and week stand before each printed cut, from the best change to the worst."""
    found = set()
    for _, people, what, share, *_ in tables(html, "Shares"):
        found |= {0, int(people)}
        if "%" in share:
            count = round(int(share.split("%")[0]) * int(people) / 100)  # exact: no group here has 100 people
            found.add(int(people) - count if what.startswith("worse") else count)
    return found | {int(reached) for _, reached, _ in tables(html, "The whole distribution")}


def told(changes, silent, scores):
    """One clinic: people with these changes of pain, some silent, who rated their change."""
    rows = clinic(len(changes) + silent, silent=silent)
    later = [row for row in rows if row["week"] and row["answered"]]
    for row, change in zip(later, changes, strict=True):
        row["score"] = min(10.0, max(0.0, 6 + int(row["course"]) % 3 + change))
    return analysed(rows + rating(scores))


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from((-6, -5, -4, -3, -2, -1, 0, 1)), min_size=18, max_size=60),
    st.integers(0, 8),
    st.lists(st.sampled_from((1.0, 2.0, 3.0, 4.0, 6.0, None)), min_size=18, max_size=60),
)
def test_no_two_numbers_of_a_page_tell_of_one_to_four_people(changes, silent, scores):
    analysis = told(changes, silent, scores)
    pages = [outcomes_report(analysis, MADE, LIBRARY), public_report(analysis, MADE, LIBRARY)]
    for html in (page.html() for page in pages if page):
        assert not any(is_small(abs(one - other)) for one, other in combinations(cuts(html), 2))
    answers = [int(row[3].split(" of ")[0]) for row in tables(pages[0].html(), "Every answer")]
    much = [row for row in tables(pages[0].html(), "Much better") if "%" in row[5]]
    n = int(much[0][4]) if much else 0
    rated = {0, n, *(round(int(row[5].split("%")[0]) * n / 100) for row in much), *answers}
    assert not any(is_small(abs(one)) for one in rated | {n - one for one in rated if much})


def test_a_page_with_both_tables_and_curve_is_read_by_the_property():
    """Twenty by five points and twenty by one the other way: the reader of pages above finds the cuts that are there."""
    html = outcomes_report(told([-5] * 20 + [1] * 20, 0, [1.0] * 20 + [4.0] * 20), MADE, LIBRARY).html()
    assert cuts(html) == {0, 20, 40}
    assert len(tables(html, "Every answer")) == 2


def harms(injected, counts, serious):
    return {"injected": injected, "serious": serious} | {f"grade {at}": n for at, n in enumerate(counts, start=1)}


@given(st.lists(st.integers(0, 30), min_size=5, max_size=5), st.integers(0, 30), st.data())
def test_unwanted_effects_tell_neither_of_the_few_who_had_none_nor_of_a_few_beside_the_serious(counts, none, data):
    found = harms(sum(counts) + none, counts, data.draw(st.integers(0, sum(counts))))
    if not found["injected"]:
        return
    *grades, serious = [row[1] for row in tables(harms_html(found), "Unwanted effects")]
    exact = [int(said) for said in grades if said.isdecimal()]
    rest = found["injected"] - sum(exact)
    assert not any(map(is_small, exact))
    assert not is_small(rest) or not any(exact)
    if serious.isdecimal():
        worst = [sum(map(int, grades[at:])) for at in range(5) if all(one.isdecimal() for one in grades[at:])]
        assert not any(is_small(abs(int(serious) - cut)) for cut in (0, found["injected"], *worst))


def test_of_25_injected_22_had_something_mild_and_three_had_nothing():
    found = harms(25, [22, 0, 0, 0, 0], 0)
    assert harms_words(found) == "of 25 people injected, by their worst: at least 20 mild; 0 serious"
    assert "grade 1: mild At least 20 25" in words(harms_html(found))


def test_one_more_unwanted_effect_between_two_publications_is_told_apart():
    analysis = analysed(clinic(40))
    before, after = (public_counts(analysis, harms(400, [mild, 0, 0, 0, 0], 0)) for mild in (30, 31))
    assert told_apart(before, after) == "unwanted effects/grade 1"
    assert told_apart(before, public_counts(analysis, harms(400, [36, 0, 0, 0, 0], 0))) == ""


def test_those_eligible_and_not_treated_cannot_be_subtracted():
    rows = clinic(43)
    for row in rows:
        if int(row["course"]) < 3:
            row |= {"status": "not treated", "due": False, "answered": False, "score": None}
        else:
            row["status"] = "in care"
    said = words(outcomes_report(analysed(rows), MADE, LIBRARY).html())
    assert "Treated 40; fewer than 5 were eligible and not treated." in said
    assert "eligible 43" not in said.lower()


def test_a_group_of_three_is_told_by_no_table():
    rows = clinic(40) + [row | {"course": f"x{row['course']}"} for row in clinic(3, treatment="prp")]
    html = outcomes_report(analysed(rows), MADE, LIBRARY).html()
    assert ["6 months", "Fewer than 5", *[""] * 7] in tables(html, "Flow of people")


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=8))
def test_quarters_left_out_are_not_the_total_less_those_shown(pairs):
    periods = [Period(str(at), good, good + bad, 0, 1) for at, (good, bad) in enumerate(pairs) if good + bad]
    shown = periods_shown(periods)
    left = [one for one in periods if one not in shown]
    good, people = sum(one.events for one in left), sum(one.n for one in left)
    if shown:
        assert not is_small(good)
        assert not is_small(people - good)
    assert not any(is_small(one.events) or is_small(one.n - one.events) for one in shown)


def test_the_sentence_for_print_does_not_tell_of_the_two_who_got_worse():
    group, week = group_at_26_weeks(40, 32)
    worse = replace(week.worse["any"], events=2, share=2 / 32)
    few = replace(week, worse={**week.worse, "any": worse})
    named = {"treatment": "dextrose", "condition": "knee osteoarthritis"}
    said = record_sentence(group, few, **named)
    assert "the share who had more pain is not shown" in said
    assert "6% (" not in said.replace("56% (", "")
    assert "la cifra de quienes tuvieron más dolor no se muestra" in record_sentence(group, few, language="es", **named)
    better = replace(week.better["30"], events=3, share=3 / 32)
    assert record_sentence(group, replace(week, better={**week.better, "30": better}), **named) == ""


def test_who_leaves_the_export_with_two_courses_leaves_nobody_else_alone():
    """Four people and a fifth with a second course for which she is alone: without her the four are too few."""
    rows = [row for number in range(5) for row in course(number)]
    rows += [replace(row, course="another", condition="tennis-elbow") for row in course(4)]
    kept, found = deidentified(rows, key=KEY)
    assert (kept, found.left_out, found.k_after) == ((), 5, 0)


def with_some_not_due(people, later, *, rate=False):
    """A clinic at 6 months, `later` of whom were injected so late that their time has not come."""
    rows = clinic(people) + (rating([2.0] * people) if rate else [])
    for row in rows:
        if row["week"] and int(row["course"]) < later:
            row |= {"due": False, "answered": False, "score": None}
    return rows


@pytest.mark.parametrize(("later", "told"), [(2, False), (4, False), (5, True), (0, True)])
def test_those_whose_time_has_not_come_cannot_be_subtracted_from_those_who_started(later, told):
    analysis = analysed(with_some_not_due(45, later, rate=True))
    pages = [
        words(page.html())
        for page in (outcomes_report(analysis, MADE, LIBRARY), public_report(analysis, MADE, LIBRARY))
    ]
    [group] = analysis.groups
    print_ = record_sentence(group, group.weeks[-1], treatment="x", condition="y")
    for said in (*pages, print_):
        assert bool(re.search(r"\b45\b", said)) is told, said[:400]
    if not told:
        assert all(f"At least {45 - later} people started" in page for page in pages)
        assert f"Of at least {45 - later} people who started" in print_
        assert public_counts(analysis).get("dextrose-prolotherapy/pain-nrs/started") is None


def numbers_in(value, at=""):
    """Every number of an answer by its path."""
    if isinstance(value, dict):
        return {key: one for name, each in value.items() for key, one in numbers_in(each, f"{at}/{name}").items()}
    return {at: value} if isinstance(value, int | float) and not isinstance(value, bool) else {}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.sampled_from((-6, -5, -4, -3, -2, -1, 0, 1)), min_size=1, max_size=50),
    st.integers(0, 8),
    st.integers(0, 8),
    st.integers(0, 50),
)
def test_no_number_of_the_published_json_tells_of_one_to_four_people(changes, silent, later, rescued):
    rows = clinic(len(changes) + silent, silent=silent)
    for row in rows:
        number = int(row["course"])
        if row["week"] and row["answered"]:
            row["score"] = min(10.0, max(0.0, 6 + number % 3 + changes[number - silent]))
        row |= {"beside": "operation" if row["week"] and number < rescued else "", "intercurrent": ""}
        row["intercurrent"] = row["beside"]
    rows += [
        row
        | {"course": f"later{row['course']}", "due": not row["week"], "answered": not row["week"]}
        | ({"score": None} if row["week"] else {})
        for row in clinic(later)
    ]
    for group in publishable(analysed(rows))["groups"]:
        [week] = group["weeks"]
        due, n = week["n_due"], week["n_answered"]
        assert not is_small(group.get("n_enrolled", due) - due)
        if "kept_back" in week:
            assert set(week) == {"week", "n_due", "n_answered", "response_rate", "flow", "kept_back"}
            continue
        better = [share["events"] for share in week["responders"].values()]
        worse = [n - share["events"] for share in week["worse"].values()]
        cut = [0, n, *better, *worse]
        assert not any(is_small(abs(one - other)) for one, other in combinations(cut, 2))
        others = [value for value in numbers_in(week.get("other_treatment", {})).values() if value]
        assert not any(is_small(one) or is_small(due - one) for one in others)
        if aside := week.get("without_other_treatment"):
            assert not is_small(aside["answers_set_aside"])
            assert not is_small(n - aside["answers_set_aside"])
            for size, share in aside["responders_if_failed"].items():
                had = week["responders"][size]["events"] - share["events"]
                assert not is_small(had)
                assert not is_small(aside["answers_set_aside"] - had)


@pytest.mark.parametrize(("grades", "least"), [([0] * 5, 43), ([44, 0, 0, 0, 0], 44), ([6, 0, 0, 0, 0], 43)])
def test_those_injected_do_not_tell_how_many_were_not_due(grades, least):
    """45 were injected and 43 of them due: beside the sentence on harm, who started would be told after all."""
    analysis = analysed(with_some_not_due(45, 2))
    book = replace(BOOK, harms=harms(45, grades, 0), courses=45, rows=90)
    pages = [one(analysis, replace(MADE, book=book), LIBRARY) for one in (outcomes_report, public_report)]
    for page in pages:
        said = words(page.html())
        assert not re.search(r"\b45\b", said)
        assert f"at least {least} people injected" in said
    counts = public_counts(analysis, book.harms)
    assert 45 not in counts.values()
    assert public_counts(analysed(clinic(45)), book.harms)["unwanted effects/injected"] == 45
