"""A registry in a folder of its own with people due, and one round of the reminder loop in a process that can be killed.

`python outbox_house.py fill COUNT` makes them by the acts; `python outbox_house.py round MOMENT` runs one round.
"""

import sys
from datetime import date, datetime, timedelta

from enthesis.cli.database import set_up

START = date(2030, 3, 14)
DUE = START + timedelta(days=42)


def fill(count):
    from tests.clinic.conftest import house

    from enthesis.clinic.messages.choosing import choose_messages

    place = house("harbour")
    choose_messages(
        by=place.director, clinic=place.clinic.pk, address="https://q.clinic.test", signed="Your clinic", zone="UTC"
    )
    for number in range(count):
        place.person |= {"email": f"person{number}@home.test"}
        place.treated(key=f"test|{number}")


def one_round(moment):
    from enthesis.clinic.messages import remind_once
    from enthesis.clinic.messages.alone import alone
    from enthesis.clinic.messages.choosing import transports

    with alone():
        told = remind_once(moment=datetime.fromisoformat(moment), transports=transports())
    sys.stdout.write(f"{vars(told)}\n")


if __name__ == "__main__":
    set_up()
    fill(int(sys.argv[2])) if sys.argv[1] == "fill" else one_round(sys.argv[2])
