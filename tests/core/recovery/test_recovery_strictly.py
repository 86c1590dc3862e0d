"""What only a changed word or argument would show: whole sentences of errors, and choices that reach preparation."""

from dataclasses import replace

import pytest

from enthesis.knowledge import BadInput, LibraryError, parse_site
from enthesis.recovery import (
    PLEASE_ANSWER,
    PREPARING,
    Advice,
    Topic,
    Urgency,
    WarningSign,
    advice_lines,
    preparation,
    run_example,
)
from enthesis.recovery.signs import Sign, sign

KNEE = {"story": "a knee", "site": "knee:left", "day": 1}


def test_what_is_left_open_is_asked_for_in_words():
    assert PLEASE_ANSWER.startswith("Please answer the questions that are left.")


def said(error):
    return str(error.value)


def test_what_a_clinic_chose_is_what_a_patient_prepares(library):
    entries = [one for one in library.entries("advice", Advice) if one.body.topic in PREPARING]
    entry = next(one for one in entries if one.body.alternatives)
    other = entry.body.alternatives[0]
    site = parse_site("knee:left", library)
    told = preparation(site=site, library=library, choices={entry.id: other.id})
    line = next(one for one in told if one.advice == entry.id)
    assert (line.from_day, line.until_day, line.text) == (other.from_day, other.until_day, other.text)


def test_advice_that_is_not_there_is_refused_with_the_list_of_what_is(library):
    ids = ", ".join(one.id for one in library.entries("advice", Advice) if one.body.topic is not Topic.DIARY)
    with pytest.raises(BadInput) as error:
        advice_lines(site=parse_site("knee:left", library), library=library, choices={"avoid-hail": "default"})
    assert said(error).split(": ")[:2] == ["advice", "there is no advice 'avoid-hail'; there are"]
    assert set(ids.split(", ")) <= set(said(error).split("there are: ")[1].split(", "))


def test_advice_says_what_is_wrong_with_it(library):
    flare = library.entry("advice", "expect-flare", Advice).body
    with pytest.raises(LibraryError, match="^advice ends on the day it begins or later$"):
        replace(flare, from_day=3, until_day=2)
    ice = library.entry("advice", "avoid-ice", Advice).body
    with pytest.raises(LibraryError) as error:
        replace(ice if ice.alternatives else _with_alternatives(library), differ="")
    assert said(error) == "advice with alternatives says how sources differ and why the default is the default"


def _with_alternatives(library):
    return next(one.body for one in library.entries("advice", Advice) if one.body.alternatives)


def test_a_warning_says_what_is_wrong_with_it(library):
    fever = library.entry("warnings", "infection-signs", WarningSign).body
    with pytest.raises(LibraryError, match="^a warning begins on day 0, hour 0 or later$"):
        replace(fever, from_day=-1)
    assert fever.urgency.rank > Urgency.WATCH.rank
    with pytest.raises(LibraryError, match="^a warning that asks for a call or an ambulance has no end$"):
        replace(fever, until_hour=1)


def test_a_sign_that_does_not_fit_says_every_reason_and_where(library):
    fever = library.entry("warnings", "infection-signs", WarningSign).body
    with pytest.raises(LibraryError) as error:
        run_example(replace(fever, when={"at_least": {}}), KNEE | {"expect": "nothing"}, library)
    assert said(error) == "example: `when`: required field missing @ $.question; required field missing @ $.value"
    with pytest.raises(LibraryError, match="^example: `when.yes` takes the id of a question, not 3$"):
        run_example(replace(fever, when={"yes": 3}), KNEE | {"expect": "nothing"}, library)


def test_an_example_with_several_strange_keys_names_each(library):
    fever = library.entry("warnings", "infection-signs", WarningSign).body
    with pytest.raises(LibraryError, match=", not feever, giveen$"):
        run_example(fever, KNEE | {"giveen": {}, "feever": {}, "expect": "nothing"}, library)


def test_a_sign_without_a_written_name_is_not_a_kind_of_its_own():
    before = dict(Sign.kinds)

    class Shared(Sign):
        pass

    assert Sign.kinds == before
    assert all(issubclass(kind, Sign) for kind in Sign.kinds.values())
    assert sign({"yes": "fever"}, "x").question == "fever"
