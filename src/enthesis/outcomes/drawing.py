"""How the curve is drawn: calm, and as readable in black and white. Loads Altair, so only `figures` imports it."""

import math
from collections.abc import Iterator
from datetime import date

import altair as alt

from enthesis.outcomes.curve import TOO_SOON, Curve
from enthesis.outcomes.numbers import plain

WIDTH, HEIGHT = 600, 260  # pixels of the whole picture
LEFT, TOP, RIGHT, BOTTOM = 64, 46, 84, 44  # pixels around the field: scores, injections, the level before, weeks
FIELD_WIDTH, FIELD_HEIGHT = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
ABOVE = -32  # pixels from the field up to the row of injections, clear of the number beside a score at the top
CORNER = (WIDTH - LEFT - 8, FIELD_HEIGHT + 28)  # where the shading is explained, on the line of the axis title

INK, QUIET, LINE, GRID, WASH = "#16324f", "#51606f", "#7d8a98", "#e6eaee", "#f1f4f6"
# On white: ink 13 to 1, quiet text 6 to 1, lines that mean something 3.5 to 1; grid and shading only support.

WEEK = 7  # days
WEEK_MARKS, WEEK_SPACES = (1, 2, 4, 13, 26, 52), 9  # weeks between marks: the first that leaves at most so many spaces
SCORE_MARKS, SCORE_SPACES = (1, 2, 4, 5, 10, 20), 6  # points between marks: the same, where it divides the scale


Row = dict[str, float | str | None]


def drawn(curve: Curve) -> alt.LayerChart:
    """The whole picture, layered from the back to the front."""
    x, y = _weeks(curve), _scores(curve)
    layers = [*_too_soon(curve, x), *_injections(curve, x), *_baseline(curve, y), *_answers(curve, x, y)]
    picture: alt.LayerChart = (
        alt.layer(*layers)
        .properties(width=FIELD_WIDTH, height=FIELD_HEIGHT, autosize="none", background="white")
        .properties(padding={"left": LEFT, "top": TOP, "right": RIGHT, "bottom": BOTTOM})
        .configure(font="sans-serif", aria=False)
        .configure_view(stroke=None)
        .configure_axis(gridColor=GRID, labelColor=QUIET, labelFontSize=12)
        .configure_axisX(titleColor=QUIET, titleFontSize=12, titleFontWeight="normal", domainColor=LINE, tickColor=LINE)
    )
    return picture


def week(curve: Curve, on: date) -> float:
    """Weeks from the first injection, or from the first point while there is none; below 0 before it."""
    return (on - (curve.origin or on)).days / WEEK


def span(curve: Curve) -> tuple[float, float]:
    """The first and last week to show: everything that happened, and one week at the least."""
    weeks = [week(curve, day) for day in (*curve.injections, *(point.on for point in curve.points))] or [0.0]
    return min(weeks), max(*weeks, min(weeks) + 1)


def week_marks(first: float, last: float) -> list[int]:
    """The weeks marked on the axis, as few as are easy to read."""
    every = next((step for step in WEEK_MARKS if (last - first) / step <= WEEK_SPACES), WEEK_MARKS[-1])
    return [mark for mark in range(math.ceil(first), math.floor(last) + 1) if mark % every == 0]


def score_marks(least: float, most: float) -> list[float]:
    """The scores marked on the axis, always with both ends."""
    fits = (step for step in SCORE_MARKS if (most - least) % step == 0 and (most - least) / step <= SCORE_SPACES)
    every = next(fits, most - least)
    return [least + every * mark for mark in range(round((most - least) / every) + 1)]


def above_and_below(curve: Curve) -> tuple[list[Row], list[Row]]:
    """The scores to print above their points, and those in a dip of the line, with room, to print below."""
    least, most = curve.range
    places: tuple[list[Row], list[Row]] = ([], [])
    scores = [point.score for point in curve.points]
    for point, before, after in zip(curve.points, [None, *scores], [*scores[1:], None], strict=False):
        if point.score is not None:
            beside = [score for score in (before, after) if score is not None]
            dips = sum(beside) > point.score * len(beside) and point.score - least > (most - least) / 8
            row: Row = {"week": week(curve, point.on), "score": point.score, "shown": plain(point.score)}
            places[dips].append(row)
    return places


def _weeks(curve: Curve) -> alt.X:
    first, last = span(curve)
    title = f"weeks from the first {'injection' if curve.injections else 'answer'}"
    axis = alt.Axis(values=week_marks(first, last), format="d", grid=False, title=title)
    return alt.X("week:Q", axis=axis, scale=alt.Scale(domain=[first, last], nice=False, zero=False, padding=10))


def _scores(curve: Curve) -> alt.Y:
    least, most = curve.range
    top, bottom = ("worse", "better") if curve.higher_is_worse else ("better", "worse")
    words = f"(datum.value == {most} ? '{top} ' : datum.value == {least} ? '{bottom} ' : '') + datum.label"
    marks = score_marks(least, most)
    axis = alt.Axis(values=marks, labelExpr=words, title=None, domain=False, ticks=False, labelPadding=8)
    return alt.Y("score:Q", axis=axis, scale=alt.Scale(domain=[least, most], nice=False, zero=False))


def _too_soon(curve: Curve, x: alt.X) -> Iterator[alt.Chart]:
    """The stretch after the first injection in which no score can be read, shaded."""
    if curve.injections:
        until = min(TOO_SOON.days / WEEK, span(curve)[1])
        yield _of([{"week": 0.0, "until": until}]).mark_rect(color=WASH).encode(x=x, x2="until:Q")
        across, down = CORNER
        explained = _of([{"words": "shaded: too soon to tell"}]).mark_text(align="right", color=QUIET, fontSize=12)
        yield explained.encode(x=alt.value(across), y=alt.value(down), text="words:N")


def _injections(curve: Curve, x: alt.X) -> Iterator[alt.Chart]:
    """A broken vertical line for each injection, under a small triangle; named once, after the last."""
    if curve.injections:
        rows: list[Row] = [{"week": week(curve, day)} for day in curve.injections]
        yield _of(rows).mark_rule(color=LINE, strokeDash=[3, 3]).encode(x=x)
        triangles = _of(rows).mark_point(shape="triangle-down", filled=True, color=QUIET, size=50, opacity=1)
        yield triangles.encode(x=x, y=alt.value(ABOVE))
        words = "injection" if len(rows) == 1 else "injections"
        named = _of([{**rows[-1], "words": words}]).mark_text(align="left", dx=9, color=QUIET, fontSize=12)
        yield named.encode(x=x, y=alt.value(ABOVE), text="words:N")


def _baseline(curve: Curve, y: alt.Y) -> Iterator[alt.Chart]:
    """A thin level line at the mean from before the first injection, named in the margin."""
    if curve.baseline is not None and curve.latest is not None:
        level = _of([{"score": curve.baseline, "words": f"before {plain(curve.baseline)}"}])
        yield level.mark_rule(color=LINE, strokeWidth=1).encode(y=y)
        named = level.mark_text(align="left", dx=8, color=QUIET, fontSize=12)
        yield named.encode(x=alt.value(FIELD_WIDTH), y=y, text="words:N")


def _answers(curve: Curve, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    """The line, broken where an answer is missing; the points; and each score on a white halo beside its point."""
    answers = _of([{"week": week(curve, point.on), "score": point.score} for point in curve.points])
    yield answers.mark_line(color=INK, strokeWidth=2, invalid="break-paths-show-domains").encode(x=x, y=y)
    points = answers.mark_point(filled=True, color=INK, size=90, opacity=1, stroke="white", strokeWidth=1.5)
    yield points.encode(x=x, y=y)
    for rows, dy in zip(above_and_below(curve), (-13, 15), strict=True):
        shown = _of(rows).encode(x=x, y=y, text="shown:N")
        yield shown.mark_text(dy=dy, fontSize=13, fontWeight="bold", color="white", stroke="white", strokeWidth=4)
        yield shown.mark_text(dy=dy, fontSize=13, fontWeight="bold", color=INK)


def _of(rows: list[Row]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))
