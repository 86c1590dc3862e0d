"""The graph of a network: a node for each treatment by its people, an edge for each comparison by its trials and their bias."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

import numpy as np

from enthesis.evidence.certainty import Concern
from enthesis.evidence.figures.figure import Figure
from enthesis.evidence.figures.naming import Naming
from enthesis.evidence.networks import Network
from enthesis.evidence.networks.pairs import all_pairs

SIZE = 320  # pixels of the square the ring stands in
EDGE = 1.25  # the ring has radius 1 in a square of twice this
LARGEST = 1600  # square pixels of the largest node


def graph(found: Network, naming: Naming, bias: Mapping[str, Concern]) -> Figure:
    """The network. An edge has the worst level that most of its trials have; a trial without a judgment counts as some."""
    people = node_people(found)
    nodes = [(name, people[place]) for place, name in enumerate(found.treatments)]
    edges = edge_rows(found, bias)
    rows = tuple(
        [("treatment", naming.treatment(name), None, None, count, None) for name, count in nodes]
        + [
            ("comparison", naming.treatment(one), naming.treatment(other), trials, None, WORDS[level])
            for one, other, trials, level in edges
        ]
    )
    columns = ("what", "treatment", "versus", "trials", "people", "risk of bias")
    told = "; ".join(
        f"{naming.treatment(one)} and {naming.treatment(other)}: {trials} {'trial' if trials == 1 else 'trials'}, "
        f"risk of bias {WORDS[level]}"
        for one, other, trials, level in edges
    )
    words = f"{len(nodes)} treatments, {len(edges)} comparisons made by trials. {told}."
    return Figure("graph", "Who was compared with whom", words, columns, rows, lambda: _draw(nodes, edges, naming))


Edge = tuple[str, str, int, Concern]
WORDS = {Concern.NONE: "low", Concern.SOME: "some or unclear", Concern.MAJOR: "high"}


def node_people(found: Network) -> list[float | None]:
    """People of each treatment; None where some study does not say."""
    total = np.zeros(len(found.treatments))
    for batch in found.contrasts.batches:
        np.add.at(total, batch.arms.ravel(), batch.people.ravel())
    return [float(count) if np.isfinite(count) else None for count in total]


def edge_rows(found: Network, bias: Mapping[str, Concern]) -> list[Edge]:
    """Each comparison some trial made: both treatments, how many trials, and the level most of them have."""
    levels: dict[int, Counter[Concern]] = {}
    made = found.comparisons
    for pair, study in zip(made.pair.tolist(), made.study.tolist(), strict=True):
        levels.setdefault(pair, Counter())[bias.get(found.studies[study], Concern.SOME)] += 1
    first, second = all_pairs(len(found.treatments))
    return [
        (
            found.treatments[first[pair]],
            found.treatments[second[pair]],
            counts.total(),
            max(counts, key=lambda level: (counts[level], level)),
        )
        for pair, counts in sorted(levels.items())
    ]


def _draw(nodes: list[tuple[str, float | None]], edges: list[Edge], naming: Naming) -> Any:
    import altair as alt

    from enthesis.evidence.figures import style

    at = {name: _place(index, len(nodes)) for index, (name, _) in enumerate(nodes)}
    square = alt.Scale(domain=[-EDGE, EDGE])
    x, midx = (alt.X(f"{name}:Q", axis=None, scale=square) for name in ("x", "midx"))
    y, midy = (alt.Y(f"{name}:Q", axis=None, scale=square) for name in ("y", "midy"))
    lines, dots = _lines(edges, at), _dots(nodes, at, naming)
    numbers = style.of(lines).encode(x=midx, y=midy, text="trials:N")
    layers = [
        _drawn_edges(lines, x, y, alt, style),
        numbers.mark_text(fontSize=12, stroke="white", strokeWidth=5, color="white"),
        numbers.mark_text(fontSize=12, color=style.INK),
        style.of(dots)
        .mark_point(filled=True, color=style.INK, opacity=1, stroke="white")
        .encode(x=x, y=y, size=alt.Size("size:Q", scale=None, legend=None)),
        *(_names(dots, side, x, y, style) for side in ("left", "center", "right")),
    ]
    longest = max(style.wide(dot["name"]) for dot in dots)
    pad = {"left": longest, "right": longest, "top": 16, "bottom": 48}
    return style.finished(alt.layer(*layers), width=SIZE, height=SIZE, pad=pad)


def _lines(edges: list[Edge], at: Mapping[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """Each edge from node to node, as wide as it has trials, with its middle for their number."""
    return [
        {
            "x": at[one][0],
            "y": at[one][1],
            "x2": at[other][0],
            "y2": at[other][1],
            "midx": (at[one][0] + at[other][0]) / 2,
            "midy": (at[one][1] + at[other][1]) / 2,
            "level": WORDS[level],
            "wide": 1.5 + 1.5 * math.log2(trials + 1),
            "trials": str(trials),
        }
        for one, other, trials, level in edges
    ]


def _dots(
    nodes: list[tuple[str, float | None]], at: Mapping[str, tuple[float, float]], naming: Naming
) -> list[dict[str, Any]]:
    """Each node, its area by its people."""
    most = max((count for _, count in nodes if count), default=1.0)
    return [
        {
            "x": at[name][0],
            "y": at[name][1],
            "size": 120 + LARGEST * (count or 0) / most,
            "name": naming.treatment(name) + ("" if count is None else f" ({count:.0f})"),
        }
        for name, count in nodes
    ]


def _drawn_edges(lines: list[dict[str, Any]], x: Any, y: Any, alt: Any, style: Any) -> Any:
    return (
        style.of(lines)
        .mark_rule(opacity=0.9)
        .encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("wide:Q", scale=None, legend=None),
            color=_level(alt.Color, alt, style.BIAS_COLOURS),
            strokeDash=_level(alt.StrokeDash, alt, style.BIAS_DASHES),
        )
    )


def _level(channel: Any, alt: Any, inks: Mapping[Concern, Any]) -> Any:
    """Colour or dash by risk of bias, with one legend for both."""
    scale = alt.Scale(domain=[WORDS[level] for level in Concern], range=[inks[level] for level in Concern])
    legend = alt.Legend(
        title="risk of bias", orient="none", legendX=0, legendY=SIZE + 16, direction="horizontal", titleOrient="left"
    )
    return channel("level:N", scale=scale, legend=legend)


def _place(index: int, count: int) -> tuple[float, float]:
    """On a ring, the first at the top."""
    angle = math.pi / 2 - 2 * math.pi * index / count
    return math.cos(angle), math.sin(angle)


def _names(dots: list[dict[str, Any]], side: str, x: Any, y: Any, style: Any) -> Any:
    """Names outside the ring, clear of their own node; with the number of people where it is known."""
    rows = []
    for dot in dots:
        lies = "center" if abs(dot["x"]) < 0.2 else "left" if dot["x"] > 0 else "right"
        if lies == side:
            clear = 1 + (math.sqrt(dot["size"] / math.pi) + 12) / (SIZE / (2 * EDGE))
            rows.append({"x": dot["x"] * clear, "y": dot["y"] * clear, "name": dot["name"]})
    text = style.of(rows).mark_text(align=side, baseline="middle", fontSize=12, color=style.INK)
    return text.encode(x=x, y=y, text="name:N")
