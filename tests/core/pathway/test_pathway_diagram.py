"""The picture in the docs is the table of moves."""

from enthesis.pathway import Move, Stage, pathway_as_mermaid


def test_the_diagram_is_the_table() -> None:
    assert pathway_as_mermaid() == DIAGRAM


def test_the_diagram_shows_every_move_and_every_stage() -> None:
    drawn = pathway_as_mermaid()
    assert [move for move in Move if move not in drawn] == []
    assert [stage for stage in Stage if stage.replace("-", "_") not in drawn] == []


DIAGRAM = """\
stateDiagram-v2
    state "follow-up" as follow_up
    state screening <<choice>>
    state "in care" as in_care {
        [*] --> enrolled
        enrolled --> screening
        due --> screening
        screened --> screening
        asked --> screening
        postponed --> screening
        refused --> screening
        planned --> screening: screen-asks, screen-postpones, screen-refuses
        mixed --> screening: screen-asks, screen-postpones, screen-refuses
        assessed --> screening: screen-asks, screen-postpones, screen-refuses
        screening --> screened: screen-passes
        screening --> asked: screen-asks
        screening --> postponed: screen-postpones
        screening --> refused: screen-refuses
        planned --> planned: screen-passes
        mixed --> mixed: screen-passes
        assessed --> assessed: screen-passes
        asked --> screened: allow
        asked --> refused: decline
        screened --> planned: plan
        planned --> mixed: mix
        mixed --> assessed: assess
        assessed --> anaesthetised: anaesthetise
        anaesthetised --> injected: inject
        injected --> observed: observe
        observed --> recovering: send-home
        planned --> due: break-off
        mixed --> due: break-off
        assessed --> due: break-off
        anaesthetised --> due: break-off
        recovering --> due: go-on
        enrolled --> paused: pause
        recovering --> paused: pause
        due --> paused: pause
        screened --> paused: pause
        asked --> paused: pause
        postponed --> paused: pause
        refused --> paused: pause
        planned --> paused: pause
        mixed --> paused: pause
        paused --> due: resume
        recovering --> follow_up: stop
        due --> follow_up: stop
        screened --> follow_up: stop
        asked --> follow_up: stop
        postponed --> follow_up: stop
        refused --> follow_up: stop
        paused --> follow_up: stop
        recovering --> follow_up: switch
        due --> follow_up: switch
        screened --> follow_up: switch
        asked --> follow_up: switch
        postponed --> follow_up: switch
        refused --> follow_up: switch
        paused --> follow_up: switch
        follow_up --> closed: close
    }
    in_care --> withdrawn: withdraw
    closed --> [*]
    withdrawn --> [*]
"""
