"""Answers of the core as the mixing pages show them: stock and net strength side by side in every line."""

from datetime import datetime
from typing import Any

from enthesis.clinic.library import library
from enthesis.knowledge import BadInput
from enthesis.mixing import (
    Batch,
    Composition,
    Draw,
    Drawn,
    Role,
    SessionDose,
    alike,
    composition,
    handling,
    label,
    osmolarity_words,
    percent_words,
    rule,
    shown,
    strengths_words,
)
from enthesis.web.mixing.typed import Typed


def batch_shown(batch: Batch) -> dict[str, Any]:
    """A batch: what to draw into each syringe, what results, the session's anaesthetic, the warnings."""
    made = batch.made
    return {
        "made": made,
        "fills": _fills(batch) if made else [],
        "total": _total(made) if made else {},
        "split": len(batch.fills) > 1,
        "session": session_shown(batch.session),
        "warnings": batch.warnings,
    }


def _fills(batch: Batch) -> list[dict[str, Any]]:
    """Each syringe, those drawn up alike as one; or the volume as a whole."""
    if not batch.fills[0].syringe:
        return [
            {"name": "", "mark": shown(batch.fills[0].mixture.recipe.graduation_ml), **_total(composition(batch.draws))}
        ]
    return [
        {
            "name": f"Syringes {' and '.join(names)}, each" if len(names) > 1 else f"Syringe {names[0]}",
            "size": shown(syringe.size_ml),
            "mark": shown(syringe.read_to_ml),
            **_total(made),
        }
        for (syringe, made), names in alike(batch).items()
    ]


def drawn_shown(found: Drawn) -> dict[str, Any]:
    """What was drawn, and what it is."""
    return {
        "made": found.made,
        "total": _total(found.made),
        "session": session_shown(found.session),
        "warnings": found.warnings,
    }


def session_shown(session: SessionDose) -> dict[str, Any]:
    """Each anaesthetic beside its ceiling, and the sum of the parts."""
    return {
        "doses": [
            {
                "name": f"{dose.component} ({dose.form.replace('-', ' ')})" if dose.form else dose.component,
                "mg": shown(dose.mg) if dose.mg else "0",
                "most": shown(dose.max_mg) if dose.max_mg is not None else "",
                "rule": rule(dose.ceiling) if dose.ceiling else "",
                "from_label": bool(dose.ceiling and dose.ceiling.from_label),
                "share": percent_words(share) if share is not None else "",
            }
            for dose, share in zip(session.doses, session.shares, strict=True)
        ],
        "kg": "" if session.weight_kg is None else shown(session.weight_kg),
        "share": percent_words(session.share) if session.share is not None else "",
        "within": session.within,
        "as_one": session.as_one,
    }


def labels_shown(typed: Typed, *, at: datetime, by: str) -> dict[str, Any]:
    """The labels of a batch. Raises BadInput for one that cannot be made, is over the limit, or has a vial out of date."""
    batch = typed.batch()
    if not batch.feasible:
        raise BadInput("label: this cannot be made, so there is nothing to print: " + " ".join(batch.warnings))
    if batch.session.within is False:
        raise BadInput(
            "label: the local anaesthetic is over the limit, so no label is printed: " + " ".join(batch.warnings)
        )
    lots, hours = typed.lots(batch), typed.fields.get("discard_hours", "").strip() or None
    until = handling(library()).discard_by(at, hours)
    names = {"prepared_by": by, "prepared_at": at, "discard_by": until, "lots": lots}
    made = [(fill.name, fill.mixture.made) for fill in batch.fills if fill.mixture.made]
    return {
        "labels": [label(one, name=name, **names) for name, one in made],  # type: ignore[arg-type]  # each of its own type
        "warnings": batch.warnings,
        "judged": batch.session.within is not None or not batch.session.drugs,
    }


def _total(made: Composition) -> dict[str, Any]:
    return {
        "net": strengths_words(made),
        "volume": shown(made.volume_ml),
        "osmolarity": osmolarity_words(made),
        "lines": [_drawn(draw, made) for draw in made.draws],
    }


def _drawn(draw: Draw, made: Composition) -> dict[str, str]:
    diluted = draw.stock.role is Role.DILUENT
    return {
        "ml": shown(draw.volume_ml),
        "stock": draw.stock.name,
        "net": "" if diluted else f"{shown(made.percent(draw.stock.component))}%",
        "mg": "" if diluted else shown(made.mg(draw.stock.component)),
        "component": draw.stock.component,
    }
