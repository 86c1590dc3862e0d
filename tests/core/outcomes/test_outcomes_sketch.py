"""The small drawing of a patient's own curve: light, and every score where it belongs."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from enthesis.knowledge import Library
from enthesis.outcomes import Point, curve, instrument, sketch_svg
from enthesis.outcomes.sketch import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH

LIBRARY = Library.shipped()
START = date(2030, 3, 4)


def drawn(*scores, id="pain-nrs", injections=(START,), say=str):
    points = [Point(START + timedelta(weeks=6 * n), score, f"wave {n}") for n, score in enumerate(scores)]
    return sketch_svg(curve(points=points, injections=injections, instrument=instrument(LIBRARY, id)), say=say)


def parts(svg, name):
    return [one for one in ET.fromstring(svg).iter() if one.get("class") == name]


def test_points_stand_at_their_day_and_score():
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in parts(drawn(10, 5, 0), "dot")]
    across, down = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    assert dots == [(LEFT, TOP), (LEFT + across / 2, TOP + down / 2), (LEFT + across, HEIGHT - BOTTOM)]
    [line] = parts(drawn(10, 5, 0), "line")
    assert line.get("points") == " ".join(f"{x},{y}" for x, y in dots)
    assert [text.text for text in parts(drawn(10, 5, 0), "score")] == ["10", "5", "0"]


def test_a_score_at_the_top_is_written_below_its_point_and_others_above():
    high, low = (float(text.get("y")) for text in parts(drawn(10, 1), "score"))
    dots = [float(dot.get("cy")) for dot in parts(drawn(10, 1), "dot")]
    assert (high - dots[0], low - dots[1]) == (20, -11)


def test_what_was_not_answered_has_no_point():
    assert len(parts(drawn(7, None, 3), "dot")) == 2
    assert drawn(None) == drawn() == ""


def test_the_ends_of_the_scale_say_which_is_best():
    assert [text.text for text in parts(drawn(7), "word")] == ["worst", "best"]
    assert [text.text for text in parts(drawn(7, id="koos-jr"), "word")] == ["best", "worst"]
    assert [text.text for text in parts(drawn(7, id="koos-jr"), "end")] == ["100", "0"]


def test_each_injection_is_a_line_with_one_key_for_all():
    svg = drawn(7, 4, injections=(START, START + timedelta(weeks=3)))
    assert [float(line.get("x1")) for line in parts(svg, "needle")] == [LEFT, LEFT + (WIDTH - LEFT - RIGHT) / 2]
    assert [text.text for text in parts(svg, "key")] == ["¦ injection"]
    assert parts(drawn(7, injections=()), "key") == []


def test_a_single_answer_is_drawn_and_words_are_said_in_the_language_of_the_page():
    svg = drawn(3, say=lambda words: f"<{words}>")
    assert (len(svg) < 1500, ET.fromstring(svg).get("aria-label")) == (True, "<Your answers over time>")
    assert re.search("style=|script", svg) is None
