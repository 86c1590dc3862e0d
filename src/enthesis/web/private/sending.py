"""What the script of a patient's page sends: answers as they are given, and the forms whose end was passed."""

import json
from typing import Any

from django.http import HttpRequest

from enthesis.clinic.private_survey import Told
from enthesis.knowledge import BadInput

JSON = "application/json"
MOST_BYTES = 256 * 1024  # of one message; 400 answers with the patient's own words are a fraction of it


def taps_of(request: HttpRequest) -> tuple[list[Told], list[str]]:
    """The answers and the forms passed. Raises BadInput for anything else."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise BadInput(f"given: a message of at most {MOST_BYTES // 1024} kilobytes was expected")
    try:
        said = json.loads(request.body)
        told = [
            Told(str(one["instrument"]), str(one["item"]), one["value"], float(one["ago"]))
            for one in _listed(said["given"])
        ]
        return told, [str(id) for id in _listed(said["passed"])]
    except (ValueError, TypeError, KeyError, UnicodeDecodeError, RecursionError) as error:
        raise BadInput("given: a list of answers with instrument, item, value and ago was expected") from error


def _listed(said: Any) -> list[Any]:
    if not isinstance(said, list):
        raise TypeError("a list was expected")
    return said
