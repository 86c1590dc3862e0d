"""Moving a course along its pathway, by the pathway's own table of moves and nothing else."""

from datetime import date

from enthesis.clinic.errors import OutOfOrder
from enthesis.knowledge import BadInput
from enthesis.pathway import Move, Report, Stage, after, check_report
from enthesis.registry.models import Course


def move(course: Course, step: Move) -> None:
    """Take a step, or say what must come first. Raises OutOfOrder; the course is saved at its new stage."""
    try:
        stage = after(Stage(course.stage), step)
    except BadInput as refused:
        raise OutOfOrder(str(refused)) from refused
    if stage != course.stage:
        course.stage = stage.value
        course.save(update_fields=["stage"])


def check_reported(course: Course, report: Report, on: date) -> None:
    """May a diary day or a survey of a day be taken? Raises OutOfOrder saying what must come first."""
    try:
        check_report(report, on=on, stage=Stage(course.stage), first_injection=course.first_injection_on)
    except BadInput as refused:
        raise OutOfOrder(str(refused)) from refused
