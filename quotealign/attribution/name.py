"""A name: its words, the titles before it, and what makes two names one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from quotealign.model import Speaker, ncname
from quotealign.text.caseless import is_caseless
from quotealign.text.normalization import fold_accents
from quotealign.text.remembered import Remembered

_DOTS = re.compile("[·・‧＝]")  # between the names of a foreign person: 安娜·史密斯


class Name(NamedTuple):
    """A name in its text. `words` are its name words as printed, `titles` the lower-case words before it.

    start, end  code points, titles left out; `run_start` takes them in
    gender      m, f or ?, by honorific or title
    body        whether it names an organisation
    owner       whether it stands in the possessive: Smith's lawyer
    governed    whether a preposition stands before it: a spokesman for Smith
    """

    start: int
    end: int
    run_start: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    gender: str
    body: bool
    owner: bool
    governed: bool

    @property
    def text(self) -> str:
        """The name as one string."""
        return " ".join(self.words)

    @property
    def is_full(self) -> bool:
        """Whether it can be a whole person's name: two or three words, any where capitals do not tell."""
        return len(self.words) in (2, 3) or _CASELESS[self.text]

    @property
    def stands_alone(self) -> bool:
        """Whether it tells who is meant without another name: more than one word, or a body's."""
        return len(self.words) > 1 or self.body

    @property
    def family(self) -> str:
        """The folded last name word: what a family name is joined by."""
        return _FAMILY[self.words[-1]]

    @property
    def given(self) -> tuple[str, ...]:
        """The folded words before the family name."""
        return tuple(map(bare, self.words[:-1]))


@lru_cache(maxsize=16384)
def bare(word: str) -> str:
    """A name word as compared: without accents, case, possessive and Arabic article."""
    folded = fold_accents(word)
    if folded.isalpha():
        return folded
    for ending in ("'s", "'"):
        folded = folded.removesuffix(ending)
    for article in ("al-", "el-", "ad-", "as-", "l'"):
        folded = folded.removeprefix(article) if len(folded) > len(article) + 2 else folded
    return folded


_CASELESS = Remembered(is_caseless)
_FAMILY = Remembered(lambda last: bare(last if last.isascii() else _DOTS.split(last)[-1]))


@lru_cache(maxsize=16384)
def speaker_named(name: str, kind: str, authority: str | None = None) -> Speaker:
    """The speaker of a name; its id is made of the name's letters and digits, and so the same wherever it stands."""
    slug = "-".join("".join(c if c.isalnum() else " " for c in fold_accents(name)).split())
    return Speaker(ncname(slug), name, kind, authority)
