"""What a patient has said, as a sign sees it: today's answers, the day, and the days before."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from enthesis.recovery.questions import Answer, Question, Report


class Truth(IntEnum):
    """Three-valued truth, in order of worry: what is not known is worse than a no and better than a yes."""

    NO = 0
    UNKNOWN = 1
    YES = 2


@dataclass(frozen=True)
class Reading:
    """What a sign found: the truth of it, in whose words, on which answers, and which questions would settle it.

    `basis` holds the answers a yes rests on, by question: 1 for a yes, else the number.
    """

    truth: Truth
    because: tuple[str, ...] = ()
    basis: tuple[tuple[str, float], ...] = ()
    asks: tuple[str, ...] = ()

    @classmethod
    def joined(cls, pick: Callable[[Iterable[Truth]], Truth], readings: Sequence["Reading"]) -> "Reading":
        """Several readings as one: `max` for any of them, `min` for all of them."""
        truth = pick([reading.truth for reading in readings])
        alike = [reading for reading in readings if reading.truth is truth]
        return cls(
            truth,
            because=tuple(dict.fromkeys(word for reading in alike for word in reading.because)),
            basis=tuple(dict.fromkeys(answer for reading in alike for answer in reading.basis)),
            asks=tuple(dict.fromkeys(id for reading in alike for id in reading.asks)),
        )


NO = Reading(Truth.NO)


def yes(question: str, answer: float, because: str) -> Reading:
    """The sign is there, by the answer to a question: 1 for a yes, else the number."""
    return Reading(Truth.YES, because=(because,), basis=((question, float(answer)),))


def unknown(question: str) -> Reading:
    """Whether the sign is there hangs on a question nobody answered."""
    return Reading(Truth.UNKNOWN, asks=(question,))


@dataclass(frozen=True)
class Said:
    """Today's answers and those of earlier days, as pairs of day and report.

    `before` is the pain (0 to 10) that was marked before the injection, None where nobody asked.
    """

    report: Report
    day: int
    earlier: tuple[tuple[int, Report], ...]
    questions: Mapping[str, Question]
    before: float | None = None

    def answer(self, id: str) -> Answer:
        """Today's answer; a question left open that only follows from another's yes is a no after the other's no."""
        answer = self.report.get(id)
        followed = self.questions[id].follows
        if answer is None and followed and self.report.get(followed) is False:
            return False
        return answer

    def short(self, id: str) -> str:
        """What a question asks about, in a few words."""
        return self.questions[id].short

    def lowest(self, id: str, *, since_day: int) -> float | None:
        """The lowest number answered to a question on a day from `since_day` on, or None if there was none."""
        answers = [report.get(id) for day, report in self.earlier if day >= since_day]
        return min((float(answer) for answer in answers if answer is not None), default=None)

    def denied(self, id: str, *, since_day: int) -> int | None:
        """The last day from `since_day` on on which a question was answered no, or None if there was none."""
        days = [day for day, report in self.earlier if day >= since_day and report.get(id) is False]
        return max(days, default=None)
