"""What a judgment may say, from mildest to gravest."""

from collections.abc import Iterable
from enum import StrEnum


class Action(StrEnum):
    """clear < inform < ask < postpone < refuse. *Ask* means that a clinician must decide; unknown is never *no*."""

    CLEAR = "clear"
    INFORM = "inform"
    ASK = "ask"
    POSTPONE = "postpone"
    REFUSE = "refuse"

    @property
    def severity(self) -> int:
        """0 for clear up to 4 for refuse."""
        return list(Action).index(self)


def worst(actions: Iterable[Action]) -> Action:
    """The gravest of several actions; clear when there are none."""
    return max(actions, key=lambda action: action.severity, default=Action.CLEAR)
