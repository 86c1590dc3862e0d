"""The methods paragraph: what was done, with which versions, so that the report can be made again to the letter."""

from collections.abc import Iterator

from enthesis.outcomes.cohort import FEWEST_PEOPLE, LEAST_RESPONSE, Analysis
from enthesis.outcomes.cohort.floors import SMALLEST_CELL
from enthesis.outcomes.cohort.models import FEWEST, IMPUTATIONS
from enthesis.outcomes.snapshot import Codebook


def methods(
    analysis: Analysis, book: Codebook | None, *, file_digest: str, library: str, version: str, engine: str
) -> Iterator[str]:
    """Paragraphs of plain sentences."""
    by = ", ".join(analysis.by) or "nothing"
    yield (
        "Design: people treated in routine care were followed from their first injection; the question is how those who were "
        "treated were afterwards, not what the treatment did. Everybody injected stays in, whether they stopped early or not. "
        "No size was planned: everybody in the snapshot is counted."
    )
    yield (
        f"Data: {_made(book)}, grouped by {by}. A registry of care, filled in by patients and staff, not collected for research: "
        "who is in it and what is missing was decided by care. No other database was linked. Rows off the scale, twice, or "
        "before enrolment stop the report. It speaks of this place and these people; how far it holds elsewhere is not known."
    )
    yield (
        "Shares stand with Wilson's interval (Wilson 1927) over those who answered; means of change with Student's. A score is a "
        "change from the last answer before the first injection. Better by 30% or 50% is of a person's own baseline; the "
        "important change is the instrument's, as in the codebook."
    )
    yield (
        "Silence: the share if the silent failed, if they succeeded, and if they did 12 points in a hundred worse (late answerers "
        "in Swespine, doi 10.1007/s00586-019-06181-0); a mixed model of all visits (REML, unstructured covariance, Kenward and "
        f"Roger 1997); weights for answering (Lunceford and Davidian 2004); {IMPUTATIONS} imputations by chained equations with "
        "Rubin's rules; and the shift at which the finding is gone. A model needs "
        f"{FEWEST} answers. None of them can tell whether the silent differ in ways nobody recorded."
    )
    yield (
        f"Not shown: anything of fewer than {FEWEST_PEOPLE} people due or less than {LEAST_RESPONSE:.0%} answered (our choice), "
        f"and any count that would give away fewer than {SMALLEST_CELL} people, also by subtraction. Nothing of the first 18 days "
        "is shown as benefit, and no share of people with just any improvement."
    )
    content = f", content {book.digest}" if book else ""
    yield (
        f"Made by Enthesis {version} with library {library} on {engine}, from a file with SHA-256 {file_digest}{content}. The "
        "same file and version give the same report. Code and methods are open; the data stay with the clinic."
    )


def _made(book: Codebook | None) -> str:
    if book is None:
        return "a table without a codebook"
    return f"a snapshot of {book.made_from} as of {book.taken_on}, {book.courses} courses, {book.rows} rows, library {book.library}"
