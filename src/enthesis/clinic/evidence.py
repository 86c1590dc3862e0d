"""Reading the evidence: a review as it ships with what a clinic added, asked a question, and what changed since a version."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from threading import Lock
from typing import TypeVar

from enthesis.clinic.acting import act
from enthesis.clinic.correcting import current
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor
from enthesis.evidence.certainty import Concern, Domain, Override
from enthesis.evidence.certainty.rating import Known
from enthesis.evidence.report.of_review import known_of
from enthesis.evidence.review import Arm, Difference, Question, Review, Trial, review, rows_of, usual
from enthesis.evidence.review.changes import Change, Move, changes, estimates, moves
from enthesis.evidence.review.fitting import Fit, fit
from enthesis.evidence.review.further import Further, further
from enthesis.knowledge import Library, row_of
from enthesis.registry.models import AddedTrial, CertaintyJudgment, EvidenceVersion

KEPT = 48  # answers of one sort held in memory; the next one pushes the oldest out

Rows = dict[str, list[dict[str, str]]]
Key = tuple[object, ...]
Found = TypeVar("Found")
_fits: "OrderedDict[Key, Fit]" = OrderedDict()
_further: "OrderedDict[Key, Further]" = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Answer:
    """A review's answer to a question for one clinic, with what people there judged otherwise than the rules."""

    fit: Fit
    known: Known
    judged: int


@dataclass(frozen=True)
class Since:
    """What changed since the version a clinic kept last; `version` None when it kept none."""

    version: datetime | None
    kept_by: str
    fingerprint: str
    changes: tuple[Change, ...]
    moves: tuple[Move, ...]


def shelf() -> tuple[Review, ...]:
    """Every review as it ships. Nothing in it is about a patient."""
    return tuple(_shipped(library(), id) for id in sorted(library().folders("evidence")))


@act
def read_review(*, by: Actor, review_id: str, clinic: int | None = None) -> Review:
    """One review with the trials of one of the actor's clinics, or as it ships. Raises NotFound."""
    return review_of(by=by, review_id=review_id, clinic=clinic)


def review_of(*, by: Actor, review_id: str, clinic: int | None) -> Review:
    """The same, inside another act."""
    if review_id not in library().folders("evidence"):
        raise NotFound("there is no such review in the library")
    shipped = _shipped(library(), review_id)
    if clinic is None or clinic not in by.clinics:
        return shipped
    for row in current(AddedTrial.objects.filter(clinic=clinic, review=review_id, rows__isnull=False)).order_by(
        "recorded_at"
    ):
        if row.trial not in {one.trial for one in shipped.trials}:  # a release may have brought it in the meantime
            shipped = shipped.with_added(*made_from(row.rows or {}))
    return shipped


@lru_cache(maxsize=8)
def _shipped(shelf: Library, review_id: str) -> Review:
    """A review as it ships, read once for each library: its tables do not change under a running server."""
    return review(shelf, review_id)


def made_from(rows: Rows) -> tuple[list[Trial], list[Arm], list[Difference]]:
    """The rows of an added trial, checked as those of the library are. Raises BadInput naming table, row and column."""
    trials = [row_of(cells, Trial, name="trial") for cells in rows.get("trials", [])]
    arms = [row_of(cells, Arm, name=f"arm {at}") for at, cells in enumerate(rows.get("arms", []), start=1)]
    differences = [
        row_of(one, Difference, name=f"difference {at}") for at, one in enumerate(rows.get("contrasts", []), 1)
    ]
    return trials, arms, differences


@act
def ask_review(
    *, by: Actor, review_id: str, question: Question | None = None, clinic: int | None = None, versus: str = ""
) -> Answer:
    """A review's answer. The same question of the same data is worked out once. Raises BadInput, NotFound."""
    of = review_of(by=by, review_id=review_id, clinic=clinic)
    asked = (question or usual(of)).checked(of)
    made = kept_fit(of, asked, versus=versus)
    overrides = overrides_of(review_id, asked, clinic) if clinic is not None else {}
    plain = known_of(made)
    known = Known(plain.important, plain.bias, plain.indirect, plain.missing, plain.people, overrides=overrides)
    return Answer(made, known, sum(map(len, overrides.values())))


def kept_fit(of: Review, question: Question, *, versus: str = "") -> Fit:
    """A fit from memory where the data and the question are the same, or worked out now."""
    return _kept(_fits, (of.fingerprint, question, versus), lambda: fit(of, question, versus=versus))


def _kept(memory: "OrderedDict[Key, Found]", key: Key, work_out: Callable[[], Found]) -> Found:
    with _lock:
        if key in memory:
            memory.move_to_end(key)
            return memory[key]
    found = work_out()
    with _lock:
        memory[key] = found
        while len(memory) > KEPT:
            memory.popitem(last=False)
    return found


def overrides_of(review_id: str, asked: Question, clinic: int) -> dict[tuple[str, str], tuple[Override, ...]]:
    """What people of a clinic judged otherwise than the rules, by pair of treatments, oldest first."""
    rows = CertaintyJudgment.objects.filter(
        clinic=clinic, review=review_id, outcome=asked.outcome, measure=asked.measure
    ).order_by("recorded_at")
    found: dict[tuple[str, str], tuple[Override, ...]] = {}
    for row in rows:
        one = Override(Domain(row.domain), Concern(row.concern), row.because, row.recorded_by, row.recorded_at)
        found[row.treatment, row.versus] = (*found.get((row.treatment, row.versus), ()), one)
    return found


@act
def ask_further(*, by: Actor, answer: Answer, part: int, treatment: str, versus: str, favours: str) -> Further:
    """The further questions of an answer's part, worked out once for the same data and the same question. `favours` "" supposes
    nothing of results that were not reported. Raises BadInput.
    """
    made, asked = answer.fit, {"treatment": treatment, "versus": versus, "favours": favours}
    key = (made.review.fingerprint, made.question, made.networks[part].reference, part, *asked.values())
    return _kept(_further, key, lambda: further(made, made.networks[part], **asked))


@act
def read_since(*, by: Actor, review_id: str, clinic: int) -> Since:
    """What changed since the version that the clinic kept last: rows, and estimates of the review's own question."""
    of = review_of(by=by, review_id=review_id, clinic=clinic)
    last = latest_version(clinic, review_id)
    if last is None:
        return Since(None, "", of.fingerprint, (), ())
    made = kept_fit(of, usual(of))
    moved = moves(last.estimates, estimates(made, known_of(made)))
    return Since(last.recorded_at, last.recorded_by, of.fingerprint, changes(last.rows, rows_of(of)), moved)


def latest_version(clinic: int, review_id: str) -> EvidenceVersion | None:
    """The newest version a clinic kept."""
    return EvidenceVersion.objects.filter(clinic=clinic, review=review_id).order_by("recorded_at").last()
