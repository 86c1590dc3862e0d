"""What an act says when it will not go on. Each door has one table from these to a status or an exit code.

BadInput (of the core)   what was given cannot be used                          422, exit 2
  OutOfOrder             a step was asked for before its turn                   409, exit 2
NotAllowed               this person may not do this                            403, exit 2
NotFound                 no such record within this person's clinics            404, exit 2
LinkSpent                a private link was used, has expired or never was      410, exit 2
"""

from enthesis.knowledge import BadInput


class OutOfOrder(BadInput):
    """A stage can't be skipped, and what is finished can't be begun again."""


class NotAllowed(Exception):
    """This person may not do this here."""


class NotFound(Exception):
    """There is no such record within the clinics this person works in."""


class LinkSpent(Exception):
    """A private link that cannot be used: already used, expired, or never made; of which clinic it was, where that is known."""

    def __init__(self, words: str, *, clinic: str = "", clinic_phone: str = "") -> None:
        super().__init__(words)
        self.clinic, self.clinic_phone = clinic, clinic_phone
