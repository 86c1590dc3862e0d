"""What the page of further questions says: of each question what its answer says, what it does not say, and what was assumed."""

from dataclasses import dataclass

from enthesis.evidence.figures import Naming
from enthesis.evidence.figures.naming import signed
from enthesis.evidence.review.fitting import Fit
from enthesis.evidence.review.further import ALPHA, BETWEEN, POWER, WINDOWS, WITHIN, Further, members


@dataclass(frozen=True)
class Said:
    """One question in words; `source` is a name and an address. `says` is empty where there is no answer."""

    id: str
    title: str
    says: str
    not_said: str
    assumed: tuple[str, ...]
    source: tuple[str, str]


ALIKE = (
    "It does not say that they are the same: with few treatments of a kind, what was assumed of their spread decides as much as "
    "the trials do."
)
NORMAL = (
    "Within a kind, effects are normal about the effect of the kind. Their spread, and that between studies, is assumed "
    "half-normal with the smallest difference that matters as its scale."
)
GOOD = (
    "It does not say that the trials were good: bias that all of them share crosses a boundary as well as an effect does. Where "
    "none is crossed, nothing is shown to be without effect."
)
BOUNDARIES = (
    f"Error {ALPHA:g} in all looks together, power {POWER:.0%}; boundaries in the manner of O'Brien and Fleming; the information "
    "required grows with heterogeneity (diversity). Estimates are those of the network."
)
SUPPOSED = (
    "It does not say that results are missing, nor how large they are: nobody has judged it here. It says how far each estimate "
    "leans on comparisons that would be touched."
)
RULE = (
    "The supposition is chosen in the form. Some concerns where a net 15% or more of an estimate comes through suspected "
    "comparisons, where the pair itself is suspected, or where small studies differ; high where "
    "both favour the same treatment (ours)."
)
LASTS = (
    "It does not say that a difference between two spans is real where other trials stand in them: only the same trials followed "
    "on would tell. Nothing of the first weeks is a benefit."
)
CORRELATED = (
    "Trials that print no more than a difference are not in it. "
    f"Follow-ups of the same arm correlate by {WITHIN:g}, a trial's own effect by {BETWEEN:g}: assumed, since trials do not "
    f"print them. Spans of weeks are ours: {', '.join(f'{low:.3g} to {high:.3g}' for low, high in WINDOWS)}."
)


def kinds_said(made: Fit, found: Further, naming: Naming) -> Said:
    """Do treatments of one kind work alike?"""
    there = set(members(made, found.network).values())
    kinds = tuple(f"{one.name}: {one.why}" for one in made.review.about.classes if one.name in there)
    source = ("Random class effects, and which model when", "https://doi.org/10.1177/0272989X251389887")
    title = "Do treatments of one kind work alike?"
    return Said("classes", title, _spread(made, found, naming), ALIKE, (*kinds, NORMAL), source)


def _spread(made: Fit, found: Further, naming: Naming) -> str:
    if isinstance(found.classes, str):
        return ""
    middle, low, high = (signed(found.classes.spread[name]) for name in ("median", "lower", "upper"))
    logs = ", both on the log scale" if naming.is_ratio else ""
    return (
        f"Treatments of a kind differ from their kind by about {middle} (95% from {low} to {high}), where "
        f"{signed(made.important)} is the smallest difference that matters{logs}."
    )


def looks_said(made: Fit, found: Further, naming: Naming) -> Said:
    """Is there enough to decide?"""
    pair = " against ".join(naming.treatment(name) for name in found.pair)
    undated = f" Without a year, and so last: {', '.join(map(naming.study, found.undated))}." if found.undated else ""
    if len(found.undated) == len(found.network.studies):
        undated = " None has one, so that the order is that of the table: the steps on the way mean little, the last one holds."
    assumed = (
        f"A difference that matters is {naming.text(made.important)}.",
        BOUNDARIES,
        f"Studies come in the order of the years in their citations.{undated}",
    )
    source = ("Living network meta-analysis with stopping boundaries", "https://doi.org/10.1177/0962280216659896")
    return Said("looks", f"Is there enough to decide about {pair}?", _looked(found, naming), GOOD, assumed, source)


def _looked(found: Further, naming: Naming) -> str:
    if isinstance(found.looks, str):
        return ""
    last, first = found.looks.looks[-1], found.looks.decided
    if len(found.undated) == len(found.network.studies):
        first = last if last.crossed else None
    studies = f"{last.studies} {'study' if last.studies == 1 else 'studies'}"
    share = (
        f"After {studies} of the network, {last.fraction:.0%} of the information that this comparison requires is in."
    )
    if first is not None:
        now = "" if last.crossed or last.boundary is None else " It is within the boundary again now."
        crossed = f"The boundary was crossed after {naming.study(first.study)}: looking often is not why there is a difference."
        return f"{share} {crossed}{now}"
    if found.looks.enough:
        return f"{share} The boundary was not crossed: an effect as large as the one that matters is not likely."
    return f"{share} The boundary has not been crossed: more trials are needed before this is settled either way."


def missing_said(found: Further, naming: Naming) -> Said:
    """What could results that were never reported do?"""
    source = (
        "Risk of bias due to missing evidence in networks (ROB-MEN)",
        "https://doi.org/10.1186/s12916-021-02166-3",
    )
    title = "What could results that were never reported do?"
    return Said("missing", title, _risks(found, naming), SUPPOSED, (RULE,), source)


def _risks(found: Further, naming: Naming) -> str:
    if isinstance(found.missing, str):
        return ""
    risks = [str(one.risk) for one in found.missing.estimates]
    named = {"high": "at high risk", "some concerns": "with some concerns", "low": "at low risk"}
    counts = ", ".join(f"{risks.count(risk)} {words}" for risk, words in named.items() if risk in risks)
    supposed = "with nothing supposed"
    if found.favours:
        supposed = f"if results never reported would have been worse for {naming.treatment(found.favours)}"
    return f"Of {len(risks)} estimates, {supposed}: {counts}."


def time_said(found: Further) -> Said:
    """Does the effect change over time?"""
    notes = () if isinstance(found.over_time, str) else found.over_time.notes
    source = ("Effects at several times pooled together", "https://doi.org/10.1177/1740774512453218")
    return Said("over-time", "Does the effect change over time?", _spans(found), LASTS, (CORRELATED, *notes), source)


def _spans(found: Further) -> str:
    if isinstance(found.over_time, str):
        return ""
    spans, most = {term[1:] for term in found.over_time.terms}, max(found.over_time.studies)
    return (
        f"{len(found.over_time.terms)} effects in {len(spans)} {'span' if len(spans) == 1 else 'spans'} of weeks, from every "
        f"follow-up whose arms can be read; none rests on more than {most} {'trial' if most == 1 else 'trials'}."
    )
