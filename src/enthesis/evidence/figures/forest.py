"""Forest plots: estimates with their intervals, one row each, with the numbers beside them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from enthesis.evidence.figures.figure import Figure
from enthesis.evidence.figures.naming import Naming
from enthesis.evidence.networks import Network

ROW = 26  # pixels of one row
WIDTH, NUMBERS = 340, 150  # pixels of the field and of the numbers at its right
MOST_SPLITS = 10  # comparisons in the picture of direct and indirect evidence
SHAPES = {"network": "square", "direct": "circle", "indirect": "triangle-up"}


@dataclass(frozen=True)
class Line:
    """One row of a forest plot, on the scale of the analysis. `group` tells kinds of row apart by shape and ink."""

    label: str
    estimate: float | None
    lower: float | None
    upper: float | None
    prediction: tuple[float | None, float | None] = (None, None)
    group: str = ""
    note: str = ""


def forest(found: Network, naming: Naming) -> Figure:
    """Every treatment against the reference, with confidence and prediction intervals, the best first."""
    reference = naming.treatment(found.reference)
    rows = sorted(found.forest(), key=lambda row: row.random["estimate"] or 0.0, reverse=not found.small_good)
    lines = [
        Line(
            naming.treatment(row.treatment),
            row.random["estimate"],
            row.random["lower"],
            row.random["upper"],
            row.prediction if found.tau2 is not None else (None, None),
        )
        for row in rows
    ]
    title = f"Each treatment against {reference}"
    return drawn_up(lines, naming, id="forest", title=title)


def split_forest(found: Network, naming: Naming) -> Figure:
    """Direct, indirect and network evidence of each comparison that has both, those most at odds first.

    The picture shows the first ten of them, the table all.
    """
    from scipy.special import ndtri

    split, half = found.split("random"), float(ndtri(0.5 + found.level / 2))
    lines: list[Line] = []
    for at in np.argsort(split.p, kind="stable").tolist():
        one, other = (found.treatments[each[split.pair[at]]] for each in found.all_pairs)
        name = f"{naming.treatment(one)} vs {naming.treatment(other)}"
        made = found.between(one, other).random
        own, rest = float(split.direct[at]), float(split.indirect[at])
        wide, wider = half * float(split.direct_se[at]), half * float(split.indirect_se[at])
        lines += [
            Line(name, own, own - wide, own + wide, group="direct", note=f"P = {float(split.p[at]):.3f}"),
            Line("", rest, rest - wider, rest + wider, group="indirect"),
            Line("", made["estimate"], made["lower"], made["upper"], group="network"),
        ]
    title = "Direct and indirect evidence side by side"
    if len(lines) > 3 * MOST_SPLITS:
        title += f", the {MOST_SPLITS} comparisons most at odds"
    return drawn_up(lines, naming, id="split", title=title, shown=3 * MOST_SPLITS)


def drawn_up(lines: Sequence[Line], naming: Naming, *, id: str, title: str, shown: int = 60) -> Figure:
    """A forest plot of any lines, with the table they make. The picture has no more than the first `shown` of them."""
    rows = tuple(
        (
            line.label,
            line.group,
            *(naming.shown(value) for value in (line.estimate, line.lower, line.upper, *line.prediction)),
            line.note,
        )
        for line in lines
    )
    columns = ("comparison", "evidence", "estimate", "lower", "upper", "prediction lower", "prediction upper", "note")
    told = "; ".join(_told(line, naming) for line in lines[:shown]) or "No comparison to show"
    return Figure(id, title, f"{title}: {naming.axis}. {told}.", columns, rows, lambda: _draw(lines[:shown], naming))


def _told(line: Line, naming: Naming) -> str:
    name = " ".join(part for part in (line.label, line.group) if part)
    said = f"{name} {naming.text(line.estimate)} ({naming.interval(line.lower, line.upper)})"
    low, high = line.prediction
    return said if low is None or high is None else f"{said}, a new study {naming.interval(low, high)}"


def _draw(lines: Sequence[Line], naming: Naming) -> Any:
    import altair as alt

    from enthesis.evidence.figures import style

    rows = [_row(place, line, naming) for place, line in enumerate(lines)]
    base, y = style.of(rows), alt.Y("place:O", axis=None, scale=alt.Scale(padding=0.5))
    kind = alt.Scale(
        type="log" if naming.is_ratio else "linear", domain=list(_span(lines, naming)), nice=False, zero=False
    )
    x = alt.X("estimate:Q", scale=kind, axis=alt.Axis(title=naming.axis, tickCount=6))
    kinds = [group for group in SHAPES if any(row["group"] == group for row in rows)]
    legend = alt.Legend(title=None, orient="none", legendX=0, legendY=-30, direction="horizontal")
    scale = alt.Scale(domain=kinds, range=[SHAPES[group] for group in kinds])
    shape = alt.Shape("group:N", scale=scale, legend=legend if len(kinds) > 1 else None)
    ends = {"x": alt.X("lower:Q"), "x2": "upper:Q", "y": y}
    whole = _having("lower", rows, style).mark_rule(color=style.INK, strokeWidth=2, clip=True)
    new = _having("low", rows, style).mark_rule(color=style.LINE, strokeDash=[4, 3], clip=True)
    point = _having("estimate", rows, style).mark_point(filled=True, color=style.INK, size=80, opacity=1, clip=True)
    words = base.mark_text(align="left", color=style.INK, fontSize=12)
    layers = [
        *([] if naming.important is None else [_band(naming, x)]),
        style.of([{"estimate": naming.nothing}]).mark_rule(color=style.LINE).encode(x=x),
        new.encode(x=alt.X("low:Q"), x2="high:Q", y=y),
        whole.encode(**ends),
        point.encode(x=x, y=y, shape=shape),
        base.mark_text(align="right", color=style.INK, fontSize=12).encode(y=y, x=alt.value(-10), text="label:N"),
        words.encode(y=y, x=alt.value(WIDTH + 12), text="numbers:N"),
        words.encode(y=y, x=alt.value(WIDTH + 12 + NUMBERS), text="note:N"),
    ]
    notes = max((style.wide(line.note) for line in lines), default=0)
    pad = {"left": 24 + max((style.wide(line.label) for line in lines), default=0), "right": 16 + NUMBERS + notes}
    height = ROW * max(1, len(lines))
    return style.finished(
        alt.layer(*layers), width=WIDTH, height=height, pad=pad | {"top": 36 if len(kinds) > 1 else 8, "bottom": 44}
    )


def _having(number: str, rows: Sequence[dict[str, Any]], style: Any) -> Any:
    return style.of([row for row in rows if row[number] is not None])


def _row(place: int, line: Line, naming: Naming) -> dict[str, Any]:
    low, high = line.prediction
    return {
        "place": place,
        "label": line.label,
        "group": line.group or "network",
        "estimate": naming.shown(line.estimate),
        "lower": naming.shown(line.lower),
        "upper": naming.shown(line.upper),
        "low": naming.shown(low),
        "high": naming.shown(high),
        "numbers": f"{naming.text(line.estimate)} ({naming.interval(line.lower, line.upper)})",
        "note": line.note,
    }


def _span(lines: Sequence[Line], naming: Naming) -> tuple[float, float]:
    """The ends of the axis: wide enough for network estimates; a wilder interval runs over the edge, its numbers stand beside."""
    steady = [line for line in lines if line.group in ("", "network")] or list(lines)
    reach = [
        abs(value)
        for line in steady
        for value in (line.lower, line.upper, *line.prediction)
        if value is not None and math.isfinite(value)
    ]
    widest = 1.1 * max([*reach, naming.important or 0.1])
    return (math.exp(-widest), math.exp(widest)) if naming.is_ratio else (-widest, widest)


def _band(naming: Naming, x: Any) -> Any:
    """The zone of differences that do not matter, shaded."""
    from enthesis.evidence.figures import style

    important = naming.important or 0.0
    edges = {"estimate": naming.shown(-important), "to": naming.shown(important)}
    return style.of([edges]).mark_rect(color=style.WASH).encode(x=x, x2="to:Q")
