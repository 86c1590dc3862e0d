"""Figures of points: the comparison-adjusted funnel and Baujat's plot of heterogeneity against influence."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from enthesis.evidence.figures.figure import Figure
from enthesis.evidence.figures.naming import Naming, signed
from enthesis.evidence.networks import Network
from enthesis.evidence.networks.pairs import all_pairs

WIDTH, HEIGHT = 460, 300  # pixels of the field


def funnel(found: Network, naming: Naming) -> Figure:
    """Each study's comparison, less what all studies of that comparison say, against its standard error.

    Without small-study effects the points lie evenly about the middle (Chaimani & Salanti 2012, 10.1002/jrsm.57).
    The first treatment of a pair in the order of the network is set against the second, or the reference where it is
    one of the two.
    """
    made, direct = found.comparisons, found.direct("common")
    place = np.searchsorted(direct.pair, made.pair)
    first, second = all_pairs(len(found.treatments))
    reference = found.treatments.index(found.reference)
    turn = np.where(first[made.pair] == reference, -1.0, 1.0)
    apart = turn * (made.estimate - direct.estimate[place])
    rows = []
    for at, (gap, error) in enumerate(zip(apart.tolist(), np.sqrt(made.variance).tolist(), strict=True)):
        one, other = found.treatments[first[made.pair[at]]], found.treatments[second[made.pair[at]]]
        one, other = (other, one) if turn[at] < 0 else (one, other)
        compared = f"{naming.treatment(one)} vs {naming.treatment(other)}"
        rows.append((naming.study(found.studies[made.study[at]]), compared, gap, error))
    columns = ("study", "comparison", "effect less that of its comparison", "standard error")
    alone = int((np.bincount(place, minlength=len(direct.pair)) == 1).sum())
    words = (
        f"{len(rows)} comparisons of {len(found.studies)} studies, each less the pooled effect of its comparison. "
        f"{alone} comparisons have one study only, whose point lies on the middle line whatever it found."
    )
    return Figure(
        "funnel", "Do small studies say something else?", words, columns, tuple(rows), lambda: _draw_funnel(rows)
    )


def baujat(found: Network, naming: Naming) -> Figure:
    """Within the comparison of most studies: what each adds to heterogeneity, and how far it moves the pooled effect.

    Across: its part of Q. Up: the squared change of the common effect without it, in units of that effect's variance
    (Baujat 2002, 10.1002/sim.1221).
    """
    made = found.comparisons
    pairs, _, counts = made.grouped
    pair = int(pairs[int(np.argmax(counts))])
    mine = made.pair == pair
    y, w = made.estimate[mine], 1 / made.variance[mine]
    middle, total = float((w * y).sum() / w.sum()), float(w.sum())
    left = np.maximum(total - w, np.finfo(float).tiny)
    moved = (middle - (total * middle - w * y) / left) ** 2 * left if len(y) > 1 else np.zeros(len(y))
    names = [naming.study(found.studies[study]) for study in made.study[mine].tolist()]
    rows = list(zip(names, (w * (y - middle) ** 2).tolist(), moved.tolist(), strict=True))
    first, second = all_pairs(len(found.treatments))
    compared = (
        f"{naming.treatment(found.treatments[first[pair]])} vs {naming.treatment(found.treatments[second[pair]])}"
    )
    far = sorted(rows, key=lambda row: -row[1])[:3]
    told = "; ".join(f"{name} adds {signed(q)} to Q and moves the effect by {signed(by)}" for name, q, by in far)
    words = f"{compared}, {len(rows)} studies. Most unlike the rest: {told}."
    title = f"Which study differs, and which one decides: {compared}"
    columns = ("study", "part of Q", "influence")
    return Figure("baujat", title, words, columns, tuple(rows), lambda: _draw_baujat(rows))


def _draw_funnel(rows: Sequence[tuple[str, str, float, float]]) -> Any:
    import altair as alt

    from enthesis.evidence.figures import style

    deepest = 1.08 * max((error for *_, error in rows), default=1.0)
    wide = 1.1 * max([1.96 * deepest, *(abs(gap) for _, _, gap, _ in rows)])
    x = alt.X(
        "gap:Q",
        scale=alt.Scale(domain=[-wide, wide]),
        axis=alt.Axis(title="effect less that of its comparison", tickCount=6),
    )
    y = alt.Y("error:Q", scale=alt.Scale(domain=[deepest, 0]), axis=alt.Axis(title="standard error", tickCount=5))
    sides = [{"gap": 0.0, "error": 0.0, "side": side} for side in "lr"] + [
        {"gap": turn * 1.96 * deepest, "error": deepest, "side": side} for side, turn in (("l", -1), ("r", 1))
    ]
    data = style.of([{"gap": gap, "error": error} for _, _, gap, error in rows])
    layers = (
        style.of(sides).mark_line(color=style.LINE, strokeDash=[4, 3]).encode(x=x, y=y, detail="side:N"),
        style.of([{"gap": 0.0}]).mark_rule(color=style.LINE).encode(x=x),
        data.mark_point(filled=True, color=style.INK, size=60, opacity=0.75).encode(x=x, y=y),
    )
    return style.finished(alt.layer(*layers), width=WIDTH, height=HEIGHT, pad=EDGES)


EDGES = {"left": 64, "right": 24, "top": 12, "bottom": 48}


def _draw_baujat(rows: Sequence[tuple[str, float, float]]) -> Any:
    import altair as alt

    from enthesis.evidence.figures import style

    most = [1.15 * max([0.01, *column]) for column in ([q for _, q, _ in rows], [by for *_, by in rows])]
    x = alt.X(
        "q:Q", scale=alt.Scale(domain=[0, most[0]]), axis=alt.Axis(title="part of Q (heterogeneity)", tickCount=6)
    )
    y = alt.Y(
        "by:Q", scale=alt.Scale(domain=[0, most[1]]), axis=alt.Axis(title="influence on the pooled effect", tickCount=5)
    )
    far = {row[0] for row in sorted(rows, key=lambda row: -(row[1] / most[0] + row[2] / most[1]))[:3]}
    data = [{"name": name if name in far else "", "q": q, "by": by, "right": q > most[0] * 0.6} for name, q, by in rows]
    base = style.of(data).encode(x=x, y=y)
    text: dict[str, Any] = {"color": style.INK, "fontSize": 12, "dy": -9}
    layers = (
        base.mark_point(filled=True, color=style.INK, size=60, opacity=0.75),
        base.transform_filter("!datum.right").mark_text(align="left", dx=4, **text).encode(text="name:N"),
        base.transform_filter("datum.right").mark_text(align="right", dx=-4, **text).encode(text="name:N"),
    )
    return style.finished(alt.layer(*layers), width=WIDTH, height=HEIGHT, pad=EDGES)
