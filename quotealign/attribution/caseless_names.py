"""Names where no capitals tell them: words that stand out among those beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotealign.attribution.name import Name
from quotealign.attribution.names import Found
from quotealign.languages import Language
from quotealign.text.caseless import stand_out
from quotealign.text.tokens import Piece


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
