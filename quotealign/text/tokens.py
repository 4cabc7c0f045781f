"""Words and marks with their places.

A word is a run of letters, digits and combining marks, held together by inner apostrophes, hyphens and the dots
of abbreviations and numbers, and by a bracket that edits it, as in agree(ing); an emoji is what is shown as one; every
other visible character is a token of its own. Nothing is lost: tokens and the white space between them give the text
back.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from quotealign.text.combining import ASTRAL_MARKS, MARKS, UNSPACED_MARKS
from quotealign.text.normalization import fold
from quotealign.text.remembered import Remembered

# Letters and digits of any script (\w minus the underscore) with their combining marks and joiners (zero width, in
# Persian, Hindi, Sinhala). Geresh goes with its letter (Unicode Standard Annex 29: ALetter). What has no spaces between
# words would be one token from stop to stop: there a mark ends it, with its letter.
_JOINED = rf"{MARKS}\u200c\u200d\u05f3"
_ASTRAL = rf"[\U00010000-\U000effff](?<=[{ASTRAL_MARKS}])"
_PLAIN = rf"[^\W_]++(?:[{_JOINED}]++[^\W_]*+)*+"
_WORD = rf"[^\W_]++(?:[{_JOINED}]++[^\W_]*+|{_ASTRAL}[^\W_]*+)*+[{UNSPACED_MARKS}]*+"
_NUMBER = r"\d++(?:[.,:/]\d++)++"
_ABBREVIATION = r"(?:[^\W\d_]\.){2,}|(?:[^\W\d_]\.)+[^\W\d_](?!\w)"
# Characters of no width end no word, but for the space of no width where words have no other.
_INNER = r"(?:['’ʼ‐‑\-\u05f4\u00ad\u2060\ufeff]|\u200b(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]))"
# Pictures with what shows them otherwise: colour of skin, style, tags (flags of regions), pictures joined to one
_SHOWN = r"[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*+"
_PICTURE = rf"[\u00a9\u00ae\u203c\u2049\u2100-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]{_SHOWN}"
_EMOJI = rf"[\U0001f1e6-\U0001f1ff]{{2}}|{_PICTURE}(?:\u200d{_PICTURE})*+|[#*]\ufe0f?+\u20e3"
_KEYCAP = r"\d\ufe0f?+\u20e3"
_STRAY = rf"[{_JOINED}{UNSPACED_MARKS}]++|(?:{_ASTRAL})++"


def _tokens(plain: str, word: str, first: str = "", last: str = "") -> re.Pattern[str]:
    """A token with the white space behind it, by what a word and its parts are, and what is sought before and after."""
    # A declared edit inside a word belongs to it: agree(ing), [t]hey
    declared = rf"{plain}[\[(]{plain}[\])](?:{plain})?+|\[{plain}\]{plain}"
    inner = rf"{word}(?:{_INNER}{word})*+|\.{{2,}}+|--+|''|``"
    # Most are plain words and stops before a space: asked for first, which changes nothing but the time.
    token = rf"{first}{_NUMBER}|{declared}|{_ABBREVIATION}|{inner}|{last}\S"
    return re.compile(rf"[^\W_]++\s++|[.,]\s++|(?:{token})\s*+")


# Text without joiners, pictures, and marks that combine is most text, and its pattern is compiled in no time.
_OF_PLAIN = _tokens(r"[^\W_]++", r"[^\W_]++")
_NOT_PLAIN = re.compile(
    r"[^\0-\u00a8\u00aa-\u00ad\u00af-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u203b\u203d-\u2048\u20a0-\u20bf]"
)


@lru_cache(maxsize=1)
def _of_any_text() -> re.Pattern[str]:
    return _tokens(_PLAIN, _WORD, rf"{_KEYCAP}|", rf"{_EMOJI}|{_STRAY}|")


# Scripts that write without spaces between words: they need subwords.
UNSPACED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
"""A character of such a script, as a pattern."""
_UNSPACED_LETTER = re.compile(UNSPACED)

_BRACKETS = str.maketrans("", "", "()[]")


class Piece(NamedTuple):
    """A token in its text: `text[start:end]` is `text`; `n` is its compared form."""

    start: int
    end: int
    text: str
    n: str
    is_word: bool
    """Whether the token holds a letter or a digit."""


class Row(NamedTuple):
    """Tokens of a stretch side by side, without what is made of each: `texts[k]` begins at `starts[k]`."""

    starts: list[int]
    texts: list[str]

    def reaching(self, offset: int, first: int = 0) -> int:
        """The position, from `first` on, of the first token that ends behind an offset."""
        at = bisect_left(self.starts, offset, first)
        return at - 1 if at > first and self.starts[at - 1] + len(self.texts[at - 1]) > offset else at


def as_one(pieces: Sequence[Piece], text: str, n: str) -> Piece:
    """Pieces of a text that stand side by side as one word, compared as `n`."""
    start, end = pieces[0].start, pieces[-1].end
    return Piece(start, end, text[start:end], n, True)


def tokenize(text: str) -> list[Piece]:
    """Words and marks of a text, in order."""
    return _pieces(row_between(text, 0, len(text)))


def tokens_between(text: str, start: int, end: int) -> list[Piece]:
    """Words and marks of `text[start:end]`, their places those in `text`."""
    return _pieces(row_between(text, start, end))


@lru_cache(maxsize=4096)
def row_between(text: str, start: int, end: int) -> Row:
    """Words and marks of `text[start:end]` as a row, their places those in `text`. It is shared: not to be changed.

    The last stretches asked for are remembered: two stages read the same paragraphs.
    """
    return _row(text, start, end)


def row(text: str) -> Row:
    """Words and marks of a whole text as a row; nothing is remembered."""
    return _row(text, 0, len(text))


def _row(text: str, start: int, end: int) -> Row:
    stretch = text[start:end]
    pattern = _OF_PLAIN if stretch.isascii() or not _NOT_PLAIN.search(stretch) else _of_any_text()
    spaced = pattern.findall(stretch)
    if stretch[:1].isspace():
        start += len(stretch) - len(stretch.lstrip())
    bounds = list(accumulate(map(len, spaced), initial=start))
    bounds.pop()
    return Row(bounds, _PRINTED.each(spaced))


def _pieces(row: Row) -> list[Piece]:
    seen = zip(row.starts, row.texts, _FORMS.each(row.texts), strict=True)
    # Piece(…) in half the time, which counts where there is one for every token.
    return [_new(Piece, (start, start + len(token), token, n, is_word)) for start, token, (n, is_word) in seen]


def row_of(pieces: Sequence[Piece], offset: int = 0) -> Row:
    """Some tokens as a row, `offset` added to their places."""
    return Row([offset + piece.start for piece in pieces], [piece.text for piece in pieces])


def forms(token: str) -> tuple[str, bool]:
    """The compared form of a token, and whether it holds a letter or a digit."""
    if token.isalnum():
        return (token.lower() if token.isascii() else fold(token).translate(_BRACKETS) or token), True
    folded = fold(token)
    if len(folded) > 1 and any(c in "()[]" for c in folded):
        folded = folded.translate(_BRACKETS)
    return folded or token, any(c.isalnum() for c in token)


_new = tuple.__new__
_FORMS = Remembered(forms)
_PRINTED = Remembered(str.rstrip)
"""Tokens without the white space behind them, one string for all that are equal."""


def words(text: str) -> list[str]:
    """The compared forms of the words of a text, marks left out."""
    return [n for n, is_word in _FORMS.each(row_between(text, 0, len(text)).texts) if is_word]


def is_unspaced(text: str) -> bool:
    """Whether most letters of a text belong to a script that writes without spaces between words."""
    if text.isascii() or not (unspaced := len(_UNSPACED_LETTER.findall(text))):
        return False
    return unspaced > sum(c.isalpha() for c in text) / 2
