"""Is a target covered by a judgment made for another site? Only where it brings no rule and no warning sign of its own."""

from collections.abc import Iterable
from dataclasses import replace

from enthesis.catalogue.targets import targets
from enthesis.knowledge import Area, BleedingClass, Library, Site
from enthesis.recovery import warning_signs_at
from enthesis.screening import Rule, rules

# Screening asks about "the place to be treated": answers hold for one area of the map. Low back and pelvis were treated
# together in a trial of the lumbo-pelvic ligaments (Yelland 2004), and count as one.
TOGETHER = frozenset({Area.LOW_BACK, Area.PELVIS})
GRAVITY = tuple(BleedingClass)  # low, intermediate, high


def not_covered(site: Site, *, judged: Site, library: Library) -> tuple[str, ...]:
    """The titles of what speaks of a target and not of the site that was judged; none when the judgment holds for both.

    A target of a milder bleeding class is taken at the graver class of the judged site, as the stricter rules were asked.
    Of the tissue beside a joint a rule is answered too where another asked the joint for the very same thing and answers it
    more strictly: the ligament beside an artificial knee is a question, the knee itself is refused.
    """
    graver = max(site.about.bleeding, judged.about.bleeding, key=GRAVITY.index)
    asked = replace(site, about=replace(site.about, bleeding=graver))
    answered = [one.body for one in rules(library) if one.body.where.covers(judged)]
    of_its_own = [one for one in rules(library) if one.body.where.covers(asked) and one.body not in answered]
    beside = judged.about.joint and not site.about.joint
    ruled = [one for one in of_its_own if not (beside and _asked_more_strictly(one.body, answered))]
    watched = {one.id for one in warning_signs_at(judged, library=library)}
    own = [one for one in warning_signs_at(asked, library=library) if one.id not in watched]
    return (*(one.title for one in ruled), *(one.title for one in own))


def _asked_more_strictly(rule: Rule, answered: Iterable[Rule]) -> bool:
    return any(one.when == rule.when and one.then.severity > rule.then.severity for one in answered)


def is_near(site: Site, judged: Site) -> bool:
    """Do answers about "the place to be treated" hold for both?"""
    return site.about.area is judged.about.area or {site.about.area, judged.about.area} <= TOGETHER


def targets_for(judged: Site, *, library: Library) -> tuple[Site, ...]:
    """The targets a judgment for one site holds for: near it, and without a rule or warning sign of their own."""
    near = (site for site in targets(library) if is_near(site, judged))
    return tuple(site for site in near if not not_covered(site, judged=judged, library=library))
