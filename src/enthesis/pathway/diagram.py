"""The table of moves as a picture."""

from enthesis.pathway.stages import FINISHED, IN_CARE, MOVES, Move, Stage

INDENT = "    "
FORK = "screening"  # a screening ends in one of four ways, from many stages: one fork draws them once
SCREENINGS = (Move.SCREEN_PASSES, Move.SCREEN_ASKS, Move.SCREEN_POSTPONES, Move.SCREEN_REFUSES)
FORKED = tuple(row for row in MOVES if row.move in SCREENINGS and row.origins != (row.to,))


def pathway_as_mermaid() -> str:
    """The stages and moves as a Mermaid state diagram. Withdrawing, possible from anywhere in care, is drawn once."""
    outside = [
        *(f'state "{stage}" as {_id(stage)}' for stage in Stage if _id(stage) != stage),
        f"state {FORK} <<choice>>",
        'state "in care" as in_care {',
        *(f"{INDENT}{arrow}" for arrow in (f"[*] --> {IN_CARE[0]}", *_fork(), *_arrows())),
        "}",
        f"in_care --> {Stage.WITHDRAWN}: {Move.WITHDRAW}",
        *(f"{_id(stage)} --> [*]" for stage in Stage if stage in FINISHED),
    ]
    return "\n".join(("stateDiagram-v2", *(f"{INDENT}{line}" for line in outside))) + "\n"


def _fork() -> list[str]:
    """Into the fork from each stage at which a screening may be made, and out of it by how it ended."""
    ways: dict[Stage, list[Move]] = {}
    for row in FORKED:
        for origin in row.origins:
            ways.setdefault(origin, []).append(row.move)
    into = [f"{_id(origin)} --> {FORK}{_label(moves)}" for origin, moves in ways.items()]
    return into + [f"{FORK} --> {_id(row.to)}: {row.move}" for row in FORKED]


def _label(moves: list[Move]) -> str:
    """Said only where not every end of the fork is meant."""
    return "" if len(moves) == len(FORKED) else f": {', '.join(moves)}"


def _arrows() -> list[str]:
    rest = [row for row in MOVES if row not in FORKED and row.move is not Move.WITHDRAW]
    return [f"{_id(origin)} --> {_id(row.to)}: {row.move}" for row in rest for origin in row.origins]


def _id(stage: Stage) -> str:
    return stage.replace("-", "_")  # Mermaid's names of states know no hyphen
