"""Names: runs of capital words in a text, cut into titles and the name itself.

`Canadian Secretary of Transport Anna Smith` is a run; what the language's data knows as demonyms, titles and offices
is taken off its front, and *Anna Smith* is left. A run with a body in it (ministry, council, press) is a body's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress
from operator import itemgetter
from typing import NamedTuple

from quotealign.attribution.name import Name
from quotealign.attribution.parts import NAME, Part
from quotealign.languages import Language
from quotealign.text.caseless import stand_out
from quotealign.text.tokens import Piece, Row, forms

_counts = itemgetter(Part._fields.index("counts"))
_new = tuple.__new__


class Found(NamedTuple):
    """A name, the number of its sentence, and the position where its run begins, its titles with it."""

    name: Name
    sentence: int
    position: int


def that_count(parts: Sequence[Part]) -> list[int]:
    """The positions of the few parts that open a run of name words, or have a voice."""
    return list(compress(range(len(parts)), map(_counts, parts)))


def find(row: Row, parts: Sequence[Part], at: Sequence[int], ends: Sequence[int] = ()) -> Iterator[Found]:
    """The names among some tokens whose parts in names are known, `at` those that count; none goes beyond a sentence.

    `ends` are the positions behind the last token of each sentence; without them all is one.
    """
    ends = ends or (len(parts),)
    nth = first = end = 0
    for i in at:
        if not parts[i].opens:
            continue
        while i >= ends[nth]:
            first = ends[nth]
            nth += 1
        if i < end:
            continue
        stop = ends[nth]
        if parts[i].needs_stop and (i + 1 >= stop or row.texts[i + 1] != "."):
            continue
        alone = i + 1 == stop or parts[i + 1].ends
        end = i + 1 if alone else _run_end(parts, row.texts, i, first, stop)
        if name := _cut(row, parts, i, end, first, stop):
            yield _new(Found, (name, nth, i))


def find_caseless(pieces: Sequence[Piece], ends: Sequence[int], language: Language) -> Iterator[Found]:
    """Names in a script without capitals: words that stand out, with the titles before or behind them."""
    begin = 0
    for nth, stop in enumerate(ends):
        for name, position in _caseless(pieces[begin:stop], language):
            yield Found(name, nth, begin + position)
        begin = stop


def _caseless(pieces: Sequence[Piece], language: Language) -> Iterator[tuple[Name, int]]:
    flags = stand_out([p.n if p.is_word else "" for p in pieces], language)
    end = 0
    for start in range(len(pieces)):
        if start < end or not flags[start]:
            continue
        end = start
        while end < len(pieces) and flags[end]:
            end += 1
        first, last = start, end
        while first and _is_title(pieces[first - 1].n, language):
            first -= 1
        while language.unspaced and last < len(pieces) and _is_title(pieces[last].n, language):
            last += 1
        titles = tuple(p.n for p in (*pieces[first:start], *pieces[end:last]))
        name = Name(
            start=pieces[start].start,
            end=pieces[end - 1].end,
            run_start=pieces[first].start,
            words=tuple(p.text for p in pieces[start:end]),
            titles=titles,
            gender=next((g for t in titles if (g := language.honorifics.get(t, "?")) != "?"), "?"),
            body=False,
            owner=False,
            governed=first > 0 and pieces[first - 1].n in language.source_ends - language.relatives,
        )
        yield name, first
        end = last


def _is_title(word: str, language: Language) -> bool:
    heads = (language.titles, language.roles, language.bodies, language.offices, language.demonyms)
    return word in language.honorifics or any(word in words for words in heads)


def _run_end(parts: Sequence[Part], texts: Sequence[str], start: int, first: int, stop: int) -> int:
    """Where the run that begins at `start` ends, in a sentence from `first` to before `stop`."""
    i = start + 1
    while (
        i < stop
        and not parts[i].ends
        and (
            _continues(parts, texts, i, stop)
            or _links(parts, i, start, stop)
            or _is_particle(parts, i, stop)
            or _in_nickname(parts, i, first, stop)
        )
    ):
        i += 1
    while i > start + 1 and parts[i - 1].dangles:
        i -= 1
    return i


def _continues(parts: Sequence[Part], texts: Sequence[str], i: int, stop: int) -> bool:
    """Whether a run goes on here: a capital word, the dot of Mr. or J., a title in lower case."""
    if texts[i] == ".":
        return parts[i - 1].takes_stop
    return parts[i].goes_on or (parts[i].title and not parts[i].is_capital and i + 1 < stop)


def _links(parts: Sequence[Part], i: int, start: int, stop: int) -> bool:
    """Whether a small word holds a title or a body's name together: Secretary of Transport."""
    if not parts[i].link or i + 1 >= stop or (parts[i].article and not parts[i - 1].head):
        return False
    following = parts[i + 1]
    return (
        (following.is_capital or following.office)
        and not following.function
        and any(part.head for part in parts[start:i])
    )


def _is_particle(parts: Sequence[Part], i: int, stop: int) -> bool:
    """Whether a small word, or a row of them, leads on to a family name: Karel van der Linden."""
    following = i
    while following < stop and parts[following].particle:
        following += 1
    if following == i:
        return parts[i].hung
    if not _leads_on(parts, i):
        return False
    # Minister of the Interior: behind a title it is no part of a name
    before = i - 1
    while before and (parts[before].particle or not parts[before].is_word):
        before -= 1  # Peter J. van | der
    after_name = parts[before].is_capital and not parts[before].head
    leads = after_name or parts[i - 1].particle or not parts[i].link
    return following < stop and parts[following].is_capital and leads


def _leads_on(parts: Sequence[Part], i: int) -> bool:
    """Whether a small word may stand inside a name: von der Leyen; but not Anna Smith | der Zeitung."""
    return parts[i].particle and (not parts[i].article or parts[i - 1].particle)


def _in_nickname(parts: Sequence[Part], i: int, first: int, stop: int) -> bool:
    """Whether a mark about a nickname stands here: Samuel | “ | Red | ” | Harker."""
    if not parts[i].nick or i + 1 >= stop or not parts[i + 1].is_capital:
        return False
    opens = i + 3 < stop and parts[i + 2].nick and parts[i + 3].is_capital
    return opens or (i - 2 >= first and parts[i - 2].nick)


def _cut(row: Row, parts: Sequence[Part], start: int, end: int, first: int, stop: int) -> Name | None:
    """The name in a run: titles and what else comes before a name are taken off its front."""
    texts = row.texts
    owner = end < stop and parts[end].apostrophe
    governed = start > first and parts[start - 1].governs
    plain = parts[start:end].count(NAME) == end - start
    if plain and not (end - start > 2 and start > first and parts[start - 1].article):
        at, behind = row.starts[start], row.starts[end - 1] + len(texts[end - 1])
        return _new(Name, (at, behind, at, tuple(texts[start:end]), (), "?", False, owner, governed))
    begin = start
    behind_article = start > first and parts[start - 1].article
    for k in range(start, end):
        titled = parts[k].before_name
        if parts[k].link and k > start:
            titled = k == begin or not _leads_on(parts, k)  # Minister de Justice; but Anna de Vries
        elif k == begin and not titled and (parts[k].trade or (behind_article and k == start)):
            rest = end - k - 1
            # der Bäcker Jan Kolb, Hafenarbeiter Jan Kolb, der Hafenarbeiter Kolb; but not Hafenarbeiter, Jan Kolb
            titled = rest > 1 or (rest == 1 and parts[k].trade and behind_article)
        # A title ends the title part; an initial's dot inside a name does not.
        if titled and not (texts[k] == "." and k > begin and len(texts[k - 1]) == 1):
            begin = k + 1
    if start < begin < end - 1 and parts[begin].particle and parts[begin].function and not parts[begin + 1].particle:
        start = begin = begin + 1  # Bürgermeister von | Ulm
        governed = True
    # Press Secretary Anna Smith is a person; the Press, the Department of Transport are not.
    titled_person = begin < end and any(part.titled for part in parts[start:begin])
    body = not titled_person and any(part.body and part.is_capital for part in parts[start:end])
    if body or begin >= end:
        # The Department of Transport; the President: a body, or a title without a name
        if not body and not all(part.demonym for part in parts[start:end] if part.is_word):
            return None
        body = True
        begin = start
    words = _printed(texts[begin:end], parts[begin:end])
    if not words:
        return None
    last = parts[end - 1]
    titles = [k for k in range(start, begin) if parts[k].is_word]
    return Name(
        start=row.starts[begin],
        end=row.starts[end - 1] + len(texts[end - 1]) - (2 if last.possessive else 0),
        run_start=row.starts[start],
        words=words,
        titles=tuple(parts[k].n or forms(texts[k])[0] for k in titles),
        gender=next((parts[k].gender for k in titles if parts[k].gender != "?"), "?"),
        body=body,
        owner=last.owner or owner,
        governed=governed,
    )


def _printed(texts: Sequence[str], parts: Sequence[Part]) -> tuple[str, ...]:
    """Name words as printed: the dot of an initial stays on it, an Arabic article too, a possessive goes."""
    words: list[str] = []
    inside = False
    for k, (text, part) in enumerate(zip(texts, parts, strict=True)):
        if part.nick:
            inside = not inside
            continue
        if inside:
            continue
        if part.possessive:
            text = text[:-2]
        if text == "." and words:
            words[-1] += "."
        elif text == "-" and words:
            words[-1] += "-"
        elif words and words[-1].endswith("-") and k:
            words[-1] += text
        elif part.is_word:
            words.append(text)
    return tuple(words)
