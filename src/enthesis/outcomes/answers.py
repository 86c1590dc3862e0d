"""The answers of a form, checked one by one before anything is made of them."""

import json
from collections.abc import Mapping, Sequence

from enthesis.knowledge import BadInput
from enthesis.outcomes.items import Item

LONGEST_ECHO = 40  # characters of an impossible answer that are repeated to whoever sent it


def checked(items: Sequence[Item], answers: Mapping[str, object]) -> dict[str, int]:
    """The values of the items answered, by id. Raises BadInput at the first answer that is not possible."""
    if not isinstance(answers, Mapping):
        raise BadInput(f"answers: one object of item ids and values was expected, not {_echo(answers)}")
    known = {item.id: item for item in items}
    for id, value in answers.items():
        if id not in known:
            raise BadInput(f"{_name(id)}: there is no such question; there are: {', '.join(known)}")
        if value is not None and not known[id].allows(value):
            raise BadInput(f"{id}: {_echo(value)} is not a possible answer; {known[id].expected} was expected")
    rated = {id: known[id].rating(value) for id, value in answers.items()}
    return {id: int(value) for id, value in rated.items() if isinstance(value, int)}


def _echo(value: object) -> str:
    """What was sent, on one line and not too long."""
    written = json.dumps(value, ensure_ascii=False, default=repr)
    return written if len(written) <= LONGEST_ECHO else written[:LONGEST_ECHO] + "..."


def _name(id: object) -> str:
    return _echo(id).strip('"')
