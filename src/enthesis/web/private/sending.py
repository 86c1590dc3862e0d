"""What the script of a patient's page sends: answers as they are given, and the forms whose end was passed."""

import json

from django.http import HttpRequest

from enthesis.clinic.private_survey import Told
from enthesis.knowledge import BadInput

JSON = "application/json"


def taps_of(request: HttpRequest) -> tuple[list[Told], list[str]]:
    """The answers and the forms passed. Raises BadInput for anything else."""
    try:
        said = json.loads(request.body)
        told = [
            Told(str(one["instrument"]), str(one["item"]), one["value"], float(one["ago"])) for one in said["given"]
        ]
        return told, [str(id) for id in said["passed"]]
    except (ValueError, TypeError, KeyError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput("given: a list of answers with instrument, item, value and ago was expected") from error
