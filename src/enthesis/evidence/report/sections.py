"""The parts of a report on one network: what was found, how surely, and everything that speaks against it."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from enthesis.evidence.certainty import Certainty, Concern, Domain
from enthesis.evidence.certainty.rating import Known, certainties
from enthesis.evidence.figures import Naming, figure
from enthesis.evidence.networks import Network
from enthesis.evidence.report.page import bullets, folded, paragraph, picture, table

Section = tuple[str, str]


def network_sections(
    found: Network, naming: Naming, known: Known | None, *, bias: Mapping[str, Concern], part: str = ""
) -> Iterator[Section]:
    """Each section of one connected network; `part` names it where there are several. Without `known` nothing is rated."""

    def drawn(name: str) -> str:
        return picture(figure(name, found, naming, bias))

    end = f" ({part})" if part else ""
    yield f"The network{end}", paragraph(summary(found, naming)) + drawn("graph")
    yield f"Each treatment against {naming.treatment(found.reference)}{end}", drawn("forest") + _legend(naming)
    yield from certainty_sections(found, naming, known, end)
    yield f"Every pair{end}", drawn("league")
    yield f"Ranks{end}", paragraph(NO_RANK_ALONE, kind="note") + drawn("rankogram")
    yield f"Do direct and indirect evidence agree?{end}", _coherence(found, drawn)
    yield f"Where each estimate comes from{end}", drawn("contributions")
    yield f"Small studies{end}", drawn("funnel") + drawn("baujat")
    yield f"Model and notes{end}", model_notes(found)


def certainty_sections(found: Network, naming: Naming, known: Known | None, end: str = "") -> Iterator[Section]:
    """How sure each estimate is; nothing where the smallest difference that matters is not known."""
    if known is not None:
        yield f"How sure each estimate is{end}", certainty_tables(found, naming, certainties(found, known), known)


def model_notes(found: Network) -> str:
    """The model in sentences, and what was noted when effects were made."""
    return bullets(model_words(found)) + _notes(found)


def summary(found: Network, naming: Naming) -> str:
    """The finding in a few sentences, with the names people use."""
    forest = [row for row in found.forest() if row.random["p"] is not None]
    beyond = [row for row in forest if (row.random["p"] or 0.0) < 1 - found.level]
    said = [
        f"{naming.treatment(row.treatment)} {naming.text(row.random['estimate'])} "
        f"({naming.interval(row.random['lower'], row.random['upper'])})"
        for row in beyond
    ]
    against = naming.treatment(found.reference)
    differ = (
        f"Beyond chance against {against}: {', '.join(said)}."
        if said
        else f"Nothing differs from {against} beyond chance."
    )
    between, i2 = found.q().between_designs, found.i2()
    spread = "Heterogeneity cannot be estimated" if i2 is None else f"Heterogeneity: I² {i2[0]:.0%}"
    tested = (
        "and no loop of trials can test whether evidence agrees"
        if not between.df
        else (f"disagreement between designs: Q {between.value:.2f} on {between.df} degrees of freedom")
    )
    return f"{len(found.studies)} studies compare {len(found.treatments)} treatments. {differ} {spread}; {tested}."


NO_RANK_ALONE = "A rank says which, not by how much nor how surely: read it with the certainty of each estimate."


def certainty_tables(found: Network, naming: Naming, rated: Sequence[Certainty], known: Known) -> str:
    """Ratings against the reference, then of every pair, each with the six judgments and their numbers."""
    against = [one for one in rated if found.reference in (one.treatment, one.versus)]
    rules = paragraph(
        "Trials start at high and fall one step for some concerns and two for major ones, by rules that are the same for "
        "every comparison (six domains, after CINeMA and GRADE). Smallest difference that matters: "
        f"{naming.text(known.important)}.",
        kind="note",
    )
    rest = [one for one in rated if one not in against]
    whole = table(
        COLUMNS, [_certainty_row(one, found, naming) for one in rest], caption="Certainty of every other pair"
    )
    why = "".join(folded(_compared(one, naming, found.reference), _judgments(one)) for one in against)
    return (
        rules
        + table(
            COLUMNS, [_certainty_row(one, found, naming) for one in against], caption="Certainty against the reference"
        )
        + folded("Why: each judgment with its numbers", why)
        + (folded("Every other pair", whole) if rest else "")
    )


COLUMNS = ("comparison", "estimate", "certainty", *(str(domain) for domain in Domain))


def _certainty_row(one: Certainty, found: Network, naming: Naming) -> tuple[str, ...]:
    made = found.between(*_sides(one, found.reference)).random
    numbers = f"{naming.text(made['estimate'])} ({naming.interval(made['lower'], made['upper'])})"
    return (
        _compared(one, naming, found.reference),
        numbers,
        str(one.rating),
        *(_level(one, domain) for domain in Domain),
    )


def _level(one: Certainty, domain: Domain) -> str:
    judged = one.of(domain)
    return f"{judged.concern.words.removesuffix(' concerns')}{' (overridden)' if judged.overridden else ''}"


def _compared(one: Certainty, naming: Naming, reference: str) -> str:
    return " vs ".join(map(naming.treatment, _sides(one, reference)))


def _sides(one: Certainty, reference: str) -> tuple[str, str]:
    """Treatment and versus, the reference second where it is one of them."""
    return (one.versus, one.treatment) if one.treatment == reference else (one.treatment, one.versus)


def _judgments(one: Certainty) -> str:
    rows = []
    for judged in one.judgments:
        changed = judged.overridden
        said = f"{judged.because}; overridden by {changed.by}: {changed.reason}" if changed else judged.because
        rows.append((str(judged.domain), judged.concern.words, said))
    return table(("domain", "judgment", "because"), rows, caption=one.explain())


def _legend(naming: Naming) -> str:
    shaded = "" if naming.important is None else " Shaded: differences too small to matter."
    return paragraph(
        f"Squares are estimates, solid lines 95% confidence intervals, broken lines where a new study's effect would lie.{shaded}",
        kind="note",
    )


def _coherence(found: Network, drawn: Callable[[str], str]) -> str:
    q = found.q()
    rows = [
        (name, part.value, part.df)
        for name, part in (
            ("in all", q.total),
            ("within designs", q.within_designs),
            ("between designs", q.between_designs),
        )
    ]
    said = table(("Cochran's Q", "value", "degrees of freedom"), rows, caption="Heterogeneity and disagreement")
    if not len(found.split("random").pair):
        return said + paragraph(
            "No comparison has both direct and indirect evidence, so nothing can be set side by side."
        )
    return said + drawn("split") + (drawn("net-heat") if q.between_designs.df else "")


INTERVALS = {
    "wald": "normal (Wald)",
    "t": "t with the degrees of freedom of Q",
    "hartung-knapp": "Hartung and Knapp, never narrower than t allows",
    "kenward-roger": "Kenward and Roger",
}


def model_words(found: Network) -> list[str]:
    """The model, its defaults and its versions, in sentences."""
    from enthesis import __version__

    tau2 = "not estimable" if found.tau2 is None else f"{found.tau2:.4g}"
    how = f"by {found.tau2_method.upper()}" if isinstance(found.tau2_method, str) else "as given"
    return [
        f"{found.contrasts.measure}, random effects; heterogeneity variance {tau2} {how}.",
        f"Intervals: {INTERVALS[found.ci]}, {found.level:.0%}. Prediction intervals are for the effect in a new study.",
        f"{len(found.studies)} studies, {len(found.treatments)} treatments, {found.contrasts.pairs} comparisons.",
        f"Enthesis {__version__}.",
    ]


def _notes(found: Network) -> str:
    notes = found.contrasts.notes
    return folded(f"{len(notes)} notes on how effects were worked out", bullets(notes)) if notes else ""
