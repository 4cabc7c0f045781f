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
_HYPHENS = "-\N{HYPHEN}\N{SOFT HYPHEN}"
_WORD = re.compile(rf"(?:\w|[{re.escape(_HYPHENS)}])+")
_ITEM = re.compile(r"[•▪‣–—*-]\s|\d{1,3}[.)]\s")


def paragraphs_of(pages: Iterable[str]) -> str:
    """The paragraphs of some pages as text, a line each, an empty line between."""
    read = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    lines = [line for page in _without_heads(read) for line in page]
    known = Counter(word.lower() for line in lines for word in _WORD.findall(line))
    found: list[list[str]] = []
    for k, line in enumerate(lines):
        if k and _goes_on(lines, k - 1):
            found[-1][-1] = _before(lines[k - 1], line, known)
            found[-1].append(line)
        else:
            found.append([line])
    return "\n\n".join("".join(paragraph) for paragraph in found) + "\n"


def _without_heads(pages: Sequence[list[str]]) -> list[list[str]]:
    """The pages without what returns on them but for its figures, and without the number in a first or last line."""
    edges = [{*range(min(_EDGE, len(page))), *range(max(0, len(page) - _EDGE), len(page))} for page in pages]
    seen = Counter(
        head for page, edge in zip(pages, edges, strict=True) for head in {_DIGITS.sub("0", page[k]) for k in edge}
    )
    least = max(2, _RETURNS * len(pages))
    return [
        [
            line
            for k, line in enumerate(page)
            if not (k in edge and seen[_DIGITS.sub("0", line)] >= least)
            and not (k in (0, len(page) - 1) and _NUMBER.fullmatch(line))
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


def _before(line: str, following: str, known: Counter[str]) -> str:
    """A line as it stands before the next one of its paragraph: with a space behind it, or without a hyphen that parts
    a word, unless this is written with one elsewhere."""
    if line[-1] not in _HYPHENS or not line[-2:-1].isalpha() or not following[0].isalpha():
        return f"{line} "
    first, second = _WORD.findall(line)[-1][:-1], _WORD.findall(following)[0]
    keeps = known[f"{first}-{second}".lower()] > known[f"{first}{second}".lower()]
    keeps = keeps or not following[0].islower() or "-" in first
    return line if keeps and line[-1] != "\N{SOFT HYPHEN}" else line[:-1]
