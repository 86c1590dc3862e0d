"""The report on trial files: the same sections, with what the files say of themselves."""

import math
from collections.abc import Iterator, Mapping, Sequence

from enthesis.evidence.certainty import Concern
from enthesis.evidence.certainty.rating import Known
from enthesis.evidence.effects import RATIOS
from enthesis.evidence.figures import Naming
from enthesis.evidence.networks import Network
from enthesis.evidence.pooling import Pairwise
from enthesis.evidence.report.of_pair import pair_sections
from enthesis.evidence.report.of_review import PARTS
from enthesis.evidence.report.page import page, paragraph
from enthesis.evidence.report.sections import Section, network_sections


def files_report(
    networks: Sequence[Network],
    *,
    title: str,
    important: float | None,
    bias: Mapping[str, Concern],
    indirect: Mapping[str, Concern],
    pair: Pairwise | None = None,
) -> str:
    """One self-contained HTML page. `important` as people say it: points, SDs, or a ratio; without it nothing is rated.

    `pair` is the pairwise analysis, where trials compare no more than two treatments.
    """
    return page(title, _sections(networks, important, bias, indirect, pair))


def _sections(
    networks: Sequence[Network],
    important: float | None,
    bias: Mapping[str, Concern],
    indirect: Mapping[str, Concern],
    pair: Pairwise | None,
) -> Iterator[Section]:
    measure = networks[0].contrasts.measure
    size = None if important is None else abs(math.log(important)) if measure in RATIOS else important
    yield "", paragraph(UNRATED if size is None else RATED)
    if len(networks) > 1:
        yield "Separate parts", paragraph(PARTS)
    for number, found in enumerate(networks, start=1):
        part = "" if len(networks) == 1 else f"part {number} of {len(networks)}"
        better = f"{'lower' if found.small_good else 'higher'} is better"
        naming = Naming(measure, better=better, important=size)
        known = None if size is None else Known(size, bias, indirect)
        if pair is not None:
            yield from pair_sections(pair, found, naming, known)
        else:
            yield from network_sections(found, naming, known, bias=bias, part=part)


RATED = "Trials without a judgment of risk of bias count as some concerns."
UNRATED = (
    "The smallest difference that matters was not given (--important), so the certainty of estimates is not rated."
)
