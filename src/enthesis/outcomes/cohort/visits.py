"""From rows to the sums of a mixed model: one query, whose answer does not grow with the people."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import ibis
import numpy as np

from enthesis.outcomes.cohort.asking import answers
from enthesis.outcomes.cohort.counting import Key, key_of
from enthesis.outcomes.cohort.courses import Courses
from enthesis.outcomes.mixed import Pattern, Patterns

ONE, BASELINE = "one", "baseline"


def patterns(courses: Courses, weeks: Sequence[float]) -> dict[Key, Patterns]:
    """The sums of each group over these weeks: fixed effects `one` and `baseline` at every visit.

    People without a baseline and people without any answer are left out; their number is in the flow.
    """
    wide = _wide(courses, weeks)
    names = [f"w{index}" for index in range(len(weeks))]
    terms = {ONE: wide.one, BASELINE: wide.baseline}
    sums = {"people": wide.course.count()}
    for name, left in terms.items():
        sums |= {f"zz|{name}|{column}": (left * right).sum() for column, right in terms.items()}
    for index, name in enumerate(names):
        sums |= {f"yz|{name}|{term}": (wide[name] * value).sum() for term, value in terms.items()}
        sums |= {f"yy|{name}|{other}": (wide[name] * wide[other]).sum() for other in names[: index + 1]}
    answer = answers(wide.group_by(*courses.keys, "pattern").aggregate(**sums))
    found: dict[Key, list[Pattern]] = defaultdict(list)
    for row in sorted(answer, key=lambda row: row["pattern"]):
        found[key_of(row, courses)].append(_pattern(row, names))
    visits = tuple(f"{week:g}" for week in weeks)
    return {group: Patterns(visits, (ONE, BASELINE), tuple(each)) for group, each in found.items()}


def _wide(courses: Courses, weeks: Sequence[float]) -> ibis.Table:
    """One row for each course with a baseline and an answer; `pattern` has a bit for each week that was answered."""
    rows = courses.later
    kept = rows.filter(rows.due & rows.answered & rows.score.notnull() & rows.baseline.notnull())
    scores = {f"w{index}": kept.score.max(where=kept.week == week) for index, week in enumerate(weeks)}
    wide = kept.group_by(*courses.keys, "course").aggregate(baseline=kept.baseline.max(), **scores)
    bits = sum(
        (wide[f"w{index}"].notnull().ifelse(2**index, 0) for index in range(len(weeks))), ibis.literal(0, "int64")
    )
    return wide.mutate(one=ibis.literal(1.0), pattern=bits).filter(lambda t: t.pattern > 0)


def _pattern(row: Mapping[str, float], names: Sequence[str]) -> Pattern:
    """One row of the answer as sums; what was not answered is null there, and zero here."""
    terms = (ONE, BASELINE)
    visits = tuple(index for index in range(len(names)) if int(row["pattern"]) >> index & 1)
    zz = np.array([[row[f"zz|{a}|{b}"] for b in terms] for a in terms], dtype=np.float64)
    yz = np.array([[row[f"yz|{name}|{term}"] or 0.0 for term in terms] for name in names], dtype=np.float64)
    yy = np.zeros((len(names), len(names)))
    for index, name in enumerate(names):
        for other in range(index + 1):
            yy[index, other] = yy[other, index] = row[f"yy|{name}|{names[other]}"] or 0.0
    return Pattern(visits, int(row["people"]), zz, yz, yy)


def joined(parts: Mapping[Key, Patterns]) -> Patterns:
    """Arms side by side in one model: `one` becomes an effect of each arm, the slope on the baseline is shared.

    The first arm's effect is `one`; each other arm has the difference from it.
    """
    arms = list(parts)
    effects = (ONE, *(f"arm {'/'.join(map(str, arm))}" for arm in arms[1:]), BASELINE)
    found = []
    for index, arm in enumerate(arms):
        lift = np.zeros((len(effects), 2))
        lift[0, 0] = lift[-1, 1] = 1.0
        if index:
            lift[index, 0] = 1.0
        found += [Pattern(p.visits, p.people, lift @ p.zz @ lift.T, p.yz @ lift.T, p.yy) for p in parts[arm].patterns]
    return Patterns(parts[arms[0]].visits, effects, tuple(found))
