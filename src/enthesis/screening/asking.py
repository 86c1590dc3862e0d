"""Which questions matter for a site: those that the conditions of its rules read."""

from enthesis.knowledge import Entry, Site
from enthesis.screening.conditions import condition
from enthesis.screening.rule import Question, Rule, questions


def questions_for(entries: tuple[Entry[Rule], ...], site: Site, *, sex: str = "unknown") -> tuple[Question, ...]:
    """The questions of the rules that cover a site, each once, in the order of the rules."""
    everything = questions(entries)
    covering = [entry for entry in entries if entry.body.where.covers(site)]
    wanted = dict.fromkeys(id for entry in covering for id in condition(entry.body.when, entry.path).asked())
    return tuple(everything[id] for id in wanted if not everything[id].not_for_sex or everything[id].not_for_sex != sex)
