"""Articles for the tests of the kept corpus: invented, seeded, and quoting one another."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

from quotealign.model import Article

NAMES = ["Anna Smith", "Karel Brandt", "Lucia Marin", "Tom Okafor", "Ines Duarte", "Paul Renner"]
THINGS = "harbour council bridge budget school river contract winter repair station market inquiry".split()
DEEDS = "close rebuild inspect abandon defend finance postpone enlarge".split()


def saying(rng: random.Random) -> str:
    """A sentence that somebody may have said."""
    first, second = rng.sample(THINGS, 2)
    return f"We shall {rng.choice(DEEDS)} the {first} before the {second} is paid for in {rng.randint(1950, 2050)}"


def article(number: int, *, seed: int = 1, paragraphs: int = 3) -> Article:
    """One article; every third quotes what the article before it quotes, with a word left out."""
    rng = random.Random(f"{seed} {number}")
    texts = []
    for i in range(paragraphs):
        said = saying(random.Random(f"{seed} {number - number % 3} {i}"))
        if number % 3 == 2:
            said = said.replace(" is paid for", " is paid")
        name = NAMES[(number // 3 + i) % len(NAMES)]
        texts.append(f"The {rng.choice(THINGS)} was long discussed. “{said},” {name} said on day {number}.")
    return Article(f"n{number:06d}", "\n\n".join(texts), "en", outlet=f"Paper {number % 4}", published="2026-01-05")


def articles(count: int, *, start: int = 0, paragraphs: int = 3) -> Iterator[Article]:
    """So many articles."""
    return (article(number, paragraphs=paragraphs) for number in range(start, start + count))


def write(path: Path, given: Iterator[Article] | list[Article]) -> Path:
    """Articles as JSON Lines."""
    with path.open("w", encoding="utf-8") as stream:
        for a in given:
            record = {"id": a.id, "lang": a.lang, "outlet": a.outlet, "published": a.published, "text": a.text}
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path
