"""A chart may name a language in many ways; a consent is read in it, or somebody interprets."""

import pytest

from enthesis.clinic.consent import read_consent
from enthesis.knowledge import BadInput


@pytest.mark.parametrize("language", ["es-MX", "spa", "Spanish"])
def test_a_chart_may_write_spanish_in_many_ways(harbour, language):
    harbour.person = {**harbour.person, "language": language}
    course = harbour.course()
    assert read_consent(by=harbour.clinician, course=course).language == "es"
    harbour.consented(course)


@pytest.mark.parametrize("language", ["est", "enm"])
def test_a_language_that_only_begins_like_ours_is_another(harbour, language):
    harbour.person = {**harbour.person, "language": language}
    course = harbour.course()
    assert read_consent(by=harbour.clinician, course=course).language == "en"
    with pytest.raises(BadInput, match="interpreter: the chart says"):
        harbour.consented(course)
