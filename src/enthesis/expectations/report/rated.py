"""How people rate their own change, printed last: such ratings follow how somebody feels now, and hardly how it was before."""

from collections.abc import Iterator, Sequence

from enthesis.evidence.report.page import paragraph, table
from enthesis.expectations.report.names import Names, percent, time
from enthesis.expectations.report.told import few, share
from enthesis.outcomes.cohort import Rated, too_few
from enthesis.outcomes.cohort.floors import is_small

CAUTION = (
    "A rating of change leans on how people feel on the day and hardly at all on how they were before treatment (Schmitt and "
    "Di Fabio 2005). It is never the result of a treatment by itself, and stands last for that reason."
)


def rated_html(found: Sequence[Rated], names: Names) -> str:
    """The share much better with its interval, over those who answered and over everybody enrolled, and every answer."""
    columns = (
        "who",
        "time",
        "enrolled",
        "due",
        "answered",
        "much better, of those who answered",
        "of all enrolled",
        "if the silent failed",
    )
    shares = table(columns, [_share(one, names) for one in found], caption="Much better, or very much")
    rows = [row for one in found if _open(one) for row in _answers(one, names)]
    every = table(("who", "time", "answer", "people"), rows, caption="Every answer") if rows else ""
    return paragraph(CAUTION) + shares + every


def _who(one: Rated, names: Names) -> str:
    parts = [names.name(value) for key, value in one.key.items() if key != "instrument" and value]
    return ", ".join([names.short(one.key["instrument"]), *parts])


def _share(one: Rated, names: Names) -> tuple[str, ...]:
    much = one.much
    if is_small(much.enrolled):
        return (
            _who(one, names),
            time(one.week),
            few(much.enrolled),
            "",
            "",
            f"not shown: {too_few(due=much.due, answered=much.n)}",
            "",
            "",
        )
    enrolled = f"at least {max(one.due)}" if one.told_enrolled is None else str(much.enrolled)
    counts = (_who(one, names), time(one.week), enrolled, str(much.due), str(much.n))
    why = too_few(due=much.due, answered=much.n)
    if not why and (is_small(much.events) or is_small(much.n - much.events)):
        why = "few people"
    if why:
        return (*counts, f"not shown: {why}", "", "")
    of_all = "not shown" if one.told_enrolled is None else percent(much.of_enrolled or 0)
    return (*counts, share(much, names), of_all, percent(much.if_silent_failed or 0))


def _open(one: Rated) -> bool:
    """May every answer be shown? Not where one of them, or what is left beside it, is so few that somebody is recognised."""
    n = one.much.n
    return not too_few(due=one.much.due, answered=n) and not any(
        is_small(c) or is_small(n - c) for c in one.counts.values()
    )


def _answers(one: Rated, names: Names) -> Iterator[tuple[str, ...]]:
    for score, people in one.counts.items():
        yield _who(one, names), time(one.week), f"{score:g}", f"{people} of {one.much.n}"
