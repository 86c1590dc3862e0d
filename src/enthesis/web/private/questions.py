"""The questions of a survey as a page shows them: screen by screen, with what was answered so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from enthesis.clinic.private_survey import Survey
from enthesis.outcomes import Form, Item, LicenceStanding, Screen, Tick, screens
from enthesis.web.walk.report_forms import ends_of

TICK, NAMED, CHOICE = "tick", "named", "choice"


@dataclass(frozen=True)
class Choice:
    """One answer that can be chosen."""

    value: int
    label: str
    chosen: bool


@dataclass(frozen=True)
class Shown:
    """One question on the page. `words` are what the patient named, now or before; `fixed` once they may not change."""

    name: str
    id: str
    text: str
    kind: str
    choices: tuple[Choice, ...]
    ends: str
    words: str
    fixed: bool
    section: str
    optional: bool


@dataclass(frozen=True)
class Block:
    """Questions of one instrument on a screen, under its name."""

    instrument: str
    title: str
    instructions: str
    language: str
    recall: str
    questions: tuple[Shown, ...]


@dataclass(frozen=True)
class Laid:
    """One screen of the survey."""

    number: int
    blocks: tuple[Block, ...]
    ends: tuple[str, ...]


def laid_out(survey: Survey) -> tuple[Laid, ...]:
    """All screens with what was answered so far."""
    found = screens(Form(form.instrument, form.items) for form in survey.forms)
    return tuple(_laid(number, screen, survey) for number, screen in enumerate(found, 1))


def first_open(laid: Iterable[Laid], given: Mapping[tuple[str, str], Any]) -> int:
    """The screen to go on at: the first with a question that has no answer, or the last."""
    number = 1
    for screen in laid:
        number = screen.number
        if open_on(screen, given):
            break
    return number


def open_on(screen: Laid, given: Mapping[tuple[str, str], Any], *, ticks: bool = True) -> list[str]:
    """The questions of a screen that wait for an answer; without sentences to tick if those may be left blank."""
    return [
        question.id
        for block in screen.blocks
        for question in block.questions
        if (ticks or question.kind != TICK) and _waits(question, given.get((block.instrument, question.name)))
    ]


def _waits(question: Shown, value: Any) -> bool:
    """An activity waits once it was named; how many are named is the patient's choice."""
    if question.kind == NAMED and not question.fixed and not (isinstance(value, Mapping) and value.get("text")):
        return False
    return not question.optional and _rated(value) is None


def _rated(value: Any) -> Any:
    return value.get("rating") if isinstance(value, Mapping) else value


def _laid(number: int, screen: Screen, survey: Survey) -> Laid:
    blocks = []
    for part in screen.parts:
        about = survey.entries[part.instrument]
        words = next(form.words for form in survey.forms if form.instrument == part.instrument)
        shown = tuple(_shown(part.instrument, item, survey.given, words) for item in part.items)
        told = about.body.instructions if part.begins else ""
        title = "" if about.body.licence.standing is LicenceStanding.OURS else about.title
        blocks.append(Block(part.instrument, title, told, about.body.language, about.body.recall, _headed(shown)))
    return Laid(number, tuple(blocks), screen.ends)


def _shown(instrument: str, item: Item, given: Mapping[tuple[str, str], Any], before: Mapping[str, str]) -> Shown:
    value = given.get((instrument, item.id))
    words = before.get(item.id) or (str(value.get("text", "")) if isinstance(value, Mapping) else "")
    rating = _rated(value)
    kind = TICK if isinstance(item.format, Tick) else NAMED if item.named else CHOICE
    ends = ends_of(item)
    choices = tuple(
        Choice(option.value, str(option.value) if ends else option.label, rating is not None and option.value == rating)
        for option in item.options
    )
    id = f"{instrument}.{item.id}"
    return Shown(item.id, id, item.text, kind, choices, ends, words, item.id in before, item.section, item.optional)


def _headed(questions: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """The heading of a section stands once, above its first question on the screen."""
    before, found = "", []
    for question in questions:
        found.append(question if question.section != before else replace(question, section=""))
        before = question.section
    return tuple(found)
