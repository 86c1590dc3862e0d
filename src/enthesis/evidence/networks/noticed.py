"""What a reader of a network should know that no number of it says: parts that nothing joins, studies that were left out."""

from enthesis.evidence.networks.fitting import Parts
from enthesis.evidence.networks.result import Network
from enthesis.evidence.reading.trials import Trials


def noticed(found: Network | Parts, trials: Trials) -> tuple[str, ...]:
    """The notes of the effects, once; and for a network in parts, where each smaller part begins and what would join it."""
    networks = found.networks if isinstance(found, Parts) else (found,)
    return (*networks[0].contrasts.notes, *(_apart(part, networks[0], trials) for part in networks[1:]))


def _apart(part: Network, largest: Network, trials: Trials) -> str:
    """One part and its first row."""
    row = trials.studies.index(part.studies[0])
    line = int((trials.study == row).argmax())
    column = "treatment" if trials.kind.has_arms else "treatment1"
    return (
        f"{trials.where(line, column)}: no trial joins {', '.join(part.treatments)} to {', '.join(largest.treatments)}; each "
        "part is analysed by itself. Add a trial that joins them or, where treatments share components, evidence.components"
    )
