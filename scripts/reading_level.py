"""How hard what patients read is, in English and in Spanish.

`python scripts/reading_level.py` writes docs/reading-level.md; `--check` (part of `make check`) fails when it is stale.
"""

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
    made = page()
    if "--check" not in options:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    fresh = PAGE.exists() and PAGE.read_text(encoding="utf-8") == made
    print("docs/reading-level.md is fresh" if fresh else "docs/reading-level.md is stale: run scripts/reading_level.py")
    return int(not fresh)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
