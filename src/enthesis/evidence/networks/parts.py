"""The parts of a network: treatments that trials connect, directly or by way of others."""

from dataclasses import replace

import numpy as np

from enthesis.evidence.contrasts import Batch, Contrasts, Whole


def connected_parts(contrasts: Contrasts) -> tuple[Contrasts, ...]:
    """Each connected part as contrasts of its own; the largest first.

    Studies without a contrast, and treatments that only such studies have, are left out.
    """
    labels = _labels(contrasts)
    used = np.unique(np.concatenate([batch.arms.ravel() for batch in contrasts.batches]))
    names, sizes = np.unique(labels[used], return_counts=True)
    speaking = sum(len(batch.study) for batch in contrasts.batches)
    if len(names) == 1 and (len(used), speaking) == (len(contrasts.treatments), len(contrasts.studies)):
        return (contrasts,)
    ordered = sorted(zip(-sizes, names, strict=True))
    return tuple(_part(contrasts, used[labels[used] == name], labels) for _, name in ordered)


def chosen_studies(contrasts: Contrasts, kept: np.ndarray) -> Contrasts:
    """Only the studies for which `kept` is true; treatments and the counting of studies stay as they are."""
    batches = (
        Batch(batch.study[rows], batch.arms[rows], batch.estimates[rows], batch.covariance[rows], batch.people[rows])
        for batch, rows in ((batch, kept[batch.study]) for batch in contrasts.batches)
        if rows.any()
    )
    return replace(contrasts, batches=tuple(batches))


def _labels(contrasts: Contrasts) -> Whole:
    """For each treatment the smallest treatment of its part: labels sink along edges until they rest."""
    labels = np.arange(len(contrasts.treatments))
    while True:
        before = labels.copy()
        for batch in contrasts.batches:
            if len(batch.study):
                lowest = labels[batch.arms].min(axis=1)
                np.minimum.at(labels, batch.arms.ravel(), np.repeat(lowest, batch.size))
        labels = labels[labels]
        if (labels == before).all():
            return labels


def _part(contrasts: Contrasts, treatments: Whole, labels: Whole) -> Contrasts:
    """The studies of these treatments, with treatments and studies counted anew."""
    place = np.full(len(contrasts.treatments), -1)
    place[treatments] = np.arange(len(treatments))
    kept = [(batch, labels[batch.arms[:, 0]] == labels[treatments[0]]) for batch in contrasts.batches]
    studies = np.unique(np.concatenate([batch.study[rows] for batch, rows in kept]))
    batches = (
        Batch(
            np.searchsorted(studies, batch.study[rows]),
            place[batch.arms[rows]],
            batch.estimates[rows],
            batch.covariance[rows],
            batch.people[rows],
        )
        for batch, rows in kept
        if rows.any()
    )
    return replace(
        contrasts,
        treatments=tuple(contrasts.treatments[index] for index in treatments),
        studies=tuple(contrasts.studies[index] for index in studies),
        batches=tuple(batches),
    )
