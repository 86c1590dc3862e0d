"""When something goes wrong: one calm page, nothing of the inside, nothing kept, nothing in the log that should not be."""

import logging
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse
from tests.clinic.conftest import OBSERVED, House
from tests.edges.browsing import signed_in

from enthesis.knowledge import BadInput
from enthesis.web import urls


def raising(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


SECRET = "Maria Silva, born 1970, has a fever"
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
urlpatterns = [
    *urls.urlpatterns,
    path("broken/", raising(ValueError(SECRET))),
    path("p/broken/now/", raising(ValueError(SECRET))),
    path("bad/", raising(BadInput("volume_ml: a number was expected"))),
]


@pytest.fixture
def with_broken_pages(settings: object) -> None:
    settings.ROOT_URLCONF = __name__


NOBODY = "2812fa8b-23bd-442c-bd33-6011659a5ebb"  # the id of no record
ERRORS = {
    "/nowhere/": 404,
    "/audit/": 403,
    f"/patients/{NOBODY}/": 404,
    "/p/not-a-token/": 410,
    "/broken/": 500,
    "/bad/": 422,
    f"/alerts/{NOBODY}/sign/": 405,
    "/account/signup/": 404,
    "/account/email/": 404,
    "/account/password/reset/": 404,
}


POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
}


@pytest.mark.parametrize(("at", "status"), ERRORS.items())
def test_every_error_is_one_calm_page_that_nobody_keeps(harbour: House, with_broken_pages: None, at: str, status: int):
    page = signed_in("clinician").get(at)
    assert page.status_code == status
    assert "<h1>" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    assert set(page.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert page.headers["X-Frame-Options"] == "DENY"


def test_a_step_before_its_turn_says_what_comes_first_and_leads_back(harbour: House):
    course = harbour.ready()
    session = harbour.assessed(course)
    page = signed_in("clinician").post(
        reverse("walk:observe", args=[course, session]), OBSERVED | {"fit_to_leave": "on"}
    )
    text = page.content.decode()
    assert (page.status_code, "The skin must be anaesthetised before the observation is recorded." in text) == (
        409,
        True,
    )
    assert f'href="{reverse("walk:course", args=[course])}" role="button"' in text


def test_an_unexpected_error_says_nothing_of_the_inside_and_logs_no_words(
    harbour: House, with_broken_pages: None, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING, "django.request"):
        page = signed_in("clinician").get("/broken/").content.decode()
    assert ("Something went wrong on our side" in page, "Silva" in page, "ValueError" in page) == (True, False, False)
    assert ("Silva" in caplog.text, "ValueError at" in caplog.text) == (False, True)


def test_the_token_of_a_private_link_is_not_logged(db: None, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.WARNING, "django.request"):
        Client().get("/p/very-secret-token/")
    assert ("very-secret-token" in caplog.text, "/p/(token)/" in caplog.text) == (False, True)


def test_a_patient_sees_no_way_further_in_even_on_an_error_page(harbour: House, with_broken_pages: None):
    client = signed_in("clinician")
    for at in ("/p/not-a-token/", "/p/broken/now/"):
        page = client.get(at).content.decode()
        assert (reverse("patients") in page, "Sign out" in page) == (False, False)


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("/p/broken/now/", "Abra su enlace otra vez y vea si sus respuestas están ahí."),
        ("/p/no/such/page/", "Este enlace no es de los nuestros."),
    ],
)
def test_a_patient_is_told_in_their_own_language_what_to_do_when_a_page_fails(
    harbour: House, with_broken_pages: None, at: str, says: str
):
    page = Client(raise_request_exception=False).get(at, headers={"Accept-Language": "es-MX"}).content.decode()
    assert (says in page, 'lang="es"' in page, "pico" in page) == (True, True, False)


def test_a_form_without_its_token_is_refused_in_plain_words(harbour: House):
    page = signed_in("coordinator", enforce_csrf_checks=True).post(reverse("patients"), {"words": "x"})
    assert page.status_code == 403
    assert "could not confirm that the request came from you" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
