"""What only a changed word or count would show: names in a picture, echoes of what was sent, kinds of scoring."""

import re
from datetime import date

import pytest

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes import Point, curve, curve_svg, instrument, score
from enthesis.outcomes.scoring import Scoring

LIBRARY = Library.shipped()


def test_a_picture_has_one_title_and_one_description_named_after_the_curve():
    drawn = curve(points=[Point(date(2026, 3, 2), 3, "a")], instrument=instrument(LIBRARY, "pain-nrs"))
    assert re.findall(r'<(title|desc) id="([^"]*)"', curve_svg(drawn)) == [
        ("title", "curve-title"),
        ("desc", "curve-desc"),
    ]


def test_the_name_of_an_unknown_question_is_repeated_as_it_was_sent():
    with pytest.raises(BadInput, match="^XpainX: there is no such question"):
        score(instrument(LIBRARY, "pain-nrs"), {"XpainX": 3})


def test_each_kind_of_scoring_knows_its_name():
    assert {name: kind.__name__.lower() for name, kind in Scoring.kinds.items()} == {
        name: name for name in Scoring.kinds
    }
