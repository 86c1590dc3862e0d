"""Loading the demo: two clinics with their staff, and about two hundred simulated people over eighteen months."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.db import transaction

from enthesis.catalogue import KINDS
from enthesis.clinic.adopt import adopt_entries
from enthesis.clinic.demo.people import invent
from enthesis.clinic.demo.walking import Arrival, walk
from enthesis.clinic.demo_accounts import DEMO_DOMAIN, DEMO_PASSWORD
from enthesis.clinic.library import library
from enthesis.clinic.outcomes.reporting import take_clinic_snapshot
from enthesis.clinic.permissions import Actor
from enthesis.registry.models import Clinic, Membership, Role, User

SEED = 20261123
PEOPLE = 200
DAYS = 548  # eighteen months
BUSY_TODAY = 12
CLINICS = (("harbour", "Harbour Joint Clinic", "555-0100"), ("hillside", "Hillside Spine Clinic", "555-0200"))
STAFF = (
    ("clinician", "Clara Dunn", "Noah Reyes"),
    ("coordinator", "Cora Lindt", "Milo Haas"),
    ("director", "Dora Stein", "Vera Okoye"),
    ("analyst", "Ana Petit", "Finn Moreau"),
)


@dataclass(frozen=True)
class Staff:
    """The simulated staff of one clinic."""

    clinic: Clinic
    clinician: Actor
    coordinator: Actor
    director: Actor


def is_loaded() -> bool:
    """Are the demo clinics there? Loading is one transaction, so they are there whole or not at all."""
    return Clinic.objects.filter(slug__in=[slug for slug, *_ in CLINICS], simulated=True).count() == len(CLINICS)


def load_demo(*, today: date, progress: Callable[[int, int], None], people: int = PEOPLE, seed: int = SEED) -> None:
    """Load everything in one transaction: all of it or nothing. `progress` is told how many of how many are done."""
    with transaction.atomic():
        secret = make_password(DEMO_PASSWORD)  # one for all of them: to make it hard to guess takes a while
        staff = [_staff(place, secret, *clinic) for place, clinic in enumerate(CLINICS)]
        for number in range(people):
            dice = Random(f"{seed}-{number}")  # noqa: S311 -- a simulation, to be the same each time
            arrival, here = _arrival(number, today, dice), staff[number % len(staff)]
            walk(
                invent(number, enrolled=arrival.enrolled, dice=dice),
                clinician=here.clinician,
                coordinator=here.coordinator,
                clinic=here.clinic.pk,
                arrival=arrival,
                today=today,
                dice=dice,
            )
            progress(number + 1, people)


def take_demo_snapshots(*, today: date) -> None:
    """A snapshot and its report for each demo clinic, so that its outcomes can be read at once."""
    for clinic in Clinic.objects.filter(slug__in=[slug for slug, *_ in CLINICS]):
        take_clinic_snapshot(by=Actor.operator((clinic.pk,)), clinic=clinic.pk, on=today, today=today)


def _arrival(number: int, today: date, dice: Random) -> Arrival:
    """The first few come so that there is something to do today: a session, a screening, an alert; the rest as they come."""
    if number < BUSY_TODAY:
        visit = today + timedelta(days=(0, 0, -2, -2, 8, 8)[number % 6])
        return Arrival(visit - timedelta(days=14), visit, alarmed=visit < today)
    enrolled = today - timedelta(days=dice.randint(0, DAYS))
    return Arrival(enrolled, enrolled + timedelta(days=dice.randint(10, 25)))


def _staff(place: int, secret: str, slug: str, name: str, phone: str) -> Staff:
    clinic = Clinic.objects.create(slug=slug, name=name, phone=phone, simulated=True)
    actors = {role: _member(clinic, role, names[place], secret) for role, *names in STAFF}
    texts = [(e.kind, e.id, e.fingerprint) for kind in KINDS for e in library().entries(kind.folder, kind.shape)]
    adopt_entries(by=actors["director"], clinic=clinic.pk, texts=texts)
    return Staff(clinic, actors["clinician"], actors["coordinator"], actors["director"])


def _member(clinic: Clinic, role: str, name: str, secret: str) -> Actor:
    user = User.objects.create(email=f"{role}@{clinic.slug}.{DEMO_DOMAIN}", password=secret, name=f"{name} (simulated)")
    Membership.objects.create(user=user, clinic=clinic, role=Role(role))
    return Actor.of_user(user)
