"""A clinic's own price list: dated versions, set by its director, every one kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from enthesis.clinic.acting import act, leave_trace, now
from enthesis.clinic.correcting import current, frame
from enthesis.clinic.errors import NotFound
from enthesis.clinic.library import library
from enthesis.clinic.permissions import Actor, May
from enthesis.knowledge import BadInput
from enthesis.pathway import Per, Price, Prices, priced
from enthesis.registry.models import Clinic, PriceList


@dataclass(frozen=True)
class PriceVersion:
    """One version of a price list as a page shows it; `stands` while it is the one in force on the day asked about."""

    id: UUID
    valid_from: date
    prices: Prices
    set_by: str
    at: datetime
    stands: bool


@act
def set_prices(
    *, by: Actor, clinic: int, valid_from: date, currency: str, lines: Sequence[Mapping[str, str]], today: date
) -> PriceList:
    """Keep a new version of the clinic's prices, in force from a day that has not passed. The older ones stay."""
    by.check(May.PRICE, clinic)
    place = _clinic(clinic)
    if valid_from < today:
        raise BadInput(f"valid_from: {valid_from.isoformat()} has passed; prices cannot be changed backwards")
    made = priced(currency=currency, lines=lines, library=library())
    kept = PriceList.objects.create(
        valid_from=valid_from,
        currency=made.currency,
        lines=[_written(line) for line in made.lines],
        **frame(by.name, place.pk, now(), None, ""),
    )
    before = standing_prices(clinic, today)
    leave_trace(
        by,
        "set the prices",
        clinic=place,
        about=kept.pk,
        before=None if before is None or before.pk == kept.pk else {"lines": before.lines, "currency": before.currency},
        after={"valid_from": valid_from, "currency": kept.currency, "lines": kept.lines},
    )
    return kept


@act
def read_prices(*, by: Actor, clinic: int, on: date) -> tuple[PriceVersion, ...]:
    """Every version of a clinic's prices, newest first."""
    by.check(May.SEE, clinic)
    stands = standing_prices(clinic, on)
    return tuple(
        PriceVersion(
            row.pk,
            row.valid_from,
            prices_of(row),
            row.recorded_by,
            row.recorded_at,
            stands is not None and row.pk == stands.pk,
        )
        for row in current(PriceList.objects.filter(clinic_id=clinic)).order_by("-valid_from", "-recorded_at")
    )


def standing_prices(clinic: int, on: date) -> PriceList | None:
    """The version in force on a day: of those that began, the one that began last, and of these the newest."""
    begun = current(PriceList.objects.filter(clinic_id=clinic, valid_from__lte=on))
    return begun.order_by("-valid_from", "-recorded_at").first()


def prices_of(row: PriceList) -> Prices:
    """The price list of a row, its amounts exact again."""
    return Prices(
        row.currency,
        tuple(Price(**(line | {"per": Per(line["per"]), "amount": Decimal(line["amount"])})) for line in row.lines),
    )


def _written(line: Price) -> dict[str, str]:
    return {
        "what": line.what,
        "per": line.per.value,
        "amount": str(line.amount),
        "treatment": line.treatment,
        "spanish": line.spanish,
        "code": line.code,
    }


def _clinic(clinic: int) -> Clinic:
    found = Clinic.objects.filter(pk=clinic).first()
    if found is None:
        raise NotFound("there is no such clinic")
    return found
