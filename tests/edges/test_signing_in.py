"""Signing in: closed to strangers, open with a password, asked for a second factor, and over when nobody is there."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.clinic.conftest import House

from enthesis.registry.models import User

PASSWORD = "a password for this test only"


@pytest.fixture
def clinician(harbour: House) -> User:
    user = User.objects.get(email="clinician@harbour.test")
    user.set_password(PASSWORD)
    user.save()
    return user


def test_the_sign_in_page_offers_no_sign_up_and_lists_nobody_outside_the_demo(db: None):
    page = Client().get(reverse("account_login")).content.decode()
    assert ("Sign up" in page, "Forgot" in page, "simulated demo" in page.lower()) == (False, False, False)


def test_the_sign_in_page_of_the_demo_says_so_and_lists_its_people(settings: object, db: None):
    settings.MODE = "demo"
    page = Client().get(reverse("account_login")).content.decode()
    assert ("Simulated demo: no real patients" in page, "Sign-ins of the simulated demo" in page) == (True, True)


def test_a_wrong_password_opens_nothing(clinician: User):
    client = Client()
    given = {"login": clinician.email, "password": "wrong"}
    assert client.post(reverse("account_login"), given).status_code == 200
    assert client.get("/").status_code == 302
    assert client.post(reverse("account_login"), given | {"password": PASSWORD}).url == "/"
    assert client.get("/").status_code == 200


def test_whoever_is_away_for_half_an_hour_is_signed_out(clinician: User):
    client = Client()
    client.force_login(clinician)
    client.get("/")
    session = client.session
    session["seen_at"] = int(time.time()) - 31 * 60
    session.save()
    assert client.get("/", follow=True).content.decode().count("You were signed out after 30 minutes without use.") == 1
    assert client.get("/").status_code == 302


def test_the_session_is_written_once_a_minute_and_no_oftener(clinician: User):
    client = Client()
    client.force_login(clinician)
    client.get(reverse("account"))

    def writes() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("account"))
        return sum(query["sql"].startswith("UPDATE") and "django_session" in query["sql"] for query in asked)

    assert writes() == 0
    session = client.session
    session["seen_at"] -= 61
    session.save()
    assert (writes(), writes()) == (1, 0)


def code(secret: str) -> str:
    """What an authenticator app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_second_factor_is_asked_for_once_it_is_activated(clinician: User):
    client = Client()
    client.post(reverse("account_login"), {"login": clinician.email, "password": PASSWORD})
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="authenticator_secret" value="([A-Z2-7]+)"', page).group(1)
    assert client.post(reverse("mfa_activate_totp"), {"code": code(secret)}).url == reverse("mfa_view_recovery_codes")
    assert client.get(reverse("mfa_view_recovery_codes")).status_code == 200
    fresh = Client()
    asked = fresh.post(reverse("account_login"), {"login": clinician.email, "password": PASSWORD})
    assert asked.url == reverse("mfa_authenticate")
    assert fresh.get("/").status_code == 302
    assert "<h1>" in fresh.get(reverse("mfa_authenticate")).content.decode()


def test_a_password_can_be_changed(clinician: User):
    client = Client()
    client.force_login(clinician)
    assert "Change the password" in client.get(reverse("account_change_password")).content.decode()
