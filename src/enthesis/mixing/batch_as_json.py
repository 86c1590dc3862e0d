"""A batch, or what was drawn, as the general commands print it: the contract's keys first, then everything else.

Where one number would not do, stock and net strength stand side by side.
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from enthesis.mixing.as_json import DrawJson, number
from enthesis.mixing.batch import Batch, Fill
from enthesis.mixing.mixture import Wanted
from enthesis.mixing.session import SessionDose
from enthesis.mixing.stock import Composition, Draw


def batch_as_json(batch: Batch) -> dict[str, Any]:
    """What to draw in all and into each syringe, what results, and the session's anaesthetic."""
    made, lidocaine = batch.made, {dose.component: dose for dose in batch.session.doses}.get("lidocaine")
    return {
        "feasible": batch.feasible,
        "draw": draws_as_json(batch.draws),
        "dextrose_percent": number(made.percent("dextrose") if made else None),
        "lidocaine_percent": number(made.percent("lidocaine") if made else None),
        "lidocaine_mg": number(made.mg("lidocaine") if made else None),
        "lidocaine_max_mg": number(lidocaine.max_mg if lidocaine else None),
        "within_dose_limit": batch.session.within if batch.feasible else None,
        "osmolarity_mosm_per_l": number(made.osmolarity_mosm_per_l if made else None),
        "warnings": list(batch.warnings),
        "volume_ml": float(batch.recipe.volume_ml),
        "components": [_wanted(wanted, made) for wanted in batch.recipe.wanted],
        "syringes": [_fill(fill) for fill in batch.fills if fill.syringe],
        "session": session_as_json(batch.session),
        "alternatives": [{"option": one.option, "value": float(one.value)} for one in batch.alternatives],
        **_osmolarity(made),
    }


def composition_as_json(made: Composition, session: SessionDose, warnings: Iterable[str]) -> dict[str, Any]:
    """The reverse answer: what this is, component by component."""
    return {
        "draw": draws_as_json(made.draws),
        "volume_ml": float(made.volume_ml),
        "components": [
            {"component": one.component, "net_percent": float(one.percent), "mg": float(made.mg(one.component))}
            for one in made.strengths
        ],
        "osmolarity_mosm_per_l": number(made.osmolarity_mosm_per_l),
        **_osmolarity(made),
        "within_dose_limit": session.within,
        "session": session_as_json(session),
        "warnings": list(warnings),
    }


def session_as_json(session: SessionDose) -> dict[str, Any]:
    """Each drug of a session in each form beside its ceiling, and the sum of the parts of the ceilings."""
    return {
        "weight_kg": number(session.weight_kg),
        "limits": session.limits.value,
        "share": number(session.share),
        "within": session.within,
        "doses": [
            {
                "component": dose.component,
                "form": dose.form,
                "mg": number(dose.mg),
                "max_mg": number(dose.max_mg),
                "share": number(share),
                "from_label": None if dose.ceiling is None else dose.ceiling.from_label,
            }
            for dose, share in zip(session.doses, session.shares, strict=True)
        ],
        "given": [
            {"component": one.component, "form": one.form, "mg": float(one.mg), "where": one.where}
            for one in session.given
        ],
    }


def draws_as_json(draws: Iterable[Draw]) -> list[DrawJson]:
    """Each volume beside the strength of its own vial."""
    return [
        DrawJson(
            component=draw.stock.component, stock_percent=float(draw.stock.percent), volume_ml=float(draw.volume_ml)
        )
        for draw in draws
    ]


def _wanted(wanted: Wanted, made: Composition | None) -> dict[str, Any]:
    return {
        "component": wanted.stock.component,
        "form": wanted.stock.form,
        "stock_percent": float(wanted.stock.percent),
        "net_percent_asked": float(wanted.percent),
        "net_percent": number(made.percent(wanted.stock.component) if made else None),
        "mg": number(made.mg(wanted.stock.component) if made else None),
    }


def _fill(fill: Fill) -> dict[str, Any]:
    made, syringe = fill.mixture.made, fill.syringe
    return {
        "name": fill.name,
        "size_ml": number(syringe.size_ml if syringe else None),
        "volume_ml": float(fill.mixture.recipe.volume_ml),
        "read_to_ml": float(fill.mixture.recipe.graduation_ml),
        "feasible": fill.mixture.feasible,
        "draw": draws_as_json(fill.mixture.draws),
        "components": [
            {"component": wanted.stock.component, "net_percent": number(_net(wanted, made))}
            for wanted in fill.mixture.recipe.wanted
        ],
        "osmolarity_mosm_per_l": number(made.osmolarity_mosm_per_l if made else None),
    }


def _net(wanted: Wanted, made: Composition | None) -> Fraction | None:
    return made.percent(wanted.stock.component) if made else None


def _osmolarity(made: Composition | None) -> dict[str, Any]:
    return {
        "osmolarity_at_least_mosm_per_l": number(made.osmolarity_at_least_mosm_per_l if made else None),
        "osmolarity_not_known_of": list(made.osmolarity_not_known_of) if made else [],
    }
