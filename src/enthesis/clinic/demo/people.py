"""Invented people. Names are put together at random from lists; any likeness to a living person is chance."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from enthesis.screening import ChartItem, ItemKind, Route

GIVEN_FEMALE = (
    "Ana",
    "Birgit",
    "Chiara",
    "Dolores",
    "Edith",
    "Fatima",
    "Grace",
    "Hana",
    "Ines",
    "Joy",
    "Karen",
    "Lucía",
    "Mei",
    "Nora",
    "Olga",
    "Priya",
    "Ruth",
    "Sofía",
    "Teresa",
    "Zoë",
)
GIVEN_MALE = (
    "Ahmed",
    "Boris",
    "Carlos",
    "Daniel",
    "Emil",
    "Frank",
    "George",
    "Hugo",
    "Ivan",
    "José",
    "Kofi",
    "Luis",
    "Marco",
    "Nils",
    "Omar",
    "Peter",
    "Ramón",
    "Stefan",
    "Tomás",
    "Víctor",
)
FAMILY = (
    "Álvarez",
    "Baker",
    "Castillo",
    "Díaz",
    "Eriksen",
    "Fischer",
    "García",
    "Hughes",
    "Iyer",
    "Jansen",
    "Kowalski",
    "López",
    "Miller",
    "Nguyen",
    "O'Brien",
    "Petrov",
    "Quinn",
    "Rossi",
    "Schmidt",
    "Torres",
    "Ueda",
    "Vargas",
    "Weber",
    "Yilmaz",
    "Zhang",
)
TROUBLES = (  # what a chart may hold that a screening must hear of, with how often
    (0.18, ChartItem(ItemKind.MEDICINE, "", "Naproxen sodium 220 MG Oral Tablet", state="stopped", route=Route.ORAL)),
    (0.12, ChartItem(ItemKind.MEDICINE, "", "Aspirin 81 MG Oral Tablet", state="taking", route=Route.ORAL)),
    (0.07, ChartItem(ItemKind.MEDICINE, "", "Warfarin Sodium 5 MG Oral Tablet", state="taking", route=Route.ORAL)),
    (0.06, ChartItem(ItemKind.MEDICINE, "", "apixaban 5 MG Oral Tablet", state="taking", route=Route.ORAL)),
    (0.05, ChartItem(ItemKind.MEDICINE, "", "predniSONE 5 MG Oral Tablet", state="taking", route=Route.ORAL)),
    (0.15, ChartItem(ItemKind.PROBLEM, "", "Diabetes mellitus type 2 (disorder)", state="active", icd10=("E11.9",))),
    (0.05, ChartItem(ItemKind.PROBLEM, "", "Rheumatoid arthritis (disorder)", state="active", icd10=("M06.9",))),
    (0.30, ChartItem(ItemKind.PROBLEM, "", "Essential hypertension (disorder)", state="active")),
    (0.08, ChartItem(ItemKind.ALLERGY, "", "Penicillin G")),
)


@dataclass(frozen=True)
class Invented:
    """A person who does not exist, with a chart."""

    key: str
    person: dict[str, object]
    items: tuple[ChartItem, ...]


def invent(number: int, *, enrolled: date, dice: Random) -> Invented:
    """The person of a number: always the same for the same dice."""
    sex = dice.choice(("female", "male"))
    given, family = dice.choice(GIVEN_FEMALE if sex == "female" else GIVEN_MALE), dice.choice(FAMILY)
    born = enrolled - timedelta(days=round(365.25 * dice.uniform(28, 78)))
    person = {
        "family": family,
        "given": given,
        "born": born,
        "sex": sex,
        "language": dice.choice(("en", "en", "en", "es")),
        "email": f"patient{number:03}@demo.enthesis.example",
        "phone": f"555-01{number % 100:02}",
    }
    return Invented(f"demo|{number:04}", person, _chart(number, enrolled, dice))


def _chart(number: int, enrolled: date, dice: Random) -> tuple[ChartItem, ...]:
    kept = [item for chance, item in TROUBLES if dice.random() < chance]
    return tuple(_dated(item, f"demo-{number}-{place}", enrolled, dice) for place, item in enumerate(kept))


def _dated(item: ChartItem, id: str, enrolled: date, dice: Random) -> ChartItem:
    since = enrolled - timedelta(days=dice.randint(200, 2500))
    last = enrolled - timedelta(days=dice.randint(20, 90)) if item.state == "stopped" else None
    resource = {
        ItemKind.MEDICINE: "MedicationStatement",
        ItemKind.PROBLEM: "Condition",
        ItemKind.ALLERGY: "AllergyIntolerance",
    }[item.kind]
    return ChartItem(item.kind, f"{resource}/{id}", item.name, True, item.state, item.route, item.icd10, since, last)
