"""The sections of a report, in the order in which they should be read: who answered before how they did."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from enthesis.evidence.report.page import bullets, paragraph, table
from enthesis.expectations.report import checklists, figures
from enthesis.expectations.report.drawn import picture
from enthesis.expectations.report.flowing import flow_html, when
from enthesis.expectations.report.harmed import harms_html, harms_words
from enthesis.expectations.report.names import Names, number, percent, signed
from enthesis.expectations.report.other_treatments import other_html, without_lines
from enthesis.expectations.report.rated import rated_html
from enthesis.expectations.report.side_by_side import watched_html
from enthesis.expectations.report.told import (
    IN_ENGLISH,
    Telling,
    comparison_sentences,
    headline_week,
    sentence,
    share,
    why_kept_back,
)
from enthesis.knowledge import Entry
from enthesis.outcomes import TOO_SOON, Background
from enthesis.outcomes.cohort import Analysis, Group, Unmodelled, Week
from enthesis.outcomes.cohort.analysis import FIRST_BENEFIT, PAIN
from enthesis.outcomes.cohort.models import FEWEST
from enthesis.outcomes.cohort.small_cells import shown_of

Section = tuple[str, str]
WEEK = 7  # days


@dataclass(frozen=True)
class Told:
    """An analysis with what its sections need."""

    analysis: Analysis
    names: Names
    beside: tuple[Entry[Background], ...]
    harmed: Mapping[str, int]

    @property
    def groups(self) -> tuple[Group, ...]:
        """Pain first, then the other instruments; of each, groups that may show a figure before those that may not."""
        return tuple(
            sorted(
                self.analysis.groups, key=lambda one: (one.measure.id != PAIN, one.measure.id, not headline_week(one))
            )
        )

    def telling(self, group: Group) -> Telling:
        """What the sentence of a group needs."""
        condition = group.key.get("condition", "")
        own = tuple(
            e for e in self.beside if not condition or condition in e.body.conditions or "any" in e.body.conditions
        )
        return Telling(self.names, own, harms_words(self.harmed, self.names), bool(self.analysis.comparisons))

    def title(self, group: Group) -> str:
        """The heading of a group."""
        return f"{self.names.group(group)}: {self.names.scale(group.measure)}"


def sections(told: Told) -> Iterator[Section]:
    """Every section but the methods."""
    yield checklists.SHORT, "".join(_short(told, at, group) for at, group in enumerate(told.groups))
    if told.analysis.comparisons:
        yield "What randomisation supports", _compared(told)
    flows = (
        _folded(told, at, flow_html(group, told.names, told.title(group), f"response-{at}"))
        for at, group in enumerate(told.groups)
    )
    yield checklists.FLOW, "".join(flows)
    yield checklists.AVERAGE, _each(told, _average)
    yield checklists.SPREAD, _each(told, _spread)
    yield checklists.SHARES, _each(told, _shares)
    yield checklists.DOUBT, _each(told, _doubt)
    yield checklists.OTHER, _each(told, _other)
    if told.analysis.watched:
        yield checklists.WATCHED, watched_html(told.analysis.watched, told.names)
    yield checklists.HARMS, harms_html(told.harmed)
    yield checklists.BESIDE, _beside(told)
    if told.analysis.rated:
        yield checklists.RATED, rated_html(told.analysis.rated, told.names)


def _compared(told: Told) -> str:
    said = [line for one in told.analysis.comparisons for line in comparison_sentences(one, told.names)]
    for one in told.analysis.comparisons_without:
        said += without_lines(comparison_sentences(one, told.names))
    return bullets(said) if said else paragraph(f"No arm has {FEWEST} answers from 3 months on.")


def _short(told: Told, at: int, group: Group) -> str:
    """The sentence of a group. Those of the first instrument are in sight; the others, and those that may show no figure,
    are behind the group's name.
    """
    said = paragraph(sentence(group, told.telling(group)), kind="lead")
    in_sight = at == 0 or (headline_week(group) and group.measure == told.groups[0].measure)
    return said if in_sight else _folded(told, at, said)


def _folded(told: Told, at: int, html: str) -> str:
    """What is said of one group, behind its name; the first group stands open."""
    title = f"<summary><h3>{escape(told.title(told.groups[at]))}</h3></summary>"
    return f'<details class="group"{"" if at else " open"}>{title}{html}</details>'


def _each(told: Told, part: Callable[[Told, int, Group, Week], str]) -> str:
    """A part of every group that may show a figure, each to open; for the others one line that says why not."""
    made, say = [], told.names.told
    for at, group in enumerate(told.groups):
        week = headline_week(group)
        if week is None:
            made.append(
                paragraph(
                    say(
                        "{group}: no figure, as fewer people were due or answered than a figure needs.",
                        group=told.title(group),
                    ),
                    kind="note",
                )
            )
        else:
            made.append(_folded(told, at, part(told, at, group, week)))
    return "".join(made)


def _average(told: Told, at: int, group: Group, week: Week) -> str:
    say = told.names.told
    columns = (
        *(say("time"), say("people"), say("average before"), say("average")),
        *(say("median (quartiles)"), say("change (95% interval)")),
    )
    rows = [_average_row(one, told.names) for one in group.weeks]
    soon = say(
        "In the first {days} days the anaesthetic, the flare and expectation dominate: nothing then is a benefit.",
        days=TOO_SOON.days,
    )
    caption = say("Averages, {group}", group=told.title(group))
    drawn = picture(figures.averages(group, told.names, f"average-{at}"), told.names)
    return f"{drawn}{table(columns, rows, caption=caption)}{paragraph(soon, kind='note')}"


def _average_row(one: Week, names: Names) -> tuple[str, ...]:
    say = names.told
    if why := _why_hidden(one, names):
        return when(one.week, names), "", "", say("not shown"), why, ""
    low, high = (number(q or 0) for q in one.quartiles)
    middle = say("{middle} ({low} to {high})", middle=number(one.median or 0), low=low, high=high)
    before, mean = (names.written(number(value or 0)) for value in (one.baseline_of_answered, one.mean))
    return when(one.week, names), str(one.better["any"].n), before, mean, middle, _interval(one.change, names)


def _why_hidden(week: Week, names: Names = IN_ENGLISH) -> str:
    """Why the figures of a week are not shown; empty where they are."""
    say = names.told
    if why := why_kept_back(week.flow, names):
        return why
    return say("nobody can be compared with a baseline") if week.change.lower is None else ""


def _spread(told: Told, at: int, group: Group, week: Week) -> str:
    late = [one for one in group.weeks if one.week >= FIRST_BENEFIT and not _why_hidden(one) and one.curve]
    return "".join(
        picture(figures.distribution(group, one, told.names, f"spread-{at}-{place}")) for place, one in enumerate(late)
    )


def _shares(told: Told, at: int, group: Group, week: Week) -> str:
    say = told.names.told
    columns = (
        *(say("time"), say("people"), say("what"), say("of those who answered"), say("of all enrolled")),
        *(say("if the silent failed"), say("if they succeeded"), say("12 in 100 worse")),
    )
    rows = [
        row
        for one in group.weeks
        if one.week * WEEK > TOO_SOON.days and not _why_hidden(one)
        for row in _share_rows(one, told.names, all_told=group.told_enrolled is not None)
    ]
    return table(columns, rows, caption=say("Shares, {group}", group=told.title(group)))


def _what(names: Names) -> dict[tuple[str, str], str]:
    say = names.told
    return {
        ("better", "30"): say("better by at least 30%"),
        ("better", "50"): say("better by at least 50%"),
        ("better", "important"): say("better by the instrument's important change"),
        ("worse", "any"): say("worse than before"),
        ("worse", "important"): say("worse by the instrument's important change"),
    }


def _share_rows(week: Week, names: Names, *, all_told: bool) -> Iterator[tuple[str, ...]]:
    kept, there, say = shown_of(week), {"better": week.better, "worse": week.worse}, names.told
    for name, words in _what(names).items():
        one = there[name[0]].get(name[1])
        if one is None:
            continue
        if name not in kept or one.share is None:
            yield when(week.week, names), str(one.n), words, say("not shown: few people"), "", "", "", ""
            continue
        parts = (one.if_silent_failed, one.if_silent_succeeded, one.if_silent_worse)
        rest = (names.written(percent(part or 0)) for part in parts)
        of_all = names.written(percent(one.of_enrolled or 0)) if all_told else say("not shown")
        yield when(week.week, names), str(one.n), words, share(one, names), of_all, *rest


def _other(told: Told, at: int, group: Group, week: Week) -> str:
    late = tuple(one for one in group.weeks if one.week >= FIRST_BENEFIT and not _why_hidden(one))
    return other_html(group, told.names, told.title(group), late)


def _doubt(told: Told, at: int, group: Group, week: Week) -> str:
    columns = (
        "time",
        "those who answered",
        "mixed model",
        "weighted",
        "imputed",
        "the finding is gone once the silent did worse by",
    )
    late = [one for one in group.weeks if one.week >= FIRST_BENEFIT and not _why_hidden(one)]
    rows = [
        (when(w.week), *map(_interval, (w.change, w.mixed_model, w.weighted, w.imputed)), _tipped(w, group))
        for w in late
    ]
    reading = paragraph("Change by each way of allowing for the silent, with its 95% interval.")
    return (
        reading + table(columns, rows, caption=f"Change by several methods, {told.title(group)}") + _regression(group)
    )


def _interval(found: object, names: Names = IN_ENGLISH) -> str:
    say = names.told
    if isinstance(found, Unmodelled):
        return found.reason
    low, high, middle = (getattr(found, name) for name in ("lower", "upper", "estimate"))
    if low is None:
        return ""
    return say("{middle} ({low} to {high})", middle=signed(middle), low=signed(low), high=signed(high))


def _tipped(week: Week, group: Group) -> str:
    found = week.tipping_point
    if isinstance(found, Unmodelled):
        return found.reason
    if found.gone_at is None:
        return "nobody was silent"
    if found.gone_at > group.measure.high - group.measure.low:
        return "more than the whole scale: so few were silent"
    return f"{number(found.gone_at)} points" if found.gone_at else "it is not there to begin with"


def _regression(group: Group) -> str:
    """Mee and Chua's test in a sentence: over which true means the effect keeps its sign."""
    if not group.regression_to_mean:
        return ""
    worse = group.measure.higher_is_worse
    good = [at.true_mean for at in group.regression_to_mean if (at.upper < 0 if worse else at.lower > 0)]
    from_to = f"anywhere from {number(min(good))} to {number(max(good))}" if good else "anywhere on the scale"
    verdict = "still improves" if good else "cannot be told from no change"
    return paragraph(
        "People come when it is bad, and the next answer is better by itself. Nobody knows the true average of the people this "
        f"clinic draws from; by the test of Mee and Chua (1991), somebody who starts exactly there {verdict} if it is {from_to}."
    )


def _beside(told: Told) -> str:
    say, cited = told.names.told, told.names.cited
    if not told.beside:
        return paragraph(
            say("For these conditions no number of people given saline, a sham procedure or nothing could be read.")
        )
    rows = [
        (
            cited(str(e.body.instead)),
            cited(e.body.says),
            cited(e.body.caution),
            "; ".join(one.cite for one in e.sources),
        )
        for e in told.beside
    ]
    opening = say(
        "People who were given something else improve too. None of these is a comparison group of this clinic."
    )
    columns = (say("given"), say("what was found"), say("what to beware of"), say("source"))
    return paragraph(opening) + table(columns, rows, caption=say("Without the treatment"))


def checklist(items: tuple[checklists.Item, ...], caption: str) -> str:
    """A checklist, each item with where it is answered."""
    rows = [(item.number, item.asks, "✓" if item.answered else "–", item.where) for item in items]
    return table(("item", "asks for", "answered", "where"), rows, caption=caption)
