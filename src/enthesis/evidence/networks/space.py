"""The treatment space: each study turned into rows that are independent of one another.

Rücker's graph and the general linear model say the same (doi 10.1002/jrsm.1058). With a heterogeneity of tau2 for each
contrast and tau2/2 between two contrasts of a study, a study's covariance is V + tau2 S with S = (I + J)/2. One
turn R with R S R' = I and R V R' diagonal makes every row a scalar with variance `spread` + tau2 whatever tau2 is, so
that a fit at another tau2 needs new weights and nothing else, and no array grows with the square of studies.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enthesis.evidence.contrasts import Batch, Contrasts, Floats, Whole


@dataclass(frozen=True, eq=False)
class Block:
    """Studies with the same number of arms, arms in the order of the treatments.

    study    (k,)            index into `Space.studies`
    arms     (k, m)          treatments, ascending
    turn     (k, m-1, m-1)   what makes rows of the contrasts with the first arm
    rows     (k, m-1)        where those rows stand in the space
    y, cov   (k, m-1), (k, m-1, m-1)   contrasts with the first arm and their sampling covariance
    """

    study: Whole
    arms: Whole
    turn: Floats
    rows: Whole
    y: Floats
    covariance: Floats

    @property
    def size(self) -> int:
        """Arms of each study."""
        return int(self.arms.shape[1])

    @property
    def coefficients(self) -> Floats:
        """(k, m-1, m) how much of each arm's effect is in each row; every row adds to nothing."""
        return np.concatenate([-self.turn.sum(axis=2, keepdims=True), self.turn], axis=2)


@dataclass(frozen=True, eq=False)
class Space:
    """Rows y = X theta + error with variance spread + tau2; X is kept as triples (row, arm, coefficient)."""

    treatments: tuple[str, ...]
    studies: tuple[str, ...]
    blocks: tuple[Block, ...]
    y: Floats  # (rows,)
    spread: Floats  # (rows,)
    study: Whole  # (rows,) index into studies
    at_row: Whole  # triples: row,
    at_arm: Whole  # treatment,
    coefficient: Floats  # and how much of it
    product_row: Whole  # the same for products of two arms of a row: row,
    product_cell: Whole  # cell of the (T, T) matrix, flattened,
    product: Floats  # and the product of both coefficients

    @property
    def size(self) -> int:
        """Treatments."""
        return len(self.treatments)

    @property
    def df(self) -> int:
        """Degrees of freedom of the total Q: contrasts less the treatments that are estimated."""
        return len(self.y) - (self.size - 1)


def space(contrasts: Contrasts) -> Space:
    """The rows of all studies of a connected network."""
    blocks, y, spread, start = [], [], [], 0
    for batch in contrasts.batches:
        if len(batch.study):
            block, rows, variances = _turned(ascending(batch), start)
            blocks.append(block)
            y.append(rows.ravel())
            spread.append(variances.ravel())
            start += rows.size
    pieces = [Piece(block.study, block.rows, block.arms, block.coefficients) for block in blocks]
    return assembled(
        contrasts.treatments, contrasts.studies, tuple(blocks), np.concatenate(y), np.concatenate(spread), pieces
    )


@dataclass(frozen=True, eq=False)
class Piece:
    """Rows of some studies: study (k,), rows (k, r), the columns they reach (k, w) and their coefficients (k, r, w)."""

    study: Whole
    rows: Whole
    arms: Whole
    coefficients: Floats


def assembled(
    treatments: tuple[str, ...],
    studies: tuple[str, ...],
    blocks: tuple[Block, ...],
    y: Floats,
    spread: Floats,
    pieces: Sequence[Piece],
) -> Space:
    """The triples of rows whose coefficients are known."""
    at_row, at_arm, coefficient, product_row, cell, product, study = [], [], [], [], [], [], []
    for piece in pieces:
        many, width = piece.rows.shape[1], piece.arms.shape[1]
        rows, coefficients = piece.rows.ravel(), piece.coefficients.reshape(-1, width)
        arms = np.repeat(piece.arms, many, axis=0)
        at_row.append(np.repeat(rows, width))
        at_arm.append(arms.ravel())
        coefficient.append(coefficients.ravel())
        product_row.append(np.repeat(rows, width**2))
        cell.append((arms[:, :, None] * len(treatments) + arms[:, None, :]).ravel())
        product.append((coefficients[:, :, None] * coefficients[:, None, :]).ravel())
        study.append(np.repeat(piece.study, many))
    parts = (study, at_row, at_arm, coefficient, product_row, cell, product)
    return Space(treatments, studies, blocks, y, spread, *(np.concatenate(part) for part in parts))


def ascending(batch: Batch) -> Batch:
    """The batch with each study's arms in the order of the treatments, so that equal designs look equal."""
    order = np.argsort(batch.arms, axis=1, kind="stable")
    if (order == np.arange(batch.size)).all():
        return batch
    k = len(batch.study)
    y = np.concatenate([np.zeros((k, 1)), batch.estimates], axis=1)
    cov = np.zeros((k, batch.size, batch.size))
    cov[:, 1:, 1:] = batch.covariance
    y = np.take_along_axis(y, order, axis=1)
    cov = np.take_along_axis(np.take_along_axis(cov, order[:, :, None], axis=1), order[:, None, :], axis=2)
    cov = cov[:, 1:, 1:] - cov[:, 1:, :1] - cov[:, :1, 1:] + cov[:, :1, :1]
    arms, people = np.take_along_axis(batch.arms, order, axis=1), np.take_along_axis(batch.people, order, axis=1)
    return Batch(batch.study, arms, y[:, 1:] - y[:, :1], cov, people)


def _turned(batch: Batch, start: int) -> tuple[Block, Floats, Floats]:
    """The block, its rows and their sampling variances."""
    m = batch.size
    rows = start + np.arange(len(batch.study) * (m - 1)).reshape(-1, m - 1)
    if m == 2:
        turn, spread = np.ones_like(batch.covariance), batch.covariance[:, :, 0]
    else:
        unit = np.linalg.inv(np.linalg.cholesky((np.eye(m - 1) + 1) / 2))
        spread, vectors = np.linalg.eigh(unit @ batch.covariance @ unit.T)
        turn = vectors.transpose(0, 2, 1) @ unit
    turned = (turn @ batch.estimates[:, :, None])[:, :, 0]
    return Block(batch.study, batch.arms, turn, rows, batch.estimates, batch.covariance), turned, spread
