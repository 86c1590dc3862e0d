"""Many records at once: a folder or a file of bundles in, one table of judgments out, and no record stops the rest."""

from enthesis.cli.bulk.screening import holds_many, screen_many

__all__ = ["holds_many", "screen_many"]
