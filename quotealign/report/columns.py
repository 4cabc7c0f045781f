"""The measure of a terminal: how many columns a text takes, and words laid out in lines that fit.

Nothing is ever wider than asked for: a word too long for a line is broken, never between a letter and its accent.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

RESET = "\x1b[0m"
STYLES = {
    "": "",
    "strong": "\x1b[1m",
    "faint": "\x1b[2m",
    "underlined": "\x1b[1;4m",
    "good": "\x1b[32m",
    "slight": "\x1b[36m",
    "notable": "\x1b[33m",
    "grave": "\x1b[1;31m",
    "open": "\x1b[35m",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words in one style; `tight` pieces follow the one before without a space."""

    text: str
    style: str = ""
    tight: bool = False


def columns(text: str) -> int:
    """How many columns a text takes: two for wide East Asian characters, none for combining marks."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, width: int) -> str:
    """The text, or as much of it as fits before an ellipsis."""
    return text if columns(text) <= width else _head(text, width - 1).rstrip() + "…"


def padded(text: str, width: int) -> str:
    """The text cut or filled to exactly this many columns."""
    kept = cut(text, width)
    return kept + " " * (width - columns(kept))


def styled(text: str, style: str, colour: bool) -> str:
    """The text in a style, or as it is where colours are off."""
    code = STYLES[style] if colour else ""
    return f"{code}{text}{RESET}" if code and text else text


def wrapped(
    pieces: Iterable[Piece], width: int, *, first: int = 0, indent: int = 0, most: int = 0, colour: bool = False
) -> list[str]:
    """Lines of at most `width` columns; the first starts `first` columns in (not printed), the others after an indent.

    Of more than `most` lines (0: no limit) the rest is dropped behind an ellipsis.
    """
    lines: list[list[tuple[str, str]]] = [[]]
    room, used = width - first, 0
    for word, style, tight in _words(pieces):
        space = " " if used and not tight else ""
        if used and used + len(space) + columns(word) > room:
            lines.append([])
            room, used, space = width - indent, 0, ""
        while columns(word) > room - used:  # wider than any line
            head = _head(word, room) or word[:1]
            lines[-1].append((head, style))
            lines.append([])
            room, used, word = width - indent, 0, word[len(head) :]
        if word:
            lines[-1].append((space + word, style))
            used += len(space) + columns(word)
    if lines[-1] == [] and len(lines) > 1:
        lines.pop()
    if most and len(lines) > most:
        lines = lines[:most]
        room = width - (first if most == 1 else indent)
        while lines[-1] and columns("".join(text for text, _ in lines[-1])) + 2 > room:
            lines[-1].pop()
        while lines[-1] and lines[-1][-1][0].strip() == "…":
            lines[-1].pop()
        lines[-1].append((" …", "faint"))
    printed = [_printed(line, colour) for line in lines]
    return [printed[0], *(" " * indent + line for line in printed[1:])]


def _printed(line: list[tuple[str, str]], colour: bool) -> str:
    """One line; neighbours in one style share their codes, and a space between two styles has none."""
    parts = []
    for style, items in itertools.groupby(line, key=lambda item: item[1]):
        text = "".join(item[0] for item in items)
        words = text.lstrip(" ")
        parts.append(" " * (len(text) - len(words)) + styled(words, style, colour))
    return "".join(parts)


def _words(pieces: Iterable[Piece]) -> Iterable[tuple[str, str, bool]]:
    for piece in pieces:
        for number, word in enumerate(piece.text.split(" ")):
            if word:
                yield word, piece.style, piece.tight and not number


def _head(text: str, width: int) -> str:
    """The longest beginning that fits, with the combining marks of its last letter."""
    used = 0
    for place, character in enumerate(text):
        used += _columns(character)
        if used > width:
            return text[:place]
    return text
