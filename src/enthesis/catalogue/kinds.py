"""The kinds of entry: folder, shape, and how a worked example is run."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from enthesis import mixing, outcomes, pathway, recovery, safety, screening
from enthesis.catalogue.simple import run_site_example
from enthesis.expectations import aid, claims
from enthesis.knowledge import BadInput, Library, SiteKind

Example = Mapping[str, Any]
Run = Callable[[Any, Example, Library], None]


@dataclass(frozen=True)
class Kind:
    """One folder of the library: the shape of its bodies, and the runner that raises AssertionError in words.

    `descriptive` names top-level keys whose numbers decide nothing and are not nudged.
    """

    folder: str
    title: str
    shape: type[Any]
    run: Run
    descriptive: frozenset[str] = frozenset()


KINDS = (
    Kind("rules", "Screening rules", screening.Rule, screening.run_example),
    Kind("drugs", "Drug names", screening.DrugClass, screening.run_drug_example),
    Kind("codes", "Names of codes", screening.CodeNames, screening.run_code_example),
    Kind("problems", "Problem names", screening.Vocabulary, screening.run_word_example),
    Kind("allergens", "Allergen names", screening.Vocabulary, screening.run_word_example),
    Kind("sites", "Sites", SiteKind, run_site_example),
    Kind("conditions", "Conditions", pathway.Condition, pathway.run_example),
    Kind("treatments", "Treatments", pathway.Treatment, pathway.run_example),
    Kind("protocols", "Protocols", pathway.Protocol, pathway.run_example),
    Kind("blocks", "Relief asked of diagnostic blocks", pathway.BlockRule, pathway.run_block_example),
    Kind("waves", "Waves of measurement", pathway.Schedule, pathway.run_example),
    Kind("alongside", "Exercise and daily life", pathway.Alongside, pathway.run_alongside_example),
    Kind("solutions", "Solutions", mixing.Solution, mixing.run_example),
    Kind("mixtures", "Mixtures of trials, as recorded", mixing.Recorded, mixing.run_recorded_example),
    Kind("handling", "Handling of mixed syringes", mixing.Handling, mixing.run_handling_example),
    Kind("advice", "Advice by day", recovery.Advice, recovery.run_example),
    Kind("warnings", "Warning signs", recovery.WarningSign, recovery.run_example),
    Kind("escalations", "Who is told of an alert", recovery.Ladder, recovery.run_ladder_example),
    Kind("risks", "Risks told before consent", safety.Risk, safety.run_example),
    Kind("emergencies", "Emergency checklists", safety.Emergency, safety.run_example),
    Kind("gradings", "Grading of harm", safety.Grading, safety.run_example),
    Kind(
        "background", "What people report without the treatment", outcomes.Background, outcomes.run_background_example
    ),
    Kind("options", "Options of a decision, for patients", aid.Option, aid.run_option_example),
    Kind("aids", "Decision aids, for patients", aid.Aid, aid.run_aid_example),
    Kind("claims", "Public claims beside what is known", claims.Claim, claims.run_example),
    Kind("instruments", "Instruments", outcomes.Instrument, outcomes.run_example),
    Kind("packs", "Packs of instruments", outcomes.Pack, outcomes.run_pack_example),
)


def kind_called(folder: str) -> Kind:
    """A kind by its folder. Raises BadInput naming those there are."""
    for kind in KINDS:
        if kind.folder == folder:
            return kind
    raise BadInput(f"kind: there is no kind {folder!r}; there are: {', '.join(kind.folder for kind in KINDS)}")
