"""The methods paragraph: what was done, with which versions, so that the report can be made again to the letter."""

from collections.abc import Iterator

from enthesis.expectations.report.names import Say
from enthesis.outcomes.cohort import FEWEST_PEOPLE, LEAST_RESPONSE, Analysis
from enthesis.outcomes.cohort.floors import SMALLEST_CELL
from enthesis.outcomes.cohort.models import FEWEST, IMPUTATIONS
from enthesis.outcomes.snapshot import Codebook


def methods(
    analysis: Analysis,
    book: Codebook | None,
    *,
    file_digest: str,
    library: str,
    version: str,
    engine: str,
    say: Say = str,
) -> Iterator[str]:
    """Paragraphs of plain sentences; `say` tells each, its gaps open, in the language of the page."""
    by = ", ".join(say(name) for name in analysis.by) or say("nothing")
    yield say(
        "Design: people treated in routine care were followed from their first injection; the question is how those who were "
        "treated were afterwards, not what the treatment did. Everybody injected stays in, whether they stopped early or not. "
        "No size was planned: everybody in the snapshot is counted."
    )
    yield say(
        "Data: {made}, grouped by {by}. A registry of care, filled in by patients and staff, not collected for research: "
        "who is in it and what is missing was decided by care. No other database was linked. Rows off the scale, twice, or "
        "before enrolment stop the report. It speaks of this place and these people; how far it holds elsewhere is not known."
    ).format(made=_made(book, say), by=by)
    yield say(
        "Shares stand with Wilson's interval (Wilson 1927) over those who answered; means of change with Student's. A score is a "
        "change from the last answer before the first injection. Better by 30% or 50% is of a person's own baseline; the "
        "important change is the instrument's, as in the codebook."
    )
    yield say(
        "Other treatments: what went on in the 90 days before the first injection is among what adjusts. What came after may be a "
        "result, and adjusts nothing: answers count whatever else somebody had. The clinic's own report also gives results without "
        "answers that another injection, a procedure, a change of treatment or a new pain medicine may have moved (ICH E9(R1))."
    )
    yield from _of_the_silent(say)
    content = say(", content {digest}").format(digest=book.digest) if book else ""
    yield say(
        "Made by Enthesis {version} with library {library} on {engine}, from a file with SHA-256 {file}{content}. The "
        "same file and version give the same report. Code and methods are open; the data stay with the clinic."
    ).format(version=version, library=library, engine=engine, file=file_digest, content=content)


def _of_the_silent(say: Say) -> Iterator[str]:
    yield say(
        "Silence: the share if the silent failed, if they succeeded, and if they did 12 points in a hundred worse (late answerers "
        "in Swespine, doi 10.1007/s00586-019-06181-0); a mixed model of all visits (REML, unstructured covariance, Kenward and "
        "Roger 1997); weights for answering (Lunceford and Davidian 2004); {imputations} imputations by chained equations with "
        "Rubin's rules; and the shift at which the finding is gone. A model needs "
        "{fewest} answers. None of them can tell whether the silent differ in ways nobody recorded."
    ).format(imputations=IMPUTATIONS, fewest=FEWEST)
    yield say(
        "Not shown: anything of fewer than {people} people due or less than {least} of 100 answered (our choice), "
        "and any count that would give away fewer than {cell} people, also by subtraction. Nothing of the first 18 days "
        "is shown as benefit, and no share of people with just any improvement."
    ).format(people=FEWEST_PEOPLE, least=round(100 * LEAST_RESPONSE), cell=SMALLEST_CELL)


def _made(book: Codebook | None, say: Say) -> str:
    if book is None:
        return say("a table without a codebook")
    # How many courses and rows is in the codebook: here it could be subtracted from those treated and due.
    return say("a snapshot of {made_from} as of {on}, library {library}").format(
        made_from=source(book, say), on=book.taken_on, library=book.library
    )


REGISTRY = "the registry of "


def source(book: Codebook, say: Say) -> str:
    """From what a snapshot was made, in the language of the page where it was a clinic's registry."""
    if book.made_from.startswith(REGISTRY):
        return say("the registry of {clinics}").format(clinics=book.made_from.removeprefix(REGISTRY))
    return book.made_from
