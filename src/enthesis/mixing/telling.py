"""A batch, or what was drawn, in words: for a terminal and for paper."""

from dataclasses import replace
from fractions import Fraction

from enthesis.mixing.batch import Batch
from enthesis.mixing.dose import Dose
from enthesis.mixing.dose_cautions import rule
from enthesis.mixing.label import drawing_lines, osmolarity_words
from enthesis.mixing.quantities import shown, shown_at_least
from enthesis.mixing.session import SessionDose
from enthesis.mixing.split import Syringe
from enthesis.mixing.stock import Composition

PERCENT = 100


def batch_lines(batch: Batch) -> tuple[str, ...]:
    """What to draw into each syringe, what is in all of them, and the session's anaesthetic."""
    if batch.made is None:
        return ("This cannot be made.", *session_lines(batch.session))
    split = [line for (syringe, made), names in alike(batch).items() for line in _syringe_lines(syringe, made, names)]
    total = drawing_lines(batch.made)
    whole = ("From the vials in all:", *(line.replace("Draw ", "  ", 1) for line in total)) if split else total
    return (*split, *whole, *_what_it_is(batch.made), *session_lines(batch.session))


def composition_lines(made: Composition, session: SessionDose) -> tuple[str, ...]:
    """What was drawn from which vial, and the net strengths that it has."""
    return (
        *(line.replace("Draw ", "Drawn: ", 1) for line in drawing_lines(made)),
        *_what_it_is(made),
        *session_lines(session),
    )


def session_lines(session: SessionDose) -> tuple[str, ...]:
    """Each anaesthetic of the session beside its ceiling; the parts of the ceilings in all when there are several."""
    lines = [_dose_line(dose, share) for dose, share in zip(session.doses, session.shares, strict=True)]
    if len(lines) > 1 and session.share is not None:
        by = (
            "the lowest ceiling, since the strict limit counts all as the most toxic"
            if session.as_one
            else "the ceilings"
        )
        lines.append(f"Session: {percent_words(session.share)} of {by}; it may come to 100%")
    return tuple(lines)


def _dose_line(dose: Dose, share: Fraction | None) -> str:
    name = f"{dose.component} ({dose.form})" if dose.form else dose.component
    if dose.max_mg is None or dose.ceiling is None or share is None:
        return f"Session: {shown(dose.mg or Fraction(0))} mg of {name}; no limit was calculated"
    unread = "" if dose.ceiling.from_label else ", not read on a label"
    return (
        f"Session: {shown(dose.mg or Fraction(0))} mg of {name}, ceiling {shown(dose.max_mg)} mg "
        f"({rule(dose.ceiling)}{unread}): counts as {percent_words(share)}"
    )


def percent_words(share: Fraction) -> str:
    """A part of a ceiling in percent, rounded up: what is over never reads as 100%."""
    return f"{shown_at_least(Fraction(-(-share * PERCENT * 10 // 1), 10))}%"


def strengths_words(made: Composition) -> str:
    """The net strengths, in the order drawn."""
    named = (f"{shown(one.percent)}% {one.component}" for one in made.strengths)
    return ", ".join(named) or "no drug"


def _what_it_is(made: Composition) -> tuple[str, ...]:
    return (f"Net: {strengths_words(made)}, in {shown(made.volume_ml)} mL", f"Osmolarity: {osmolarity_words(made)}")


def alike(batch: Batch) -> dict[tuple[Syringe, Composition], list[str]]:
    """The syringes in order, the names of those that are drawn up alike together."""
    groups: dict[tuple[Syringe, Composition], list[str]] = {}
    for fill in batch.fills:
        if fill.syringe and fill.mixture.made:
            groups.setdefault((replace(fill.syringe, name=""), fill.mixture.made), []).append(fill.name)
    return groups


def _syringe_lines(syringe: Syringe, made: Composition, names: list[str]) -> tuple[str, ...]:
    several = len(names) > 1
    head = (
        f"{'Syringes' if several else 'Syringe'} {' and '.join(names)}{', each' if several else ''} "
        f"({shown(syringe.fill_ml)} mL in a {shown(syringe.size_ml)} mL syringe, "
        f"read to {shown(syringe.read_to_ml)} mL): net {strengths_words(made)}"
    )
    return (head, *(f"  {line}" for line in drawing_lines(made)))
