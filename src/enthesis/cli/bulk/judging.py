"""One record judged: the same reading and the same judgment as for one bundle, and bad news in one sentence."""

import gc
import signal
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from enthesis.cli.bulk.records import Record
from enthesis.fhir import Chart, read_bundle
from enthesis.knowledge import BadInput, Library, Site
from enthesis.screening import Answer, ChartItem, Screening, facts_from, screen

OBJECTS_PER_SWEEP = 100_000  # parsed JSON holds no cycles; sweeping for them every 700 objects is a tenth of the time


@dataclass(frozen=True)
class Asking:
    """What is asked of every record: the planned day and site, the day of asking, the rules, answers by record.

    `said` is what one patient said is taken, for a single record only.
    """

    on: date
    as_of: date
    site: Site
    library: Library
    answers: Mapping[str, Mapping[str, Answer]] = field(default_factory=dict)
    said: tuple[ChartItem, ...] = ()


@dataclass(frozen=True)
class Told:
    """What came of one record: a judgment in a few words, or the reason why there is none."""

    record: str
    length: int
    patient: str = ""
    decision: str = ""
    earliest: str = ""
    rules: str = ""
    open_questions: int = 0
    skipped: str = ""


def judged(
    content: bytes, asking: Asking, answers: Mapping[str, Answer], *, where: str = ""
) -> tuple[Chart, Screening]:
    """A bundle as it was read and the judgment. Raises BadInput, after `where`, when it is no bundle about one patient."""
    try:
        chart = read_bundle(content)
    except BadInput as error:
        raise BadInput(f"{where}{error}") from error
    person, library = chart.person, asking.library
    facts = facts_from((*chart.items, *asking.said), answers=answers, library=library, sex=person.sex, born=person.born)
    return chart, screen(facts, on=asking.on, site=asking.site, as_of=asking.as_of, library=library)


def told(record: Record, asking: Asking) -> Told:
    """What came of a record. Whatever is wrong with it stays with it."""
    try:
        chart, found = judged(record.content(), asking, asking.answers.get(record.name, {}))
    except BadInput as error:
        return Told(record.name, record.length, skipped=" ".join(str(error).split()))
    except Exception as error:  # noqa: BLE001 -- a fault of ours in one record must not lose the others
        return Told(
            record.name, record.length, skipped=f"something went wrong in Enthesis itself ({type(error).__name__})"
        )
    return Told(
        record.name,
        record.length,
        patient=chart.person.key,
        decision=found.decision.value,
        earliest=found.earliest.isoformat() if found.earliest else "",
        rules="; ".join(f"{one.rule}={one.action.value}" for one in found.findings),
        open_questions=len(found.unknown),
    )


class Worker:
    """A process of its own: what is asked is handed over once, then records come in handfuls."""

    asking: Asking

    @classmethod
    def begin(cls, asking: Asking) -> None:
        """Get ready. Only the first process answers to Ctrl-C, and it ends the others."""
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        gc.freeze()
        gc.set_threshold(OBJECTS_PER_SWEEP, 20, 20)
        cls.asking = asking

    @classmethod
    def work(cls, handful: list[Record]) -> list[Told]:
        """What came of each record, in their order."""
        return [told(record, cls.asking) for record in handful]
