"""What a mail server or a gateway answers: who is never written to again, what waits, and what a letter looks like."""

import smtplib
from email import message_from_bytes, policy

import pytest
from tests.clinic.servers import mail_server, scripted_mail_server, sms_gateway

from enthesis.clinic.messages.email import Smtp
from enthesis.clinic.messages.sms import Gateway, number
from enthesis.clinic.messages.transport import Away, Later, Letter, Lost, Refused
from enthesis.knowledge import BadInput

STOP = f"https://q.clinic.test/p/{'x' * 43}:{'y' * 43}/stop/"


def letter(to="maria@home.test", text="Some questions.\n", **more):
    return Letter(to, "A few questions for you", text, "0f8fad5b-d9cd-469f-a165-70867728950e", **more)


def answer(replies, *, user="", **more):
    """What becomes of a letter handed to a server that answers so."""
    with scripted_mail_server(**replies) as place:
        smtp = Smtp(f"smtp://{user}{place}", sender="q@clinic.test")
        try:
            smtp.send(letter(**more))
        finally:
            smtp.close()


@pytest.mark.parametrize(
    ("replies", "user", "why"),
    [
        ({"AUTH": "535 5.7.8 wrong"}, "q:wrong@", "does not let us sign in"),
        ({"GREETING": "554 no service here"}, "", "will not talk to us"),
        ({"MAIL": "550 5.7.1 not your address"}, "", "does not let us send from"),
        ({"MAIL": "452 4.3.1 disk full"}, "", "does not let us send from"),
        ({"EHLO": "250 here"}, "q:p@", "does not offer"),
        ({"AUTH": ""}, "q:p@", "hung up before any letter; look at the port, the user and the password"),
    ],
)
def test_a_server_that_does_not_let_us_in_is_away_and_says_nothing_of_the_address(replies, user, why):
    with pytest.raises(Away, match=why):
        answer(replies, user=user)


@pytest.mark.parametrize(
    "replies",
    [
        {"RCPT": "554 5.7.1 Relay access denied"},
        {"RCPT": "554 Relay access denied"},
        {"RCPT": "552 5.2.2 mailbox full"},
        {"RCPT": "530 5.7.0 sign in first"},
        {"RCPT": "550 5.1.8 your domain does not exist"},
        {"RCPT": "450 4.2.0 greylisted"},
        {"DATA": "554 5.5.1 no"},
        {"END": "554 5.7.1 looks like spam"},
        {"END": "550 no"},
        {"END": "451 4.3.0 later"},
    ],
)
def test_a_refusal_that_is_not_about_the_address_is_tried_again(replies):
    with pytest.raises(Later):
        answer(replies)


@pytest.mark.parametrize(
    "replies",
    [
        {"RCPT": "550 5.1.1 no such user"},
        {"RCPT": "550 no such user"},
        {"RCPT": "550 5.2.1 disabled"},
        {"END": "550 5.1.1 no such user"},
    ],
)
def test_an_address_that_does_not_exist_is_refused(replies):
    with pytest.raises(Refused):
        answer(replies)


def test_a_server_that_hangs_up_within_a_letter_is_told_from_one_that_is_away():
    for replies in ({"RCPT": ""}, {"RCPT": "what?"}):
        with pytest.raises(Lost, match="hung up"):
            answer(replies)
    with pytest.raises(Away, match="ConnectionRefused"):
        Smtp("smtp://127.0.0.1:9", sender="q@clinic.test").send(letter())


@pytest.mark.parametrize(
    "to",
    ["no address", "a@b.test, c@d.test", "a@b.test\nBcc: c@d.test", "Maria <a@b.test>", "a@", "@b.test", "a@b..test"],
)
def test_what_is_not_one_address_is_refused_before_anybody_is_asked(to):
    with pytest.raises(Refused, match="not one e-mail address"):
        Smtp("smtp://127.0.0.1:9", sender="q@clinic.test").send(letter(to))


def test_a_domain_with_an_accent_is_written_as_mail_servers_read_it():
    with mail_server() as (address, box):
        smtp = Smtp(address, sender="q@clínica.test")
        smtp.send(letter(" maria@ñandú.test "))
        smtp.close()
    assert box.letters[0]["To"] == "maria@xn--and-6ma2c.test"
    assert box.letters[0]["Message-ID"].endswith("@xn--clnica-4va.test>")


def written(sender="q@clinic.test", **more):
    """A letter as it stands on the line, and as a mail program reads it."""
    smtp = Smtp("smtp://mail.test", sender=sender)
    raw = smtp._written(letter(**more), to=smtp._sender).as_bytes()
    return raw.decode("ascii"), message_from_bytes(raw, policy=policy.default)


def test_the_way_to_stop_stands_plain_in_the_head_of_the_letter_and_works_with_one_tap():
    raw, read = written(stop=STOP)
    assert f"\r\nList-Unsubscribe: <{STOP}>\r\n" in raw
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe-Post" not in written(stop="http://localhost:8000/p/x/stop/")[1]
    assert "List-Unsubscribe" not in written()[1]


def test_spanish_goes_by_lines_that_every_server_takes():
    raw, read = written(text="¿Cómo está? Más preguntas.\n", name="Clínica del Puerto")
    assert max(map(len, raw.splitlines())) < 998
    assert read.get_content().split() == ["¿Cómo", "está?", "Más", "preguntas."]
    assert str(read["From"]) == "Clínica del Puerto <q@clinic.test>"
    assert read["Auto-Submitted"] == "auto-generated"


def test_a_sender_with_a_name_is_taken_and_the_message_id_stays_whole():
    _, read = written(sender='"Puerto, S. L." <q@clinic.test>')
    assert read["From"].addresses[0].display_name == "Puerto, S. L."
    assert read["Message-ID"] == "<0f8fad5b-d9cd-469f-a165-70867728950e@clinic.test>"


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("smtp://mail.test:x", "expected smtp://"),
        ("smtp+starttls://q:contraseña@mail.test", "without accents"),
        ("smtp://q:p@mail.test", "where nobody can read it"),
    ],
)
def test_a_mail_server_that_cannot_work_is_refused_before_anything_is_sent(address, says):
    with pytest.raises(BadInput, match=says):
        Smtp(address, sender="q@clinic.test")


def test_a_connection_that_was_not_let_in_is_closed():
    with scripted_mail_server(AUTH="535 no") as place:
        smtp = Smtp(f"smtp://q:wrong@{place}", sender="q@clinic.test")
        opened = []
        smtp._opened = lambda: opened.append(smtplib.SMTP(*place.split(":"))) or opened[0]
        with pytest.raises(Away):
            smtp.send(letter())
    assert opened[0].sock is None


@pytest.mark.parametrize(
    ("status", "becomes"),
    [(301, Away), (302, Away), (307, Away), (401, Away), (403, Away), (422, Refused), (404, Refused), (503, Later)],
)
def test_a_gateway_that_moved_or_shuts_us_out_has_not_taken_the_text(status, becomes):
    with sms_gateway(status=status, moved="/elsewhere") as (address, texts), pytest.raises(becomes):
        Gateway(address, token="t").send(letter("+34600000001"))
    assert len(texts) == 1


@pytest.mark.parametrize("answer", [b"good day\r\n\r\n", b"HTTP/1.1 " + b"2" * 70000 + b"\r\n\r\n", b""])
def test_a_gateway_that_does_not_speak_http_stops_nothing(answer):
    with sms_gateway(raw=answer) as (address, _), pytest.raises(Lost, match="broke off"):
        Gateway(address, token="t").send(letter("+34600000001"))


def test_a_gateway_that_is_not_there_is_away():
    with pytest.raises(Away):
        Gateway("http://127.0.0.1:9/", token="t").send(letter("+34600000001"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"address": "http://localhost.elsewhere.test/"}, "https"),
        ({"address": "https://"}, "https"),
        ({"token": "a\nb"}, "ENTHESIS_SMS_TOKEN"),
    ],
)
def test_a_gateway_that_cannot_work_is_refused(wrong, says):
    with pytest.raises(BadInput, match=says):
        Gateway(**{"address": "https://gateway.test/", "token": "t"} | wrong)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("+34 600 000 001", "+34600000001"),
        ("0034-600-000-001", "+34600000001"),
        ("(555) 010-0199", "5550100199"),
        ("600.000.001", "600000001"),
        ("+34 600\u00a0000\u2011001", "+34600000001"),
    ],
)
def test_a_telephone_number_is_read_as_people_write_it(written, read):
    assert number(written) == read


@pytest.mark.parametrize("written", ["ask my daughter", "600000001 ext 4", "600000001/600000002", "12", ""])
def test_what_is_not_one_number_is_refused(written):
    with pytest.raises(Refused, match="not one telephone number"):
        number(written)
