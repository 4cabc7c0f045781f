"""Names: runs of capital words in a text, cut into titles and the name itself.

`Canadian Secretary of Transport Anna Smith` is a run; what the language's data knows as demonyms, titles and offices
is taken off its front, and *Anna Smith* is left. A run with a body in it (ministry, council, press) is a body's name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotealign.attribution.name import Name
from quotealign.languages import Language
from quotealign.text.caseless import stand_out, writes_without_capitals
from quotealign.text.normalization import APOSTROPHES
from quotealign.text.tokens import Piece

_NICK = frozenset("\"“”„«»‘’'") | {"''", "``"}
_LINKS = frozenset({"of", "for", "de", "du", "des", "für", "der", "d", "and", "et", "und", "&"})


def find(pieces: Sequence[Piece], language: Language, offset: int = 0) -> Iterator[Name]:
    """The names among some tokens of one sentence; `offset` is added to their places."""
    if writes_without_capitals(language):
        yield from _find_caseless(pieces, language, offset)
        return
    i = 0
    while i < len(pieces):
        first = pieces[i].text
        if not (first[0].isupper() or "-" in first) or not _starts(pieces, i, language):
            i += 1
            continue
        end = _run_end(pieces, i, language)
        yield from _cut(pieces, i, end, language, offset)
        i = max(end, i + 1)


def _find_caseless(pieces: Sequence[Piece], language: Language, offset: int) -> Iterator[Name]:
    """Names in a script without capitals: words that stand out, with the titles before or behind them."""
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
        yield Name(
            start=offset + pieces[start].start,
            end=offset + pieces[end - 1].end,
            run_start=offset + pieces[first].start,
            words=tuple(p.text for p in pieces[start:end]),
            titles=titles,
            gender=next((g for t in titles if (g := language.honorifics.get(t, "?")) != "?"), "?"),
            body=False,
            owner=False,
            governed=first > 0 and pieces[first - 1].n in language.source_ends - language.relatives,
        )
        end = last


def _is_title(word: str, language: Language) -> bool:
    return _is_head(word, language) or word in language.demonyms or word in language.honorifics


def _is_capital(piece: Piece) -> bool:
    return piece.text[:1].isupper() and piece.is_word


def _starts(pieces: Sequence[Piece], i: int, language: Language) -> bool:
    piece = pieces[i]
    if not _is_capital(piece):
        # al-Sarraj, d'Estaing: a particle hung on a capital word
        head, _, tail = piece.text.partition("-")
        return bool(tail) and head.lower() in language.particles and tail[:1].isupper()
    if piece.n in language.contractions:
        return False
    if _is_acronym(piece):
        return True
    if piece.n in language.honorifics and i + 1 < len(pieces) and pieces[i + 1].text == ".":
        return True  # M. Dupont, though m is also what m' is written with
    if piece.n in language.function_words or piece.n in language.months or piece.n in language.weekdays:
        return False
    return piece.n not in language.pronouns


def _is_acronym(piece: Piece) -> bool:
    """US, U.S., WHO: no pronoun, whatever its letters say in lower case."""
    letters = piece.text.replace(".", "")
    return len(letters) > 1 and letters.isalpha() and letters.isupper()


def _run_end(pieces: Sequence[Piece], start: int, language: Language) -> int:
    i = start + 1
    while i < len(pieces) and (
        _continues(pieces, i, language)
        or _links(pieces, i, start, language)
        or _is_particle(pieces, i, language)
        or _in_nickname(pieces, i)
    ):
        i += 1
    while i > start + 1 and _dangles(pieces[i - 1], language):
        i -= 1
    return i


def _in_nickname(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a mark about a nickname stands here: Samuel | “ | Red | ” | Harker."""
    if pieces[i].text not in _NICK:
        return False
    opens = (
        i + 3 < len(pieces)
        and pieces[i + 2].text in _NICK
        and _is_capital(pieces[i + 1])
        and _is_capital(pieces[i + 3])
    )
    closes = i >= 2 and i + 1 < len(pieces) and pieces[i - 2].text in _NICK and _is_capital(pieces[i + 1])
    return opens or closes


def _continues(pieces: Sequence[Piece], i: int, language: Language) -> bool:
    """Whether a run goes on here: a capital word, the dot of Mr. or J., a title in lower case."""
    piece, last = pieces[i], pieces[i - 1]
    if piece.text == ".":
        return last.n in language.honorifics or last.n in language.titles or len(last.text) == 1
    if _is_capital(piece):
        return piece.n not in language.weekdays and piece.n not in language.pronouns
    return piece.n in language.titles and i + 1 < len(pieces)


def _dangles(piece: Piece, language: Language) -> bool:
    """Whether a run cannot end here: a mark, a link, a title in lower case."""
    return not piece.is_word or piece.n in _LINKS or (piece.n in language.titles and not _is_capital(piece))


def _is_particle(pieces: Sequence[Piece], i: int, language: Language) -> bool:
    """Whether a small word, or a row of them, leads on to a family name: Karel van der Linden."""
    following = i
    while following < len(pieces) and _small(pieces[following], language):
        following += 1
    if following > i:
        # Minister of the Interior: behind a title it is no part of a name
        after_name = i > 0 and _is_capital(pieces[i - 1]) and not _is_head(pieces[i - 1].n, language)
        link = any(piece.n in _LINKS for piece in pieces[i:following])
        return following < len(pieces) and _is_capital(pieces[following]) and (after_name or not link)
    head, _, tail = pieces[i].text.partition("-")
    return bool(tail) and head.lower() in language.particles and tail[:1].isupper()


def _small(piece: Piece, language: Language) -> bool:
    return piece.n.rstrip("-") in language.particles or piece.text == "-"


def _links(pieces: Sequence[Piece], i: int, start: int, language: Language) -> bool:
    """Whether a small word holds a title or a body's name together: Secretary of Transport."""
    if pieces[i].n not in _LINKS or i + 1 >= len(pieces):
        return False
    holder = any(_is_head(p.n, language) for p in pieces[start:i])
    following = pieces[i + 1]
    return (
        holder
        and (_is_capital(following) or following.n in language.offices)
        and following.n not in language.function_words
    )


def _is_head(word: str, language: Language) -> bool:
    return word in language.titles or word in language.roles or word in language.bodies or word in language.offices


def _cut(pieces: Sequence[Piece], start: int, end: int, language: Language, offset: int) -> Iterator[Name]:
    words = list(range(start, end))
    bodies = [k for k in words if pieces[k].n in language.bodies and _is_capital(pieces[k])]
    begin = start
    for k in words:
        n = pieces[k].n
        titled = (
            n in language.honorifics
            or n in language.titles
            or n in language.demonyms
            or n in language.offices
            or n in language.roles
            or (n in _LINKS and k > start)
            or pieces[k].text in (".", ",")
        )
        # A title ends the title part; an initial's dot inside a name does not.
        if titled and not (pieces[k].text == "." and k > begin and len(pieces[k - 1].text) == 1):
            begin = k + 1
    # Press Secretary Anna Smith is a person; the Press, the Department of Transport are not.
    titled_person = begin < end and any(
        pieces[k].n in language.titles or pieces[k].n in language.honorifics for k in range(start, begin)
    )
    body = bool(bodies) and not titled_person
    if body or begin >= end:
        # The Department of Transport; the President: a body, or a title without a name
        if not body:
            known = all(pieces[k].n in language.demonyms for k in words if pieces[k].is_word)
            if not known:
                return
            body = True
        begin = start
    name_pieces = [pieces[k] for k in range(begin, end)]
    titles = tuple(pieces[k].n for k in range(start, begin) if pieces[k].is_word)
    printed = _printed(name_pieces)
    if not printed:
        return
    last = name_pieces[-1]
    owner = last.n.endswith(("'s", "'")) or (end < len(pieces) and pieces[end].text in APOSTROPHES)
    before = pieces[start - 1].n if start else ""
    gender = next((g for t in titles if (g := language.honorifics.get(t, "?")) != "?"), "?")
    yield Name(
        start=offset + name_pieces[0].start,
        end=offset + last.end - (2 if last.n.endswith("'s") else 0),
        run_start=offset + pieces[start].start,
        words=printed,
        titles=titles,
        gender=gender,
        body=body,
        owner=owner,
        governed=before in language.source_ends or before in _LINKS,
    )


def _printed(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """Name words as printed: the dot of an initial stays on it, an Arabic article too, a possessive goes."""
    words: list[str] = []
    inside = False
    for k, piece in enumerate(pieces):
        if piece.text in _NICK:
            inside = not inside
            continue
        if inside:
            continue
        text = piece.text
        if piece.n.endswith("'s"):
            text = text[:-2]
        if text == "." and words:
            words[-1] += "."
        elif text == "-" and words:
            words[-1] += "-"
        elif words and words[-1].endswith("-") and k:
            words[-1] += text
        elif piece.is_word:
            words.append(text)
    return tuple(words)
