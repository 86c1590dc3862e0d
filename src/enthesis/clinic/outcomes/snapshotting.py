"""Taking a snapshot: every score and everything that was due at the end of a day, in one documented table."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.utils import timezone
from django_scopes import scope

from enthesis import __version__
from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.library import library
from enthesis.clinic.outcomes.collecting import rows_of_clinic, waves
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.outcomes.snapshot import Codebook, Row, Snapshot, Time, scales_of, snapshot
from enthesis.registry.models import Clinic


@act
def take_snapshot(*, by: Actor, clinics: Sequence[int], on: date, today: date) -> Snapshot:
    """The table of these clinics as the registry stood at the end of a day; one audit event for each clinic.

    The same day gives the same bytes as long as nobody wrote into that day later. Raises BadInput for a day to come.
    """
    for clinic in clinics:
        by.check(May.ANALYSE, clinic)
    places = list(Clinic.objects.filter(pk__in=clinics).order_by("slug"))
    with scope(clinic=list(clinics)):
        made = collected(places, on, today)
    for place in places:
        said = {"on": on, "rows": made.book.rows, "content": made.book.digest}
        leave_trace(by, "took a snapshot", clinic=place, after=said)
    return made


def collected(places: Sequence[Clinic], on: date, today: date) -> Snapshot:
    """The snapshot of these clinics, inside their scope. Raises BadInput for a day to come."""
    if on > today:
        raise BadInput(f"on: {on.isoformat()} has not come yet")
    moment = timezone.make_aware(datetime.combine(on, time.max))
    parts = [rows_of_clinic(place, on, moment) for place in places]
    rows = [row for made, _ in parts for row in made]
    harms = sum((Counter(counted) for _, counted in parts), Counter())
    return snapshot(rows, book_of(places, rows, on, harms))


def book_of(places: Sequence[Clinic], rows: Sequence[Row], on: date, harms: Mapping[str, int]) -> Codebook:
    """The codebook of these rows, before its table is counted."""
    return Codebook(
        taken_on=on.isoformat(),
        made_from=f"the registry of {', '.join(place.name for place in places)}",
        simulated=any(place.simulated for place in places),
        digest="",
        rows=0,
        courses=0,
        library=library().fingerprint,
        version=__version__,
        columns=(),
        scales=scales_of(library(), {row.instrument for row in rows}, {}),
        harms=dict(harms),
        times=tuple(Time(wave.id, float(wave.week), wave.opens_day, wave.closes_day) for wave in waves()),
    )


def clinics_of(by: Actor) -> tuple[int, ...]:
    """The clinics whose outcomes somebody may see."""
    return tuple(clinic for clinic in by.works_in if by.can(May.ANALYSE, clinic))
