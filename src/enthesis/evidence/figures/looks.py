"""The figure of a living review: the statistic after each study against the boundaries of all looks together."""

from typing import Any

from enthesis.evidence.figures.figure import Figure
from enthesis.evidence.figures.naming import Naming, signed
from enthesis.evidence.sequential import Sequential

WIDTH, HEIGHT = 460, 280  # pixels of the field
HIGHEST = 8.0  # boundaries beyond are cut off: early looks could be crossed by nothing a trial finds
EDGES = {"left": 64, "right": 24, "top": 12, "bottom": 48}


def looks_figure(found: Sequential, naming: Naming) -> Figure:
    """Across: how much of the required information is in; up: estimate over its standard error; dashed: the boundary."""
    rows = tuple(
        (naming.study(look.study), look.studies, look.fraction, look.statistic, look.boundary) for look in found.looks
    )
    pair = f"{naming.treatment(found.treatment)} against {naming.treatment(found.versus)}"
    last = found.looks[-1]
    limit = f"; the boundary there is {signed(last.boundary)} either way" if last.boundary is not None else ""
    words = (
        f"{pair}: after {last.studies} studies {100 * last.fraction:.0f}% of the required information is in, and the estimate is "
        f"{signed(last.statistic)} standard errors from no difference{limit}."
    )
    columns = ("after", "studies", "share of the required information", "statistic", "boundary")
    return Figure("looks", f"After each study: {pair}", words, columns, rows, lambda: _draw(found))


def _draw(found: Sequential) -> Any:
    import altair as alt

    from enthesis.evidence.figures import style

    points = [{"fraction": look.fraction, "statistic": look.statistic} for look in found.looks]
    limits = [
        {"fraction": look.fraction, "limit": turn * look.boundary, "side": side}
        for look in found.looks
        if look.boundary is not None
        for side, turn in (("above", 1), ("below", -1))
    ]
    most = 1.1 * max([1.0, *(look.fraction for look in found.looks)])
    high = [abs(look.statistic) for look in found.looks]
    near = [look.boundary for look in found.looks if look.boundary is not None and look.boundary < HIGHEST]
    tall = 1.15 * max([2.0, *high, *near])
    x = alt.X(
        "fraction:Q",
        scale=alt.Scale(domain=[0, most]),
        axis=alt.Axis(title="share of the required information", format="%", tickCount=6),
    )
    up = alt.Scale(domain=[-tall, tall], clamp=True)
    y = alt.Y("statistic:Q", scale=up, axis=alt.Axis(title="estimate / standard error", tickCount=6))
    bounds = style.of(limits).mark_line(color=style.LINE, strokeDash=[4, 3], point=True)
    layers = (
        style.of([{"statistic": 0.0}]).mark_rule(color=style.GRID).encode(y=y),
        bounds.encode(x=x, y=alt.Y("limit:Q", scale=up), detail="side:N"),
        style.of(points).mark_line(color=style.INK, point={"color": style.INK, "size": 60}).encode(x=x, y=y),
    )
    return style.finished(alt.layer(*layers), width=WIDTH, height=HEIGHT, pad=EDGES)
