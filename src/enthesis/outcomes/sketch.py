"""The patient's own curve as a small drawing for a phone: a few lines of SVG, made without a chart library.

It is part of a page that must be light on a slow line. Shapes repeat what the table beside it says in numbers.
"""

from collections.abc import Callable
from datetime import date
from html import escape

from enthesis.outcomes.curve import Curve
from enthesis.outcomes.numbers import plain

WIDTH, HEIGHT = 340, 210  # units of the drawing; about the pixels of a phone
LEFT, RIGHT, TOP, BOTTOM = 34, 18, 26, 30
WEEK = 7  # days
Say = Callable[[str], str]


def sketch_svg(curve: Curve, *, say: Say = str) -> str:
    """The answers joined by a line, the injections as broken lines below it. `say` tells the few words in a language."""
    answers = [(point.on, point.score) for point in curve.points if point.score is not None]
    if not answers:
        return ""
    days = [*(on for on, _ in answers), *curve.injections]
    first, last = min(days), max(days)
    width = max((last - first).days, WEEK)

    def across(on: date) -> float:
        return round(LEFT + (on - first).days / width * (WIDTH - LEFT - RIGHT), 1)

    def down(score: float) -> float:
        least, most = curve.range
        return round(TOP + (most - score) / (most - least) * (HEIGHT - TOP - BOTTOM), 1)

    places = [(across(on), down(score), plain(score)) for on, score in answers]
    parts = [
        *_frame(curve, say),
        *(_injection(across(on)) for on in curve.injections),
        f'<polyline class="line" points="{" ".join(f"{x},{y}" for x, y, _ in places)}"/>',
        *(_point(x, y, shown) for x, y, shown in places),
    ]
    words = escape(say("Your answers over time"))
    return f'<svg class="sketch" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{words}">{"".join(parts)}</svg>'


def _frame(curve: Curve, say: Say) -> list[str]:
    """The ends of the scale, which of them is better, and what the broken lines are."""
    least, most = curve.range
    best, worst = (least, most) if curve.higher_is_worse else (most, least)
    ends = {best: say("best"), worst: say("worst")}
    lines = []
    for score, y in ((most, TOP), (least, HEIGHT - BOTTOM)):
        lines.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}"/>')
        lines.append(f'<text class="end" x="{LEFT - 6}" y="{y + 4}">{plain(score)}</text>')
        lines.append(
            f'<text class="word" x="{LEFT}" y="{y - 6 if score == most else y + 14}">{escape(ends[score])}</text>'
        )
    if curve.injections:
        lines.append(f'<text class="key" x="{WIDTH - RIGHT}" y="{HEIGHT - 8}">¦ {escape(say("injection"))}</text>')
    return lines


def _injection(x: float) -> str:
    return f'<line class="needle" x1="{x}" x2="{x}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'


def _point(x: float, y: float, shown: str) -> str:
    above = y - 11 if y > TOP + 14 else y + 20
    return f'<circle class="dot" cx="{x}" cy="{y}" r="5"/><text class="score" x="{x}" y="{above}">{shown}</text>'
