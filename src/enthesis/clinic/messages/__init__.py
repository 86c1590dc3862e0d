"""Messages to patients: put in the outbox once, sent once, and never lost."""

from enthesis.clinic.messages.remind import Told, remind_all, remind_once

__all__ = ["Told", "remind_all", "remind_once"]
