"""How many of how many, with an interval, over those who answered and over everybody who was due."""

from dataclasses import dataclass

from scipy import special

# Swespine: of those who answered only after reminders 12 points fewer in a hundred said that they were better
# (doi 10.1007/s00586-019-06181-0): the default for people who stay silent altogether.
SILENT_ARE_WORSE_BY = 0.12


@dataclass(frozen=True)
class Share:
    """A share of those who could be judged, and what it becomes under three guesses about the silent.

    n         answered, with a baseline to compare with
    due       were to answer; `enrolled` counts also those whose time has not come
    lower..   Wilson's interval of the share among those who answered
    wanted    is it something good? Of something bad the silent "failed" when it happened to them
    """

    events: int
    n: int
    due: int
    enrolled: int
    share: float | None
    lower: float | None
    upper: float | None
    wanted: bool = True

    @property
    def silent(self) -> int:
        """Due, and not to be judged."""
        return self.due - self.n

    @property
    def of_enrolled(self) -> float | None:
        """Events among everybody enrolled."""
        return _part(self.events, self.enrolled)

    @property
    def if_silent_failed(self) -> float | None:
        """The share of the due when it went badly for everybody silent."""
        return self._all(good=False)

    @property
    def if_silent_succeeded(self) -> float | None:
        """The share of the due when it went well for everybody silent."""
        return self._all(good=True)

    def _all(self, *, good: bool) -> float | None:
        """The share of the due when it went well, or badly, for everybody silent."""
        return _part(self.events + (self.silent if good == self.wanted else 0), self.due)

    @property
    def if_silent_worse(self) -> float | None:
        """The share of the due when the silent did worse by 12 in a hundred: less often something good, more often bad."""
        if self.share is None:
            return None
        shifted = self.share + (-SILENT_ARE_WORSE_BY if self.wanted else SILENT_ARE_WORSE_BY)
        return _part(self.events + self.silent * min(max(0.0, shifted), 1.0), self.due)


def share(*, events: int, n: int, due: int, enrolled: int, wanted: bool = True, level: float = 0.95) -> Share:
    """A share with Wilson's interval (Wilson EB, J Am Stat Assoc 1927;22:209-212), None where nobody answered.

    Raises ValueError when events <= n <= due <= enrolled does not hold.
    """
    if not 0 <= events <= n <= due <= enrolled:
        raise ValueError(f"expected events {events} <= answered {n} <= due {due} <= enrolled {enrolled}")
    if n == 0:
        return Share(events, n, due, enrolled, None, None, None, wanted)
    lower, upper = wilson(events=events, n=n, level=level)
    return Share(events, n, due, enrolled, events / n, lower, upper, wanted)


def wilson(*, events: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Both ends of Wilson's score interval of events / n; n above 0."""
    z = float(special.ndtri(0.5 + level / 2))
    part = events / n
    middle = (part + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * (part * (1 - part) / n + z * z / (4 * n * n)) ** 0.5
    # At none and at all the ends are 0 and 1 exactly; rounding would leave a hair.
    return 0.0 if events == 0 else middle - half, 1.0 if events == n else middle + half


def _part(some: float, everybody: int) -> float | None:
    return some / everybody if everybody else None
