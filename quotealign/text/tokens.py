"""Words and marks with their places.

A word is a run of letters, digits and combining marks, held together by inner apostrophes, hyphens and the dots
of abbreviations and numbers, and by a bracket that edits it, as in agree(ing); every other visible character is a
token of its own. Nothing is lost: tokens and the white space between them give the text back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from quotealign.text.normalization import fold

# Letters and digits of any script with their combining marks; \w minus the underscore.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0962\u0963"
)
_WORD = rf"[^\W_]+(?:[{_MARKS}]+[^\W_]*)*"
_NUMBER = r"\d+(?:[.,:/]\d+)+"
_ABBREVIATION = r"(?:[^\W\d_]\.){2,}|(?:[^\W\d_]\.)+[^\W\d_](?!\w)"
_INNER = r"['’ʼ‑\-]"
# A declared edit inside a word belongs to it: agree(ing), [t]hey
_DECLARED = rf"{_WORD}[\[(]{_WORD}[\])](?:{_WORD})?|\[{_WORD}\]{_WORD}"
_TOKEN = re.compile(
    rf"{_NUMBER}|{_DECLARED}|{_ABBREVIATION}|{_WORD}(?:{_INNER}{_WORD})*|\.{{2,}}|--+|''|``|\S", re.UNICODE
)

# Scripts that write without spaces between words: they need subwords.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
)

_BRACKETS = str.maketrans("", "", "()[]")


class Piece(NamedTuple):
    """A token in its text: `text[start:end]` is `text`; `n` is its compared form."""

    start: int
    end: int
    text: str
    n: str
    is_word: bool
    """Whether the token holds a letter or a digit."""


def tokenize(text: str) -> list[Piece]:
    """Words and marks of a text, in order."""
    return list(tokens_between(text, 0, len(text)))


@lru_cache(maxsize=4096)
def tokens_between(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Words and marks of `text[start:end]`, their places those in `text`.

    The last stretches asked for are remembered: two stages read the same paragraphs.
    """
    found = []
    for match in _TOKEN.finditer(text, start, end):
        token = match.group()
        found.append(Piece(match.start(), match.end(), token, *_forms(token)))
    return tuple(found)


@lru_cache(maxsize=65536)
def _forms(token: str) -> tuple[str, bool]:
    folded = fold(token)
    if len(folded) > 1 and any(c in "()[]" for c in folded):
        folded = folded.translate(_BRACKETS)
    return folded or token, any(c.isalnum() for c in token)


def words(text: str) -> list[str]:
    """The compared forms of the words of a text, marks left out."""
    return [piece.n for piece in tokenize(text) if piece.is_word]


def is_unspaced(text: str) -> bool:
    """Whether most letters of a text belong to a script that writes without spaces between words."""
    letters = sum(c.isalpha() for c in text)
    return letters > 0 and len(_UNSPACED.findall(text)) > letters / 2
