"""Figures of squares: what each comparison gives to each estimate, where the network disagrees, and ranks."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from enthesis.evidence.figures.figure import Figure
from enthesis.evidence.figures.naming import Naming, signed
from enthesis.evidence.networks import Network
from enthesis.evidence.networks.pairs import all_pairs

CELL = 30  # pixels of one square
LEGIBLE = 30  # more rows or columns than this are drawn smaller and without numbers


def contributions(found: Network, naming: Naming) -> Figure:
    """How much of each estimate against the reference each direct comparison gives, by random walk."""
    first, second = all_pairs(len(found.treatments))
    place = found.treatments.index(found.reference)
    wanted = np.flatnonzero((first == place) | (second == place))
    made = found.contributions("random", rows=wanted)

    def named(pair: int) -> str:
        return (
            f"{naming.treatment(found.treatments[first[pair]])} vs {naming.treatment(found.treatments[second[pair]])}"
        )

    rows = [
        (named(int(pair)), named(int(column)), float(share))
        for pair, shares in zip(made.rows, made.shares, strict=True)
        for column, share in zip(made.columns, shares, strict=True)
    ]
    largest = sorted((row for row in rows if row[0] != row[1]), key=lambda row: -row[2])[:3]
    told = "; ".join(f"{column} gives {share:.0%} of {row}" for row, column, share in largest)
    words = (
        f"Shares of {len(made.columns)} direct comparisons in {len(made.rows)} estimates; each row adds to 100%. "
        f"Largest from elsewhere: {told or 'none'}."
    )
    columns = ("estimate", "direct comparison", "share")
    title = "Where each estimate comes from"
    return Figure("contributions", title, words, columns, tuple(rows), lambda: _draw(rows, "share", percent=True))


def net_heat(found: Network, naming: Naming) -> Figure:
    """How much disagreement of each contrast goes away when the design of another is detached (Krahn 2013)."""
    made = found.net_heat()
    names = [
        f"{naming.treatment(one)} vs {naming.treatment(other)} ({design})"
        for design, one, other in _short(made.contrasts, naming)
    ]
    rows = [
        (names[row], names[column], None if not np.isfinite(value) else float(value))
        for row, values in enumerate(made.change)
        for column, value in enumerate(values)
    ]
    hot = sorted((row for row in rows if row[2] is not None and row[0] != row[1]), key=lambda row: -(row[2] or 0))[:3]
    told = "; ".join(
        f"{row} gains {signed(value or 0)} when {column} is detached"
        for row, column, value in hot
        if value and value > 0
    )
    words = f"{len(names)} contrasts of designs. {told or 'No design takes disagreement away from another'}."
    columns = ("contrast", "detached design", "change of Q")
    return Figure(
        "net-heat",
        "Where the network disagrees with itself",
        words,
        columns,
        tuple(rows),
        lambda: _draw(rows, "change of Q"),
    )


def rankogram(found: Network, naming: Naming) -> Figure:
    """The chance of each rank for each treatment, drawn from the joint distribution of all effects."""
    made = found.rankogram(joint=True)
    sucra = found.p_scores("random")
    order = np.argsort(-sucra)
    rows = [
        (naming.treatment(found.treatments[at]), rank + 1, float(chance), float(sucra[at]))
        for at in order
        for rank, chance in enumerate(made.probabilities[at])
    ]
    told = ", ".join(f"{naming.treatment(found.treatments[at])} {sucra[at]:.2f}" for at in order)
    words = (
        f"Chance of each rank from best (1) to worst ({len(order)}). Mean rank from 1 (surely best) to 0: {told}. "
        "A rank says nothing of how much, or how surely."
    )
    columns = ("treatment", "rank", "probability", "P-score")
    return Figure("rankogram", "Chance of each rank", words, columns, tuple(rows), lambda: _draw_ranks(rows))


def _short(contrasts: Sequence[tuple[str, str, str]], naming: Naming) -> list[tuple[str, str, str]]:
    """Designs by number where their names would be long, so that each contrast is told apart."""
    designs = list(dict.fromkeys(design for design, _, _ in contrasts))
    return [(f"design {designs.index(design) + 1}", one, other) for design, one, other in contrasts]


def _draw(rows: Sequence[tuple[str, str, float | None]], what: str, *, percent: bool = False) -> Any:
    import altair as alt

    from enthesis.evidence.figures import style

    down, across = list(dict.fromkeys(row[0] for row in rows)), list(dict.fromkeys(row[1] for row in rows))
    few = max(len(down), len(across)) <= LEGIBLE
    cell = CELL if few else 18
    most = max([1e-9, *(abs(value) for *_, value in rows if value is not None)])
    data = [
        {
            "row": row,
            "column": column,
            "value": value,
            "text": _cell(value, percent),
            "dark": value is not None and abs(value) > 0.55 * most,
        }
        for row, column, value in rows
    ]
    x = alt.X(
        "column:N",
        sort=across,
        axis=alt.Axis(title=None, labelAngle=-45, labelLimit=400, orient="bottom", domain=False, ticks=False),
    )
    y = alt.Y("row:N", sort=down, axis=alt.Axis(title=None, labelLimit=400, domain=False, ticks=False))
    scale = (
        alt.Scale(domain=[0, most], range=["#ffffff", style.INK], interpolate="rgb")
        if percent
        else alt.Scale(domain=[-most, 0, most], range=["#0072b2", "#ffffff", "#b03a00"], interpolate="rgb")
    )
    base = style.of(data).encode(x=x, y=y)
    squares = base.mark_rect(stroke=style.GRID).encode(color=alt.Color("value:Q", scale=scale, legend=None))
    text = [
        base.transform_filter(test).mark_text(fontSize=10, color=ink).encode(text="text:N")
        for test, ink in (("datum.dark", "white"), ("!datum.dark", style.INK))
    ]
    layers = [squares, *(text if few else ())]
    pad = _room(down, across, style)
    return style.finished(alt.layer(*layers), width=cell * len(across), height=cell * len(down), pad=pad)


def _room(down: list[str], across: list[str], style: Any) -> dict[str, float]:
    """Room for the names at the left and, slanted, below."""
    longest = [max(style.wide(name) for name in names) for names in (down, across)]
    slanted = 0.71 * longest[1]
    return {"left": max(16 + longest[0], slanted), "right": 24.0, "top": 12.0, "bottom": 24 + slanted}


def _cell(value: float | None, percent: bool) -> str:
    if value is None:
        return ""
    return f"{value:.0%}".removesuffix("%") if percent else signed(value, 1)


def _draw_ranks(rows: Sequence[tuple[str, int, float, float]]) -> Any:
    import altair as alt

    from enthesis.evidence.figures import style

    names = list(dict.fromkeys(row[0] for row in rows))
    data = [{"name": name, "rank": rank, "chance": chance} for name, rank, chance, _ in rows]
    bars = (
        style.of(data)
        .mark_bar(color=style.INK)
        .encode(
            x=alt.X("rank:O", axis=alt.Axis(title=None, labelAngle=0, labelOverlap="greedy")),
            y=alt.Y("chance:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(title=None, format="%", tickCount=2)),
        )
        .properties(width=110, height=70)
    )
    header = alt.Header(title=None, labelFontSize=12, labelColor=style.INK, labelAnchor="start")
    chart = bars.facet(facet=alt.Facet("name:N", sort=names, header=header), columns=4, spacing=14)
    return (
        chart.properties(background="white", padding=12)
        .configure(font="sans-serif", aria=False)
        .configure_view(stroke=style.GRID)
        .configure_axis(
            gridColor=style.GRID, labelColor=style.QUIET, labelFontSize=11, domainColor=style.LINE, tickColor=style.LINE
        )
    )
