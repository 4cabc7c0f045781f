"""Layout: a paragraph as reporting clauses see it, outer words with each marked string as one item.

What stands inside marks never decides where the reporter's own sentence ends, except that a marked string
that ends a sentence may end the reporter's, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quotealign.extraction.marks import Marked
from quotealign.languages import Language
from quotealign.text.caseless import cut, plain, stand_out, writes_without_capitals
from quotealign.text.normalization import DASHES, fold
from quotealign.text.remembered import Remembered
from quotealign.text.tokens import Row, forms, row_between, row_of, tokens_between

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


class Sentence(NamedTuple):
    """The items of one sentence of the reporter; `paragraph` is the number of its paragraph.

    `marked` are the positions of the marked strings.
    """

    items: tuple[Item, ...]
    paragraph: int
    marked: tuple[int, ...]

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
        sentences += _split(_items(text, start, end, inside, language), number, text, language)
    return sentences


def _items(text: str, start: int, end: int, marked: list[Marked], language: Language) -> list[Item]:
    if writes_without_capitals(language):
        pieces = cut(tokens_between(text, start, end), language)
        row = row_of(pieces)
        seen = [_seen_as(plain(p.text), p.n if p.is_word else "") for p in pieces]
    else:
        row = row_between(text, start, end)
        seen = _SEEN.each(row.texts)
    items: list[Item] = []
    at = 0
    for m in marked:
        upto = row.reaching(m.opening, at)
        items += _outer(row, seen, at, upto)
        if upto < len(seen) and row.starts[upto] < m.opening:
            # A mark that stands inside a token, as in l'«Unità»: the token is cut at it.
            items += _between(text, row.starts[upto], m.opening)
        items.append(Item(m.opening, m.closing, "", text[m.opening : m.closing], False, False, m))
        at = row.reaching(m.closing, upto)
        if at < len(seen) and row.starts[at] < m.closing:
            items += _between(text, m.closing, row.starts[at] + len(row.texts[at]))
            at += 1
    items += _outer(row, seen, at, len(seen))
    if writes_without_capitals(language):
        names = stand_out([item.word for item in items], language)
        items = [item._replace(is_capital=True) if name else item for item, name in zip(items, names, strict=True)]
    return items


def _between(text: str, start: int, end: int) -> list[Item]:
    row = row_between(text, start, end)
    return _outer(row, _SEEN.each(row.texts), 0, len(row.texts))


def _outer(row: Row, seen: Sequence[_Seen], first: int, last: int) -> list[Item]:
    """Items for the tokens of a row from `first` to before `last`."""
    placed = zip(row.starts[first:last], row.texts[first:last], seen[first:last], strict=True)
    # Item(…) in half the time, which counts where there is one for every token.
    return [_new(Item, (start, start + len(token), *known, None)) for start, token, known in placed]


_new = tuple.__new__


_Seen = tuple[str, str, bool, bool]
"""What an item holds of a token, its place left out: word, text, is_word, is_capital."""


def _seen(token: str) -> _Seen:
    if token.isascii() and token.isalpha():
        return token.lower(), token, True, token[0].isupper()
    n, is_word = forms(token)
    return _seen_as(plain(token), n if is_word else "")


def _seen_as(text: str, word: str) -> _Seen:
    return word, text, bool(word), text.lstrip("\"“‘'«„")[:1].isupper()


_SEEN = Remembered(_seen)


def _split(items: list[Item], paragraph: int, text: str, language: Language) -> list[Sentence]:
    sentences: list[Sentence] = []
    begin, longest = 0, min(_LONGEST, len(items)) - 1
    for i, item in enumerate(items):
        if i < longest:
            if not (item.text[-1] in _STOPS or item.marked) or not _ends(items, i, text, language):
                continue
            following = items[i + 1]
            opens = following.is_capital or following.text[:1].isdigit() or following.text in "([—–-•*"
            if not (opens or following.marked or text[item.start] in _WIDE_STOPS):
                continue
        part = tuple(items[begin : i + 1])
        sentences.append(Sentence(part, paragraph, tuple(k for k, one in enumerate(part) if one.marked)))
        begin = i + 1
        longest = min(begin + _LONGEST, len(items)) - 1
    return sentences


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


def _reports(items: list[Item], i: int, language: Language) -> bool:
    """Whether a reporting clause seems to begin here: “Why?” Smith asked."""
    for item in items[i : i + 7]:
        if item.marked or not (item.is_word or item.text in (".", ",")):
            return False
        if item.word in language.speech or item.word in language.beside:
            return True
    return False
