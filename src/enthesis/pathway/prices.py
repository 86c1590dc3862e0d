"""What a course will likely cost: a clinic's own prices and the visits expected, as exact decimals in one currency.

Nothing is coded as something else: the only procedure codes a price may carry are those of its treatment's own entry.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from enthesis.knowledge import BadInput, Library
from enthesis.pathway.statement import Code
from enthesis.pathway.treatments import treatment_called

CURRENCIES = ("USD", "CAD", "EUR", "GBP", "AUD", "NZD", "MXN")
AMOUNT = re.compile(r"\d{1,6}(\.\d{1,2})?", re.ASCII)
LONGEST = 120  # characters of what a price is for
MOST_SESSIONS = 60  # more is a slip of the finger
CENT = Decimal("0.01")


class Per(StrEnum):
    """How often a price is paid."""

    COURSE = "course"
    SESSION = "session"


@dataclass(frozen=True)
class Price:
    """One price: what for, how often, of which treatment (none: of any), in which words in Spanish, by which code."""

    what: str
    per: Per
    amount: Decimal
    treatment: str = ""
    spanish: str = ""
    code: str = ""


@dataclass(frozen=True)
class Prices:
    """A clinic's price list in one currency."""

    currency: str
    lines: tuple[Price, ...]


@dataclass(frozen=True)
class EstimateItem:
    """One line of an estimate."""

    what: str
    spanish: str
    quantity: int
    each: Decimal
    amount: Decimal
    code: str


@dataclass(frozen=True)
class Estimate:
    """What is expected: each line, and the total of all."""

    currency: str
    sessions: int
    items: tuple[EstimateItem, ...]

    @property
    def total(self) -> Decimal:
        """The sum of the lines, exactly."""
        return sum((item.amount for item in self.items), Decimal("0.00"))


def codes_offered(library: Library, treatment: str) -> tuple[Code, ...]:
    """The procedure codes a price of this treatment may carry: those of its entry. Raises BadInput for no such treatment."""
    return treatment_called(library, treatment).body.codes if treatment else ()


def priced(*, currency: str, lines: Sequence[Mapping[str, str]], library: Library) -> Prices:
    """A price list from what was typed. Raises BadInput naming the line and the field; lines are counted from 1."""
    if currency not in CURRENCIES:
        raise BadInput(f"currency: one of {', '.join(CURRENCIES)} was expected, not {currency!r}")
    if not lines:
        raise BadInput("lines: a price list has at least one price")
    return Prices(currency, tuple(_price(number, line, library) for number, line in enumerate(lines, 1)))


def estimate(prices: Prices, *, treatment: str, sessions: int) -> Estimate:
    """The estimate of a course of so many sessions. Raises BadInput where no price of a session fits the treatment."""
    if not 1 <= sessions <= MOST_SESSIONS:
        raise BadInput(f"sessions: a whole number from 1 to {MOST_SESSIONS} was expected, not {sessions}")
    fitting = [line for line in prices.lines if line.treatment in ("", treatment)]
    if not any(line.treatment == treatment and line.per is Per.SESSION for line in fitting):
        raise BadInput(f"prices: the price list has no price of a session of {treatment}")
    return Estimate(prices.currency, sessions, tuple(_item(line, sessions) for line in fitting))


def _item(line: Price, sessions: int) -> EstimateItem:
    quantity = sessions if line.per is Per.SESSION else 1
    return EstimateItem(line.what, line.spanish, quantity, line.amount, line.amount * quantity, line.code)


def _price(number: int, line: Mapping[str, str], library: Library) -> Price:
    said = {
        name: str(line.get(name) or "").strip() for name in ("what", "per", "amount", "treatment", "spanish", "code")
    }
    where = f"line {number}"
    for name in ("what", "spanish"):
        if len(said[name]) > LONGEST or "\x00" in said[name]:
            raise BadInput(f"{where}: {name}: at most {LONGEST} characters were expected")
    if not said["what"]:
        raise BadInput(f"{where}: what: say what the price is for")
    if said["per"] not in tuple(Per):
        raise BadInput(f"{where}: per: one of {', '.join(Per)} was expected, not {said['per']!r}")
    if not AMOUNT.fullmatch(said["amount"]):
        raise BadInput(
            f"{where}: amount: an amount such as 350 or 350.00 was expected, with a decimal point, not {said['amount']!r}"
        )
    offered = [code.code for code in codes_offered(library, said["treatment"])]
    if said["code"] and said["code"] not in offered:
        there = ", ".join(offered) or "none"
        raise BadInput(f"{where}: code: {said['code']!r} is no code of this treatment; its codes are: {there}")
    return Price(
        said["what"],
        Per(said["per"]),
        Decimal(said["amount"]).quantize(CENT),
        said["treatment"],
        said["spanish"],
        said["code"],
    )
