"""A clinic's own sentence held to its newest outcomes, by those who may see them; and the sentence that may be printed."""

from dataclasses import replace

from django.utils.translation import gettext, override
from django_scopes import scope

from enthesis.clinic.acting import act, leave_trace
from enthesis.clinic.evidence import review_of
from enthesis.clinic.expecting import analysis_of
from enthesis.clinic.judging import REVIEW
from enthesis.clinic.library import library
from enthesis.clinic.outcomes.reporting import latest
from enthesis.clinic.permissions import Actor, May
from enthesis.expectations import Ask, Expectation, expect
from enthesis.expectations.claims import Named, Verdict, benefit_sentence, check_sentence, named_in, own_record
from enthesis.knowledge import BadInput
from enthesis.pathway import conditions, treatments
from enthesis.registry.models import Clinic

SALINE, BASELINE, HALF_A_YEAR = "saline-injection", 6.0, 26.0


@act
def check_own_claim(
    *, by: Actor, clinic: int, sentence: str, condition: str, treatment: str, weeks: float | None = None
) -> Verdict:
    """Hold a sentence to the newest snapshot of a clinic, and give what may be printed instead, in both languages.

    Certainty is that of the trials as they ship, by the rules alone. Raises BadInput without a snapshot or such a group in it.
    """
    by.check(May.ANALYSE, clinic)
    with scope(clinic=[clinic]):
        kept = latest(clinic)
    if kept is None:
        raise BadInput("condition: no snapshot of your outcomes was taken yet; take one on the page Outcomes")
    ask = Ask(condition, treatment, SALINE, BASELINE, weeks or HALF_A_YEAR)
    shipped = review_of(by=by, review_id=REVIEW, clinic=None)
    expected = expect(ask, review=shipped, library=library())
    found = own_record(expected, analysis_of(kept), _named(expected))
    if found is None:
        raise BadInput("condition: your outcomes hold no answers on pain from three months on for this treatment")
    facts, said = found
    benefit = benefit_sentence(expected)
    about = {"condition": condition, "treatment": treatment, "snapshot": kept.digest}
    leave_trace(by, "held a sentence to the outcomes", clinic=Clinic.objects.get(pk=clinic), about=kept.pk, after=about)
    return check_sentence(sentence, facts, instead=(*said, *((benefit,) if benefit else ())))


def _named(expected: Expectation) -> Named:
    """The names in both languages, as they stand in the middle of a sentence."""
    titles = {entry.id: entry.title for entry in treatments(library())} | {
        entry.id: entry.title for entry in conditions(library())
    }
    with override("es"):
        treated, hurts = (gettext(titles[id]) for id in (expected.ask.treatment, expected.ask.condition))
    lower = [name[:1].lower() + name[1:] for name in (treated, hurts)]
    return replace(named_in(expected, library()), tratamiento=lower[0], afeccion=lower[1])
