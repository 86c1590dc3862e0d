"""By which way a medicine gets into the body, where the chart or the name says so."""

from functools import lru_cache

from enthesis.screening.facts import Route
from enthesis.screening.words import plain, says

# Ear drops and ear creams stay where they are put, as those for the skin do.
SPOKEN = {
    Route.EYE: ("ophthalmic", "eye drop*", "eye ointment", "eye gel"),
    Route.TOPICAL: (
        "topical",
        "cream",
        "gel",
        "emulgel",
        "ointment",
        "lotion",
        "patch*",
        "plaster*",
        "otic",
        "ear drop*",
    ),
    Route.NASAL: ("nasal", "nose"),
    Route.INHALED: ("inhal*", "metered dose"),
    Route.ORAL: ("oral", "tablet*", "capsule*", "caplet*", "chewable", "by mouth"),
    Route.INJECTED: ("inject*", "syringe", "intravenous", "intramuscular", "subcutaneous"),
}
WHOLE_BODY = frozenset({Route.ORAL, Route.INJECTED})
LOCAL = frozenset({Route.EYE, Route.TOPICAL, Route.NASAL, Route.INHALED})


@lru_cache(maxsize=16_384)  # charts repeat a few thousand names
def route_of(name: str, stated: Route) -> Route:
    """The stated route, or the only one the name speaks of.

    A route that would excuse a medicine is not believed against a name that speaks of tablets or injections.
    """
    spoken = {route for route, words in SPOKEN.items() if any(says(plain(name), word) for word in words)}
    if stated in LOCAL and spoken & WHOLE_BODY:
        return Route.UNKNOWN
    if stated is Route.UNKNOWN and len(spoken) == 1:
        return spoken.pop()
    return stated
