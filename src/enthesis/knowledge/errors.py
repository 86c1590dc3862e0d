"""What the core says when it cannot go on.

BadInput            a person gave something we cannot use: one sentence, naming the field and what was expected
  LibraryError      an entry of the library breaks a promise; names the file
"""


class BadInput(ValueError):
    """One clear sentence for the person who typed, uploaded or posted something."""


class LibraryError(BadInput):
    """An entry of the library cannot be read, or breaks a promise every entry makes."""
