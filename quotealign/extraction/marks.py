"""Marks: which quotation marks of a paragraph belong together.

Marks are paired within one paragraph, on a stack, by glyph and by what stands beside them, and an odd mark is
mended where it stands: it never swallows more than its own paragraph. The order of the questions asked of a mark:

1. is it an apostrophe, an inch or a prime? Then it is no mark at all.
2. does it close what is open? Asked first, since a mark pressed against the word before it ends something.
3. may it open?
4. does it close something of another style (ASCII after „)? Mended without a word: this is common.
5. it is stray: left out, with a notice.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from quotealign.languages import Language
from quotealign.text.normalization import APOSTROPHES

_SINGLE = frozenset("'‘’‚‛‹›`")
_NO_ELISION = re.compile(r"(?:\d0s|em|til|tis|twas|cause|n)\b", re.IGNORECASE)
# Markup that was left in the text: its attributes are no quotations.
_MARKUP = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_OPENS_AFTER = frozenset("([{<—–-/=:\u00bf\u00a1…,.")
_NEVER_FIRST = frozenset(".,;:!?…)]}%")
_DEEPEST = 24  # nobody quotes so deep; without a limit a row of opening marks would cost its square
_POSSESSIVE_REACH = 400
_SPACED = frozenset("«»‹›")


class Marked(NamedTuple):
    """A string in marks. `start`–`end` is what stands between them; `opening`–`closing` includes them.

    depth      0 for an outermost string
    closed     False where the closing mark is missing; `end` is then a recovery, or the paragraph's end
    continues  the paragraph ends inside, and the next one opens again with the same mark
    """

    opening: int
    start: int
    end: int
    closing: int
    style: str
    depth: int = 0
    closed: bool = True
    continues: bool = False


class OddMark(NamedTuple):
    """A mark that found no partner: its place and what it lacks."""

    at: int
    mark: str
    lack: str


class _Open(NamedTuple):
    at: int
    mark: str
    depth: int


@lru_cache(maxsize=64)
def _glyphs(marks: tuple[tuple[str, str], ...]) -> tuple[dict[str, set[str]], re.Pattern[str]]:
    """What closes each opening mark, and a pattern that finds any mark, the longer first.

    It passes over apostrophes that have a letter or a digit on both sides, which are none, but most of what looks like
    one.
    """
    closers: dict[str, set[str]] = {}
    for a, b in marks:
        closers.setdefault(a, set()).add(b)
    glyphs = {mark for pair in marks for mark in pair}
    longer = sorted((g for g in glyphs if len(g) > 1), key=lambda g: (-len(g), g))
    found = [rf"(?<={re.escape(g[0])}){re.escape(g[1:])}" for g in longer]
    if free := glyphs.difference(longer, APOSTROPHES):
        found.append(rf"(?<=[{_class(free)}])")
    if inner := glyphs.intersection(APOSTROPHES):
        found.append(rf"(?<=[{_class(inner)}])(?:(?<![^\W_].)|(?![^\W_]))")
    if not glyphs:
        return closers, re.compile("(?!)")
    # One set first, so that the search goes from mark to mark.
    return closers, re.compile(rf"[{_class({g[0] for g in glyphs})}](?:{'|'.join(found)})")


def _class(characters: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(characters)))


class _Paragraph:
    """One pass over the marks of one paragraph."""

    def __init__(self, text: str, start: int, end: int, language: Language, following: str) -> None:
        self.text, self.start, self.end = text, start, end
        self.following = following
        self.closers, self.pattern = _glyphs(language.marks)
        self.places: dict[tuple[str, bool], list[int]] = {}
        self.stack: list[_Open] = []
        self.found: list[Marked] = []
        self.odd: list[OddMark] = []

    def run(self) -> None:
        tags = [m.span() for m in _MARKUP.finditer(self.text, self.start, self.end)][::-1]
        position = self.start
        while match := self.pattern.search(self.text, position, self.end):
            mark, at = match.group(), match.start()
            while tags and tags[-1][1] <= at:
                tags.pop()
            if tags and tags[-1][0] <= at:
                position = tags[-1][1]
                continue
            # ''' is a single and a double mark: the inner one comes first where something single is open.
            if mark == "''" and self.text.startswith("'''", at) and self.stack and self.stack[-1].mark in _SINGLE:
                mark = "'"
            self._take(mark, at)
            position = at + len(mark)
        self._finish()

    def _take(self, mark: str, at: int) -> None:
        before = self.text[at - 1] if at > self.start else ""
        after = self.text[at + len(mark)] if at + len(mark) < self.end else ""
        if mark in APOSTROPHES and self._is_apostrophe(mark, at, before, after):
            return
        if mark == '"' and before.isdigit() and not self._partner(mark) and not after.isalnum():
            return  # inches
        may_close = bool(before) and (not before.isspace() or mark in _SPACED)
        elided = after == "…" or self.text.startswith("...", at + len(mark))
        may_open = elided or (after != "" and after not in _NEVER_FIRST and (not after.isspace() or mark in _SPACED))
        free = not before or before.isspace() or before in _OPENS_AFTER or before in self.closers
        both = mark in self.closers and free and may_open
        partner = self._partner(mark)
        if partner is not None and may_close and not (both and before not in _NEVER_FIRST and before not in "…—–"):
            self._close(partner, mark, at)
        elif mark in self.closers and may_open and (free or not partner):
            if mark in _SINGLE and mark != "‹" and not self._closes_later(mark, at):
                return  # an elision (‘em) or a stray apostrophe, not worth a word
            self._open(mark, at)
        elif partner is not None:
            self._close(partner, mark, at)
        elif may_close and (other := self._other_style(mark)) is not None:
            self._close(other, mark, at)
        elif mark not in _SINGLE:
            self.odd.append(OddMark(at, mark, "has no partner"))

    def _is_apostrophe(self, mark: str, at: int, before: str, after: str) -> bool:
        if before.isalnum() and after.isalnum():
            return True
        if not before.isalnum() and after.isalnum():
            return bool(_NO_ELISION.match(self.text, at + 1)) and self._partner(mark) is None
        if before in ("s", "S", "x", "z") and self._partner(mark) is not None:
            # dogs’ : a possessive where a better closer follows before anything opens.
            rest = self.text[at + 1 : min(self.end, at + _POSSESSIVE_REACH)]
            opener = min(
                (i for o in self.closers if (i := rest.find(o)) >= 0 and o not in APOSTROPHES), default=len(rest)
            )
            return after.isspace() and bool(re.search(rf"[^\s\w]{mark}|\w{mark}(?=[.,;:!?)]|$)", rest[:opener]))
        return before.isalnum() and self._partner(mark) is None

    def _partner(self, mark: str) -> int | None:
        for i in range(len(self.stack) - 1, -1, -1):
            if mark in self.closers.get(self.stack[i].mark, ()):
                return i
        return None

    def _other_style(self, mark: str) -> int | None:
        for i in range(len(self.stack) - 1, -1, -1):
            if (self.stack[i].mark in _SINGLE) == (mark in _SINGLE):
                return i
        return None

    def _closes_later(self, mark: str, at: int) -> bool:
        return any(self._places(closer, plausible=True)[-1:] > [at + len(mark)] for closer in self.closers[mark])

    def _places(self, mark: str, *, plausible: bool = False) -> list[int]:
        """Where a mark stands in the paragraph, or only where it may close: pressed against a word, none behind it."""
        key = (mark, plausible)
        if key not in self.places:
            found = [m.start() for m in re.finditer(re.escape(mark), self.text[self.start : self.end])]
            found = [self.start + i for i in found]
            if plausible:
                found = [i for i in found if i > self.start and self._may_close(i, len(mark))]
            self.places[key] = found
        return self.places[key]

    def _may_close(self, at: int, width: int) -> bool:
        after = self.text[at + width : at + width + 1] if at + width < self.end else ""
        return not self.text[at - 1].isspace() and not after.isalnum()

    def _count_after(self, mark: str, at: int) -> int:
        places = self._places(mark)
        return len(places) - bisect.bisect_right(places, at)

    def _open(self, mark: str, at: int) -> None:
        if len(self.stack) >= _DEEPEST:
            self.odd.append(OddMark(at, mark, "is nested too deep"))
            return
        same = [o for o in self.stack if o.mark == mark]
        if same and not self._enough_closers(mark, at, len(same) + 1):
            # Opened twice and closed too seldom: the earlier one has lost its closing mark.
            while self.stack and same[0] in self.stack:
                self._recover(self.stack.pop(), limit=at)
        self.stack.append(_Open(at, mark, len(self.stack)))

    def _enough_closers(self, mark: str, at: int, needed: int) -> bool:
        closers = sum(self._count_after(closer, at) for closer in sorted(self.closers[mark]))
        return closers >= needed + self._count_after(mark, at)

    def _close(self, index: int, mark: str, at: int) -> None:
        for stray in self.stack[index + 1 :]:
            if stray.mark not in _SINGLE:
                self.odd.append(OddMark(stray.at, stray.mark, "is not closed"))
        opened = self.stack[index]
        del self.stack[index:]
        self._add(opened, at, at + len(mark))

    def _add(self, opened: _Open, end: int, closing: int, *, closed: bool = True, continues: bool = False) -> None:
        start = opened.at + len(opened.mark)
        # French marks stand off by a space that belongs to the marks.
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        if end > start:
            self.found.append(Marked(opened.at, start, end, closing, opened.mark, opened.depth, closed, continues))

    def _recover(self, opened: _Open, limit: int) -> None:
        if opened.mark in _SINGLE:
            return
        self.odd.append(OddMark(opened.at, opened.mark, "is not closed"))
        body = self.text[opened.at + len(opened.mark) : limit]
        stop = re.search(r"[.!?](?=\s|$)", body)
        end = opened.at + len(opened.mark) + (stop.end() if stop else len(body.rstrip()))
        self._add(opened, end, end, closed=False)

    def _opens_speech(self, at: int) -> bool:
        """Whether a mark may begin words that go on in the next paragraph: not in the middle of a clause."""
        before = self.text[self.start : at].rstrip()
        return not before or before[-1] in ":,—–.!?"

    def _finish(self) -> None:
        reopens = next((a for a in self.closers if self.following.startswith(a)), None) if self.stack else None
        for opened in reversed(self.stack):
            if opened.mark in _SINGLE and opened is not self.stack[0]:
                continue
            if reopens == opened.mark and self._opens_speech(opened.at):
                self._add(opened, self.end, self.end, closed=False, continues=True)
            elif opened.at == self.start:
                self.odd.append(OddMark(opened.at, opened.mark, "is not closed"))
                self._add(opened, self.end, self.end, closed=False)
            else:
                self._recover(opened, self.end)
        self.stack.clear()


def pair(text: str, spans: list[tuple[int, int]], language: Language) -> tuple[list[Marked], list[OddMark]]:
    """Strings in marks of a text whose paragraphs are `spans`, in order of their opening, and the odd marks."""
    marked: list[Marked] = []
    odd: list[OddMark] = []
    _, glyphs = _glyphs(language.marks)
    for number, (start, end) in enumerate(spans):
        if not glyphs.search(text, start, end):
            continue
        following = text[spans[number + 1][0] : spans[number + 1][0] + 2] if number + 1 < len(spans) else ""
        paragraph = _Paragraph(text, start, end, language, following)
        paragraph.run()
        marked += _with_depths(paragraph.found)
        odd += paragraph.odd
    return marked, sorted(odd, key=lambda o: o.at)


def _with_depths(found: list[Marked]) -> list[Marked]:
    """Depth by what really encloses what: recovery can take an enclosing mark away. What was recovered does not end
    inside another string; it goes on to the end of that."""
    ordered: list[Marked] = []
    enclosing: list[int] = []
    for marked in sorted(found, key=lambda m: (m.opening, -m.closing)):
        enclosing = [k for k in enclosing if ordered[k].closing > marked.opening]
        for k in enclosing:
            if ordered[k].closing < marked.closing and not ordered[k].closed:
                ordered[k] = ordered[k]._replace(end=marked.closing, closing=marked.closing)
        enclosing = [k for k in enclosing if ordered[k].closing >= marked.closing]
        enclosing.append(len(ordered))
        depth = len(enclosing) - 1
        ordered.append(marked if marked.depth == depth else marked._replace(depth=depth))
    return ordered
