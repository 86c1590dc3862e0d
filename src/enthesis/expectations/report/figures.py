"""The figures of a report: who answered, how the average went, and the whole distribution of change."""

from collections.abc import Sequence
from typing import Any

from enthesis.evidence.figures import Figure
from enthesis.expectations.report.names import Names, number, percent, rate, time
from enthesis.outcomes.cohort import LEAST_RESPONSE, Group, Week, kept_back
from enthesis.outcomes.cohort.small_cells import cuts_of, thinned

WIDTH, HEIGHT = 560, 260  # pixels of the field
PAD = {"left": 70, "top": 20, "right": 40, "bottom": 52}


def response(group: Group, names: Names, id: str) -> Figure:
    """How many of those due answered, at each time."""
    weeks = [week for week in group.weeks if week.flow.due]
    rows = tuple((time(w.week), w.flow.due, w.flow.answered, w.flow.response_rate) for w in weeks)
    said = "; ".join(f"{name}: {answered} of {due}" for name, due, answered, _ in rows)
    words = (
        f"How many of those due answered, {names.group(group)}. {said}. Below {LEAST_RESPONSE:.0%} no result is shown."
    )
    return Figure(id, "Who answered", words, ("time", "due", "answered", "share"), rows, lambda: _response(rows))


def _response(rows: Sequence[tuple[Any, ...]]) -> Any:
    import altair as alt

    from enthesis.evidence.figures.style import INK, LINE, QUIET, finished, of

    told = [{"time": name, "share": share, "shown": rate(share)} for name, _, _, share in rows]
    order = [name for name, *_ in rows]
    x = alt.X("time:N", sort=order, axis=alt.Axis(title=None, labelAngle=0))
    y = alt.Y(
        "share:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="%", title="answered, of those due", tickCount=5),
    )
    bars = of(told).mark_bar(color=LINE, width=34).encode(x=x, y=y)
    named = of(told).mark_text(dy=-8, color=INK, fontSize=12).encode(x=x, y=y, text="shown:N")
    floor = of([{"share": LEAST_RESPONSE}]).mark_rule(color=QUIET, strokeDash=[4, 3]).encode(y="share:Q")
    return finished(alt.layer(bars, floor, named), width=WIDTH, height=HEIGHT, pad=PAD)


def averages(group: Group, names: Names, id: str) -> Figure:
    """The average of those who answered, with its interval, at each time that may be shown."""
    rows = tuple(
        _average(week, names) for week in group.weeks if week.change.lower is not None and not kept_back(week.flow)
    )
    say = names.told
    said = "; ".join(
        say("{time}: {mean} ({low} to {high})", time=name, mean=number(mean), low=number(low), high=number(high))
        for name, _, mean, low, high, _ in rows
    )
    worse = say("higher is worse") if group.measure.higher_is_worse else say("higher is better")
    start = say("Before: {mean}.", mean=number(group.baseline_mean)) + " " if group.baseline_mean is not None else ""
    group_said = {"group": names.group(group), "worse": worse}
    words = say("Average score of those who answered, {group}, {worse}.", **group_said) + f" {start}{said}."
    columns = (
        *(say("time"), say("week"), say("average"), say("lower"), say("upper")),
        say("average before, of the same people"),
    )
    return Figure(id, say("How the average went"), words, columns, rows, lambda: _averages(rows, group, names))


def _average(week: Week, names: Names) -> tuple[Any, ...]:
    """The average as baseline plus change, so that the interval is the one of the change."""
    before, change = week.baseline_of_answered or 0.0, week.change
    ends = (before + (change.estimate or 0), before + (change.lower or 0), before + (change.upper or 0))
    return names.time(week.week), week.week, *ends, before


def _averages(rows: Sequence[tuple[Any, ...]], group: Group, names: Names) -> Any:
    import altair as alt

    from enthesis.evidence.figures.style import INK, LINE, QUIET, finished, of

    say = names.told
    points = [{"week": week, "mean": mean, "low": low, "high": high} for _, week, mean, low, high, _ in rows]
    first = [{"week": 0, "mean": group.baseline_mean}] if group.baseline_mean is not None else []
    x = alt.X("week:Q", axis=alt.Axis(title=say("weeks from the first injection"), grid=False, tickCount=8))
    y = alt.Y(
        "mean:Q",
        scale=alt.Scale(domain=[group.measure.low, group.measure.high]),
        axis=alt.Axis(title=say("worse ↑") if group.measure.higher_is_worse else say("better ↑")),
    )
    line = of([*first, *points]).mark_line(color=LINE, strokeWidth=1.5).encode(x=x, y=y)
    bars = of(points).mark_rule(color=INK, strokeWidth=2).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    dots = of([*first, *points]).mark_point(filled=True, color=INK, size=70, opacity=1).encode(x=x, y=y)
    before = of([{**first[0], "words": say("before")}] if first else []).mark_text(
        dx=8, align="left", dy=-10, color=QUIET, fontSize=12
    )
    return finished(
        alt.layer(line, bars, dots, before.encode(x=x, y=y, text="words:N")), width=WIDTH, height=HEIGHT, pad=PAD
    )


def distribution(group: Group, week: Week, names: Names, id: str) -> Figure:
    """How many of those who answered improved by at least so much: the whole curve, in steps of five people or more."""
    total = sum(people for _, people in week.curve)
    rows = tuple(
        (improved, reached, reached / total) for improved, reached in thinned(week.curve, beside=cuts_of(week))
    )
    said = "; ".join(
        f"{number(improved)} points or more: {percent(part)}" for improved, _, part in rows[:: max(1, len(rows) // 6)]
    )
    words = (
        f"Of {total} people who answered at {time(week.week)}, {names.group(group)}: how many improved by at least so much. "
        f"Below zero means worse. {said}."
    )
    columns = ("improved by at least (points)", "people", "share")
    return Figure(id, f"The whole distribution at {time(week.week)}", words, columns, rows, lambda: _distribution(rows))


def _distribution(rows: Sequence[tuple[Any, ...]]) -> Any:
    import altair as alt

    from enthesis.evidence.figures.style import INK, LINE, QUIET, finished, of

    told = [{"improved": improved, "share": share} for improved, _, share in rows]
    x = alt.X("improved:Q", axis=alt.Axis(title="improved by at least so many points (below 0: worse)", grid=False))
    y = alt.Y(
        "share:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", title="of those who answered", tickCount=5)
    )
    steps = of(told).mark_line(color=INK, strokeWidth=2, interpolate="step-before").encode(x=x, y=y)
    zero = of([{"improved": 0, "words": "no change"}])
    rule = zero.mark_rule(color=LINE, strokeDash=[3, 3]).encode(x="improved:Q")
    named = zero.mark_text(align="left", dx=5, dy=4, color=QUIET, fontSize=12)
    marked = named.encode(x="improved:Q", y=alt.value(4), text="words:N")
    return finished(alt.layer(rule, steps, marked), width=WIDTH, height=HEIGHT, pad=PAD)
