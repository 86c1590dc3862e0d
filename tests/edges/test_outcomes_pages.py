"""Pages of outcomes: an empty beginning, a report that opens at once, and a public page that nobody can word."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.clinic.conftest import House
from tests.edges.pages import signed_in, words

from enthesis.clinic.acting import at_moment
from enthesis.clinic.outcomes import reporting
from enthesis.registry.models import AuditEvent, Course, Membership, SurveyResponse, User

PAGE, TAKE, PUBLISH = reverse("outcomes"), reverse("outcomes-take"), reverse("outcomes-publish")


def people(house: House, count: int, *, better: float = 0.6, first: int = 0) -> None:
    """Courses whose 3 months are over, written straight into the registry: the acts have stories of their own."""
    start = timezone.localdate() - timedelta(days=130)
    with at_moment(datetime.combine(start, time(9), tzinfo=UTC)):
        for number in range(first, first + count):
            course = Course.objects.get(pk=house.course(key=f"test|{number}"))
            Course.objects.filter(pk=course.pk).update(first_injection_on=start)
            frame = {
                "course": course,
                "clinic": house.clinic,
                "recorded_at": timezone.make_aware(datetime.combine(start, time(9))),
                "recorded_by": "a test",
            }
            pain = 7 - (4 if number < better * count else -1)
            for wave, score in (("baseline-1", 7.0), ("3-months", float(pain))):
                SurveyResponse.objects.create(
                    wave=wave,
                    instrument="pain-nrs",
                    version="1",
                    on=start,
                    answers={},
                    score=score,
                    result={},
                    mode="by phone",
                    **frame,
                )


@pytest.fixture
def full(harbour: House) -> House:
    from django_scopes import scopes_disabled

    with scopes_disabled():
        people(harbour, 25)
    return harbour


def take(house: House, browser: Client) -> str:
    return words(browser.post(TAKE, {"clinic": house.clinic.pk}, follow=True))


def test_before_the_first_snapshot_the_page_says_what_one_is(harbour: House):
    browser = signed_in(harbour, "director")
    said = words(browser.get(PAGE))
    assert "No snapshot yet." in said
    assert "Take the first snapshot" in said
    assert browser.get(reverse("outcomes-file")).status_code == 302
    assert "No course is open yet" in take(harbour, browser)


def test_the_director_takes_a_snapshot_and_reads_the_report(full: House):
    browser = signed_in(full, "director")
    said = take(full, browser)
    assert "The snapshot is taken and the report is made." in said
    assert "25 were due to answer at 3 months; 25 of them (100.0%) did." in said
    assert "We have no comparison group." in said
    file = browser.get(reverse("outcomes-file"), {"clinic": full.clinic.pk})
    assert file["Content-Disposition"].startswith('attachment; filename="outcomes-harbour-')
    assert "Silva" not in file.content.decode()
    verbs = set(AuditEvent.objects.filter(clinic="harbour").values_list("verb", flat=True))
    assert {"took a snapshot", "read the outcomes"} <= verbs


def test_groups_are_told_apart_as_the_reader_chooses_without_any_script(full: House):
    browser = signed_in(full, "director")
    take(full, browser)
    page = browser.get(PAGE, {"by": "both"})
    assert '<option value="both" selected>condition and treatment</option>' in page.content.decode()
    assert "25 people started dextrose prolotherapy for" in words(page)
    assert "25 people started dextrose prolotherapy between" in words(browser.get(PAGE, {"by": "surgeon"}))
    assert "25 people started treatment between" in words(browser.get(reverse("outcomes-file"), {"by": "all"}))


def test_the_report_is_kept_and_not_made_again_for_each_reader(full: House, monkeypatch: pytest.MonkeyPatch):
    browser = signed_in(full, "director")
    take(full, browser)
    made = []
    monkeypatch.setattr(reporting, "analysed", made.append)
    assert "25 were due" in words(browser.get(PAGE))
    assert made == []


def test_an_analyst_lands_on_the_outcomes_and_cannot_publish(full: House):
    analyst = User.objects.create_user("analyst@harbour.test", name="Ana Lyst")
    Membership.objects.create(user=analyst, clinic=full.clinic, role="analyst")
    browser = signed_in(full, "analyst")
    assert browser.get("/").url == PAGE
    said = take(full, browser)
    assert "25 were due" in said
    assert "Only the director can open or close it." in said
    assert "Worklist" not in said
    assert browser.post(PUBLISH, {"clinic": full.clinic.pk}).status_code == 403


def test_another_clinics_outcomes_do_not_exist(full: House, hillside: House):
    browser = signed_in(hillside, "director")
    assert browser.get(PAGE, {"clinic": full.clinic.pk}).status_code == 404
    assert browser.post(TAKE, {"clinic": full.clinic.pk}).status_code == 404


def test_what_passes_the_floors_is_published_and_can_be_taken_back(full: House):
    browser, anybody, at = signed_in(full, "director"), Client(), reverse("outcomes-public", args=["harbour"])
    assert anybody.get(at).status_code == 404
    take(full, browser)
    assert anybody.get(at).status_code == 404  # taking is not publishing
    assert "The public page is open." in words(browser.post(PUBLISH, {"clinic": full.clinic.pk}, follow=True))
    said = words(anybody.get(at))
    for part in (
        "Nobody at the clinic can change its words or numbers.",
        "25 were due",
        "We have no comparison group.",
        "Methods",
    ):
        assert part in said
    assert "Who answered" not in said
    assert "<form" not in anybody.get(at).content.decode()
    assert "The public page is closed." in words(
        browser.post(PUBLISH, {"clinic": full.clinic.pk, "back": "1"}, follow=True)
    )
    assert anybody.get(at).status_code == 404


def test_a_publication_that_could_be_subtracted_from_the_last_is_refused(full: House):
    from django_scopes import scopes_disabled

    browser = signed_in(full, "director")
    take(full, browser)
    browser.post(PUBLISH, {"clinic": full.clinic.pk})
    with scopes_disabled():
        people(full, 2, first=100)
    take(full, browser)
    refused = words(browser.post(PUBLISH, {"clinic": full.clinic.pk}, follow=True))
    assert "too few people are new" in refused
    browser.post(PUBLISH, {"clinic": full.clinic.pk, "back": "1"})
    assert "too few people are new" in words(browser.post(PUBLISH, {"clinic": full.clinic.pk}, follow=True))


def test_nothing_is_published_where_nothing_passes_the_floors(harbour: House):
    from django_scopes import scopes_disabled

    with scopes_disabled():
        people(harbour, 5)
    browser = signed_in(harbour, "director")
    assert "No figure is shown" in take(harbour, browser)
    assert "there is nothing to publish yet" in words(browser.post(PUBLISH, {"clinic": harbour.clinic.pk}, follow=True))
