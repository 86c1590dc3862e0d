"""From the bytes of a file to JSON that is safe to walk: of a bearable size and depth, and saying everything once."""

import json
import re
from collections import Counter

import orjson

from enthesis.fhir.node import shown
from enthesis.knowledge import BadInput

LIMIT_BYTES = 20_000_000  # a chart of many years is 1 to 5 MB; above this it is not one patient's chart
SPACES = b" \t\r\n"  # what JSON allows between a key and its colon
HOLDING = (dict, list)
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

    The fast reader keeps the last of two equal keys in silence. But a key always ends in a quote and a colon, so there
    were no two when the text has no more such ends than the value has keys. A text that only looks like the end of a
    key is counted as well, which sends the file to the careful reader and does no harm.
    """
    try:
        value = orjson.loads(written)
    except orjson.JSONDecodeError:
        return []
    ends = written.translate(None, SPACES).count(b'":')
    return [value] if _keys_within_depth(value) == ends else []


def _keys_within_depth(value: object) -> int | None:
    """How many keys all objects have together; None when they are nested too deeply."""
    keys, level = 0, [value]
    for _ in range(MAX_DEPTH):
        inner: list[object] = []
        for one in level:
            if type(one) is dict:
                keys += len(one)
                inner += [each for each in one.values() if type(each) in HOLDING]
            elif type(one) is list:
                inner += [each for each in one if type(each) in HOLDING]
        if not inner:
            return keys
        level = inner
    return None


def _carefully(written: str) -> object:
    try:
        value: object = json.loads(written, object_pairs_hook=_each_key_once, parse_constant=_no_number)
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
