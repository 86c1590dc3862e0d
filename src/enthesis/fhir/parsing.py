"""From the bytes of a file to JSON that is safe to walk: of a bearable size and depth, and saying everything once."""

import json
import math
import re
from collections import Counter
from functools import cache

import orjson

from enthesis.fhir.node import shown
from enthesis.knowledge import BadInput

LIMIT_BYTES = 20_000_000  # a chart of many years is 1 to 5 MB; above this it is not one patient's chart
SPELLED = re.compile(rb"\\u003[aA]")  # a colon written as an escape
# How files begin that people take for FHIR JSON, and what to do with them.
OTHERWISE = {
    b"\x1f\x8b": "this is compressed (gzip); unpack it first",
    b"PK\x03\x04": "this is a ZIP archive; unpack it first",
    b"\xff\xfe": "this is UTF-16 text; save it as UTF-8, as FHIR JSON always is",
    b"\xfe\xff": "this is UTF-16 text; save it as UTF-8, as FHIR JSON always is",
    b"{\x00": "this is UTF-16 text; save it as UTF-8, as FHIR JSON always is",
    b"\x00{": "this is UTF-16 text; save it as UTF-8, as FHIR JSON always is",
}
MAX_DEPTH = 100  # FHIR nests about 20 deep in practice; deeper is a mistake or an attack

Json = dict[str, object]


def parsed(text: str | bytes, *, limit_bytes: int = LIMIT_BYTES) -> object:
    """The JSON value a file holds. Raises BadInput when it is too large, not UTF-8, not JSON, or says a thing twice."""
    _check_size(text, limit_bytes)
    quickly = _quickly(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    return quickly[0] if quickly else _carefully(_decoded(text))


def _check_size(text: str | bytes, limit_bytes: int) -> None:
    if len(text) > limit_bytes:  # characters never outnumber bytes
        raise BadInput(f"bundle: {len(text) / 1e6:.1f} MB, and at most {limit_bytes / 1e6:g} MB are read")


def _quickly(written: bytes) -> list[object]:
    """The value alone in a list, when a fast reader can vouch for it; otherwise nothing, and the careful one says why.

    The fast reader keeps the last of two equal keys in silence. But every key has one colon: written out again, a value
    that lost a key has fewer colons than the text it came from. Colons inside texts are the same in both as long as none is
    spelled as an escape; a file that does so is left to the careful reader.
    """
    try:
        value = orjson.loads(written)
        again = orjson.dumps(_deepened(value))
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return []
    return [value] if not SPELLED.search(written) and written.count(b":") == again.count(b":") else []


def _deepened(value: object) -> object:
    """A value inside so many lists that the writer gives up exactly when the value is nested too deeply."""
    for _ in range(_writable() - MAX_DEPTH):
        value = [value]
    return value


@cache
def _writable() -> int:
    """How many levels the fast writer writes."""
    value: object = 1
    for levels in range(10_000):
        try:
            orjson.dumps(value)
        except orjson.JSONEncodeError:
            return levels - 1
        value = [value]
    raise RuntimeError("the fast writer has no limit")


def _carefully(written: str) -> object:
    try:
        value: object = json.loads(
            written, object_pairs_hook=_each_key_once, parse_constant=_no_number, parse_float=_finite
        )
    except BadInput:
        raise
    except json.JSONDecodeError as error:
        raise BadInput(f"bundle: not JSON at line {error.lineno}, column {error.colno}: {error.msg}") from None
    except RecursionError:
        raise _too_deep() from None
    except ValueError:  # Python refuses to read integers of more than 4300 digits
        raise BadInput("bundle: holds a number of thousands of digits, which FHIR has no use for") from None
    _check_depth(value)
    return value


def _decoded(text: str | bytes) -> str:
    if isinstance(text, bytes):
        for beginning, what in OTHERWISE.items():
            if text.startswith(beginning):
                raise BadInput(f"bundle: {what}")
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadInput(f"bundle: not UTF-8 text at byte {error.start}; FHIR JSON is always UTF-8") from None
    text = text.removeprefix("\ufeff")
    if re.match(r"\s*<", text):
        raise BadInput("bundle: this looks like XML; FHIR JSON was expected")
    return text


def _each_key_once(pairs: list[tuple[str, object]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = Counter(name for name, _ in pairs).most_common(1)[0][0]
        raise BadInput(f"bundle: one JSON object has {shown(twice)} twice, and only one of the two can be meant")
    return found


def _no_number(constant: str) -> object:
    raise BadInput(f"bundle: {constant} is not a number JSON knows")


def _finite(written: str) -> float:
    """A number; one beyond all numbers would be written again as nothing at all, and is refused."""
    if math.isinf(float(written)):
        raise BadInput(f"bundle: holds the number {shown(written)}, which is larger than anything that is measured")
    return float(written)


def _check_depth(value: object) -> None:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [inner for outer in level for inner in _within(outer) if isinstance(inner, dict | list)]
        if not level:
            return
    raise _too_deep()


def _within(outer: object) -> list[object]:
    return list(outer.values()) if isinstance(outer, dict) else outer if isinstance(outer, list) else []


def _too_deep() -> BadInput:
    return BadInput(f"bundle: nested more than {MAX_DEPTH} levels deep, which no patient's chart is")
