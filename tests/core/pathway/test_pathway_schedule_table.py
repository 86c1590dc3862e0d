"""The table of protocols and the rules for looking again, as staff read them."""

from enthesis.pathway import Basis, review_rows, schedule_rows


def test_every_protocol_stands_in_the_table_the_first_choice_of_each_condition_in_front(library):
    rows = schedule_rows(library)
    assert len(rows) == len(library.files("protocols"))
    knee = [row for row in rows if row.condition == "Knee osteoarthritis"]
    assert [(row.id, row.first_choice) for row in knee] == [
        ("knee-rabago-2013", True),
        ("knee-rezasoltani-2017-joint", False),
        ("knee-rezasoltani-2017-around", False),
    ]
    assert [row.condition for row in rows] == sorted(row.condition for row in rows)


def test_numbers_are_written_as_people_say_them(library):
    said = {row.id: (row.sessions, row.interval, row.basis, row.strengths) for row in schedule_rows(library)}
    assert said["knee-rezasoltani-2017-joint"] == ("3", "1 week", Basis.TRIAL, ("8% dextrose into the joint",))
    assert said["achilles-ryan-2010"][:2] == ("1 to 13, usually 5", "39 days")
    assert said["tmj-louw-2019"][:2] == ("3", "4 weeks")
    assert said["prp-as-given"][3] == ()


def test_the_source_stands_beside_each_number_with_its_note_where_there_is_one(library):
    row = next(row for row in schedule_rows(library) if row.id == "tmj-louw-2019")
    assert row.sessions_source == "Louw 2019, 42 patients: three, then as needed"
    assert row.condition == "Jaw joint pain"
    assert row.treatment == "Dextrose prolotherapy"
    assert {one.condition for one in schedule_rows(library) if one.id == "prp-as-given"} == {"Any condition"}


def test_the_rules_for_looking_again_name_their_treatment_or_protocol_and_their_source(library):
    rows = review_rows(library)
    assert ("Dextrose prolotherapy", 2, True) in {(row.of, row.after_session, row.unless_improved) for row in rows}
    assert all(row.why and row.source for row in rows)
