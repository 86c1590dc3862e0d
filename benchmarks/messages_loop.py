"""The real reminder loop over simulated days, in a process that may be killed at any moment and is started again.

`python benchmarks/messages_loop.py FOLDER` goes on from the round that FOLDER/at names until the one in FOLDER/until.
"""

import resource
import sys
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.messages_house import answers, number_of, stops

from enthesis.cli.database import set_up


def rounds(folder: Path) -> None:
    """Round after round; what is under way is written down before it begins."""
    from enthesis.clinic.messages import remind_once
    from enthesis.clinic.messages.alone import alone
    from enthesis.clinic.messages.choosing import transports

    at, until = (datetime.fromisoformat((folder / name).read_text()) for name in ("at", "until"))
    every = timedelta(hours=int((folder / "every").read_text()))
    by = transports()
    with alone():
        while at < until:
            _keep(folder, at)
            remind_once(moment=at, transports=by)
            if (at + every).day != at.day:  # the last round of a day: people answer what was sent before it
                answer(at)
            at += every
    _keep(folder, until)
    (folder / "memory").write_text(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))


def _keep(folder: Path, at: datetime) -> None:
    """Written beside and moved into its place: a kill leaves the old moment or the new one, never half of it."""
    new = folder / "at.new"
    new.write_text(at.isoformat())
    new.replace(folder / "at")


def answer(moment: datetime) -> None:
    """Some answer what they were sent earlier that day, and some want no more of it."""
    from django_scopes import scope

    from enthesis.registry.models import Clinic, Due, Message

    since = moment - timedelta(days=1, hours=12)
    for clinic in Clinic.objects.values_list("pk", flat=True):
        with scope(clinic=[clinic]):
            for kind in ("wave", "diary"):
                near = (moment.date() - timedelta(days=16), moment.date() + timedelta(days=1))
                rows = Message.objects.filter(
                    due__clinic_id=clinic, due__kind=kind, due__on__range=near, due__met_at__isnull=True,
                    due__dropped=False, state="sent", sent_at__gte=since, sent_at__lt=moment,
                ).values_list("pk", "due_id", "due__key", "step", "course__patient__email")  # fmt: skip
                sent = [(id, due, key, step, number_of(to)) for id, due, key, step, to in rows]
                met = [due for _, due, key, step, number in sent if answers(key, number, step)]
                Due.objects.filter(pk__in=met).update(met_at=moment)
                _stop(id for id, _, key, _, number in sent if kind == "wave" and stops(number))


def _stop(messages: Iterable[UUID]) -> None:
    from enthesis.clinic.messages.reaching import stop_by_link
    from enthesis.clinic.messages.tokens import token_of

    for id in messages:
        stop_by_link(token=token_of(id))


if __name__ == "__main__":
    set_up()
    rounds(Path(sys.argv[1]))
