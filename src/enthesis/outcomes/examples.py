"""The worked examples of an instrument, run: a filled-in form with its score, or two scores with what the change means.

A form gives `answers` and expects `score`, or `unscorable` with the reason, each with `missing`; it may also expect the
scores of `subscales` by id, the name a score has (`says`), and a `standard_error`.
A change gives `now`, and `baseline` unless the instrument rates change, and expects `better`, `worse`, `cannot_tell`.
Either may expect `refused` instead, with the whole sentence.
"""

from collections.abc import Mapping
from typing import Any

from enthesis.knowledge import BadInput, Library
from enthesis.outcomes.change import measured_change
from enthesis.outcomes.instrument import Instrument
from enthesis.outcomes.score import scored_form

GIVEN = frozenset({"story", "answers", "baseline", "now"})
LISTS = frozenset({"missing", "better", "worse", "cannot_tell"})  # empty where an example says nothing of them


def run_example(entry_body: Instrument, example: Mapping[str, Any], library: Library) -> None:
    """Raises AssertionError, in one sentence, when the example does not hold."""
    found, story = _found(entry_body, example), example.get("story", "an example")
    for key in sorted(found.keys() | example.keys() - GIVEN):
        nothing = [] if key in LISTS else "nothing"
        is_, should = found.get(key, nothing), example.get(key, nothing)
        if is_ != should:
            raise AssertionError(f"{story}: {key} is {is_}, and the example expects {should}")


def _found(about: Instrument, example: Mapping[str, Any]) -> dict[str, object]:
    """What came of the example, under the keys an example may expect it by."""
    try:
        return _form(about, example) if "answers" in example else _change(about, example)
    except BadInput as refusal:
        return {"refused": str(refusal)}


def _form(about: Instrument, example: Mapping[str, Any]) -> dict[str, object]:
    found = scored_form(id="", about=about, answers=example["answers"])
    result = {"score": found.score} if found.scorable else {"unscorable": found.reason}
    more = {
        "subscales": {part.id: part.score for part in found.subscales if part.score is not None},
        "called": {part.id: part.says for part in found.subscales if part.says},
        "standard_errors": {part.id: part.standard_error for part in found.subscales if part.standard_error},
        "standard_error": found.standard_error,
        "says": found.says,
    }
    return result | {"missing": list(found.missing)} | {key: value for key, value in more.items() if key in example}


def _change(about: Instrument, example: Mapping[str, Any]) -> dict[str, object]:
    if "now" not in example:
        raise AssertionError(f"{example.get('story', 'an example')}: an example gives either `answers` or `now`")
    found = measured_change(baseline=example.get("baseline"), now=example["now"], about=about)
    return {"better": list(found.better_by), "worse": list(found.worse_by), "cannot_tell": list(found.cannot_tell)}
