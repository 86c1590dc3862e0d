"""The whole registry in one file, and back: the same file restores into SQLite and PostgreSQL."""

from enthesis.clinic.backup.making import Made, back_up
from enthesis.clinic.backup.restoring import Restored, restore

__all__ = ["Made", "Restored", "back_up", "restore"]
