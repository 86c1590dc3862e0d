"""The forest plot of a pairwise analysis: every study, then what they say together and where a new one may fall."""

import numpy as np

from enthesis.evidence.figures.figure import Figure
from enthesis.evidence.figures.forest import Line, drawn_up
from enthesis.evidence.figures.naming import Naming
from enthesis.evidence.pooling import Pairwise
from enthesis.evidence.pooling.intervals import critical

MOST = 60  # studies in the picture; the table has all


def studies(found: Pairwise, naming: Naming) -> Figure:
    """Each study with its interval and its weight in the random-effects mean, and both means."""
    est = found.estimates
    wide = critical(found.model.level, None) * np.sqrt(est.v)
    columns = (
        est.studies,
        est.y.tolist(),
        (est.y - wide).tolist(),
        (est.y + wide).tolist(),
        found.weights_random.tolist(),
    )
    each = [
        Line(naming.study(study), y, low, high, note=f"{weight:.1%}")
        for study, y, low, high, weight in zip(*columns, strict=True)
    ]
    ahead = found.prediction
    new = (ahead.lower, ahead.upper) if ahead else (None, None)
    means = [
        Line("common effect", found.common.estimate, found.common.lower, found.common.upper),
        Line("random effects", found.random.estimate, found.random.lower, found.random.upper, new),
    ]
    title = f"{naming.treatment(found.estimates.treatment)} against {naming.treatment(found.estimates.versus)}"
    return drawn_up([*each[:MOST], *means, *each[MOST:]], naming, id="studies", title=title, shown=MOST + 2)
