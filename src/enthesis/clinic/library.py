"""The library the clinic works with: what ships, with the clinic's own entries laid over it; read once a process."""

from functools import cache

from django.conf import settings

from enthesis.knowledge import Library


@cache
def library() -> Library:
    """The one library of this process."""
    return Library.shipped(*settings.LOCAL_LIBRARY)
