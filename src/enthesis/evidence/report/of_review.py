"""The report on a review: its question, where every trial went, and the network of what is left."""

from collections.abc import Iterator

from enthesis.evidence.certainty.rating import Known
from enthesis.evidence.figures import Naming
from enthesis.evidence.report.page import bullets, folded, page, paragraph, table
from enthesis.evidence.report.published import published_html
from enthesis.evidence.report.sections import Section, network_sections
from enthesis.evidence.review.fitting import Fit
from enthesis.evidence.review.rows import Trial

NOT_REVIEWED = "No clinician has reviewed this page. It says what the trials that could be read say, and no more."


def review_report(made: Fit, *, known: Known | None = None) -> str:
    """One self-contained HTML page. Raises nothing that a fit has not raised."""
    return page(made.review.entry.title, sections(made, known or known_of(made)))


def naming_of(made: Fit) -> Naming:
    """How this review calls its treatments and trials."""
    about, asked = made.review.about, made.question
    outcome = about.outcome(asked.outcome)
    scale = f"points of {outcome.name.lower()}, {outcome.scale[0]:g} to {outcome.scale[1]:g}" if outcome.scale else ""
    return Naming(
        asked.measure,
        {node.id: node.name for node in about.nodes},
        {trial.trial: trial.citation.split(",")[0] for trial in made.review.trials},
        better="higher is better" if asked.of_events else "lower is better",
        important=made.important,
        what=scale if asked.measure == "MD" else "",
    )


def known_of(made: Fit) -> Known:
    """What the review knows beside the numbers."""
    people = {one.trial.trial: one.trial.people for one in made.chosen.taken if one.trial.people is not None}
    return Known(made.important, made.bias, made.indirect, made.missing, people)


def sections(made: Fit, known: Known) -> Iterator[Section]:
    """Every section, from what was asked to what is still missing."""
    about = made.review.about
    yield "", paragraph(about.question) + paragraph(NOT_REVIEWED, kind="warning") + bullets(question_words(made))
    yield "Where every trial went", flow_html(made)
    if not made.networks:
        yield "No network", paragraph("No trial that was read answers this question with numbers that can be compared.")
    for number, found in enumerate(made.networks, start=1):
        part = "" if len(made.networks) == 1 else f"part {number} of {len(made.networks)}"
        if part and number == 1:
            yield "Separate parts", paragraph(PARTS)
        yield from network_sections(found, naming_of(made), known, bias=made.bias, part=part)
    yield "Beside published reviews", published_html(made)
    yield "Trials", trials_html(made)
    yield "Trials that are not in it", left_out_html(made)
    yield "Traps, and what was done about them", bullets(about.traps)
    if about.not_reproducible:
        yield "What cannot be reproduced", bullets(about.not_reproducible)
    yield "Data and licence", bullets(data_words(made))


PARTS = "The trials do not connect all treatments. Each part is analysed by itself, and nothing is said across parts."


def question_words(made: Fit) -> list[str]:
    """What was asked, in sentences."""
    asked, about = made.question, made.review.about
    first, last = asked.span
    when = f"nearest to week {asked.weeks:g}, from week {first:g}" + (f" to {last:g}" if last < 1000 else " on")
    where = ", ".join(about.condition(one).name for one in sorted(asked.conditions)) or "any condition of the review"
    time = when if about.usual_weeks else "time not stated"
    said = [f"Outcome: {about.outcome(asked.outcome).name} ({asked.measure}), {time}; {where}."]
    if asked.bias:
        said.append(f"Only trials with risk of bias {', '.join(sorted(asked.bias))}.")
    if made.chosen.mixed:
        said.append(
            "Changes from baseline and final scores are both in it: allowed in a mean difference, and said here."
        )
    return [*said, about.read]


def flow_html(made: Fit) -> str:
    """The flow in a sentence and a table."""
    went = made.flow
    rows: list[tuple[str, int]] = [
        ("found", went.found),
        ("set aside: not randomised, or the same patients again", len(went.excluded)),
        ("registered, no results seen", len(went.registered)),
        ("awaiting extraction: numbers not readable", len(went.awaiting)),
        ("randomised and read", went.read),
        ("read, but not usable for this question", len(went.not_pooled)),
        ("pooled here", len(went.pooled)),
    ]
    reasons = table(("reason", "trials"), went.reasons, caption="Why trials that were read are not pooled here")
    return (
        paragraph(went.in_words()) + table(("", "trials"), rows, caption="Flow of trials") + folded("Reasons", reasons)
    )


def trials_html(made: Fit) -> str:
    """Every pooled trial with what was taken of it."""
    rows = [
        (
            one.trial.citation,
            made.review.about.condition(one.trial.condition).name,
            one.trial.people,
            f"{one.instrument}, {'week ' + format(one.week, 'g') if one.week is not None else 'time not stated'}, {one.kind}",
            f"{one.trial.bias}: {one.trial.bias_why}",
            "; ".join(one.notes),
            one.trial.address,
        )
        for one in made.chosen.taken
    ]
    columns = ("trial", "condition", "people", "taken", "risk of bias", "done to it, and cautions", "address")
    return table(columns, rows, caption="Trials in this fit")


def left_out_html(made: Fit) -> str:
    """Every other trial, with its reason; then those that wait for somebody with the paper."""
    went, about = made.flow, made.review.about
    read = [_left(trial, why) for trial, why in (*went.not_pooled, *went.excluded)]
    waiting = [
        (one.citation, about.condition(one.condition).name, one.comparison, one.known, str(one.state), one.address)
        for one in (*went.awaiting, *went.registered)
    ]
    return folded(
        f"Read, and not in it ({len(read)})", table(("trial", "reason", "address"), read, caption="Read, and not in it")
    ) + folded(
        f"Awaiting ({len(waiting)})",
        table(
            ("trial", "condition", "comparison", "known", "state", "address"),
            waiting,
            caption="Awaiting extraction or results",
        ),
    )


def _left(trial: Trial, why: str) -> tuple[str, str, str]:
    return trial.citation, why, trial.address


def data_words(made: Fit) -> list[str]:
    """Version, fingerprint, search and licence."""
    of = made.review
    own = f" with {len(of.added)} of the clinic's own" if of.added else ""
    return [
        f"{of.about.citation}. Data fingerprint {of.fingerprint}, version {of.about.version}{own}.",
        f"Search: {of.about.searched}",
        f"Licence: {of.about.licence.says} {of.about.licence.standing}",
        *(f"{node.name}: {node.note}" for node in of.about.nodes if node.note and node.id in made.chosen.nodes),
    ]
