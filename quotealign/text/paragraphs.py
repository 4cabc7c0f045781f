"""Paragraphs of a text as received: a line each, or a block of lines where the text is hard-wrapped.

Lines that `>` leads, as Markdown and e-mail lead what is quoted, are never one paragraph with lines that it does not.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_ENDS = "\r\n\u2028\u2029"
_LINE = re.compile(rf"[^{_ENDS}]+")
_BLOCK = re.compile(r"\S.*?(?=\r?\n[ \t]*\r?\n|\Z)", re.DOTALL)
_LED = re.compile(rf"(?:\A|(?<=[{_ENDS}]))[ \t]*(?:(?:[-*+]|\d{{1,3}}[.)])[ \t]+)?>[> \t]*")
_BREAK = re.compile(rf"[^\S{_ENDS}]*(?:\r\n|[{_ENDS}])")
_GOES_ON = re.compile(r"\r?\n(?=[^\W\d_])")
_PRESSED = re.compile(r"\S<")
_ITEM = re.compile(r"[-*+—–―]")
_NARROW, _WRAP_WIDTH = 40, 120
_WRAPPED_SHARE = 0.6
_FINAL = (".", "!", "?", "…", ":", "”", '"', "»", "“", "’", "。", "！", "？", "」", "؟")


@lru_cache(maxsize=2)
def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs, in order; stretches without a visible character are none. The list is shared, since
    more than one stage asks for it: not to be changed.

    News text has a paragraph a line. Text wrapped by hand at a fixed width (old agency files, e-mail) has a
    paragraph a block: taken to be so when most lines that end inside a block end without ending a sentence.
    Led lines in a row are one paragraph where one seems to be wrapped; it begins behind its first `>`.
    """
    pattern = _BLOCK if _is_wrapped(text) else _LINE
    if ">" not in text or _LED.search(text) is None:
        return list(_trimmed(text, pattern, 0, len(text)))
    spans: list[tuple[int, int]] = []
    at = 0
    for start, end, inside in _led(text):
        spans += _trimmed(text, pattern, at, start)
        spans += inside
        at = end
    return [*spans, *_trimmed(text, pattern, at, len(text))]


def leader(text: str, start: int, last: int = 0) -> str:
    """What stands on the line of a paragraph before it, the one before it ending at `last`: white space, and a `>` for
    each who quotes. (Nothing is sought before `last`: that would cost the square of the text.)"""
    if start == last or text[start - 1] in _ENDS:
        return ""
    return text[max(last, *(text.rfind(end, last, start) + 1 for end in _ENDS)) : start]


def without_leaders(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch of a text in the pieces that are left where the `>` that lead its lines are taken away."""
    pieces, at = [], start
    for match in _LED.finditer(text, start, end):
        if match.start() > start:
            pieces.append((at, match.start()))
            at = match.end()
    trimmed = (_trim(text, *piece) for piece in [*pieces, (at, end)])
    return [(s, e) for s, e in trimmed if s < e]


class _Line(NamedTuple):
    """A led line: where it and its words begin and end, and how often it is led."""

    at: int
    start: int
    end: int
    level: int


def _led(text: str) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """The stretches of led lines, with the paragraphs in each."""
    row: list[_Line] = []
    for match in _LED.finditer(text):
        line = _line(text, match)
        if line is None:
            continue
        if row and _BREAK.fullmatch(text, row[-1].end, line.at) is None:
            yield row[0].at, row[-1].end, _grouped(text, row)
            row = []
        row.append(line)
    if row:
        yield row[0].at, row[-1].end, _grouped(text, row)


def _line(text: str, match: re.Match[str]) -> _Line | None:
    """The line that begins with `>`, and the next where it goes on without; None where the sign is a mark (>>so<<)."""
    start = match.end()
    found = _LINE.match(text, start)
    end = found.end() if found else start
    if text[start - 1] == ">" and _PRESSED.search(text, start, end):
        return None
    behind = _GOES_ON.match(text, end)
    if found and behind and text[behind.end()].islower() and not text[start:end].rstrip().endswith(_FINAL):
        following = _LINE.match(text, behind.end())
        end = following.end() if following else end
    start, end = _trim(text, start, end)
    return _Line(match.start(), start, max(start, end), match.group().count(">"))


def _grouped(text: str, row: list[_Line]) -> list[tuple[int, int]]:
    """Led lines in a row as paragraphs: a line goes on in the next where it ends no sentence, or is full."""
    widest = max(line.end - line.start for line in row)
    spans: list[tuple[int, int]] = []
    for k, line in enumerate(row):
        last = row[k - 1] if k and row[k - 1].level == line.level and row[k - 1].start < row[k - 1].end else None
        if last is not None and line.start < line.end and not _ITEM.match(text, line.start):
            word = text[line.start : line.end].split(maxsplit=1)[0]
            full = _NARROW <= widest <= _WRAP_WIDTH and last.end - last.start + 1 + len(word) > widest
            tells = text[line.end - 1] == ":" and k + 1 < len(row) and row[k + 1].level > line.level
            if (full and not tells) or not text[last.start : last.end].endswith(_FINAL):
                spans[-1] = (spans[-1][0], line.end)
                continue
        if line.start < line.end:
            spans.append((line.start, line.end))
    return spans


def _trimmed(text: str, pattern: re.Pattern[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text, first, last):
        start, end = match.span()
        if text[start].isspace() or text[end - 1].isspace():
            start, end = _trim(text, start, end)
        if end > start:
            yield start, end


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _is_wrapped(text: str) -> bool:
    lines = text.splitlines()
    if max(map(len, lines), default=0) > _WRAP_WIDTH:
        return False
    inner = [a for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    if len(inner) < 4:
        return False
    unfinished = sum(not line.rstrip().endswith((".", "!", "?", ":", "”", '"', "»")) for line in inner)
    return unfinished >= _WRAPPED_SHARE * len(inner) and sum(map(len, inner)) / len(inner) > 40
