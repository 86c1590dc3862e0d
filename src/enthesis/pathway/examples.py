"""What the worked examples of conditions, treatments, protocols and waves promise, and whether it holds."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from enthesis.knowledge import BadInput, Library, parse_site
from enthesis.pathway.conditions import Condition, is_site_of, levels_suggested
from enthesis.pathway.dates import moved
from enthesis.pathway.given import checked_record
from enthesis.pathway.planning import session_days
from enthesis.pathway.protocols import Mixture, Protocol
from enthesis.pathway.statement import Code
from enthesis.pathway.treatments import Treatment
from enthesis.pathway.waves import Schedule

Body = Condition | Treatment | Protocol | Schedule
Example = Mapping[str, Any]


def run_example(body: Body, example: Example, library: Library) -> None:
    """Does the entry say what its example promises? Raises AssertionError with the difference in a sentence."""
    match body:
        case Condition():
            said = _of_condition(body, example, library)
        case Treatment():
            said = _of_treatment(body, example)
        case Protocol():
            said = _of_protocol(body, example)
        case _:
            said = _of_schedule(body, example)
    story, promised = example.get("story"), {key: example[key] for key in said if key in example}
    if not promised:
        raise AssertionError(f"the example {story!r} says nothing that can be looked at")
    for key, value in promised.items():
        if said[key] != value:
            raise AssertionError(f"{story!r}: {key} is {said[key]!r}, and {value!r} was promised")


def _of_condition(body: Condition, example: Example, library: Library) -> dict[str, object]:
    if "code" in example:
        return {"expect": _title(body.codes, example["code"])}
    if "hurts" in example:
        return {"expect": list(levels_suggested(body, example["hurts"]))}
    if "site" in example:
        return {"expect": is_site_of(body, parse_site(example["site"], library))}
    return {}


def _of_treatment(body: Treatment, example: Example) -> dict[str, object]:
    if "code" in example:
        return {"expect": _title(body.codes, example["code"])}
    if "given" in example:
        return _given(body, example)
    if "session" in example:
        return {"prepare": moved(example["session"], -body.prepare.days)}
    return {
        "reviews_after": [rule.after_session for rule in body.reviews],
        "reviews_unless_improved": [rule.after_session for rule in body.reviews if rule.unless_improved],
    }


def _given(body: Treatment, example: Example) -> dict[str, object]:
    """What is kept of a record, or the sentence it is refused with."""
    try:
        return {"kept": checked_record(body.records, example["given"], on=example["on"])}
    except BadInput as refusal:
        return {"refused": str(refusal)}


def _of_protocol(body: Protocol, example: Example) -> dict[str, object]:
    if "start" in example:
        return _sessions(body, example["start"], example.get("sessions"))
    if "part" in example:
        return _mixture(next(mixture for mixture in body.mixtures if mixture.part == example["part"]), example)
    if "target" in example:
        volume = next(target.volume_ml for target in body.targets if target.what == example["target"])
        return {"volume_ml": volume and volume.value}
    return {"reviews_after": [rule.after_session for rule in body.reviews]}


def _sessions(body: Protocol, start: date, number: int | None) -> dict[str, object]:
    try:
        return {"expect": list(session_days(body, start=start, sessions=number)), "refused": False}
    except BadInput:
        return {"refused": True, "expect": "refused"}


def _mixture(mixture: Mixture, example: Example) -> dict[str, object]:
    """What a volume of the mixture holds: the volume asked for, or the whole of it."""
    volume = Fraction(str(example["of_ml"])) if "of_ml" in example else mixture.volume_ml and mixture.volume_ml.exact
    said: dict[str, object] = {"lidocaine_at_most": _number(mixture.lidocaine_at_most)}
    if volume:
        said["dextrose_g"] = _number(mixture.dextrose_g(volume))
        said["lidocaine_mg"] = _number(mixture.lidocaine_mg(volume))
    return said


def _of_schedule(body: Schedule, example: Example) -> dict[str, object]:
    if "session" in example:
        return {"diary": [moved(example["session"], day) for day in (body.diary.first_day, body.diary.last_day)]}
    days = {wave.id: (wave.due_day, wave.opens_day, wave.closes_day) for wave in body.waves}
    return {"expect": {id: [moved(example["start"], day) for day in of_wave] for id, of_wave in days.items()}}


def _title(codes: tuple[Code, ...], wanted: str) -> str | None:
    return next((code.title for code in codes if code.code == wanted), None)


def _number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
