"""The patient's own curve as a picture, with words for those who cannot see it."""

from datetime import date
from html import escape
from typing import TYPE_CHECKING

from enthesis.outcomes.curve import Curve, Point
from enthesis.outcomes.numbers import plain

if TYPE_CHECKING:
    from altair import LayerChart


def curve_svg(curve: Curve, *, id: str = "curve") -> str:
    """The curve as one SVG element of 600 by 260 pixels, titled and described. `id` tells several on one page apart.

    Answers are points, joined where none is missing between them; injections are vertical lines.
    """
    import vl_convert  # loaded only when a picture is wanted, as Altair is

    svg: str = vl_convert.vegalite_to_svg(chart(curve).to_dict())
    title, desc = f"{escape(id)}-title", f"{escape(id)}-desc"
    named = svg.replace("<svg ", f'<svg role="img" aria-labelledby="{title} {desc}" ', 1)
    words = f'<title id="{title}">{escape(curve.title)}</title><desc id="{desc}">{escape(in_words(curve))}</desc>'
    return named.replace(">", f">{words}", 1)


def chart(curve: Curve) -> "LayerChart":
    """The same as a Vega-Lite chart, for other formats."""
    from enthesis.outcomes import drawing

    return drawing.drawn(curve)


def in_words(curve: Curve) -> str:
    """What the picture shows: the scale and its direction, each answer, each injection."""
    least, most = curve.range
    direction = f"higher is {'worse' if curve.higher_is_worse else 'better'}"
    told = [f"Scores from {plain(least)} to {plain(most)}; {direction}.", f"{_told(curve.points) or 'No answers yet'}."]
    if curve.injections:
        told.append(f"Injections: {', '.join(_day(day) for day in curve.injections)}.")
    return " ".join(told)


def _told(points: tuple[Point, ...]) -> str:
    answers = [(point, "no answer" if point.score is None else plain(point.score)) for point in points]
    return "; ".join(f"{_day(point.on)} ({point.label}): {answer}" for point, answer in answers)


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"
