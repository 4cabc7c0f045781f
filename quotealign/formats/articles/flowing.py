"""Lines of printed pages as paragraphs: a PDF keeps where lines end, and not where paragraphs do.

Lines that return at the top or the bottom of pages are left out. A line goes on in the next where the next word would
not have fitted, or where that has a small letter; a word parted there is made whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

_EDGE = 3
"""Lines at the top and at the bottom of a page that may be running heads."""
_RETURNS = 0.4
"""Share of the pages on which a running head stands."""
_AROUND = 3
"""Lines before and behind a line that tell how wide it could be."""
_FULL, _HALF = 0.88, 0.5
"""Share of that width from which a line is full with the next word, and from which it is no title or cell."""
_FINAL = tuple('.!?…:”"»“’。！？」؟')
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*\d{1,4}\W*")
_PARTED = re.compile(r"(?:[-\u2010]|\u00ad)$")
_WORD = re.compile(r"[\w\u00ad-]+")
_ITEM = re.compile(r"[•▪‣–—*-]\s|\d{1,3}[.)]\s")


def paragraphs_of(pages: Iterable[str]) -> str:
    """The paragraphs of some pages as text, a line each, an empty line between."""
    read = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    lines = [line for page in _without_heads(read) for line in page]
    known = Counter(word.lower() for line in lines for word in _WORD.findall(line))
    found: list[str] = []
    for k, line in enumerate(lines):
        if k and _goes_on(lines, k - 1):
            found[-1] = _joined(found[-1], line, known)
        else:
            found.append(line)
    return "\n\n".join(found) + "\n"


def _without_heads(pages: Sequence[list[str]]) -> list[list[str]]:
    """The pages without what returns on them but for its figures, and without numbers that stand alone at an edge."""
    edges = [{*range(min(_EDGE, len(page))), *range(max(0, len(page) - _EDGE), len(page))} for page in pages]
    seen = Counter(
        head for page, edge in zip(pages, edges, strict=True) for head in {_DIGITS.sub("0", page[k]) for k in edge}
    )
    least = max(2, _RETURNS * len(pages))
    return [
        [
            line
            for k, line in enumerate(page)
            if k not in edge or not (seen[_DIGITS.sub("0", line)] >= least or _NUMBER.fullmatch(line))
        ]
        for page, edge in zip(pages, edges, strict=True)
    ]


def _goes_on(lines: Sequence[str], k: int) -> bool:
    """Whether the paragraph of a line goes on in the next."""
    line, following = lines[k], lines[k + 1]
    width = max(map(len, lines[max(0, k - _AROUND) : k + _AROUND + 1]))
    if _ITEM.match(following):
        return False
    if following[0].islower():
        return len(line) >= _HALF * width
    word = following.split(maxsplit=1)[0]
    full = len(line) + 1 + len(word) >= _FULL * width and len(line) >= _HALF * width
    return full and not (line.endswith(_FINAL) and len(line) < _FULL * width)


def _joined(paragraph: str, line: str, known: Counter[str]) -> str:
    """A paragraph and its next line; a hyphen between goes unless the word is written with it elsewhere."""
    if not _PARTED.search(paragraph) or not line[0].isalpha() or not paragraph[-2:-1].isalpha():
        return f"{paragraph} {line}"
    first, second = _WORD.findall(paragraph)[-1][:-1], _WORD.findall(line)[0]
    with_hyphen, whole = f"{first}-{second}".lower(), f"{first}{second}".lower()
    keeps = known[with_hyphen] > known[whole] or not line[0].islower() or "-" in first
    return f"{paragraph if keeps and not paragraph.endswith(chr(0xAD)) else paragraph[:-1]}{line}"
