"""Layout: a paragraph as reporting clauses see it, outer words with each marked string as one item.

What stands inside marks never decides where the reporter's own sentence ends, except that a marked string
that ends a sentence may end the reporter's, too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from quotealign.extraction.marks import Marked
from quotealign.languages import Language
from quotealign.text.caseless import cut, plain, stand_out, writes_without_capitals
from quotealign.text.normalization import DASHES, fold
from quotealign.text.tokens import Piece, tokens_between

_STOPS = frozenset(".!?…。！？؟۔")
_LONGEST = 300  # items: nobody writes a sentence so long, and without a limit a line of marks would cost its square
_WIDE_STOPS = frozenset("。！？؟۔")


class Item(NamedTuple):
    """An outer token, or an outermost marked string standing as one; `word` is lower-case and empty for marks."""

    start: int
    end: int
    word: str
    text: str
    marked: Marked | None = None
    stands_out: bool = False

    @property
    def is_word(self) -> bool:
        """Whether this is an outer word."""
        return self.marked is None and any(c.isalnum() for c in self.text)

    @property
    def is_capital(self) -> bool:
        """Whether this is an outer word that begins with a capital letter, or a name where there are none."""
        return self.stands_out or (self.marked is None and self.text.lstrip("\"“‘'«„")[:1].isupper())


@dataclass(frozen=True, slots=True)
class Sentence:
    """The items of one sentence of the reporter; `paragraph` is the number of its paragraph."""

    items: tuple[Item, ...]
    paragraph: int

    @property
    def marked(self) -> tuple[int, ...]:
        """Positions of the marked strings."""
        return tuple(i for i, item in enumerate(self.items) if item.marked)

    def is_nickname(self, i: int) -> bool:
        """Whether the marked string stands inside a name: John “Jack” Smith."""
        if not 0 < i < len(self.items) - 1:
            return False
        before, item, after = self.items[i - 1 : i + 2]
        short = len(item.text.split()) <= 2 and item.text[1:2].isupper() and item.text[-2:-1].isalnum()
        return short and before.is_capital and after.is_capital

    def clause_items(self, names: frozenset[int] = frozenset()) -> tuple[Item, ...]:
        """The items, with a nickname in marks, and those at `names`, standing as the word of a name that it is."""
        return tuple(
            item._replace(marked=None, word=fold(item.text), stands_out=i in names)
            if item.marked and (i in names or self.is_nickname(i))
            else item
            for i, item in enumerate(self.items)
        )


def lay_out(
    text: str, spans: list[tuple[int, int]], marked: list[Marked], language: Language, *, all_of_it: bool = True
) -> list[Sentence]:
    """The sentences of a text whose paragraphs are `spans`; or only those with marks and those before them."""
    outer = [m for m in marked if m.depth == 0]
    sentences: list[Sentence] = []
    at = 0
    for number, (start, end) in enumerate(spans):
        inside: list[Marked] = []
        while at < len(outer) and outer[at].opening < end:
            inside.append(outer[at])
            at += 1
        announces = at < len(outer) and number + 1 < len(spans) and outer[at].opening < spans[number + 1][1]
        if not (inside or all_of_it or announces):
            continue
        items = _items(text, start, end, inside, language)
        sentences += [Sentence(tuple(part), number) for part in _split(items, text, language)]
    return sentences


def _items(text: str, start: int, end: int, marked: list[Marked], language: Language) -> list[Item]:
    items: list[Item] = []
    pieces = cut(tokens_between(text, start, end), language)
    at = 0
    for m in marked:
        while at < len(pieces) and pieces[at].end <= m.opening:
            items.append(_item(pieces[at]))
            at += 1
        if at < len(pieces) and pieces[at].start < m.opening:
            # A mark that stands inside a token, as in l'«Unità»: the token is cut at it.
            items += map(_item, tokens_between(text, pieces[at].start, m.opening))
        items.append(Item(m.opening, m.closing, "", text[m.opening : m.closing], m))
        while at < len(pieces) and pieces[at].end <= m.closing:
            at += 1
        if at < len(pieces) and pieces[at].start < m.closing:
            items += map(_item, tokens_between(text, m.closing, pieces[at].end))
            at += 1
    items += map(_item, pieces[at:])
    if writes_without_capitals(language):
        names = stand_out([item.word for item in items], language)
        items = [item._replace(stands_out=True) if name else item for item, name in zip(items, names, strict=True)]
    return items


def _item(piece: Piece) -> Item:
    return Item(piece.start, piece.end, piece.n if piece.is_word else "", plain(piece.text))


def _split(items: list[Item], text: str, language: Language) -> list[list[Item]]:
    sentences: list[list[Item]] = [[]]
    for i, item in enumerate(items):
        sentences[-1].append(item)
        following = items[i + 1] if i + 1 < len(items) else None
        if len(sentences[-1]) >= _LONGEST:
            sentences.append([])
            continue
        if following is None or not _ends(items, i, text, language):
            continue
        opens = following.is_capital or following.text[:1].isdigit() or following.text in "([—–-•*"
        if opens or following.marked or text[item.start] in _WIDE_STOPS:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _ends(items: list[Item], i: int, text: str, language: Language) -> bool:
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
    if item.text[-1] not in _STOPS and item.text != ":":
        return False
    if item.text == ":":
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


def _reports(items: list[Item], i: int, language: Language) -> bool:
    """Whether a reporting clause seems to begin here: “Why?” Smith asked."""
    for item in items[i : i + 7]:
        if item.marked or not (item.is_word or item.text in (".", ",")):
            return False
        if item.word in language.speech or item.word in language.beside:
            return True
    return False
