"""The league table: every pair of treatments in columns, and single rows of it as plain values."""

from dataclasses import dataclass

from enthesis.evidence.contrasts import Floats, Whole
from enthesis.evidence.networks.estimates import Estimates, number
from enthesis.evidence.networks.pairs import pair_index
from enthesis.knowledge import BadInput


@dataclass(frozen=True)
class LeagueRow:
    """One pair, `treatment` less `versus`, on the scale of the analysis (log for OR and RR)."""

    treatment: str
    versus: str
    common: dict[str, float | None]
    random: dict[str, float | None]
    prediction: tuple[float | None, float | None]
    direct_share: float


@dataclass(frozen=True, eq=False)
class League:
    """Columns over all pairs, first less second treatment. `direct_share` is of the random model."""

    treatments: tuple[str, ...]
    first: Whole
    second: Whole
    common: Estimates
    random: Estimates
    prediction_lower: Floats
    prediction_upper: Floats
    direct_share: Floats

    def __len__(self) -> int:
        return len(self.first)

    def row(self, index: int) -> LeagueRow:
        """One pair as plain values."""
        return LeagueRow(
            self.treatments[self.first[index]],
            self.treatments[self.second[index]],
            self.common.at(index),
            self.random.at(index),
            (number(self.prediction_lower[index]), number(self.prediction_upper[index])),
            float(self.direct_share[index]),
        )

    def rows(self) -> tuple[LeagueRow, ...]:
        """Every pair, in the order of the treatments."""
        return tuple(self.row(index) for index in range(len(self)))

    def between(self, treatment: str, versus: str) -> LeagueRow:
        """One pair, either way round. Raises BadInput for a treatment that is not in the network."""
        places = [self._place(name) for name in (treatment, versus)]
        if places[0] == places[1]:
            raise BadInput(f"{treatment}: two different treatments are needed for a comparison")
        index = pair_index(min(places), max(places), len(self.treatments))
        row = self.row(index)
        return row if places[0] < places[1] else turned_round(row)

    def _place(self, name: str) -> int:
        if name not in self.treatments:
            raise BadInput(f"{name}: not a treatment of this network, which has {', '.join(self.treatments)}")
        return self.treatments.index(name)


def turned_round(row: LeagueRow) -> LeagueRow:
    """The same pair seen from the other treatment."""
    low, high = row.prediction
    return LeagueRow(
        row.versus,
        row.treatment,
        _negative(row.common),
        _negative(row.random),
        (_minus(high), _minus(low)),
        row.direct_share,
    )


def _negative(found: dict[str, float | None]) -> dict[str, float | None]:
    return {
        "estimate": _minus(found["estimate"]),
        "se": found["se"],
        "lower": _minus(found["upper"]),
        "upper": _minus(found["lower"]),
        "p": found["p"],
    }


def _minus(value: float | None) -> float | None:
    return None if value is None else 0.0 - value
