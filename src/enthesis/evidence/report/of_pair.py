"""Two treatments in a report: each study, heterogeneity with its intervals, small studies, and each study left out."""

from collections.abc import Iterator

from enthesis import __version__
from enthesis.evidence import pooling
from enthesis.evidence.certainty.rating import Known
from enthesis.evidence.figures import Naming
from enthesis.evidence.figures.points import baujat, funnel
from enthesis.evidence.figures.studies import studies
from enthesis.evidence.networks import Network
from enthesis.evidence.pooling import Pairwise
from enthesis.evidence.report.page import bullets, folded, paragraph, picture, table
from enthesis.evidence.report.sections import Section, certainty_sections
from enthesis.evidence.sequential import sequential


def pair_sections(found: Pairwise, network: Network, naming: Naming, known: Known | None) -> Iterator[Section]:
    """What is asked of a pairwise analysis. `network` is the same trials as a network of two, which certainty is rated on."""
    yield "Study by study", paragraph(found.sentence) + picture(studies(found, naming))
    if found.k > 1:
        yield "How much studies differ", _heterogeneity(found) + picture(baujat(network, naming))
    yield from certainty_sections(network, naming, known)
    if found.k > 1 and known is not None:
        yield "Are these trials enough?", _enough(network, found, naming, known.important)
    if found.k > 2:
        yield "Small studies", picture(funnel(network, naming)) + _small_studies(found, naming)
        yield "Without each study in turn", _left_out(found, naming)
    yield "Model and notes", _model(found)


def _model(found: Pairwise) -> str:
    notes = found.estimates.notes
    said = [
        f"{found.measure}: {found.model.sentence()}.",
        f"{found.k} {'study' if found.k == 1 else 'studies'}; Enthesis {__version__}.",
    ]
    listed = folded(f"{len(notes)} notes on how effects were worked out", bullets(notes)) if notes else ""
    return bullets(said) + listed


def _heterogeneity(found: Pairwise) -> str:
    spread = found.heterogeneity
    rows = (
        ("Q", spread.q, None, None),
        ("tau²", spread.tau2, spread.tau2_lower, spread.tau2_upper),
        ("I²", spread.i2, spread.i2_lower, spread.i2_upper),
        ("H²", spread.h2, None, None),
    )
    said = table(("measure", "value", "lower", "upper"), rows, caption=f"Heterogeneity of {found.k} studies")
    return said + paragraph(
        f"Q has {spread.df} degrees of freedom, p {spread.p:.3g}; tau² with its interval by Q-profile.", kind="note"
    )


def _enough(network: Network, found: Pairwise, naming: Naming, important: float) -> str:
    """Each study as one more look, in the order of the file, against boundaries that allow for looking so often."""
    sides = (found.estimates.treatment, found.estimates.versus)
    tau2 = network.tau2_method
    looked = sequential(network.contrasts, treatment=sides[0], versus=sides[1], important=important, tau2=tau2)
    rows = [
        (naming.study(look.study), naming.shown(look.estimate), f"{look.fraction:.0%}", look.statistic, look.boundary)
        for look in looked.looks
    ]
    columns = ("after", "estimate", "information in", "statistic", "boundary")
    return paragraph(looked.explain()) + table(columns, rows, caption=LOOKS)


LOOKS = "Looks after each study, in the order of the file; without a boundary all error was spent before"


def _small_studies(found: Pairwise, naming: Naming) -> str:
    y, v = found.estimates.y, found.estimates.v
    line, missing = pooling.egger(y, v), pooling.trim_and_fill(y, v, model=found.model)
    said = "Fewer than ten studies: tests of small-study effects can hardly find any." if found.k < 10 else ""
    tested = f"Egger's regression: slope {line.slope.estimate:.3g}, p {line.p:.3g}." if line else SAME
    filled = ""
    if missing:
        made = missing.estimate
        filled = (
            f"Trim and fill adds {missing.filled} on the {missing.side}; the mean would then be {naming.text(made.estimate)} "
            f"({naming.interval(made.lower, made.upper)})."
        )
    return "".join(paragraph(text) for text in (tested, filled, said) if text)


SAME = "All studies are equally precise: there are no small ones to differ from large ones."


def _left_out(found: Pairwise, naming: Naming) -> str:
    est = found.estimates
    rows = [
        (
            naming.study(step.study),
            *map(naming.shown, (step.estimate.estimate, step.estimate.lower, step.estimate.upper)),
            step.tau2,
        )
        for step in pooling.leave_one_out(est.studies, est.y, est.v, model=found.model)
    ]
    return table(("without", "estimate", "lower", "upper", "tau²"), rows, caption="The mean without each study")
