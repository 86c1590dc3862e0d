"""The command line: each command is an act or a core function, and says bad news in one line."""

from enthesis.cli.main import main

__all__ = ["main"]
