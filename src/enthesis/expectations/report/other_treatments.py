"""What else people were treated with, in a report: named and counted, and the results with and without it side by side."""

from collections.abc import Iterator

from enthesis.evidence.report.page import bullets, paragraph, table
from enthesis.expectations.report.names import Names, percent, signed
from enthesis.outcomes.cohort import Group, Share, Unmodelled, Week
from enthesis.outcomes.cohort.floors import is_small
from enthesis.outcomes.cohort.small_cells import events_may_be_told, failed_may_be_told, kinds_told, people_may_be_told

POLICY = (
    "Treatment policy: every answer counts as it was given, whatever else somebody had. It asks how people were after they were "
    "treated and whatever followed."
)
HYPOTHETICAL = (
    "Hypothetical: how they would have been without what may itself have moved the answer. Answers after an injection, a "
    "radiofrequency treatment, an operation or a change of treatment, or with a pain medicine that began after the first "
    "injection, are set aside and filled in from people alike in baseline, earlier answers and what is known of them before "
    "treatment. That they would have done like those people cannot be checked."
)
COMPOSITE = "Composite: the share better if each of them counts as not better."
NEVER = (
    "Physical therapy, exercise, manual therapy and acupuncture are named and never set aside: they belong to care here. None of "
    "it is a covariate, as what came after the first injection may be a result of it; what went on before is one."
)
ESTIMANDS = (POLICY, HYPOTHETICAL, COMPOSITE, NEVER)
NOT_THERE = "This snapshot does not say what else people were treated with; nothing here allows for it."
CHANGED_ONLY = "Of other treatments this snapshot knows only who changed to one in its place."


def other_html(group: Group, names: Names, title: str, weeks: tuple[Week, ...]) -> str:
    """Both tables of a group over the weeks that may show figures."""
    if not any(week.others for week in weeks) and not any(week.without for week in weeks):
        return paragraph(NOT_THERE, kind="note")
    only = "" if any(week.others for week in weeks) else paragraph(CHANGED_ONLY, kind="note")
    return only + _who(names, title, weeks) + _estimands(names, title, weeks)


def _who(names: Names, title: str, weeks: tuple[Week, ...]) -> str:
    columns = ("time", "due", "had another treatment", "which, by people", "agreed on exercise and daily life")
    rows = [
        (_when(week, names), week.flow.due, _people(week), listed(week, names), _of_due(week.others.agreed, week))
        for week in weeks
        if week.others
    ]
    said = paragraph("Somebody may have had several. What nobody recorded is not counted.")
    return said + table(columns, rows, caption=f"Other treatments, {title}") if rows else ""


def _when(week: Week, names: Names) -> str:
    """A time that stays on one line."""
    return names.time(week.week).replace(" ", "\u00a0")


def _people(week: Week) -> str:
    if week.others is None:
        return ""
    return str(week.others.people) if people_may_be_told(week) else _hidden(week.others.people)


def _hidden(count: int) -> str:
    return "fewer than 5" if is_small(count) else "not shown"


def _of_due(count: int, week: Week) -> str:
    return _hidden(count) if is_small(count) or is_small(week.flow.due - count) else str(count)


def listed(week: Week, names: Names) -> str:
    """Each kind with its people, the most frequent first; a count that could point at somebody is not given."""
    if week.others is None:
        return ""
    told, say, called = kinds_told(week), names.told, kinds_called(names)
    ordered = sorted(week.others.kinds.items(), key=lambda one: (-one[1], one[0]))
    few = say("fewer than 5")
    said = ((called.get(kind, kind), str(n) if kind in told else few if is_small(n) else "") for kind, n in ordered)
    return ", ".join(f"{name} {count}".strip() for name, count in said)


def kinds_called(names: Names) -> dict[str, str]:
    """What each kind is called in the middle of a sentence."""
    say = names.told
    return {
        "physiotherapy": say("physical therapy"),
        "exercise": say("exercise of their own"),
        "manual": say("manual therapy"),
        "acupuncture": say("acupuncture or needling"),
        "anti-inflammatory": say("anti-inflammatory medicine"),
        "opioid": say("opioid medicine"),
        "other-medicine": say("another pain medicine"),
        "steroid-injection": say("steroid injection"),
        "other-injection": say("another injection"),
        "radiofrequency": say("radiofrequency treatment"),
        "operation": say("operation"),
        "other": say("something else"),
    }


def other_sentence(week: Week, names: Names) -> str:
    """For print: who had something else, what was done about it, and what it could do to the share better."""
    return " ".join(filter(None, (_had(week, names), _if_failed(week, names))))


def _had(week: Week, names: Names) -> str:
    others, say = week.others, names.told
    if others is None:
        if not week.flow.other_treatment:
            return say("What else people were treated with in that time is not part of this snapshot.")
        return say(
            "{people} changed to another treatment in that time; what else people had is not part of this snapshot.",
            people=week.flow.other_treatment if not is_small(week.flow.other_treatment) else say("Fewer than 5"),
        )
    if not others.people:
        return say("No other treatment in that time is on record.")
    if is_small(others.people):
        return say(
            "Fewer than 5 of those due had another treatment in that time; their answers count like everybody's."
        )
    if not people_may_be_told(week):
        return say(
            "How many had another treatment in that time is not shown: so few had, or had not, that they could be recognised; "
            "their answers count like everybody's."
        )
    kinds = listed(week, names)
    which = f" ({kinds})" if kinds else ""
    return say(
        "{people} of those due had another treatment in that time{which}; their answers count like everybody's.",
        people=others.people,
        which=which,
    )


def others_told(week: Week) -> dict[str, int]:
    """Every count that the sentence for print gives away, by what was counted."""
    found: dict[str, int] = {}
    if week.others is None:
        if not is_small(week.flow.other_treatment):
            found["changed treatment"] = week.flow.other_treatment
    elif people_may_be_told(week):
        found["other treatment"] = week.others.people
        found |= {f"other treatment, {kind}": week.others.kinds[kind] for kind in kinds_told(week)}
    if week.without and failed_may_be_told(week, "30"):
        found["better-30 if other treatment failed"] = week.without.better["30"].events
    return found


def _if_failed(week: Week, names: Names) -> str:
    if week.without is None or not failed_may_be_told(week, "30"):
        return ""
    share, say = week.without.better["30"].share, names.told
    return say(
        "If everyone who had an injection, a procedure, a change of treatment or a new pain medicine had not improved, {share} "
        "would have been better by at least 30%.",
        share=percent(share or 0.0),
    )


def _estimands(names: Names, title: str, weeks: tuple[Week, ...]) -> str:
    columns = (
        *("time", "answers set aside", "everybody's answers (mixed model)", "without them (mixed model)"),
        *("everybody's answers (imputed)", "without them (imputed)", "better by at least 30%", "if they count as not"),
    )
    rows = list(filter(None, (_estimand_row(week, names) for week in weeks)))
    if not rows:
        return paragraph("No answer came after another treatment that may itself have moved it.")
    return bullets(ESTIMANDS) + table(columns, rows, caption=f"With and without other treatments, {title}")


def _estimand_row(week: Week, names: Names) -> tuple[str, ...]:
    if week.without is None:
        return ()
    when, without = _when(week, names), week.without
    if not events_may_be_told(week):
        return when, "not shown: with so few, or all but so few, people could be told by subtraction", *[""] * 6
    told = failed_may_be_told(week, "30")
    shares = (_share(week.better["30"]), _share(without.better["30"])) if told else ("not shown: few people", "")
    changes = (week.mixed_model, without.mixed_model, week.imputed, without.imputed)
    return when, str(without.set_aside), *map(_change, changes), *shares


def _change(found: object) -> str:
    if isinstance(found, Unmodelled):
        return found.reason
    low, high, middle = (getattr(found, name) for name in ("lower", "upper", "estimate"))
    return "" if low is None else f"{signed(middle)} ({signed(low)} to {signed(high)})"


def _share(one: Share) -> str:
    low, high, middle = (percent(part or 0.0) for part in (one.lower, one.upper, one.share))
    return f"{middle} ({low} to {high})"


def without_lines(sentences: tuple[str, ...]) -> Iterator[str]:
    """The differences between arms once more, without answers after another treatment."""
    for said in sentences:
        yield f"Without answers after another treatment (hypothetical): {said[:1].lower()}{said[1:]}"
