"""What the log may say of a request that went wrong: where, and what kind of error; never what was in it."""

import logging
import re
import traceback

TOKEN = re.compile(r"/p/[^/\s]+")


class WithoutSecrets(logging.Filter):
    """Leaves the places of a traceback and the kind of error; an error's own words may hold a patient's data."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line; it is always kept."""
        said = TOKEN.sub("/p/(token)", record.getMessage())
        if record.exc_info and record.exc_info[0] is not None:
            said = f"{said}: {record.exc_info[0].__name__} at {_places(record.exc_info)}"
        record.msg, record.args, record.exc_info, record.exc_text = said, (), None, None
        return True


def _places(exc_info: object) -> str:
    frames = traceback.extract_tb(exc_info[2])  # type: ignore[index]  # the triple of sys.exc_info
    return " > ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames)
