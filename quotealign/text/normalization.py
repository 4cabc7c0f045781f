"""Shadows of words: what is compared while the printed form is kept.

Folding never touches the text itself; it maps one printed word to the form under which two words count as
the same. Each step is a function of its own, so that scoring can say which step explains a difference.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

DOUBLE_MARKS = '"“”„‟«»〝〞＂「」『』《》'
SINGLE_MARKS = "'‘’‚‛‹›`´＇"
APOSTROPHES = "'’‘ʼ＇`´"
DASHES = "-‐‑‒–—―−﹘﹣－"
SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\n\r"
INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"

_TYPOGRAPHY = str.maketrans(
    dict.fromkeys(DOUBLE_MARKS, '"')
    | dict.fromkeys(SINGLE_MARKS, "'")
    | dict.fromkeys(DASHES, "-")
    | dict.fromkeys(SPACES, " ")
    | dict.fromkeys(INVISIBLE, "")
    | {"…": "..."}
)


@lru_cache(maxsize=65536)
def fold_typography(text: str) -> str:
    """Marks, dashes, spaces and invisible characters in one form each; composed characters (NFC)."""
    return unicodedata.normalize("NFC", text).translate(_TYPOGRAPHY)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The compared form of a word (`n`): typography and case folded, compatibility forms composed (NFKC)."""
    if text.isalpha() and unicodedata.is_normalized("NFKC", text):
        return text.casefold()  # letters alone hold no typography
    return unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY).casefold().strip()


@lru_cache(maxsize=65536)
def fold_accents(text: str) -> str:
    """`fold`, with combining marks taken away: Benítez and benitez are one."""
    folded = fold(text)
    if folded.isascii():
        return folded
    decomposed = unicodedata.normalize("NFD", folded)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_word(text: str) -> bool:
    """Whether a token holds a letter or a digit."""
    return any(c.isalnum() for c in text)
