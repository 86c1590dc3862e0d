"""Several trial files as one: the same kind of rows, and no study in two of them."""

from collections.abc import Sequence

import numpy as np

from enthesis.evidence.reading.trials import Trials, frozen
from enthesis.knowledge import BadInput


def joined(files: Sequence[Trials]) -> Trials:
    """The rows of all files, in their order. Raises BadInput for files of different kinds and for a study in two."""
    first, *rest = files
    if not rest:
        return first
    _check(first, rest)
    treatments = tuple(sorted({name for one in files for name in one.treatments}))
    studies = tuple(name for one in files for name in one.studies)
    starts = np.cumsum([0, *(len(one.studies) for one in files)])
    place = {name: index for index, name in enumerate(treatments)}
    coded = [np.array([*(place[name] for name in one.treatments), -1]) for one in files]
    numbers = {name for one in files for name in one.numbers}
    labels = {name for one in files for name in one.labels}
    return Trials(
        first.kind,
        " and ".join(one.source for one in files),
        studies,
        treatments,
        frozen(np.concatenate([one.study + start for one, start in zip(files, starts, strict=False)])),
        frozen(np.concatenate([codes[one.treatment] for one, codes in zip(files, coded, strict=True)])),
        frozen(np.concatenate([codes[one.versus] for one, codes in zip(files, coded, strict=True)])),
        frozen(np.concatenate([one.line for one in files])),
        {name: frozen(np.concatenate([one.number(name) for one in files])) for name in sorted(numbers)},
        {name: sum((one.labels.get(name, ("",) * one.rows) for one in files), ()) for name in sorted(labels)},
        sum((one.notes for one in files), ()),
    )


def _check(first: Trials, rest: Sequence[Trials]) -> None:
    seen = dict.fromkeys(first.studies, first.source)
    for one in rest:
        if one.kind is not first.kind:
            raise BadInput(f"{one.source}: holds {one.kind}, {first.source} holds {first.kind}; give files of one kind")
        for name in one.studies:
            if name in seen:
                raise BadInput(f"{one.source}: study {name!r} is in {seen[name]} too; give each study once")
            seen[name] = one.source
