"""Months of reminders for sixty people through the real loop, killed at random: every due message once, none at night."""

from benchmarks.messages_two_years import two_years

PEOPLE, KILLS, DAYS = 60, 3, 60


def test_every_due_message_goes_once_and_none_at_night_however_often_the_sender_is_killed(tmp_path):
    found = two_years(tmp_path, people=PEOPLE, kills=KILLS, days=DAYS, coming=8)
    assert (found.missing, found.unexpected, found.quiet, found.kills) == (0, 0, 0, KILLS)
    assert found.in_doubt <= KILLS
    assert found.expected > PEOPLE * 7  # the diary week of each, and surveys
    assert found.holds
