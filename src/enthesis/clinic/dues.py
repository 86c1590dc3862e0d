"""What a plan promises, kept as rows: made by planning, met by doing, dropped by a newer plan."""

from collections.abc import Iterable
from datetime import date

from enthesis.clinic.acting import now
from enthesis.clinic.correcting import current, frame
from enthesis.pathway import FINISHED, Item, ItemKind, Plan, Stage, plan_items
from enthesis.registry.models import Course, Due, Session

NOT_TREATED = (*FINISHED, Stage.PAUSED, Stage.FOLLOW_UP)  # what was planned stays on record, and nobody waits for it


def promise(course: Course, made: Plan, by: str) -> None:
    """Replace what an earlier plan promised and nobody has done yet by what the new one promises.

    The diary of a session already given goes on until the next session, and so do weekly check-ins: a plan of sessions
    names neither.
    """
    waiting = Due.objects.filter(course=course, met_at__isnull=True, dropped=False)
    diary = waiting.filter(kind=ItemKind.DIARY.value, on__lt=made.start).values_list("pk", "key")
    given = set(current(Session.objects.filter(course=course)).values_list("number", flat=True))
    running = [id for id, key in diary if _session_of(key) in given]
    waiting.exclude(pk__in=running).exclude(kind=ItemKind.CHECK_IN.value).update(dropped=True)
    had = set(Due.objects.filter(course=course, met_at__isnull=False).values_list("key", flat=True))
    columns = frame(by, course.clinic_id, now(), None, "")
    Due.objects.bulk_create(_due(course, item, columns) for item in plan_items(made) if item.key not in had)


def promise_also(course: Course, items: Iterable[Item], by: str) -> None:
    """Promise more than the plan did; what is promised already, or done, is not promised twice."""
    had = set(Due.objects.filter(course=course, dropped=False).values_list("key", flat=True))
    columns = frame(by, course.clinic_id, now(), None, "")
    Due.objects.bulk_create(_due(course, item, columns) for item in items if item.key not in had)


def meet(course: Course, *keys: str) -> None:
    """Mark what was promised as done; doing what nobody had promised is no fault."""
    if keys:
        Due.objects.filter(course=course, key__in=keys, met_at__isnull=True, dropped=False).update(met_at=now())


def meet_reviews(course: Course, given: int) -> None:
    """Mark the reviews as done that fell due by a number of sessions given; those of later sessions stay due."""
    waiting = Due.objects.filter(course=course, kind=ItemKind.REVIEW.value, met_at__isnull=True, dropped=False)
    met = [due.pk for due in waiting if _after(due.key) <= given]
    Due.objects.filter(pk__in=met).update(met_at=now())


def ask_again(course: Course, on: date, by: str) -> None:
    """A paused course is asked about on a day, so that nobody is forgotten."""
    item = Item(ItemKind.RESUME, f"resume-{on.isoformat()}", on, on, on, "Clinic question", "Resume, or stop?")
    _due(course, item, frame(by, course.clinic_id, now(), None, "")).save()


def asked_again(course: Course) -> None:
    """The pause is over, whatever came of it."""
    waiting = Due.objects.filter(course=course, kind=ItemKind.RESUME.value, met_at__isnull=True)
    waiting.update(met_at=now())


def _session_of(key: str) -> int:
    """The session of a diary day, whose key is diary-SESSION-DAY."""
    return int(key.split("-")[1])


def _after(key: str) -> int:
    """The session after which a review falls due; plans of older versions did not say, and count as past."""
    number = key.removeprefix("review-after-")
    return int(number) if number.isdigit() else 0


def _due(course: Course, item: Item, columns: dict[str, object]) -> Due:
    return Due(
        course=course,
        kind=item.kind.value,
        key=item.key[:160],
        title=item.title[:160],
        on=item.on,
        opens=item.opens,
        closes=item.closes,
        detail=item.detail[:1000],
        **columns,
    )
