"""What a clinic may set otherwise where sources disagree: inside their spread, or stricter; never milder than all."""

from dataclasses import dataclass

from enthesis.knowledge import BadInput, Value


@dataclass(frozen=True)
class Choice:
    """One value of a rule that a clinic may choose: a number from `least` to `most`, or one of some options.

    `of` is the dotted way to the value in the entry. The milder end is the mildest value any source states; the other
    end is open to what is stricter, as far as it makes sense.
    """

    of: str
    title: str
    least: float = 0
    most: float = 0
    options: tuple[str, ...] = ()

    def read(self, written: str) -> Value:
        """A written value, checked. Raises BadInput naming what may be chosen."""
        text = written.strip()
        if self.options:
            if text in self.options:
                return text
            raise BadInput(f"value: {self.title}: {written!r} cannot be chosen; one of {', '.join(self.options)} can")
        try:
            number = float(text)
        except ValueError:
            number = float("nan")
        if not self.least <= number <= self.most:
            raise BadInput(
                f"value: {self.title}: {written!r} cannot be chosen; a number from {self.least:g} to {self.most:g} can"
            )
        if number.is_integer():
            return int(number)
        if self.whole:
            raise BadInput(f"value: {self.title}: {written!r} cannot be chosen; a whole number can")
        return number

    @property
    def whole(self) -> bool:
        """Are whole numbers meant? Days are; an INR is not."""
        return self.of.endswith("days")

    @property
    def range(self) -> list[float] | list[str]:
        """What may be chosen, shortly: the two ends, or the options."""
        return list(self.options) or [self.least, self.most]
