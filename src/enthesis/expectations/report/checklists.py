"""STROBE and RECORD: each item, in our own words, with where the report answers it or why it cannot.

STROBE for cohort studies (von Elm and others 2007; item list read at https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2034723/table/tbl1/);
RECORD (Benchimol and others 2015, https://doi.org/10.1371/journal.pmed.1001885).
"""

from dataclasses import dataclass

STROBE_AT = "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC2034723/table/tbl1/"
RECORD_AT = "https://doi.org/10.1371/journal.pmed.1001885"
OPENING, FLOW, SHORT, METHODS = "the opening", "Who answered", "In short", "Methods"
AVERAGE, SPREAD, SHARES, DOUBT, BESIDE = (
    "How the average went",
    "The whole distribution",
    "How many were better, and worse",
    "How sure that is",
    "What people report without the treatment",
)
HARMS, RATED = "Unwanted effects", "How people rate their own change"
OTHER = "What else people were treated with"
WATCHED = "Clinics, treatments and time side by side"
BY_AUTHORS = "not here: whoever publishes this must add it"


@dataclass(frozen=True)
class Item:
    """One item: its number, what it asks, and where it is answered."""

    number: str
    asks: str
    where: str

    @property
    def answered(self) -> bool:
        """Is it answered in the report itself?"""
        return not self.where.startswith("not here")


STROBE = (
    Item("1", "design named in the title or abstract; balanced summary", f"{OPENING}; {SHORT}"),
    Item("2", "background and rationale", BESIDE),
    Item("3", "objectives", METHODS),
    Item("4", "key elements of the design", METHODS),
    Item("5", "setting and dates", f"{OPENING}; {SHORT}"),
    Item("6", "who was eligible, how people were followed", f"{METHODS}; {FLOW}"),
    Item("7", "outcomes and other variables defined", METHODS),
    Item("8", "sources and methods of measurement", METHODS),
    Item("9", "what was done about bias", DOUBT),
    Item("10", "how the size was arrived at", METHODS),
    Item("11", "how quantities were handled and grouped", METHODS),
    Item("12", "statistical methods, missing answers, loss, sensitivity", f"{METHODS}; {DOUBT}; {OTHER}"),
    Item("13", "numbers at each stage, reasons, flow", FLOW),
    Item("14", "who the people were; missing values; time followed", f"{SHORT}; {FLOW}"),
    Item("15", "outcomes over time", f"{AVERAGE}; {SHARES}; {HARMS}"),
    Item("16", "estimates with intervals, before and after adjustment", f"{SHARES}; {DOUBT}"),
    Item("17", "other analyses", f"{DOUBT}; {OTHER}"),
    Item("18", "key results against the objectives", SHORT),
    Item("19", "limitations, direction and size of bias", f"{DOUBT}; {BESIDE}"),
    Item("20", "cautious interpretation", f"{SHORT}; {BESIDE}"),
    Item("21", "how far it holds elsewhere", METHODS),
    Item("22", "funding", BY_AUTHORS),
)
RECORD = (
    Item("1.1", "type of data and name of the database", f"{OPENING}; {METHODS}"),
    Item("1.2", "region and time", "the opening for the time; the region is for whoever publishes this"),
    Item("1.3", "linkage named", METHODS),
    Item("6.1", "how people were selected", METHODS),
    Item("6.2", "validation of the selection", "not here: no validation study of this registry exists"),
    Item("6.3", "flow of linkage", METHODS),
    Item("7.1", "complete list of codes", "the codebook of the snapshot"),
    Item("12.1", "access to the database", METHODS),
    Item("12.2", "cleaning of the data", METHODS),
    Item("12.3", "level and methods of linkage", METHODS),
    Item("13.1", "selection of people in detail", FLOW),
    Item("19.1", "what it means that data were not collected for research", METHODS),
    Item("22.1", "access to protocol, data and code", METHODS),
)
