"""The quick reader vouches only for what the careful one would have read the same; anything else is read carefully."""

import json
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from enthesis.fhir.parsing import MAX_DEPTH, _carefully, _quickly, parsed
from enthesis.knowledge import BadInput

KEYS = st.sampled_from(["a", "b", '":', "\\", '"', "\u00e9", "key with spaces", "", "\u2028"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", '":', '\\":', "text", "a\\", "☃"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=25,
)  # fmt: skip
SPACES = st.sampled_from(["", " ", "\n", "\t \r\n"])


def same(one, other):
    """Equal, where a whole number too large for 64 bits may have become the nearest float."""
    if isinstance(one, dict):
        return isinstance(other, dict) and list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, int | float) and not isinstance(one, bool) and abs(one) >= 2**63:
        return math.isclose(one, other, rel_tol=1e-15)
    return one == other and type(one) is type(other)


def written(value, space, *, twice=""):
    """JSON with spaces before each colon, and perhaps one key a second time."""
    if isinstance(value, dict):
        pairs = [f"{json.dumps(key)}{space}:{space}{written(one, space)}" for key, one in value.items()]
        return "{" + ",".join([*pairs, *([twice] if twice else [])]) + "}"
    if isinstance(value, list):
        return "[" + f",{space}".join(written(one, space) for one in value) + "]"
    return json.dumps(value)


@given(VALUES, SPACES)
def test_what_the_quick_reader_vouches_for_the_careful_one_reads_the_same(value, space):
    text = written(value, space)
    quickly = _quickly(text.encode())
    assert not quickly or same(quickly[0], _carefully(text))
    assert same(parsed(text), _carefully(text))


@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=4), SPACES, st.data())
def test_a_key_written_twice_is_never_vouched_for(value, space, data):
    key = data.draw(st.sampled_from(sorted(value)))
    spelled = data.draw(st.sampled_from([json.dumps(key), json.dumps(key, ensure_ascii=False), escaped(key)]))
    text = written(value, space, twice=f"{spelled}{space}:1")
    assert _quickly(text.encode()) == []
    with pytest.raises(BadInput, match="twice"):
        parsed(text)


@pytest.mark.parametrize("within", [r"\u0022:", r"\"\u003a", r"\"\u003A", r"\"\u0020:", r"\u005c\":"])
@pytest.mark.parametrize("space", ["", " "])
def test_an_end_that_only_appears_when_a_text_is_written_again_hides_no_key(within, space):
    text = f'{{"a"{space}:1,"a"{space}:2,"b"{space}:"{within}"}}'
    assert _quickly(text.encode()) == []
    with pytest.raises(BadInput, match="twice"):
        parsed(text)


def escaped(key):
    """The same key with every character as an escape."""
    return '"' + "".join(f"\\u{ord(letter):04x}" for letter in key) + '"'


@given(st.text(alphabet='{}[]",:\\ au01e+-.nltrf\n\ufeff', max_size=30))
@example("\ufeff{}")
@example("1e400")
@example("NaN")
@example('{"a":1,"a":1}')
@example('"\\ud800"')
def test_any_text_is_taken_or_refused_as_the_careful_reader_would(text):
    try:
        expected = _carefully(text.removeprefix("\ufeff"))
    except BadInput:
        with pytest.raises(BadInput):
            parsed(text)
    else:
        assert same(parsed(text), expected)


@pytest.mark.parametrize("levels", [MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1, 300, 900])
@pytest.mark.parametrize(("opens", "closes"), [("[", "]"), ('{"a":', "}")])
def test_the_two_readers_agree_on_what_is_nested_too_deeply(levels, opens, closes):
    text = opens * levels + ("1" if opens != "[" else "") + closes * levels
    deep = levels > MAX_DEPTH
    assert (_quickly(text.encode()) == []) == deep
    if deep:
        with pytest.raises(BadInput, match="nested more than"):
            parsed(text)
    else:
        assert parsed(text) == _carefully(text)


def test_an_ordinary_chart_is_read_quickly():
    assert _quickly(b'{"resourceType": "Bundle", "entry" : [{"resource": {"id": "1"}}]}') != []


@pytest.mark.parametrize("text", [r'"\u00e9"', r'"\n"', r'"\u003c"', '"a : b"'])
def test_accents_line_ends_and_colons_in_a_text_are_read_quickly_too(text):
    assert _quickly(f'{{"a" : {text}}}'.encode()) == [{"a": json.loads(text)}]


@pytest.mark.parametrize("number", ["1e400", "-1e999"])
def test_a_number_beyond_all_numbers_is_refused(number):
    with pytest.raises(
        BadInput, match=rf"^bundle: holds the number '{number}', which is larger than anything that is measured$"
    ):
        parsed(f'{{"a": {number}}}')
