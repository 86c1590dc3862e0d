"""What else people were treated with between the first injection and an answer: counted and named, never adjusted for."""

from collections import Counter
from collections.abc import Mapping, Sequence

from enthesis.outcomes.cohort.asking import answers
from enthesis.outcomes.cohort.columns import DEAD, OTHER_TREATMENT, SILENT, Named
from enthesis.outcomes.cohort.counting import Key
from enthesis.outcomes.cohort.week import Others

AGREED = "agreed plan"  # of exercise and daily life: part of care, and in most people


def other_treatments(snapshot: Named, keys: Sequence[str]) -> dict[tuple[Key, float], Others]:
    """By group and week, of those due; empty where the snapshot does not say what else went on.

    Rows are counted by what they say, so that the answer is short however many people there are.
    """
    table = snapshot.table
    if "beside" not in table.columns or not answers(table.aggregate(said=table.beside.notnull().any()))[0]["said"]:
        return {}
    due = table.filter(table.due & (table.status != DEAD) & (table.week > 0))
    said = due.select(*keys, "week", said=due.beside.cast("string"), changed=due.status == OTHER_TREATMENT)
    alike = answers(said.group_by(*keys, "week", "said", "changed").aggregate(people=lambda t: t.count()))
    found: dict[tuple[Key, float], list[Mapping[str, object]]] = {}
    for row in alike:
        found.setdefault((tuple(str(row[key]) for key in keys), float(row["week"])), []).append(row)
    return {at: _others(rows) for at, rows in found.items()}


def kinds_in(said: str | None) -> frozenset[str]:
    """The kinds named in one cell, as in "opioid; physiotherapy"."""
    return frozenset(kind for kind in map(str.strip, (said or "").split(";")) if kind not in SILENT)


def _others(rows: Sequence[Mapping[str, object]]) -> Others:
    people, agreed, kinds = 0, 0, Counter[str]()
    for row in rows:
        count, named = int(str(row["people"])), kinds_in(row["said"] if isinstance(row["said"], str) else None)
        agreed += count if AGREED in named else 0
        people += count if named - {AGREED} or row["changed"] else 0
        kinds.update(dict.fromkeys(named - {AGREED}, count))
    return Others(people, dict(sorted(kinds.items())), agreed)
