"""What is remembered of one resource is what the next one says, whatever stood between them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enthesis.fhir.entries import Entry, _entry, _plain
from enthesis.fhir.node import Node
from enthesis.fhir.recurring import MOST, Recurring
from enthesis.knowledge import BadInput

NUMBERS = st.sampled_from([1, 1.0, True, "1", None, [1], {"a": 1}, 2**70, ""])
FIELDS = st.dictionaries(st.sampled_from(["code", "text", "other"]), NUMBERS, max_size=3)


def told(node):
    """What a reader sees of a node: its name, its place and its fields as JSON tells them apart."""
    return node.resource.partition("/")[0], json.dumps(node.fields, sort_keys=True)


@given(st.lists(FIELDS, max_size=12))
def test_the_same_fields_are_read_once_and_different_ones_are_never_taken_for_each_other(written):
    seen = []
    said = Recurring(lambda node: seen.append(told(node)) or told(node), "code", "text")
    for number, fields in enumerate(written):
        alone = {key: one for key, one in fields.items() if key != "other" and one is not None}
        assert said(Node(f"Condition/{number}", fields)) == told(Node("Condition/x", alone))
    read = [one for one in seen if str(2**70) not in one[1]]  # what the fast writer cannot write is read each time
    assert len(read) == len(set(read))


def test_what_cannot_be_read_is_refused_each_time_under_its_own_name_and_place():
    def refuse(node):
        raise node.wrong("code", "is wrong")

    said = Recurring(refuse, "code")
    for name in ("Condition/a", "Condition/b"):
        with pytest.raises(BadInput, match=rf"^{name}: code\[0\].code is wrong$"):
            said(Node(name, {"code": 1}, "code[0]"))


def test_what_is_remembered_has_a_bound():
    said = Recurring(lambda node: node.fields["code"], "code")
    for number in range(MOST + 5):
        assert said(Node("x", {"code": number})) == number
    assert len(said._known) <= MOST
    assert said(Node("x", {"code": 3})) == 3


TEXTS = st.sampled_from(
    ["a1", "", " a1", "a  b", "Patient", "urn:uuid:1", "http://x/Patient/7", "\u00e9", "x" * 301, "a b"]
)
PLACES = st.fixed_dictionaries(
    {},
    optional={
        "fullUrl": TEXTS | NUMBERS,
        "resource": st.none()
        | st.just(3)
        | st.fixed_dictionaries({}, optional={"resourceType": TEXTS | NUMBERS, "id": TEXTS | NUMBERS}),
    },
)


@given(PLACES | NUMBERS)
def test_an_entry_read_the_short_way_is_the_entry_read_with_care(place):
    quickly = _plain(place)
    if quickly is not None:
        assert quickly == _entry(Node("Bundle", place, "entry[0]"))


def test_an_ordinary_entry_is_read_the_short_way():
    resource = {"resourceType": "Patient", "id": "p1"}
    named = Entry("Patient", Node("Patient/p1", resource), "urn:uuid:1", ("urn:uuid:1", "Patient/p1"))
    assert _plain({"fullUrl": "urn:uuid:1", "resource": resource}) == named
    assert _plain({"resource": resource}) == named._replace(url="", names=("Patient/p1",))
