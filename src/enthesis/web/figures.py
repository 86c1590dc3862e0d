"""Pictures as SVG, drawn on the server: no script on the page, and the same picture in print."""

from typing import Any

from enthesis.outcomes import Curve

INK, ACCENT, QUIET = "#1c2a2b", "#0b5a5e", "#5a6a6b"
WIDTH, HEIGHT = 560, 240  # CSS pixels; the page scales the picture to its column


def curve_svg(shown: Curve) -> str:
    """The scores over time on the instrument's whole scale, with the days of injections and the mean before them."""
    import altair as alt  # a heavy import, and most processes never draw

    layers = [_injections(alt, shown), _baseline(alt, shown), _scores(alt, shown)]
    chart = alt.layer(*[layer for layer in layers if layer is not None]).properties(width=WIDTH, height=HEIGHT)
    return _svg(chart.configure(font="Helvetica, Arial, sans-serif", background="white").configure_view(stroke=None))


def _scores(alt: Any, shown: Curve) -> Any:
    values = [{"on": point.on.isoformat(), "score": point.score} for point in shown.points if point.score is not None]
    direction = "higher is worse" if shown.higher_is_worse else "higher is better"
    base = alt.Chart(alt.Data(values=values)).encode(
        x=alt.X("on:T", title=None, axis=alt.Axis(format="%-d %b %Y", labelColor=INK, grid=False, tickCount=5, labelOverlap=True, labelFontSize=12)),
        y=alt.Y("score:Q", title=f"{shown.title} ({direction})", scale=alt.Scale(domain=list(shown.range)),
                axis=alt.Axis(labelColor=INK, titleColor=INK, gridColor="#e3e9e9", tickCount=6, labelFontSize=12, titleFontWeight="normal")),
    )
    return base.mark_line(color=ACCENT, strokeWidth=2.5) + base.mark_point(color=ACCENT, filled=True, size=70, opacity=1)


def _injections(alt: Any, shown: Curve) -> Any:
    if not shown.injections:
        return None
    values = [{"on": on.isoformat(), "label": f"injection {number}"} for number, on in enumerate(shown.injections, 1)]
    base = alt.Chart(alt.Data(values=values)).encode(x="on:T")
    words = base.mark_text(angle=270, align="right", dx=-4, dy=-6, color=QUIET, fontSize=11, y=0).encode(text="label:N")
    return base.mark_rule(color=QUIET, strokeDash=[4, 4]) + words


def _baseline(alt: Any, shown: Curve) -> Any:
    if shown.baseline is None:
        return None
    values = [{"score": shown.baseline}]
    return alt.Chart(alt.Data(values=values)).mark_rule(color=ACCENT, strokeDash=[2, 3], opacity=0.7).encode(y="score:Q")


def _svg(chart: Any) -> str:
    from vl_convert import vegalite_to_svg

    return str(vegalite_to_svg(chart.to_dict()))
