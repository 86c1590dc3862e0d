"""How hard what patients read is, in English and in Spanish.

`python scripts/reading_level.py` writes docs/reading-level.md; `--check` (part of `make check`) fails when it is stale.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from statistics import median, quantiles

import polib
import pyphen

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "docs" / "reading-level.md"
OF_AIDS = ROOT / "src" / "enthesis" / "locale" / "aids.json"  # shown on each decision aid
ENGLISH, SPANISH = 6.0, 65.0  # school grade at most, Szigriszt's index at least, of a whole decision aid
WORTH = 8  # words; in a shorter text one long name decides
GROUPS = (
    "library/advice",
    "library/warnings",
    "library/rules",
    "library/risks",
    "library",
    "web",
    "clinic",
    "pathway",
    "recovery",
    "safety",
    "expectations",
)
NAMED = {"acetaminophen", "anti", "inflammatory", "ibuprofen", "naproxen", "bromelain", "sacroiliac"}  # named by need
Score = Callable[[str], float]


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [one for one in re.split(r"(?<=[.?!:])\s+", text) if one]


def words(text: str) -> list[str]:
    """Its words; hyphens part them."""
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", text.replace("-", " "))


def syllables(word: str) -> int:
    """An English count by groups of vowels; names that must be said count as plain ones."""
    plain = word.lower()
    if plain in NAMED:
        return 2
    groups = len(re.findall(r"[aeiouy]+", plain))
    return max(1, groups - (plain.endswith(("e", "es", "ed")) and not plain.endswith(("le", "ted", "ded"))))


def grade(text: str) -> float:
    """Flesch and Kincaid's school grade: 0.39 words per sentence + 11.8 syllables per word - 15.59 (Kincaid 1975)."""
    said = words(text)
    return 0.39 * len(said) / len(sentences(text)) + 11.8 * sum(map(syllables, said)) / len(said) - 15.59


@lru_cache(maxsize=1)
def _spanish() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="es", left=1, right=1)


def perspicuity(text: str) -> float:
    """Szigriszt's index for Spanish: 206.835 - 62.3 syllables per word - words per sentence (Szigriszt Pazos 1993)."""
    said = words(text)
    count = sum(len(_spanish().positions(word.lower())) + 1 for word in said)
    return 206.835 - 62.3 * count / len(said) - len(said) / len(sentences(text))


def read(texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The texts long enough to be measured, with the place each comes from, gaps and marks taken out."""
    bare = ((re.sub(r"%\(\w+\)s|\{\w+\}|<[^>]+>", "", text), place) for text, place in texts)
    return [(text, place) for text, place in bare if len(words(text)) >= WORTH]


def table(texts: list[tuple[str, str]], score: Score, *, hardest: Callable[[Iterable[float]], float]) -> Iterator[str]:
    """A line for each group: how many texts, the middle one, the tenth hardest of a hundred, and the hardest."""
    grouped = sorted((next(group for group in GROUPS if place.startswith(group)), score(text)) for text, place in texts)
    for group, found in groupby(grouped, key=lambda one: one[0]):
        scores = [value for _, value in found]
        high = hardest is max
        tenth = quantiles(scores, n=10, method="inclusive")[8 if high else 0] if len(scores) > 1 else scores[0]
        yield f"| {group} | {len(scores)} | {median(scores):.1f} | {tenth:.1f} | {hardest(scores):.1f} |\n"


def of_aids() -> dict[str, dict[str, float]]:
    """Each decision aid as one text, in both languages: what its patient reads on one page."""
    from scripts.translations import CATALOGUE

    from enthesis.expectations.aid import ABOUT_THIS_PAGE, QUESTIONS, VALUES, Option, aids
    from enthesis.knowledge import Library

    spanish = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
    library = Library.shipped()
    shared = [said for pairs in (VALUES, QUESTIONS) for _, said in pairs] + list(ABOUT_THIS_PAGE)
    found = {}
    for aid in aids(library):
        options = [library.entry("options", one.option, Option) for one in aid.body.offered]
        told = [aid.body.decision, aid.body.no_picture, *(one.text for one in aid.body.cited), *shared]
        told += [text for option in options for text in (option.title, *(one.text for one in option.body.cited))]
        long = [text for text in told if len(words(text)) >= WORTH]
        texts, in_spanish = [_ended(text) for text in long], [_ended(spanish[text]) for text in long]
        found[aid.id] = {"en": round(grade(" ".join(texts)), 1), "es": round(perspicuity(" ".join(in_spanish)), 1)}
    return found


def _ended(text: str) -> str:
    """With a full stop where it has no end of its own."""
    return text if text.endswith((".", "?", "!", ":")) else f"{text}."


def too_hard() -> list[str]:
    """Decision aids above the school grade or below the Spanish index they are held to."""
    return [
        f"decision aid {id}: grade {level['en']} (at most {ENGLISH:g}), Spanish {level['es']} (at least {SPANISH:g})"
        for id, level in of_aids().items()
        if level["en"] > ENGLISH or level["es"] < SPANISH
    ]


def page() -> str:
    """The whole page."""
    from scripts.translations import CATALOGUE, collected

    catalogue = {entry.msgid: entry.msgstr for entry in polib.pofile(str(CATALOGUE))}
    english = read(collected().items())
    spanish = read((catalogue[text], place) for text, place in collected().items())
    hard = sorted(english, key=lambda one: -grade(one[0]))[:10]
    dense = sorted(spanish, key=lambda one: perspicuity(one[0]))[:10]
    head = "| where | texts | median | 90% are no harder than | hardest |\n|---|---:|---:|---:|---:|\n"
    return "".join(
        [
            HEAD,
            "## English: school grade\n\n",
            head,
            *table(english, grade, hardest=max),
            "\nThe hardest:\n\n",
            *(f"- {grade(text):.1f}: {text}\n" for text, _ in hard),
            "\n## Spanish: Szigriszt's index\n\n",
            head,
            *table(spanish, perspicuity, hardest=min),
            "\nThe hardest:\n\n",
            *(f"- {perspicuity(text):.1f}: {text}\n" for text, _ in dense),
            "\n## Decision aids, each as one text\n\n",
            "| aid | English: school grade | Spanish: Szigriszt's index |\n|---|---:|---:|\n",
            *(f"| {id} | {level['en']:.1f} | {level['es']:.1f} |\n" for id, level in of_aids().items()),
        ]
    )


HEAD = f"""# How hard is what patients read?

Written by `python scripts/reading_level.py`. It measures each text of {WORTH} words or more that a patient may read, by place.

- English: Flesch and Kincaid's grade, 0.39 words per sentence + 11.8 syllables per word - 15.59. The aim is grade 6 to 8;
  `tests/core/recovery/test_recovery_words.py` holds advice and warnings of 20 words or more to grade 6. Syllables are counted
  by groups of vowels; names that must be said (acetaminophen, ibuprofen and the like) count two.
- Spanish: Szigriszt's index, 206.835 - 62.3 syllables per word - words per sentence; higher is easier, and on the INFLESZ
  scale 55 to 65 is normal, 65 to 80 quite easy. Syllables are those of a hyphenation dictionary (pyphen).

A formula counts; it does not understand. No patient has been asked yet. The Spanish was checked by neither a clinician nor
a certified translator.

"""


def main(*options: str) -> int:
    """Write the page, or check that it is fresh."""
    from scripts.translations import set_up

    set_up()
    made, levels = page(), json.dumps(of_aids(), indent=1) + "\n"
    if "--check" not in options:
        PAGE.write_text(made, encoding="utf-8")
        OF_AIDS.write_text(levels, encoding="utf-8")
        return 0
    written = {PAGE: made, OF_AIDS: levels}
    stale = [path for path, text in written.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(f"{path.relative_to(ROOT)} is stale: run scripts/reading_level.py")
    hard = too_hard()
    print("\n".join(hard) or "docs/reading-level.md is fresh, and every decision aid is easy enough")
    return int(bool(stale or hard))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
