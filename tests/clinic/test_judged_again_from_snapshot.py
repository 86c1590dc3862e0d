"""A judgment can be made again from what was kept with it, even after the chart and the library have changed."""

import pytest
from django_scopes import scopes_disabled
from tests.clinic.test_a_whole_course import NAPROXEN, WARFARIN
from tests.clinic.test_screened_again import judgments, learned

from enthesis.clinic import library as clinic_library
from enthesis.clinic.errors import NotFound
from enthesis.clinic.rejudge import rejudge, rejudge_all
from enthesis.knowledge import Library
from enthesis.knowledge.library import SHIPPED
from enthesis.registry.models import LibraryText, ScreeningRecord
from enthesis.screening import clear_answers


@pytest.fixture
def other_rules(tmp_path, settings):
    """From here on the clinic's own folder says something else of anti-inflammatory tablets."""

    def lay_over() -> Library:
        text = (SHIPPED / "rules" / "nsaid-tablets.toml").read_text(encoding="utf-8")
        (tmp_path / "rules").mkdir()
        (tmp_path / "rules" / "nsaid-tablets.toml").write_text(text.replace("days = 7", "days = 9"), encoding="utf-8")
        settings.LOCAL_LIBRARY = (tmp_path,)
        clinic_library.library.cache_clear()
        clinic_library._chosen.cache_clear()
        return clinic_library.library()

    yield lay_over
    clinic_library.library.cache_clear()
    clinic_library._chosen.cache_clear()


def test_a_judgment_made_again_is_the_same(harbour):
    course = harbour.course(NAPROXEN)
    harbour.screened(course, nsaid="now")
    [kept] = judgments(course)
    assert rejudge(by=harbour.coordinator, screening=kept.pk).same


def test_it_is_still_the_same_after_the_chart_and_the_library_changed(harbour, other_rules):
    course = harbour.course(NAPROXEN)
    harbour.screened(course, nsaid="now")
    [kept] = judgments(course)
    learned(harbour, WARFARIN)
    assert other_rules().fingerprint != kept.library
    assert rejudge(by=harbour.coordinator, screening=kept.pk).same
    harbour.screened(course, nsaid="now")
    assert [one.same for one in rejudge_all(by=harbour.coordinator, clinic=harbour.clinic.pk)] == [True, True]
    assert {one.library for one in judgments(course)} == set(LibraryText.objects.values_list("pk", flat=True))


def test_a_judgment_somebody_has_changed_is_said_to_differ(harbour):
    course = harbour.course(WARFARIN)
    harbour.screened(course)
    [kept] = judgments(course)
    with scopes_disabled():
        ScreeningRecord.objects.filter(pk=kept.pk).update(judgment=kept.judgment | {"decision": "clear"})
    made = rejudge(by=harbour.coordinator, screening=kept.pk)
    assert made.differs == ("decision: kept 'clear', made again 'ask'",)


def test_without_the_librarys_text_or_the_snapshot_it_says_that_it_cannot(harbour):
    course = harbour.course()
    harbour.screened(course)
    [kept] = judgments(course)
    LibraryText.objects.all().delete()
    assert (
        rejudge(by=harbour.coordinator, screening=kept.pk).cannot == f"the text of library {kept.library} was not kept"
    )
    with scopes_disabled():
        ScreeningRecord.objects.update(facts={})
    assert rejudge(by=harbour.coordinator, screening=kept.pk).cannot == "it was made before snapshots were kept"


def test_another_clinic_does_not_find_it(harbour, hillside):
    course = harbour.course()
    harbour.screened(course)
    with pytest.raises(NotFound):
        rejudge(by=hillside.coordinator, screening=judgments(course)[0].pk)


def test_a_kept_library_reads_as_the_one_it_was():
    shelf = Library.shipped()
    kept = Library.from_kept(shelf.texts())
    assert kept.fingerprint == shelf.fingerprint
    assert clear_answers(kept) == clear_answers(shelf)
