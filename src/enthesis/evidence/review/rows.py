"""The rows of a review's tables. Each row says where its numbers stand; one that cannot be true does not load."""

from dataclasses import dataclass
from enum import StrEnum

from enthesis.knowledge import BadInput


class Bias(StrEnum):
    """Risk of bias of a trial as a whole; `unclear` when nobody could judge it from what was readable."""

    LOW = "low"
    SOME = "some"
    HIGH = "high"
    UNCLEAR = "unclear"


class Indirectness(StrEnum):
    """How far a trial's people, treatment or outcome lie from the question of the review."""

    NO = "no"
    SOME = "some"
    SERIOUS = "serious"


class Scores(StrEnum):
    """What the numbers of a row are. Changes and finals never mix unsaid."""

    CHANGE = "change"
    FINAL = "final"
    EVENTS = "events"
    SHARE = "share"


class Better(StrEnum):
    """Which end of a scale is the good one."""

    LOWER = "lower"
    HIGHER = "higher"


class State(StrEnum):
    """Why the numbers of a trial that was found are not here."""

    UNREADABLE = "numbers not readable"
    REGISTERED = "registered, no results seen"


@dataclass(frozen=True)
class Trial:
    """One trial that was read, with how far it can be trusted. `excluded` is the reason why it is never pooled."""

    trial: str
    citation: str
    address: str
    condition: str
    locator: str
    design: str
    bias: Bias
    bias_why: str
    unit: str = "people"
    people: int | None = None
    indirect: Indirectness = Indirectness.NO
    indirect_why: str = ""
    excluded: str = ""
    same_patients_as: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Raises BadInput when a judgment has no reason, or a trial nobody."""
        if self.people is not None and self.people < 1:
            raise BadInput(f"column 'people': {self.people} people make no trial")
        if (self.indirect is not Indirectness.NO) and not self.indirect_why:
            raise BadInput("column 'indirect_why': empty; say in what the trial differs from the question")
        if self.same_patients_as and not self.excluded:
            raise BadInput("column 'excluded': empty; the same patients must not be counted twice")


@dataclass(frozen=True)
class Arm:
    """One arm of a trial at one time on one instrument, as printed. `unfit` is the reason why it is never pooled.

    `mean` and `sd` are in the points of the instrument; `week` counts from the first treatment. `less` is the share of
    their own first pain that people counted in `events` or `share` had lost at least (0.5 for half).
    """

    trial: str
    arm: str
    node: str
    outcome: str
    instrument: str
    kind: Scores
    locator: str
    address: str
    read_again: bool
    scale_min: float | None = None
    scale_max: float | None = None
    better: Better | None = None
    week: float | None = None
    n: int | None = None
    mean: float | None = None
    sd: float | None = None
    events: int | None = None
    events_of: str = ""
    share: float | None = None
    low: float | None = None
    high: float | None = None
    spread_from: str = ""
    unfit: str = ""
    caution: str = ""
    note: str = ""
    less: float | None = None

    def __post_init__(self) -> None:
        """Raises BadInput naming the column whose number cannot be true."""
        _scale(self.scale_min, self.scale_max)
        for column, value in (("week", self.week), ("n", self.n), ("sd", self.sd), ("events", self.events)):
            if value is not None and value < 0:
                raise BadInput(f"column {column!r}: {value:g} is below nothing")
        if self.n == 0:
            raise BadInput("column 'n': an arm of nobody; leave it empty where the size is not known")
        if self.events is not None and self.n is not None and self.events > self.n:
            raise BadInput(f"column 'events': {self.events} of {self.n}; there cannot be more events than people")
        if self.share is not None and not 0 <= self.share <= 1:
            raise BadInput(f"column 'share': {self.share:g}; a share from 0 to 1 was expected")
        if self.less is not None and not 0 < self.less < 1:
            raise BadInput(f"column 'less': {self.less:g}; a share between 0 and 1 was expected")
        if self.sd == 0:
            raise BadInput("column 'sd': a spread of 0; leave it empty where it is not known")
        if self.kind is Scores.FINAL and self.mean is not None:
            _inside(self.mean, self.scale_min, self.scale_max)

    @property
    def has_mean(self) -> bool:
        """Whether size, mean and spread are all there, and which end is good."""
        return None not in (self.n, self.mean, self.sd, self.better) and self.kind in (Scores.CHANGE, Scores.FINAL)

    @property
    def has_events(self) -> bool:
        """Whether size and events are both there."""
        return self.n is not None and self.events is not None and self.kind is Scores.EVENTS


@dataclass(frozen=True)
class Difference:
    """A printed difference, node minus versus, of a trial whose arms cannot be read. `low` and `high` are its 95% interval."""

    trial: str
    node: str
    versus: str
    outcome: str
    instrument: str
    kind: Scores
    estimate: float
    locator: str
    address: str
    read_again: bool
    scale_min: float | None = None
    scale_max: float | None = None
    better: Better | None = None
    week: float | None = None
    low: float | None = None
    high: float | None = None
    p: str = ""
    unfit: str = ""
    caution: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Raises BadInput when the difference is of one thing with itself, or lies outside its own interval."""
        _scale(self.scale_min, self.scale_max)
        if self.node == self.versus:
            raise BadInput(f"column 'versus': {self.versus!r} compared with itself")
        if self.low is not None and self.high is not None and not self.low <= self.estimate <= self.high:
            raise BadInput(
                f"column 'estimate': {self.estimate:g} lies outside its interval {self.low:g} to {self.high:g}"
            )

    @property
    def has_interval(self) -> bool:
        """Whether there is an interval to take a standard error from, and which end is good."""
        return None not in (self.low, self.high, self.better)


@dataclass(frozen=True)
class Awaiting:
    """A trial that was found and whose numbers could not be read: somebody with the paper can extract it."""

    trial: str
    citation: str
    condition: str
    comparison: str
    state: State
    address: str
    known: str = ""


@dataclass(frozen=True)
class Published:
    """A pooled result that another review printed. `node` and `versus` name the same comparison here, where there is one."""

    review: str
    comparison: str
    outcome: str
    measure: str
    address: str
    when: str = ""
    trials: int | None = None
    people: int | None = None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    i2: float | None = None
    node: str = ""
    versus: str = ""
    note: str = ""


def _scale(least: float | None, most: float | None) -> None:
    if (least is None) != (most is None):
        raise BadInput("columns 'scale_min' and 'scale_max': give both ends of the scale or none")
    if least is not None and most is not None and least >= most:
        raise BadInput(f"columns 'scale_min' and 'scale_max': from {least:g} to {most:g} is no scale")


def _inside(mean: float, least: float | None, most: float | None) -> None:
    if least is not None and most is not None and not least <= mean <= most:
        raise BadInput(f"column 'mean': {mean:g} lies outside the scale from {least:g} to {most:g}")
