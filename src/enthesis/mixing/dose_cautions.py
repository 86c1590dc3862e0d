"""What is said about the local anaesthetic of a mixture or of a whole session: one calm sentence each."""

from collections.abc import Iterator
from fractions import Fraction

from enthesis.mixing.dose import Ceiling, Dose
from enthesis.mixing.quantities import shown
from enthesis.mixing.session import Limits, SessionDose


def session_cautions(session: SessionDose) -> tuple[str, ...]:
    """The sentences of a session, in the order in which they matter."""
    return tuple(_sentences(session))


def _sentences(session: SessionDose) -> Iterator[str]:
    given = [(dose, dose.mg) for dose in session.doses if dose.mg]
    for dose, mg in given:
        yield from _dose(session, dose, mg)
    if len(session.drugs) > 1:
        yield (
            f"This holds {len(session.drugs)} local anaesthetics ({', '.join(session.drugs)}); "
            "their toxic effects add up, and labels advise against mixing them."
        )
    if len(given) > 1 and session.within is False:
        yield (
            "Together the local anaesthetics are more than a healthy adult may have in one session; "
            "do not give them in one session."
        )


def _dose(session: SessionDose, dose: Dose, mg: Fraction) -> Iterator[str]:
    ceiling = dose.ceiling
    if ceiling is None:
        yield f"No ceiling for {dose.component} is known here, so its dose was not judged."
        return
    if not ceiling.from_label:
        yield (
            f"The ceiling of {rule(ceiling)} for {dose.component} could not be read on a label and is unverified; "
            "read the label of the vial before it is used."
        )
    if dose.max_mg is None:
        yield (
            f"No weight was given, so the most {dose.component} this patient may have was not calculated; "
            "weigh the patient before anything is injected."
        )
    most = ceiling.mg if dose.max_mg is None else dose.max_mg  # the fixed ceiling holds whatever the weight
    if mg > most:
        yield (
            f"This holds {shown(mg)} mg of {dose.component}{_parts(session, dose)}, more than the "
            f"{'stricter ' if session.limits is Limits.STRICT else ''}ceiling of {shown(most)} mg for a "
            f"healthy adult ({rule(ceiling)}); do not give it in one session."
        )


def _parts(session: SessionDose, dose: Dose) -> str:
    """Where it comes from, when it comes from more than one place."""
    parts: dict[str, Fraction] = {}
    for one in session.given:
        if (one.component, one.form) == (dose.component, dose.form) and one.mg:
            parts[one.where] = parts.get(one.where, Fraction(0)) + one.mg
    words = " and ".join(f"{shown(mg)} mg {where}" for where, mg in parts.items())
    return f" ({words})" if len(parts) > 1 else ""


def rule(ceiling: Ceiling) -> str:
    """A ceiling in words: by weight, and its fixed part."""
    return f"{shown(ceiling.mg_per_kg)} mg/kg, never above {shown(ceiling.mg)} mg"
