"""What a plan promises, kept as rows: made by planning, met by doing, dropped by a newer plan."""

from enthesis.clinic.acting import now
from enthesis.clinic.correcting import frame
from enthesis.pathway import Item, ItemKind, Plan, plan_items
from enthesis.registry.models import Course, Due


def promise(course: Course, made: Plan, by: str) -> None:
    """Replace what an earlier plan promised and nobody has done yet by what the new one promises."""
    Due.objects.filter(course=course, met_at__isnull=True, dropped=False).update(dropped=True)
    had = set(Due.objects.filter(course=course, met_at__isnull=False).values_list("key", flat=True))
    columns = frame(by, course.clinic_id, now(), None, "")
    Due.objects.bulk_create(_due(course, item, columns) for item in plan_items(made) if item.key not in had)


def meet(course: Course, key: str) -> None:
    """Mark what was promised as done; doing what nobody had promised is no fault."""
    Due.objects.filter(course=course, key=key, met_at__isnull=True, dropped=False).update(met_at=now())


def meet_kind(course: Course, kind: ItemKind) -> None:
    """Mark everything of a kind as done, such as the reviews once somebody has decided."""
    Due.objects.filter(course=course, kind=kind.value, met_at__isnull=True, dropped=False).update(met_at=now())


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
