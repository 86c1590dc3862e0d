"""Publishing outcomes: the director opens or closes a page that anybody may read, and cannot word it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, override
from django_scopes import scope, scopes_disabled

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import frame
from enthesis.clinic.errors import NotFound, OutOfOrder
from enthesis.clinic.library import library
from enthesis.clinic.outcomes.analysing import analysed, made_of
from enthesis.clinic.permissions import Actor, May
from enthesis.expectations.report import OutcomesReport, public_counts, public_report, told_apart
from enthesis.outcomes.cohort import Analysis
from enthesis.outcomes.snapshot import Snapshot, reopened
from enthesis.registry.models import Clinic, OutcomeSnapshot, PublishedOutcomes


@act
def publish_outcomes(*, by: Actor, clinic: int) -> PublishedOutcomes:
    """Publish what passes the floors of the newest snapshot. Raises OutOfOrder where nothing does, or where
    subtracting what was published before would tell of fewer than five people.
    """
    by.check(May.PUBLISH, clinic)
    place = Clinic.objects.get(pk=clinic)
    with scope(clinic=[clinic]):
        kept = OutcomeSnapshot.objects.filter(clinic=clinic).order_by("-recorded_at").first()
        if kept is None:
            raise OutOfOrder("no snapshot was taken yet")
        snapshot = reopened(bytes(kept.content))
        analysis = analysed(snapshot)
        report = public_report(analysis, made_of(snapshot), library())
        counts = public_counts(analysis, snapshot.book.harms)
        if report is None:
            raise OutOfOrder(
                "no group has 20 people due and 60% answers from 3 months on: there is nothing to publish yet"
            )
        _check_difference(clinic, counts)
        made = PublishedOutcomes.objects.create(
            snapshot=kept,
            content=_as_kept(report) | _in_spanish(analysis, snapshot),
            counts=counts,
            **frame(by.name, clinic, now(), None, ""),
        )
    leave_trace(by, "published outcomes", clinic=place, about=made.pk, after={"content": kept.digest})
    return made


def _in_spanish(analysis: Analysis, snapshot: Snapshot) -> dict[str, Any]:
    """The same page in Spanish, under its code: the same numbers in the same places."""
    with override("es"):
        made = public_report(analysis, made_of(snapshot), library(), say=gettext, comma=True)
    return {"es": _as_kept(made)} if made else {}


def _as_kept(report: OutcomesReport) -> dict[str, Any]:
    return vars(report) | {"sections": [list(one) for one in report.sections]}


def _check_difference(clinic: int, counts: dict[str, int]) -> None:
    """Against everything this clinic ever published: what was once read can be subtracted for ever."""
    for before in PublishedOutcomes.objects.filter(clinic=clinic, content__isnull=False):
        if told_apart(before.counts, counts):
            raise OutOfOrder(
                f"too few people are new since {before.recorded_at:%d %B %Y}: whoever kept that page could tell what one to "
                "four of them answered; publish again when more have"
            )


@act
def take_outcomes_back(*, by: Actor, clinic: int) -> None:
    """Close the public page. Raises OutOfOrder when there is none."""
    by.check(May.PUBLISH, clinic)
    with scope(clinic=[clinic]):
        if standing(clinic) is None:
            raise OutOfOrder("nothing is published")
        PublishedOutcomes.objects.create(snapshot=None, content=None, **frame(by.name, clinic, now(), None, ""))
    leave_trace(by, "took published outcomes back", clinic=Clinic.objects.get(pk=clinic))


def standing(clinic: int) -> PublishedOutcomes | None:
    """What is published now."""
    newest = PublishedOutcomes.objects.filter(clinic=clinic).order_by("-recorded_at").first()
    return newest if newest is not None and newest.content is not None else None


def published_outcomes(slug: str, language: str = "en") -> tuple[str, date, str, OutcomesReport]:
    """What anybody may read of a clinic: its name, the day, the language of the report, which is English where it was
    published before there was another, and the report. Raises NotFound. Nobody is named, so no event is left.
    """
    with scopes_disabled():
        place = Clinic.objects.filter(slug=slug).first()
        found = standing(place.pk) if place else None
    if place is None or found is None or found.content is None:
        raise NotFound("no outcomes are published here")
    english: dict[str, Any] = {name: value for name, value in found.content.items() if name != "es"}
    spoken = language if language in found.content else "en"
    data: dict[str, Any] = english if spoken == "en" else found.content[spoken]
    report = OutcomesReport(**data | {"sections": tuple((heading, html) for heading, html in data["sections"])})
    return place.name, found.recorded_at.date(), spoken, report
