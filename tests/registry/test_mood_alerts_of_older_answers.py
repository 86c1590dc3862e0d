"""What stood on the worklist before there was a signature waits for one after the update; what had left it does not."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone
from django_scopes import scopes_disabled
from tests.clinic.conftest import harbour
from tests.clinic.test_worklist_mood import told

from enthesis.registry.models import MoodAlert, SurveyResponse

__all__ = ["harbour"]  # the clinic of the other stories
MOVE = import_module("enthesis.registry.migrations.0021_mood_alerts").raise_those_shown


@pytest.mark.parametrize("answers", [(3, 3, 2, 1), (2, 1, 0, 0), (2, 0, 0, 2), (3, None, 3, 0), (None,) * 4])
@pytest.mark.parametrize("days", [0, 30, 31])
def test_an_answer_of_the_last_thirty_days_is_raised_as_it_would_be_today(harbour, answers, days):
    told(harbour, harbour.course(), *answers)
    with scopes_disabled():
        today = list(MoodAlert.objects.values_list("said", "course", "answer", "clinic"))
        MoodAlert.objects.all().delete()
        SurveyResponse.objects.update(on=timezone.localdate() - timedelta(days=days))
        MOVE(apps, None)
        found = list(MoodAlert.objects.values_list("said", "course", "answer", "clinic"))
    assert found == (today if days <= 30 else [])
