"""Clinics, quarters and treatments side by side, without a rank, each with what it does not prove."""

from collections.abc import Iterator, Sequence
from typing import Any

from enthesis.evidence.figures import Figure
from enthesis.evidence.report.page import bullets, paragraph, table
from enthesis.expectations.report.drawn import picture
from enthesis.expectations.report.figures import HEIGHT, PAD, WIDTH
from enthesis.expectations.report.names import Names, number, percent, signed, time
from enthesis.outcomes.cohort import Watched
from enthesis.outcomes.cohort.floors import is_small
from enthesis.outcomes.cohort.funnel import Funnel
from enthesis.outcomes.cohort.over_time import Cusum, Period
from enthesis.outcomes.cohort.small_cells import periods_shown
from enthesis.outcomes.cohort.target_trial import WARNING, Emulated

FIRST = (
    "How many answered comes first: when it falls, every other figure means less. Limits are exact, of three standard "
    "deviations; a quarter of fewer than 20 people is counted with the next."
)
NO_RANK = (
    "Each clinic is judged by what its own people lead one to expect. Clinics are in order of name; there is no rank. A clinic "
    "outside its limits asks a question and answers none."
)
E_VALUE = (
    "The E-value is how much likelier something unrecorded would have to make both the treatment and the outcome to explain the "
    "difference away; 1 means nothing is needed. Only those who answered are compared."
)


def watched_html(found: Watched, names: Names) -> str:
    """The whole section; what could not be made is said with its reason."""
    opening = f"On the {names.short(found.instrument)} at {time(found.week)}. Better means by at least 30%."
    parts = [
        paragraph(opening),
        *_over_time(found),
        *_clinics(found.funnel, names),
        *_treatments(found.treatments, names),
    ]
    left = bullets(f"Not made: {reason}." for reason in found.reasons) if found.reasons else ""
    return "".join(parts) + left


def _over_time(found: Watched) -> Iterator[str]:
    yield "<h3>Over time</h3>"
    if not found.response:
        yield paragraph("No quarter has 20 people, or the snapshot has no dates.", kind="note")
        return
    yield paragraph(FIRST)
    yield picture(
        _chart(found.response, "quarters-response", "Answered, of those due, by quarter of the first injection")
    )
    if shown := periods_shown(found.reached):
        yield picture(_chart(shown, "quarters-better", "Better by at least 30%, of those who answered, by quarter"))
    yield bullets(_cusum(one) for one in found.cusums)


def _cusum(one: Cusum) -> str:
    what = "half the odds of being better" if one.ratio < 1 else "twice the odds of being better"
    seen = f"signals {len(one.signals)} times" if one.signals else "does not signal"
    people = f"given each person's own description, {seen} in {len(one.values)} people in order of first injection"
    return f"A running sum against {what}, {people}; 5% of unchanged series would."


def _chart(periods: Sequence[Period], id: str, title: str) -> Figure:
    rows = tuple((p.name, p.n, p.share, p.lower, p.upper) for p in periods)
    said = "; ".join(f"{p.name}: {percent(p.share)}{' (outside its limits)' if p.outside else ''}" for p in periods)
    columns = ("quarter", "people", "share", "lower limit", "upper limit")
    return Figure(id, title, f"{title}. {said}.", columns, rows, lambda: _drawn_chart(rows))


def _drawn_chart(rows: Sequence[tuple[Any, ...]]) -> Any:
    import altair as alt

    from enthesis.evidence.figures.style import INK, LINE, WASH, finished, of

    told = [{"quarter": name, "share": share, "low": low, "high": high} for name, _, share, low, high in rows]
    x = alt.X("quarter:N", sort=None, axis=alt.Axis(title=None, labelAngle=0))
    y = alt.Y("share:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", title=None, tickCount=5))
    limits = of(told).mark_bar(color=WASH, stroke=LINE, width=30).encode(x=x, y=alt.Y("low:Q"), y2="high:Q")
    line = (
        of(told)
        .mark_line(color=INK, strokeWidth=1.5, point={"color": INK, "filled": True, "size": 60})
        .encode(x=x, y=y)
    )
    return finished(alt.layer(limits, line), width=WIDTH, height=HEIGHT, pad=PAD)


def _clinics(found: Funnel | None, names: Names) -> Iterator[str]:
    yield "<h3>Clinics</h3>"
    if found is None:
        yield paragraph("No funnel is drawn.", kind="note")
        return
    spread = "explained by chance"
    if found.dispersion > 1:
        spread = f"{number(found.dispersion)} times what chance explains, and limits are widened for it"
    adjusted = ", ".join(names.name(name) for name in found.adjusted_for)
    yield paragraph(f"Shares are standardised for {adjusted}. The spread between clinics is {spread}. {NO_RANK}")
    yield picture(_funnel(found))


def _funnel(found: Funnel) -> Figure:
    rows = tuple(
        (p.name, p.people, p.share, p.widened[0], p.widened[1], p.widened[2], p.widened[3])
        for p in found.places
        if not is_small(p.observed) and not is_small(p.people - p.observed)
    )
    outside = ", ".join(f"{p.name} {p.stands_out}" for p in found.places if p.stands_out) or "none"
    overall = (
        f"Clinics by number of people and standardised share better by at least 30%; overall {percent(found.overall)}"
    )
    words = f"{overall}. Outside the 99.8% limits: {outside}."
    columns = ("clinic", "people", "standardised share", "0.1%", "2.5%", "97.5%", "99.9%")
    return Figure("funnel", "Clinics side by side", words, columns, rows, lambda: _drawn_funnel(rows, found.overall))


def _drawn_funnel(rows: Sequence[tuple[Any, ...]], overall: float) -> Any:
    import altair as alt

    from enthesis.evidence.figures.style import INK, LINE, QUIET, finished, of

    told = [dict(zip(("clinic", "people", "share", "a", "b", "c", "d"), row, strict=True)) for row in rows]
    x = alt.X("people:Q", axis=alt.Axis(title="people who answered", grid=False))
    y = alt.Y("share:Q", axis=alt.Axis(format="%", title="better by 30%, standardised", titlePadding=14))
    outer = of(told).mark_rule(color=LINE, strokeDash=[2, 3]).encode(x=x, y=alt.Y("a:Q"), y2="d:Q")
    inner = of(told).mark_rule(color=LINE, strokeWidth=3).encode(x=x, y=alt.Y("b:Q"), y2="c:Q")
    middle = of([{"share": overall}]).mark_rule(color=QUIET).encode(y="share:Q")
    dots = of(told).mark_point(filled=True, color=INK, size=70, opacity=1).encode(x=x, y=y)
    named = of(told).mark_text(dx=8, align="left", color=QUIET, fontSize=11).encode(x=x, y=y, text="clinic:N")
    return finished(
        alt.layer(middle, outer, inner, dots, named), width=WIDTH, height=HEIGHT, pad=PAD | {"left": 90, "right": 80}
    )


def _treatments(found: Sequence[Emulated], names: Names) -> Iterator[str]:
    yield "<h3>Treatments</h3>"
    if not found:
        yield paragraph("No two treatments have 20 people each who answered.", kind="note")
        return
    yield paragraph(WARNING, kind="warning")
    columns = (
        "treatment",
        "people",
        "worth after weighting",
        "difference in change (95% interval)",
        "E-value",
        "of its interval",
    )
    rows = [
        (
            f"{names.name(one.treatment)} less {names.name(one.versus)}",
            f"{one.people[0]} and {one.people[1]}",
            f"{one.effective[0]:.0f} and {one.effective[1]:.0f}",
            f"{signed(one.estimate)} ({signed(one.lower)} to {signed(one.upper)})",
            number(one.e_value),
            number(one.e_value_interval),
        )
        for one in found
    ]
    yield table(columns, rows, caption="Treatments compared as a trial that was not done, by overlap weights")
    yield paragraph(E_VALUE)
    balance = [
        (names.name(one.treatment), b.name, number(b.before), number(b.after)) for one in found for b in one.balance
    ]
    yield table(
        ("treatment", "known before", "difference in SD", "after weighting"),
        balance,
        caption="Balance of what was recorded",
    )
