"""Layout: a paragraph as reporting clauses see it, outer words with each marked string as one item.

What stands inside marks never decides where the reporter's own sentence ends, except that a marked string
that ends a sentence may end the reporter's, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from quotealign.extraction.marks import Marked
from quotealign.languages import Language
from quotealign.text.caseless import cut, plain, stand_out, writes_without_capitals
from quotealign.text.months import names_like_months
from quotealign.text.normalization import DASHES, fold
from quotealign.text.remembered import Remembered
from quotealign.text.tokens import forms, row_between, row_of, tokens_between

_STOPS = frozenset(".!?…。！？؟۔")
_LONGEST = 300  # items: nobody writes a sentence so long, and without a limit a line of marks would cost its square
_WIDE_STOPS = frozenset("。！？؟۔")


class Item(NamedTuple):
    """An outer token, or an outermost marked string standing as one; `word` is lower-case and empty for marks.

    is_word     whether this is an outer word
    is_capital  whether it is one that begins with a capital letter, or a name where there are none
    """

    start: int
    end: int
    word: str
    text: str
    is_word: bool
    is_capital: bool
    marked: Marked | None = None


_new = tuple.__new__

_Seen = tuple[str, str, bool, bool]
"""What an item holds of a token, its place left out: word, text, is_word, is_capital."""


class _Laid(NamedTuple):
    """The items of a paragraph before they are made: most sentences without marks are never looked at."""

    starts: list[int]
    seen: list[_Seen]
    marked: dict[int, Marked]

    def item(self, k: int) -> Item:
        start, known = self.starts[k], self.seen[k]
        return Item(start, start + len(known[1]), *known, self.marked.get(k))

    def items(self, first: int, last: int, marked: Sequence[int]) -> tuple[Item, ...]:
        """Those from `first` to before `last`; `marked` tells which of these are marked, counted from `first`."""
        placed = zip(self.starts[first:last], self.seen[first:last], strict=True)
        # Item(…) in half the time, which counts where there is one for every token.
        made = [_new(Item, (start, start + len(known[1]), *known, None)) for start, known in placed]
        for k in marked:
            made[k] = self.item(first + k)
        return tuple(made)


class Sentence:
    """One sentence of the reporter; `paragraph` is the number of its paragraph, `marked` are the positions of the
    marked strings among its items."""

    def __init__(self, laid: _Laid, first: int, last: int, paragraph: int, marked: tuple[int, ...]) -> None:
        self._laid = laid
        self._range = (first, last)
        self.paragraph = paragraph
        self.marked = marked

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Its items, made when first asked for."""
        return self._laid.items(*self._range, self.marked)

    def is_nickname(self, i: int) -> bool:
        """Whether the marked string stands inside a name: John “Jack” Smith."""
        if not 0 < i < len(self.items) - 1:
            return False
        before, item, after = self.items[i - 1 : i + 2]
        short = len(item.text.split()) <= 2 and item.text[1:2].isupper() and item.text[-2:-1].isalnum()
        return short and before.is_capital and after.is_capital

    def clause_items(self, names: frozenset[int] = frozenset()) -> tuple[Item, ...]:
        """The items, with a nickname in marks, and those at `names`, standing as the word of a name that it is."""
        standing = [i for i in self.marked if i in names or self.is_nickname(i)]
        if not standing:
            return self.items
        items = list(self.items)
        for i in standing:
            seen = Item(items[i].start, items[i].end, *_seen_as(items[i].text, fold(items[i].text)))
            items[i] = seen._replace(is_capital=True) if i in names else seen
        return tuple(items)


def lay_out(
    text: str, spans: list[tuple[int, int]], marked: list[Marked], language: Language, *, all_of_it: bool = True
) -> list[Sentence]:
    """The sentences of a text whose paragraphs are `spans`; or only those with marks, those before them and
    those below that may name who spoke."""
    outer = [m for m in marked if m.depth == 0]
    sentences: list[Sentence] = []
    at = 0
    for number, (start, end) in enumerate(spans):
        inside: list[Marked] = []
        while at < len(outer) and outer[at].opening < end:
            inside.append(outer[at])
            at += 1
        announces = at < len(outer) and number + 1 < len(spans) and outer[at].opening < spans[number + 1][1]
        signs = bool(at and number) and outer[at - 1].opening >= spans[number - 1][0] and text[start] in DASHES
        if not (inside or all_of_it or announces or signs):
            continue
        sentences += _split(_laid(text, start, end, inside, language), number, text, language)
    return sentences


def _laid(text: str, start: int, end: int, marked: list[Marked], language: Language) -> _Laid:
    if writes_without_capitals(language):
        pieces = cut(tokens_between(text, start, end), language)
        row = row_of(pieces)
        seen = [_seen_as(plain(p.text), p.n if p.is_word else "") for p in pieces]
    else:
        row = row_between(text, start, end)
        seen = _SEEN.each(row.texts)
        for k in names_like_months(row.texts, language):
            seen[k] = (row.texts[k], *seen[k][1:])  # with its capital it is in no list of small words
    laid = _Laid([], [], {})
    at = 0
    for m in marked:
        upto = row.reaching(m.opening, at)
        laid.starts.extend(row.starts[at:upto])
        laid.seen.extend(seen[at:upto])
        if upto < len(seen) and row.starts[upto] < m.opening:
            # A mark that stands inside a token, as in l'«Unità»: the token is cut at it.
            _add_between(laid, text, row.starts[upto], m.opening)
        laid.marked[len(laid.seen)] = m
        laid.starts.append(m.opening)
        laid.seen.append(("", text[m.opening : m.closing], False, False))
        at = row.reaching(m.closing, upto)
        if at < len(seen) and row.starts[at] < m.closing:
            _add_between(laid, text, m.closing, row.starts[at] + len(row.texts[at]))
            at += 1
    laid.starts.extend(row.starts[at:])
    laid.seen.extend(seen[at:])
    if writes_without_capitals(language):
        names = stand_out([known[0] for known in laid.seen], language)
        laid.seen[:] = [(*known[:3], True) if name else known for known, name in zip(laid.seen, names, strict=True)]
    return laid


def _add_between(laid: _Laid, text: str, start: int, end: int) -> None:
    row = row_between(text, start, end)
    laid.starts.extend(row.starts)
    laid.seen.extend(_SEEN.each(row.texts))


def _seen(token: str) -> _Seen:
    if token.isascii() and token.isalpha():
        return token.lower(), token, True, token[0].isupper()
    n, is_word = forms(token)
    return _seen_as(plain(token), n if is_word else "")


def _seen_as(text: str, word: str) -> _Seen:
    return word, text, bool(word), text.lstrip("\"“‘'«„")[:1].isupper()


_SEEN = Remembered(_seen)


def _split(laid: _Laid, paragraph: int, text: str, language: Language) -> list[Sentence]:
    cuts: list[int] = [0]
    last = len(laid.seen) - 1
    for i in [k for k, known in enumerate(laid.seen) if known[1][-1] in _STOPS or k in laid.marked]:
        while i >= cuts[-1] + _LONGEST:
            cuts.append(cuts[-1] + _LONGEST)
        if i < last and (i + 1 == cuts[-1] + _LONGEST or _is_end(laid, i, text, language)):
            cuts.append(i + 1)
    cuts += [*range(cuts[-1] + _LONGEST, last + 1, _LONGEST), last + 1]
    places = list(laid.marked)
    bounds = [bisect_left(places, at) for at in cuts]
    return [
        Sentence(laid, a, b, paragraph, tuple(k - a for k in places[m:n]))
        for (a, b), (m, n) in zip(pairwise(cuts), pairwise(bounds), strict=True)
    ]


def _is_end(laid: _Laid, i: int, text: str, language: Language) -> bool:
    """Whether a sentence ends with the item at `i`, which is not the last."""
    following = laid.item(i + 1)
    opens = following.is_capital or following.text[:1].isdigit() or following.text in "([—–-•*"
    if not (opens or following.marked or text[laid.starts[i]] in _WIDE_STOPS):
        return False
    first = max(0, i - 1)
    near = [laid.item(k) for k in range(first, min(i + 8, len(laid.seen)))]
    return _ends(near, i - first, text, language)


def _ends(items: Sequence[Item], i: int, text: str, language: Language) -> bool:
    item, following = items[i], items[i + 1]
    if item.marked:
        # “We won.” The crowd … ends here; “We won,” She … and “We won!” she … do not.
        inner = text[item.marked.start : item.marked.end]
        if inner[-1:] not in _STOPS or (inner.endswith("...") and not following.marked):
            return False
        if following.marked:
            return True
        if following.text in DASHES:
            return False  # “….” — Anna Smith
        if language.clauses.helpers and following.is_capital:
            return True  # a verb, with a small letter, would go on behind the words
        # “We won.” Smith said no more: a full stop inside ends the sentence, other marks may not
        return inner[-1:] == "." or not _reports(items, i + 1, language)
    if item.text[-1] not in _STOPS:
        return False
    spaced = text[item.start] in _WIDE_STOPS or text[item.end : item.end + 1].isspace() or following.marked is not None
    if not spaced:
        return False
    if item.text == "." and i and not items[i - 1].marked:
        last = items[i - 1].word.rstrip(".")
        initial = len(items[i - 1].text) == 1 and items[i - 1].is_capital
        if last in language.abbreviations or initial:
            return False
    if item.text[-1] == "." and len(item.text) > 1 and item.text.strip("."):
        # U.S. may end a sentence; only before a word that opens one.
        return following.word in language.function_words and following.is_capital
    return True


def _reports(items: Sequence[Item], i: int, language: Language) -> bool:
    """Whether a reporting clause seems to begin here: “Why?” Smith asked."""
    for item in items[i : i + 7]:
        if item.marked or not (item.is_word or item.text in (".", ",")):
            return False
        if item.word in language.speech or item.word in language.beside:
            return True
    return False
