"""Adding a trial to the evidence, taking it out again, keeping a version, and judging certainty otherwise than a rule."""

from dataclasses import dataclass

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.evidence import Rows, kept_fit, latest_version, made_from, review_of
from enthesis.clinic.permissions import Actor, May
from enthesis.evidence.certainty import Concern, Domain, Override
from enthesis.evidence.report.of_review import known_of
from enthesis.evidence.review import Arm, Difference, Question, Review, Trial, rows_of, usual
from enthesis.evidence.review.changes import Move, Numbers, estimates, moves
from enthesis.knowledge import BadInput
from enthesis.registry.models import AddedTrial, CertaintyJudgment, Clinic, EvidenceVersion

LONGEST = 2000  # letters of one cell


@dataclass(frozen=True)
class Refit:
    """The network before and after a trial came or went: is the trial in the fit of the review's own question, and what moved."""

    trial: str
    fingerprint: str
    pooled: bool
    why_not: str
    moves: tuple[Move, ...]


@act
def add_trial(*, by: Actor, clinic: int, review: str, rows: Rows) -> Refit:
    """Add one trial with its rows ("trials", "arms", "contrasts" as columns of the library) and fit again at once.

    Raises BadInput naming table, row and column for whatever the library itself would refuse; nothing is kept then.
    """
    by.check(May.EXTRACT, clinic)
    place = Clinic.objects.get(pk=clinic)
    before = review_of(by=by, review_id=review, clinic=clinic)
    after = before.with_added(*_checked(rows))
    trial = rows["trials"][0]["trial"]
    old, new = _kept(by, clinic, before), _numbers(after)
    AddedTrial.objects.create(
        review=review, trial=trial, rows=rows, simulated=place.simulated, **frame(by.name, clinic, now(), None, "")
    )
    _keep(by, clinic, after, new)
    leave_trace(by, "added a trial to the evidence", clinic=place, after={"review": review, "trial": trial})
    return _refit(after, trial, old, new)


@act
def take_trial_out(*, by: Actor, clinic: int, review: str, trial: str, because: str) -> Refit:
    """Take a clinic's own trial out again, with the reason. Raises NotFound for a trial that the clinic did not add."""
    by.check(May.EXTRACT, clinic)
    place = Clinic.objects.get(pk=clinic)
    rows = current(AddedTrial.objects.filter(clinic=clinic, review=review, trial=trial, rows__isnull=False))
    if (old := rows.first()) is None:
        raise NotFound("there is no such trial that this clinic added")
    if not because.strip():
        raise BadInput("because: say why the trial is taken out")
    before = _kept(by, clinic, review_of(by=by, review_id=review, clinic=clinic))
    AddedTrial.objects.create(
        review=review, trial=trial, rows=None, simulated=place.simulated, **frame(by.name, clinic, now(), old, because)
    )
    after = review_of(by=by, review_id=review, clinic=clinic)
    new = _numbers(after)
    _keep(by, clinic, after, new)
    said = {"review": review, "trial": trial, "because": because.strip()[:500]}
    leave_trace(by, "took a trial out of the evidence", clinic=place, after=said)
    return Refit(trial, after.fingerprint, False, "taken out", moves(before, new))


@act
def keep_version(*, by: Actor, clinic: int, review: str) -> EvidenceVersion:
    """Keep the present state of a review, to compare the next with. Raises OutOfOrder when it is kept already."""
    by.check(May.EXTRACT, clinic)
    of = review_of(by=by, review_id=review, clinic=clinic)
    last = latest_version(clinic, review)
    if last is not None and last.fingerprint == of.fingerprint:
        raise OutOfOrder("this version is kept already; nothing has changed since")
    kept = _keep(by, clinic, of, _numbers(of))
    place = Clinic.objects.get(pk=clinic)
    leave_trace(by, "kept a version of the evidence", clinic=place, after={"review": review, "data": of.fingerprint})
    return kept


@act
def judge_certainty(
    *, by: Actor, clinic: int, review: str, question: Question, treatment: str, versus: str, domain: str, concern: int,
    because: str,
) -> CertaintyJudgment:  # fmt: skip
    """Put one's own judgment of a domain in the place of the rule's, with the reason. Raises BadInput without one."""
    by.check(May.EXTRACT, clinic)
    of = review_of(by=by, review_id=review, clinic=clinic)
    question.checked(of)
    if treatment == versus or not {treatment, versus} <= {node.id for node in of.about.nodes}:
        raise BadInput("treatment: two different treatments of the review were expected")
    if domain not in set(Domain) or concern not in set(Concern):
        raise BadInput("domain: one of the six domains and a concern of none, some or major were expected")
    Override(Domain(domain), Concern(concern), because, by.name)
    place = Clinic.objects.get(pk=clinic)
    said = {
        "review": review, "outcome": question.outcome, "measure": question.measure, "treatment": treatment,
        "versus": versus, "domain": domain, "concern": concern, "because": because.strip()[:1000],
    }  # fmt: skip
    kept = CertaintyJudgment.objects.create(**said, **frame(by.name, clinic, now(), None, ""))
    leave_trace(by, "judged the certainty of an estimate", clinic=place, after=said)
    return kept


def _checked(rows: Rows) -> tuple[list[Trial], list[Arm], list[Difference]]:
    for table in rows.values():
        for cells in table:
            long = next((column for column, cell in cells.items() if len(cell) > LONGEST), None)
            if long is not None:
                raise BadInput(f"{long}: no more than {LONGEST} letters were expected")
    trials, arms, differences = made_from(rows)
    if len(trials) != 1:
        raise BadInput(f"trial: one trial at a time was expected, not {len(trials)}")
    if not arms and not differences:
        raise BadInput("arms: give at least one arm or one difference, with where it stands")
    strangers = ({arm.trial for arm in arms} | {one.trial for one in differences}) - {trials[0].trial}
    if strangers:
        raise BadInput(f"arms: rows of {sorted(strangers)[0]!r} were given with the trial {trials[0].trial!r}")
    return trials, arms, differences


def _numbers(of: Review) -> Numbers:
    made = kept_fit(of, usual(of))
    return estimates(made, known_of(made))


def _kept(by: Actor, clinic: int, of: Review) -> Numbers:
    """The numbers of the state before, kept as a version unless the newest one is of the same data."""
    last = latest_version(clinic, of.id)
    if last is not None and last.fingerprint == of.fingerprint:
        return last.estimates
    found = _numbers(of)
    _keep(by, clinic, of, found)
    return found


def _keep(by: Actor, clinic: int, of: Review, found: Numbers) -> EvidenceVersion:
    return EvidenceVersion.objects.create(
        review=of.id,
        fingerprint=of.fingerprint,
        rows=rows_of(of),
        estimates=found,
        **frame(by.name, clinic, now(), None, ""),
    )


def _refit(of: Review, trial: str, before: Numbers, after: Numbers) -> Refit:
    chosen = kept_fit(of, usual(of)).chosen
    why = next((why for one, why in chosen.left_out if one.trial == trial), "")
    return Refit(trial, of.fingerprint, not why, why, moves(before, after))
