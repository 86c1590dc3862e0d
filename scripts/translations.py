"""Collects every sentence a patient may read, and keeps its Spanish beside it.

`python scripts/translations.py` updates src/enthesis/locale/es/LC_MESSAGES/django.po and writes django.mo from it;
`--check` (part of `make check`) changes nothing and fails when a sentence has no Spanish, when numbers or gaps differ,
when the catalogue holds a sentence nobody says any more, or when django.mo is not made from django.po.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import django
import polib

if TYPE_CHECKING:
    from enthesis.knowledge import Library

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "enthesis"
CATALOGUE = SOURCE / "locale" / "es" / "LC_MESSAGES" / "django.po"
MARKERS = {"gettext", "gettext_lazy", "gettext_noop", "say"}
GAP = re.compile(r"%\(\w+\)s|\{\w+\}")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def set_up() -> None:
    """Django with nothing kept: no folder and no key of its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enthesis.settings")
    os.environ.setdefault("ENTHESIS_SECRET_KEY", "nothing is signed here")
    django.setup()


def collected() -> dict[str, str]:
    """Every sentence with the place it comes from, in order of the places."""
    found: dict[str, str] = {}
    for text, place in (*from_templates(), *from_python(), *from_library()):
        if text.strip():
            found.setdefault(text, place)
    return found


def from_templates() -> Iterator[tuple[str, str]]:
    """What {% translate %} and {% blocktranslate %} hold, read by Django's own compiler."""
    from django.template.base import Template
    from django.template.engine import Engine
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    engine = Engine.get_default()
    for path in sorted((SOURCE / "web" / "templates").rglob("*.html")):
        nodes = Template(path.read_text(encoding="utf-8"), engine=engine).nodelist
        place = str(path.relative_to(SOURCE))
        for node in nodes.get_nodes_by_type(TranslateNode):
            yield str(node.filter_expression.var.literal), place
        for node in nodes.get_nodes_by_type(BlockTranslateNode):
            yield node.render_token_list(node.singular)[0], place


def from_python() -> Iterator[tuple[str, str]]:
    """The sentences given to gettext, and those a plan is told in."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, str(path.relative_to(SOURCE))


def from_library() -> Iterator[tuple[str, str]]:
    """The texts of entries that are written for patients. Instruments are not ours to translate."""
    from enthesis.knowledge import Library
    from enthesis.pathway import Alongside, protocols, schedules, treatments, washouts_of
    from enthesis.recovery import PLEASE_ANSWER, Advice, Urgency, WarningSign
    from enthesis.screening import questions, rules
    from enthesis.web.templatetags.enthesis import judgment_word, worded

    library = Library.shipped()
    yield PLEASE_ANSWER, "recovery/watch.py"
    yield from ((judgment_word(urgency), "web/templatetags") for urgency in Urgency)
    for sign in library.entries("warnings", WarningSign):
        for text in (sign.title, sign.body.to_patient, *(question.text for question in sign.body.questions)):
            yield text, f"library/warnings/{sign.id}"
    for advice in library.entries("advice", Advice):
        for line in (advice.body, *advice.body.alternatives):
            yield line.text, f"library/advice/{advice.id}"
    for rule in rules(library):
        yield rule.body.to_patient, f"library/rules/{rule.id}"
    for question in questions(rules(library)).values():
        if not question.text.startswith("Staff"):
            yield question.text, f"library/rules, question {question.id}"
            yield question.hint, f"library/rules, question {question.id}"
    for washout in washouts_of(library):
        yield washout.title, "library/drugs"
    for schedule in schedules(library):
        yield from ((wave.title, f"library/waves/{schedule.id}") for wave in schedule.body.waves)
        yield from ((worded(wave.id), f"library/waves/{schedule.id}") for wave in schedule.body.waves)
    for entry in (*treatments(library), *protocols(library)):
        yield from ((review.why, f"library/{entry.id}") for review in entry.body.reviews)
    for plan in library.entries("alongside", Alongside):
        yield from (
            (text, f"library/alongside/{plan.id}")
            for text in (plan.body.must_say, *(line.text for line in plan.body.lines))
        )
    yield from told_of_outcomes(library)
    yield from told_before_consent(library)
    yield from told_in_decision_aids(library)


def told_of_outcomes(library: "Library") -> Iterator[tuple[str, str]]:
    """What the public page of outcomes takes from the library: what people report without the treatment."""
    from enthesis.outcomes import Instead, backgrounds

    yield from ((str(instead), "outcomes/background.py") for instead in Instead)
    for entry in backgrounds(library):
        yield from ((text, f"library/background/{entry.id}") for text in (entry.body.says, entry.body.caution))


def told_before_consent(library: "Library") -> Iterator[tuple[str, str]]:
    """What a consent text is made of: its own words, risks, and what is said of every treatment and condition."""
    from enthesis.knowledge.sites import site_kinds
    from enthesis.pathway import conditions, treatments
    from enthesis.safety import OWN_WORDS, Risk

    yield from ((text, "safety/consent.py") for text in OWN_WORDS)
    for risk in library.entries("risks", Risk):
        yield from (
            (text, f"library/risks/{risk.id}")
            for text in (risk.body.to_patient, *(one.text for one in risk.body.known))
        )
    for site in site_kinds(library):
        yield site.title, f"library/sites/{site.id}"
    for condition in conditions(library):
        yield condition.title, f"library/conditions/{condition.id}"
        yield condition.body.must_say, f"library/conditions/{condition.id}"
    for treatment in treatments(library):
        body, place = treatment.body, f"library/treatments/{treatment.id}"
        for text in (
            treatment.title,
            body.summary,
            body.must_say,
            *(one.text for one in (*body.regulatory, *body.coverage)),
        ):
            yield text, place


def told_in_decision_aids(library: "Library") -> Iterator[tuple[str, str]]:
    """What a decision aid is made of: the words all share, its options, and what is known of each."""
    from enthesis.expectations.aid import ABOUT_THIS_PAGE, IMPORTANCE, QUESTIONS, VALUES, Option, aids

    shared = [said for pairs in (VALUES, IMPORTANCE, QUESTIONS) for _, said in pairs]
    yield from ((said, "expectations/aid/words.py") for said in (*shared, *ABOUT_THIS_PAGE))
    for option in library.entries("options", Option):
        texts = (option.title, *(one.text for one in option.body.cited))
        yield from ((text, f"library/options/{option.id}") for text in texts)
    for aid in aids(library):
        texts = (aid.body.decision, aid.body.no_picture, *(one.text for one in aid.body.cited))
        yield from ((text, f"library/aids/{aid.id}") for text in texts)


def faults(catalogue: polib.POFile, said: dict[str, str]) -> Iterator[str]:
    """What is wrong with the Spanish, one line each."""
    there = {entry.msgid: entry for entry in catalogue}
    for text, place in said.items():
        entry = there.get(text)
        if entry is None or not entry.msgstr:
            yield f"{place}: has no Spanish: {text!r}"
        elif entry.fuzzy:
            yield f"{place}: the Spanish is marked as doubtful: {text!r}"
        else:
            yield from (f"{place}: {why}: {text!r}" for why in differences(text, entry.msgstr))
    yield from (f"{CATALOGUE.name}: nobody says this any more: {id!r}" for id in there if id not in said)


def differences(english: str, spanish: str) -> Iterator[str]:
    """Gaps and numbers that are in one and not in the other."""
    for name, form in (("gaps", GAP), ("numbers", NUMBER)):
        ours, theirs = (
            sorted(form.findall(GAP.sub("", text) if form is NUMBER else text)) for text in (english, spanish)
        )
        if ours != theirs:
            yield f"the {name} {ours} and {theirs} differ"


def main(*options: str) -> int:
    """Update the catalogue, or check it; 1 when something is wrong."""
    set_up()
    said, catalogue = collected(), polib.pofile(str(CATALOGUE), wrapwidth=120)
    if "--check" not in options:
        update(catalogue, said)
    wrong = list(faults(catalogue, said))
    if "--check" in options and CATALOGUE.with_suffix(".mo").read_bytes() != catalogue.to_binary():
        wrong.append("django.mo is not made from django.po: run python scripts/translations.py")
    print("\n".join(wrong) or f"{len(said)} sentences, each with its Spanish")
    return int(bool(wrong))


def update(catalogue: polib.POFile, said: dict[str, str]) -> None:
    """Add what is new, drop what nobody says any more, and write both files."""
    kept = {entry.msgid: entry.msgstr for entry in catalogue}
    catalogue.clear()
    for text, place in said.items():
        catalogue.append(polib.POEntry(msgid=text, msgstr=kept.get(text, ""), occurrences=[(place, "")]))
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
