"""A kept judgment made again from its snapshot: the same chart, answers and library must give the same result."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from enthesis import __version__
from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.errors import NotFound
from enthesis.clinic.permissions import Actor, May
from enthesis.clinic.snapshot import born_in, items_in, kept_library
from enthesis.knowledge import BadInput, LibraryError, parse_site
from enthesis.registry.models import Clinic, ScreeningRecord
from enthesis.screening import facts_from, parse_answers, questions, rules, screen, screening_as_json


@dataclass(frozen=True)
class MadeAgain:
    """What came of making a judgment again. `differs` names what is not the same; `cannot` says why it could not be made.

    The snapshot holds the text of the rules, not the program that reads them: `made_by` and `read_by` are versions of
    Enthesis, and where they differ a difference may come from the program.
    """

    screening: UUID
    made_by: str
    read_by: str
    differs: tuple[str, ...] = ()
    cannot: str = ""

    @property
    def same(self) -> bool:
        """Is it, word for word, the judgment that was kept?"""
        return not self.differs and not self.cannot


@act
def rejudge(*, by: Actor, screening: UUID | str) -> MadeAgain:
    """Make one kept judgment again. Raises NotFound for one that is not in the actor's clinics."""
    try:
        kept = ScreeningRecord.objects.select_related("course__patient", "clinic").get(pk=UUID(str(screening)))
    except (ScreeningRecord.DoesNotExist, ValueError) as error:
        raise NotFound("there is no such judgment in your clinics") from error
    by.check(May.SEE, kept.clinic_id)
    made = made_again(kept)
    leave_trace(
        by,
        "made a judgment again",
        clinic=kept.clinic,
        patient=kept.course.patient,
        about=kept.pk,
        after={"same": made.same},
    )
    return made


@act
def rejudge_all(*, by: Actor, clinic: int) -> tuple[MadeAgain, ...]:
    """Make every judgment of a clinic again, oldest first."""
    by.check(May.SEE, clinic)
    rows = ScreeningRecord.objects.filter(clinic=clinic).order_by("recorded_at")
    found = tuple(made_again(kept) for kept in rows.iterator(chunk_size=200))
    odd = sum(not one.same for one in found)
    after = {"judgments": len(found), "not the same": odd}
    leave_trace(by, "made all judgments again", clinic=Clinic.objects.get(pk=clinic), after=after)
    return found


def made_again(kept: ScreeningRecord) -> MadeAgain:
    """One kept judgment, made again from nothing but what was kept with it."""
    if not kept.facts:
        return MadeAgain(kept.pk, "", __version__, cannot="it was made before snapshots were kept")
    versions = (kept.pk, str(kept.facts["version"]), __version__)
    shelf = kept_library(kept.library)
    if shelf is None:
        return MadeAgain(*versions, cannot=f"the text of library {kept.library} was not kept")
    try:
        asked, site = questions(rules(shelf)), parse_site(kept.site, shelf)
        facts = facts_from(
            items_in(kept.facts),
            answers=parse_answers(kept.answers, asked, as_of=kept.as_of),
            library=shelf,
            sex=kept.facts["sex"],
            born=born_in(kept.facts),
        )
        made = screening_as_json(screen(facts, on=kept.on, site=site, as_of=kept.as_of, library=shelf))
    except (BadInput, LibraryError, TypeError, KeyError) as error:
        return MadeAgain(*versions, cannot=f"this version cannot read it: {error}")
    return MadeAgain(*versions, differs=tuple(_differences(kept.judgment, made)))


def _differences(kept: dict[str, object], made: dict[str, object]) -> Iterator[str]:
    for key in sorted(kept.keys() | made.keys()):
        if kept.get(key) != made.get(key):
            yield f"{key}: kept {kept.get(key)!r}, made again {made.get(key)!r}"[:600]
