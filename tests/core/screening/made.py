"""Facts made by hand for the core tests: one medicine, one problem, one moment at a time."""

from datetime import date, timedelta

from enthesis.knowledge import Library
from enthesis.screening import Facts, Medicine, Problem, Route, State, Taking, condition, recognise
from enthesis.screening.conditions import Moment, Reading

LIBRARY = Library.shipped()
ON = date(2030, 6, 15)
TODAY = Moment(on=ON, as_of=ON)


def back(days):
    """The day that many days before the injection."""
    return ON - timedelta(days=days)


def asked_ahead(days):
    """The injection of ON, asked about that many days before."""
    return Moment(on=ON, as_of=back(days))


def medicine(name, taking=Taking.TAKING, *, route=Route.ORAL, last=None, since=None, evidence="m1", coded=True):
    """One medicine of the chart, recognised with the shipped library."""
    return Medicine(name, recognise(name, LIBRARY, coded=coded), taking, route, evidence, last, since)


def problem(name, state=State.ACTIVE, *, icd10=(), until=None, since=None, evidence="p1"):
    """One problem of the chart."""
    return Problem(name, state, evidence, icd10, since, until)


def read(when, *, at=TODAY, library=LIBRARY, **facts) -> Reading:
    """What a condition, written as in TOML, reads in facts."""
    return condition(when, "rules/test.toml").read(Facts(**facts), at, library)
