"""The picture of a curve: named and described for those who cannot see it, quiet for those who can."""

import re
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.knowledge import Library
from enthesis.outcomes import Point, chart, curve, curve_svg, in_words, instrument
from enthesis.outcomes.drawing import GRID, INK, LINE, QUIET, WASH, above_and_below, score_marks, span, week, week_marks

LIBRARY = Library.shipped()
START = date(2026, 3, 2)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(*scores, injections=(0,), form="pain-nrs"):
    points = [Point(START + timedelta(weeks=weeks), score, label) for weeks, score, label in scores]
    return curve(
        points=points,
        injections=[START + timedelta(weeks=weeks) for weeks in injections],
        instrument=instrument(LIBRARY, form),
    )


COURSE = drawn(
    (-3, 7, "booking"),
    (0, 8, "the day"),
    (2, 6, "2 weeks"),
    (6, None, "6 weeks"),
    (13, 4, "3 months"),
    injections=(0, 4),
)


def texts(svg):
    return [node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_the_picture_in_words():
    assert in_words(COURSE) == (
        "Scores from 0 to 10; higher is worse. 9 February 2026 (booking): 7; 2 March 2026 (the day): 8; "
        "16 March 2026 (2 weeks): 6; 13 April 2026 (6 weeks): no answer; 1 June 2026 (3 months): 4. "
        "Injections: 2 March 2026, 30 March 2026."
    )
    assert in_words(drawn(injections=())) == "Scores from 0 to 10; higher is worse. No answers yet."


def test_the_svg_has_a_name_and_a_description_of_its_own():
    root = ElementTree.fromstring(curve_svg(COURSE, id="pain"))
    assert [root.get(key) for key in ("role", "aria-labelledby", "width", "height")] == [
        "img",
        "pain-title pain-desc",
        "600",
        "260",
    ]
    assert [(node.tag, node.get("id"), node.text) for node in root[:2]] == [
        (f"{SVG}title", "pain-title", COURSE.title),
        (f"{SVG}desc", "pain-desc", in_words(COURSE)),
    ]


def test_what_is_written_in_the_picture():
    written = texts(curve_svg(COURSE))
    assert [
        written.count(words)
        for words in (
            "worse 10",
            "better 0",
            "weeks from the first injection",
            "shaded: too soon to tell",
            "injections",
            "before 7.5",
        )
    ] == [1] * 6


def test_one_injection_is_called_one_and_none_are_not_drawn():
    once, never = drawn((0, 7, "a"), (6, 4, "b")), drawn((0, 7, "a"), (6, 4, "b"), injections=())
    assert [texts(curve_svg(once)).count(word) for word in ("injection", "injections")] == [1, 0]
    assert "weeks from the first answer" in texts(curve_svg(never))
    assert not {"injection", "shaded: too soon to tell", "before 5.5"} & set(texts(curve_svg(never)))


def test_where_higher_is_better_the_words_of_the_scale_change_places(made):
    rising = curve(points=[Point(START, 3, "a")], instrument=made(higher_is_worse=False))
    assert {"better 8", "worse 0"} <= set(texts(curve_svg(rising)))
    assert in_words(rising) == "Scores from 0 to 8; higher is better. 2 March 2026 (a): 3."


def test_words_that_look_like_markup_stay_words():
    hostile = drawn((0, 7, "</desc><script>alert(1)</script>"))
    root = ElementTree.fromstring(curve_svg(hostile, id='"><script>'))
    assert [node for node in root.iter() if node.tag.endswith("script")] == []
    assert root[1].text == in_words(hostile)


def test_nothing_in_the_picture_needs_a_style_or_a_script():
    assert re.findall(r"<script|<style|style=|url\(|href", curve_svg(COURSE)) == []


def test_an_empty_curve_can_be_drawn():
    assert "worse 10" in texts(curve_svg(drawn(injections=())))


def test_every_part_has_its_layer():
    layers = chart(COURSE).to_dict()["layer"]
    assert [layer["mark"]["type"] for layer in layers] == [
        "rect",
        "text",
        "rule",
        "point",
        "text",
        "rule",
        "text",
        "line",
        "point",
        "text",
        "text",
        "text",
        "text",
    ]


def brightness(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


def test_text_and_lines_stand_out_enough_without_any_colour():
    """WCAG 2.2: 4.5 to 1 for text, 3 to 1 for lines that carry meaning; the shading may not come near either."""
    for ground in ("#ffffff", WASH):
        assert min(contrast(INK, ground), contrast(QUIET, ground)) >= 4.5
        assert contrast(LINE, ground) >= 3
    assert max(contrast(GRID, "#ffffff"), contrast(WASH, "#ffffff")) < 1.5


def test_weeks_before_the_first_injection_are_below_nought():
    assert [week(COURSE, point.on) for point in COURSE.points] == [-3, 0, 2, 6, 13]
    assert span(COURSE) == (-3, 13)
    assert span(drawn(injections=())) == (0, 1)
    assert span(drawn((0, 7, "a"), injections=(0, 20))) == (0, 20)


@pytest.mark.parametrize(
    ("first", "last", "marks"),
    [
        (-3, 6, [-3, -2, -1, 0, 1, 2, 3, 4, 5, 6]),
        (-3, 7, [-2, 0, 2, 4, 6]),
        (0, 26, [0, 4, 8, 12, 16, 20, 24]),
        (-2.5, 104, [0, 13, 26, 39, 52, 65, 78, 91, 104]),
        (0, 520, list(range(0, 521, 52))),
    ],
)
def test_weeks_are_marked_where_they_are_easy_to_read(first, last, marks):
    assert week_marks(first, last) == marks


@pytest.mark.parametrize(
    ("least", "most", "marks"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (0, 24, [0, 4, 8, 12, 16, 20, 24]),
        (1, 7, [1, 2, 3, 4, 5, 6, 7]),
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (41.5, 75.5, [41.5, 75.5]),
        (0, 500, [0, 500]),
    ],
)
def test_both_ends_of_a_scale_are_always_marked(least, most, marks):
    assert score_marks(least, most) == marks


def test_numbers_stand_where_the_line_does_not_run():
    above, below = above_and_below(
        drawn((-3, 7, "a"), (0, 8, "b"), (2, 6, "c"), (6, None, "d"), (13, 4, "e"), (26, 1, "f"))
    )
    assert [(row["week"], row["shown"]) for row in above] == [(0, "8"), (13, "4"), (26, "1")]
    assert [(row["week"], row["shown"]) for row in below] == [(-3, "7"), (2, "6")]
    assert above_and_below(drawn((0, 5, "alone")))[0][0]["score"] == 5


@given(st.lists(st.none() | st.integers(0, 10), max_size=9))
def test_every_answer_is_printed_once(scores):
    places = above_and_below(drawn(*((n, score, "x") for n, score in enumerate(scores))))
    rows = [row for place in places for row in place]
    assert sorted(row["week"] for row in rows) == [n for n, score in enumerate(scores) if score is not None]


@given(st.floats(-20, 0), st.floats(1, 900))
def test_marks_are_whole_even_steps_inside_the_picture(first, last):
    marks = week_marks(first, last)
    assert first <= marks[0] <= marks[-1] <= last
    assert len({after - before for before, after in pairwise(marks)}) <= 1


def test_scoring_a_form_does_not_load_the_drawing_of_pictures():
    code = "import sys, enthesis.outcomes; sys.exit('altair' in sys.modules or 'vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
