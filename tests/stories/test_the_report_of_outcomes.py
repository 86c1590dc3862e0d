"""What a report of outcomes may say, and what it can never be made to say."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from tests.core.outcomes.headache import SCALES, as_table, headache_rows

from enthesis.evidence.report.page import anchor
from enthesis.expectations.report import Made, outcomes_report
from enthesis.expectations.report.checklists import BY_AUTHORS, OPENING, RECORD, STROBE
from enthesis.knowledge import Library
from enthesis.outcomes import cohort
from enthesis.outcomes.snapshot import Codebook

LIBRARY = Library.shipped()
MEASURES = cohort.measures(LIBRARY) | SCALES
BOOK = Codebook(
    "2026-11-26",
    "a test",
    simulated=True,
    digest="d" * 64,
    rows=1,
    courses=1,
    library="l",
    version="0",
    columns=(),
    scales=(),
)


def report(rows, by=(), *, book=None, with_models=False, with_watching=False):
    asked = {"with_models": with_models, "with_watching": with_watching, "with_curves": True}
    found = cohort.analyse(as_table(rows), measures=MEASURES, by=by, **asked)
    return outcomes_report(found, Made(book, "f" * 64, "0.1", "duckdb"), LIBRARY)


def words(html):
    """What a page says, without pictures and marks."""
    bare = re.sub(r"<(style|svg).*?</\1>", " ", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", bare)).replace("\u00a0", " "))


def clinic(people=40, *, instrument="pain-nrs", week=26, silent=0, better=0.5, high=False, **more):
    """A clinic's courses: `better` of them change by five points, the others by one the other way."""
    rows = []
    for number in range(people):
        person = {
            "course": f"{more.get('clinic', '')}{number}",
            "instrument": instrument,
            "due": True,
            "condition": "knee-osteoarthritis",
            "treatment": "dextrose-prolotherapy",
        } | more
        start = (20 if high else 6) + number % 3
        moved = 5 if number < better * people else -1
        rows.append(person | {"week": 0, "answered": True, "score": float(start)})
        answered = number >= silent
        score = float(start + moved if high else start - moved) if answered else None
        rows.append(person | {"week": week, "answered": answered, "score": score})
    return rows


@pytest.fixture(scope="module")
def one_arm():
    """What a clinic that treats with acupuncture holds in its hands: the right-hand column of the trial."""
    rows = [
        {k: v for k, v in row.items() if k != "arm"} | {"treatment": "acupuncture"}
        for row in headache_rows()
        if row["arm"] == "acupuncture"
    ]
    return words(report(rows, ("treatment",), with_models=True).html())


def test_the_sentence_gives_the_whole_of_it(one_arm):
    for part in (
        "205 people started acupuncture.",
        "173 of them (84.4%) did.",
        "We have no comparison group.",
        "if everyone who did not answer had not improved, it would be",
        "were worse than before",
        "36 of 100 who had usual care and answered had at least 30% less after a year",
        "only part of this change, if any, is likely to come from the treatment",
        "Unwanted effects: not part of this snapshot.",
        "What else people were treated with in that time is not part of this snapshot.",
    ):
        assert part in one_arm


def test_three_of_four_reported_a_decrease_cannot_be_printed(one_arm):
    """76% of those who answered had any decrease; no report holds that number, nor a share of just any improvement."""
    assert "76%" not in one_arm
    assert not re.search(
        r"any (decrease|improvement|reduction)(?! )",
        one_arm.replace("no share of people with just any improvement", ""),
    )
    assert not re.search(r"\d+ (out )?of \d+ (people|patients) (reported|had) (a |an )?(decrease|improvement)", one_arm)


def test_every_way_of_allowing_for_the_silent_stands_beside_the_others(one_arm):
    assert "−8.3 (−10.3 to −6.4)" in one_arm
    for way in ("mixed model", "weighted", "imputed", "the finding is gone once the silent did worse by"):
        assert way in one_arm


def test_where_people_were_randomised_the_difference_is_what_counts():
    said = words(report(headache_rows(), with_models=True).html())
    assert "At 12 months, acupuncture less usual care on the headache: −4.6 (95% interval −7.1 to −2.1)" in said
    assert "It is gone once the silent of that arm did 9.8 points worse" in said
    assert "We have no comparison group." not in said


def test_three_arms_are_each_set_against_the_control():
    rows = [
        *clinic(60, arm="saline", better=0.3),
        *(row | {"course": f"x{row['course']}"} for row in clinic(60, arm="dextrose", better=0.6)),
    ]
    rows += [row | {"course": f"y{row['course']}"} for row in clinic(60, arm="prp", better=0.5)]
    said = words(report(rows, with_models=True).html())
    assert said.count("less saline on the Numeric pain rating scale") == 2


def test_beside_a_knee_stands_what_saline_did_to_knees():
    said = words(report(clinic(), ("condition", "treatment")).html())
    assert "40 people started dextrose prolotherapy for knee osteoarthritis." in said
    assert (
        "the score of the knee rose in a year by 7.6 points with saline" in said
        or "pain fell by 12.1 of 100 points" in said
    )


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (clinic(19), "fewer than 20 people were due"),
        (clinic(1), "fewer than 20 people were due"),
        (clinic(40, silent=17), "23 of 40 answered, less than 60%"),
        (clinic(40, silent=40), "0 of 40 answered, less than 60%"),
        (clinic(40, week=6), "Nobody's 3 months are over"),
    ],
    ids=["few", "one", "silent", "all silent", "early"],
)
def test_below_the_floors_there_is_no_figure_and_the_reason_is_said(rows, why):
    said = words(report(rows, ("condition", "treatment")).html())
    assert why in said
    assert "were better by at least 30%" not in said
    assert "Their average" not in said


def test_all_equal_scores_and_sparse_waves_are_told_without_a_stumble():
    rows = [row | {"score": 5.0} for row in clinic(40)]
    said = words(report(rows, with_models=True).html())
    assert "a change of +0.0 (95% interval +0.0 to +0.0)" in said
    sparse = [
        *clinic(40, week=13),
        *(row for row in clinic(40, week=52) if row["week"] == 52 and int(row["course"]) < 25),
    ]
    assert "12 months" in words(report(sparse, with_models=True).html())


def test_on_a_scale_where_higher_is_better_up_is_better():
    rows = clinic(40, instrument="koos-jr", better=0.75, high=True)
    said = words(report(rows).html())
    assert "a change of +3.5" in said
    assert "(higher is better)" in said


def test_a_share_that_would_give_away_few_people_is_not_shown():
    said = words(report(clinic(40, better=0.95)).html())
    assert "How many were better by at least 30% is not shown" in said
    assert "not shown: few people" in said


def test_simulated_is_said_in_the_title_and_at_the_top_and_names_are_only_text():
    made = report(clinic(clinic="<script>alert(1)</script>"), ("clinic",), book=BOOK).html()
    assert "(simulated)</title>" in made
    assert "Simulated: these are not real patients" in words(made)
    assert "<script" not in made
    assert " d" + "d" * 63 in made


def test_figures_are_pictures_with_words_and_a_table_and_no_name_is_used_twice():
    made = report(clinic()).html()
    names = re.findall(r'\bid="([^"]+)"', made)
    assert len(names) == len(set(names))
    assert made.count('<svg role="img"') == 3
    assert made.count("The numbers of this figure") == 3
    assert set(re.findall(r"url\(#([^)]+)\)", made)) <= set(names)


def test_each_item_of_the_checklists_is_answered_in_a_section_that_exists():
    headings = {heading for heading, _ in report(clinic()).sections}
    for item in (*STROBE, *RECORD):
        parts = [part for part in item.where.split("; ") if item.answered]
        loose = {OPENING, "the codebook of the snapshot", "the opening for the time"}
        assert all(part in headings | loose or part.startswith("the region") for part in parts), item
    assert [item.number for item in STROBE if not item.answered] == ["22"]
    assert next(item for item in STROBE if item.number == "22").where == BY_AUTHORS
    assert len(STROBE) == 22
    assert len(RECORD) == 13
    assert len({anchor(heading) for heading in headings}) == len(headings)


def test_the_same_snapshot_makes_the_same_file_to_the_letter():
    assert report(clinic(), with_models=True).html() == report(clinic()[::-1], with_models=True).html()


def network():
    """Five clinics, of which one does badly and one is too small; two treatments; two years."""
    rows = []
    for place in range(5):
        better = 0.1 if place == 0 else 0.5
        made = clinic(8 if place == 4 else 60, better=better, clinic=f"clinic {place}")
        for row in made:
            number = int(row["course"].removeprefix(f"clinic {place}"))
            given = "corticosteroid" if number % 4 < 2 else "dextrose-prolotherapy"
            day = date(2024, 1, 1) + timedelta(days=12 * number)
            rows.append(row | {"treatment": given, "first_injection_on": day, "age": float(30 + number % 40)})
    return rows


def test_clinics_quarters_and_treatments_stand_side_by_side_without_a_rank():
    said = words(report(network(), ("treatment",), with_watching=True).html())
    assert "there is no rank" in said
    assert "Outside the 99.8% limits: clinic 0 below" in said or "limits are widened for it" in said
    assert "clinics: 1 of 5 are below the floors and left out" in said
    assert "clinic 4" not in said
    assert "Nobody was allocated by chance" in said
    assert re.search(r"corticosteroid.{0,30} less dextrose prolotherapy", said)
    assert "How many answered comes first" in said
    assert re.search(r"A running sum against half the odds .* 5% of unchanged series would", said)


def test_one_clinic_with_one_treatment_and_no_dates_says_what_could_not_be_made():
    said = words(report(clinic(), with_watching=True).html())
    assert "clinics side by side: fewer than 3 clinics" in said
    assert "No quarter has 20 people, or the snapshot has no dates." in said
    assert "No two treatments have 20 people each who answered." in said


def test_each_group_is_behind_its_name_and_the_first_stands_open():
    html = report(
        [*clinic(40), *(row | {"course": f"x{row['course']}"} for row in clinic(30, treatment="prp"))], ("treatment",)
    ).html()
    flow = html.split('id="who-answered"')[1].split("</section>")[0]
    assert flow.count('<details class="group"') == 2
    assert flow.count('<details class="group" open>') == 1
    assert "details::details-content { content-visibility: visible" in html  # on paper everything is open


def test_a_shift_wider_than_the_scale_is_told_as_such():
    assert "more than the whole scale: so few were silent" in words(
        report(clinic(60, silent=1), with_models=True).html()
    )
