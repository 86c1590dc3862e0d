"""Treated at two places on one day: one message about their questions, and the end of the first leads to the second."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django_scopes import scopes_disabled
from tests.clinic.servers import mail_server
from tests.clinic.test_messages import SIX_WEEKS, at, reachable, token_in
from tests.clinic.test_treated_at_two_places import back_too, looking  # noqa: F401 -- a fixture

from enthesis.clinic.acting import at_moment
from enthesis.clinic.messages import remind_once
from enthesis.clinic.messages.email import Smtp
from enthesis.clinic.messages.transport import Channel
from enthesis.clinic.private import private_form
from enthesis.clinic.private_survey import Told, finish_by_link, survey_of
from enthesis.outcomes import Tick
from enthesis.registry.models import Message, Session

NEXT = timedelta(days=3)


def both(house):
    """Two courses of one patient, each with its surveys on the same days."""
    reachable(house)
    house.person |= {"email": "maria@home.test"}
    knee, _ = house.treated()
    back = Session.objects.get(pk=back_too(house)).course_id
    return knee, back


def answered(token):
    """Everything a link asks, answered and sent."""
    with at_moment(at(SIX_WEEKS)):
        told = [
            Told(form.instrument, item.id, 1 if isinstance(item.format, Tick) else item.options[1].value)
            for form in survey_of(token).forms
            for item in form.items
            if not item.named
        ]
        return finish_by_link(token=token, told=told, today=SIX_WEEKS)


def written(smtp, moment):
    return remind_once(moment=moment, transports={Channel.EMAIL: Smtp(smtp, sender="q@clinic.test")})


def test_one_message_a_day_and_its_end_leads_to_the_other_place(harbour):
    both(harbour)
    with mail_server() as (smtp, box):
        first = written(smtp, at(SIX_WEEKS))
        assert (first.added, first.sent, first.dropped) == (2, 1, 1)
        token = token_in(box.letters[0])
        thanks = answered(token)
        with at_moment(at(SIX_WEEKS)), scopes_disabled():
            sites = {private_form(thanks.also).site, Message.objects.get(state="sent").course.site}
            assert sites == {"knee:right", "lumbar-facet:L4/5:right"}
        assert answered(thanks.also).also == ""
        later = written(smtp, at(SIX_WEEKS + NEXT))
        assert (later.added, len(box.letters)) == (0, 1)


def test_whoever_stops_after_the_first_place_is_asked_about_the_second_three_days_later(harbour):
    both(harbour)
    with mail_server() as (smtp, box):
        written(smtp, at(SIX_WEEKS))
        answered(token_in(box.letters[0]))
        assert written(smtp, at(SIX_WEEKS + NEXT)).sent == 1
        assert token_in(box.letters[1]) != token_in(box.letters[0])


def test_whoever_answers_nothing_is_still_written_to_once_a_day_only(harbour):
    both(harbour)
    with mail_server() as (smtp, box):
        for day in range(11):
            written(smtp, at(SIX_WEEKS + timedelta(days=day)))
    assert len(box.letters) == 3


def test_each_page_says_which_place_it_is_about(harbour):
    both(harbour)
    with mail_server() as (smtp, box):
        written(smtp, at(SIX_WEEKS))
    with at_moment(at(SIX_WEEKS)), scopes_disabled():
        place = {"knee:right": "knee, on the right", "lumbar-facet:L4/5:right": "L4/5, on the right"}
        page = Client().get(reverse("private:form", kwargs={"token": token_in(box.letters[0])}))
        assert place[Message.objects.get(state="sent").course.site] in page.content.decode()
