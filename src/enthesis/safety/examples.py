"""What the worked examples of emergencies, risks and gradings promise, and whether it holds."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from enthesis.knowledge import Library, parse_site
from enthesis.safety.emergency import Emergency
from enthesis.safety.grading import Grading
from enthesis.safety.risk import Risk

Example = Mapping[str, Any]


def run_example(body: Emergency | Risk | Grading, example: Example, library: Library) -> None:
    """Does the entry say what its example promises? Raises AssertionError with the difference in a sentence."""
    match body:
        case Emergency():
            said: object = _of_emergency(body, example)
        case Risk():
            said = body.where.covers(parse_site(example["site"], library))
        case _:
            said = _of_grading(body, example)
    if said != example["expect"]:
        raise AssertionError(f"{example['story']!r}: {said!r}, and {example['expect']!r} was promised")


def _of_emergency(body: Emergency, example: Example) -> object:
    if "dose" not in example:
        return [step.standing.value for step in body.steps]
    weight = Fraction(str(example["weight_kg"])) if "weight_kg" in example else None
    return {dose.what: dose.words(weight) for dose in body.doses}[example["dose"]]


def _of_grading(body: Grading, example: Example) -> object:
    if "grade" in example:
        return body.grade(example["grade"]).fhir
    if "outcome" in example:
        return body.outcome(example["outcome"]).closed
    return [one.id for one in body.serious]
