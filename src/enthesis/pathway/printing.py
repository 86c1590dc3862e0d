"""The plan in the keys that `--json` prints."""

from enthesis.pathway.planned import Plan
from enthesis.pathway.washouts import Pause


def plan_as_json(plan: Plan) -> dict[str, object]:
    """The plan as plain data; dates as YYYY-MM-DD. `notes` are the sentences that must be shown with it."""
    return {
        "treatment": plan.treatment,
        "condition": plan.condition,
        "protocol": plan.protocol,
        "start": plan.start.isoformat(),
        "sessions": [{"number": visit.number, "on": visit.on.isoformat()} for visit in plan.sessions],
        "washouts": [_washout(pause) for pause in plan.washouts],
        "diary": [{"session": entry.session, "on": entry.on.isoformat()} for entry in plan.diary],
        "waves": [
            {
                "wave": wave.wave,
                "due": wave.due.isoformat(),
                "opens": wave.opens.isoformat(),
                "closes": wave.closes.isoformat(),
                "instruments": list(wave.instruments),
            }
            for wave in plan.waves
        ],
        "reviews": [{"on": review.on.isoformat(), "why": review.why} for review in plan.reviews],
        "notes": list(plan.notes),
    }


def _washout(pause: Pause) -> dict[str, str]:
    """`restart_from` is left out where nobody has said when the medicine may be taken again."""
    restart = {"restart_from": pause.restart_from.isoformat()} if pause.restart_from else {}
    return {"drug_class": pause.drug_class, "stop_by": pause.stop_by.isoformat(), **restart, "note": pause.note}
