"""Sites as they are written: a closed catalogue, with a sentence for each way to miss it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import enthesis.knowledge as room
from enthesis.knowledge import SIDES, BadInput, BleedingClass, Library, Region, parse_site, site_kinds

LIBRARY = Library.shipped()
KINDS = {entry.id: entry.body for entry in site_kinds(LIBRARY)}


@pytest.mark.parametrize(
    ("written", "name", "level", "side"),
    [
        ("knee", "knee", "", ""),
        (" knee:right ", "right knee", "", "right"),
        ("lumbar-facet:L4/5:right", "right L4/5 lumbar facet joint", "L4/5", "right"),
        ("lumbar-facet:L4/5", "L4/5 lumbar facet joint", "L4/5", ""),
        ("lumbar-facet:both", "both lumbar facet joint", "", "both"),
        ("coccyx", "coccyx", "", ""),
    ],
)
def test_a_site_by_its_parts(written, name, level, side):
    site = parse_site(written, LIBRARY)
    assert (str(site), site.name, site.level, site.side) == (written.strip(), name, level, side)
    assert site.about == KINDS[site.kind]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("spine", "site: there is no site 'spine'; there are: achilles, adductor, ankle, "),
        ("", "site: there is no site ''; there are: achilles"),
        ("knee:up", "site: 'up' in 'knee:up' was not understood; knee takes no level, then a side (left, right, both)"),
        ("knee:left:right", "site: 'right' in 'knee:left:right' was not understood; "),
        ("lumbar-facet:right:L4/5", "site: 'L4/5' in 'lumbar-facet:right:L4/5' was not understood; "),
        ("lumbar-facet:L4/5:L5/S1", "site: 'L5/S1' in 'lumbar-facet:L4/5:L5/S1' was not understood; "),
        ("lumbar-facet:C4/5", "lumbar-facet takes a level (L1/2, L2/3, L3/4, L4/5, L5/S1), then a side"),
        ("coccyx:left", "coccyx takes no level, no side"),
        ("knee:", "site: '' in 'knee:' was not understood"),
    ],
)
def test_what_is_no_site_is_said_in_a_sentence(written, said):
    with pytest.raises(BadInput) as error:
        parse_site(written, LIBRARY)
    assert said in str(error.value)


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_every_site_written_is_the_site_read(kind, data):
    level = data.draw(st.sampled_from(["", *KINDS[kind].levels]))
    side = data.draw(st.sampled_from(["", *(SIDES if KINDS[kind].sided else ())]))
    written = ":".join(part for part in (kind, level, side) if part)
    assert str(parse_site(written, LIBRARY)) == written


def test_every_site_has_a_bleeding_class_with_its_reason():
    assert all(kind.bleeding_note for kind in KINDS.values())
    assert {type(kind.bleeding) for kind in KINDS.values()} == {BleedingClass}
    assert {type(kind.region) for kind in KINDS.values()} == {Region}
    graver = {id for id, kind in KINDS.items() if kind.bleeding is not BleedingClass.LOW}
    assert graver == {
        "cervical-facet",
        "cervical-spinous-process",
        "cervical-transverse-process",
        "mastoid",
        "nuchal-ridge",
    }


def test_the_public_face_is_what_it_says():
    assert all(hasattr(room, name) for name in room.__all__)
    assert len(set(room.__all__)) == len(room.__all__)
