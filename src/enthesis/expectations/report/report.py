"""The honest outcomes report: one HTML file that needs nothing else, and the same sections for a page of the clinic."""

from dataclasses import dataclass

from enthesis.evidence.report.page import bullets, folded, page, paragraph
from enthesis.expectations.report import checklists
from enthesis.expectations.report.harmed import beside_due, everybody_due
from enthesis.expectations.report.methods import methods, source
from enthesis.expectations.report.names import Names, Say
from enthesis.expectations.report.sections import Section, Told, checklist, sections
from enthesis.knowledge import Library
from enthesis.outcomes import backgrounds
from enthesis.outcomes.cohort import Analysis
from enthesis.outcomes.snapshot import Codebook

TITLE = "What happened to our patients, and what it does not prove"
SIMULATED = "Simulated: these are not real patients, and nothing here is a finding."


@dataclass(frozen=True)
class Made:
    """From what and with what a report is made; `file_digest` is the SHA-256 of the snapshot's file."""

    book: Codebook | None
    file_digest: str
    version: str
    engine: str


@dataclass(frozen=True)
class OutcomesReport:
    """A report: its opening, then sections of heading and HTML."""

    title: str
    simulated: bool
    opening: str
    sections: tuple[Section, ...]

    def html(self) -> str:
        """One self-contained file."""
        warning = paragraph(SIMULATED, kind="warning") if self.simulated else ""
        return page(self.title, [("", warning + self.opening), *self.sections])


def outcomes_report(analysis: Analysis, made: Made, library: Library) -> OutcomesReport:
    """The report of an analysis (made `with_curves`). Floors and small cells always hold in it."""
    return report_of(told_of(analysis, made, library), made, library)


def told_of(analysis: Analysis, made: Made, library: Library, names: Names | None = None) -> Told:
    """The analysis with names, with what people report without the treatment, and with the harm that was reported."""
    conditions = {group.key.get("condition", "") for group in analysis.groups}
    known = any(conditions)
    shown = tuple(e for e in backgrounds(library) if not known or {*e.body.conditions} & {*conditions, "any"})
    harms = made.book.harms if made.book else {}
    return Told(analysis, names or Names.of(library), shown, beside_due(harms, everybody_due(analysis)))


def report_of(told: Told, made: Made, library: Library) -> OutcomesReport:
    """Every section, the methods and the checklists."""
    said = methods(
        told.analysis,
        made.book,
        file_digest=made.file_digest,
        library=library.fingerprint,
        version=made.version,
        engine=made.engine,
        say=told.names.say,
    )
    items = folded("STROBE, item by item", checklist(checklists.STROBE, "STROBE, cohort studies"))
    items += folded("RECORD, item by item", checklist(checklists.RECORD, "RECORD"))
    where = paragraph("Items in our own words, after: ") + bullets([checklists.STROBE_AT, checklists.RECORD_AT])
    made_of = (*sections(told), (checklists.METHODS, "".join(map(paragraph, said))), ("Checklists", items + where))
    simulated = bool(made.book and made.book.simulated)
    return OutcomesReport(
        f"{TITLE}{' (simulated)' if simulated else ''}", simulated, _opening(made, told.names.say), made_of
    )


def _opening(made: Made, say: Say) -> str:
    said = say("An observational follow-up.")
    if made.book:
        said = say("An observational follow-up of {made_from} as of {on}.").format(
            made_from=source(made.book, say), on=made.book.taken_on
        )
    rule = say(
        "No share stands here without how many were asked, how many answered, its interval, and what the silent could do to it."
    )
    return paragraph(f"{said} {rule}")
