"""Paragraphs of a text as received: a line each, or a block of lines where the text is hard-wrapped."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
_BLOCK = re.compile(r"\S.*?(?=\r?\n[ \t]*\r?\n|\Z)", re.DOTALL)
_WRAP_WIDTH = 120
_WRAPPED_SHARE = 0.6


@lru_cache(maxsize=2)
def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs, in order; stretches without a visible character are none. The list is shared, since
    more than one stage asks for it: not to be changed.

    News text has a paragraph a line. Text wrapped by hand at a fixed width (old agency files, e-mail) has a
    paragraph a block: taken to be so when most lines that end inside a block end without ending a sentence.
    """
    return list(_trimmed(text, _BLOCK if _is_wrapped(text) else _LINE))


def _trimmed(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        start, end = match.span()
        if text[start].isspace() or text[end - 1].isspace():
            piece = match.group()
            start, end = start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
        if end > start:
            yield start, end


def _is_wrapped(text: str) -> bool:
    lines = text.splitlines()
    if max(map(len, lines), default=0) > _WRAP_WIDTH:
        return False
    inner = [a for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    if len(inner) < 4:
        return False
    unfinished = sum(not line.rstrip().endswith((".", "!", "?", ":", "”", '"', "»")) for line in inner)
    return unfinished >= _WRAPPED_SHARE * len(inner) and sum(map(len, inner)) / len(inner) > 40
