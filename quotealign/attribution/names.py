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
from quotealign.languages.given_names import gender_of
from quotealign.text.tokens import Row, forms

_counts = itemgetter(Part._fields.index("counts"))
_new = tuple.__new__
_NOTHING = Part()
_PERSON = 3
"""Words from which a place and a person may stand behind a title: Mayor of | London Anna Smith."""


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
    if parts[i - 1].possessive and gender_of(texts[i]) != "?":
        return False  # the Guild's | Anna Smith
    return parts[i].goes_on or (parts[i].title and not parts[i].is_capital and i + 1 < stop)


def _links(parts: Sequence[Part], i: int, start: int, stop: int) -> bool:
    """Whether a small word holds a title or a body's name together: Secretary of Transport."""
    if not parts[i].link or i + 1 >= stop or not parts[i - 1].head:
        return False  # Senator Anna Smith | of Maine
    if parts[i - 1].family and i - 1 > start and (parts[i - 2] is NAME or not parts[i - 2].is_word):
        return False  # Peter T. King | of Maine
    following = parts[i + 1]
    return (following.is_capital or following.office) and not following.function


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
    if parts[i].function and following < stop and _names_body(parts, following, stop):
        return False  # Anna Smith | von der Universität Altstadt
    leads = after_name or parts[i - 1].particle or not parts[i].link
    return following < stop and parts[following].is_capital and leads


def _names_body(parts: Sequence[Part], i: int, stop: int) -> bool:
    while i < stop and parts[i].is_capital:
        if parts[i].body:
            return True
        i += 1
    return False


def _is_governed(parts: Sequence[Part], start: int, first: int) -> bool:
    """Whether a preposition stands before a run, or before its determiner: for Smith, le patron de la CGT."""
    before = start - 1
    if before > first and parts[before].leads and not _is_preposition(parts[before]):
        before -= 1
    return before >= first and _is_preposition(parts[before])


def _is_preposition(part: Part) -> bool:
    return part.governs or (part.particle and part.function)


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
    if end - start > 1 and parts[end - 1].titled and texts[end - 1].isupper() and not texts[end - 2].isupper():
        end -= 1  # Anna Smith | MP
    owner = end < stop and parts[end].apostrophe
    governed = _is_governed(parts, start, first)
    plain = parts[start:end].count(NAME) == end - start
    if parts[end - 1].account:
        return None
    if plain and not (end - start > 2 and start > first and parts[start - 1].article):
        at, behind = row.starts[start], row.starts[end - 1] + len(texts[end - 1])
        body = _is_called_with_article(parts, start, end, first, stop)
        before = () if body else _titles_before(row, parts, start, first, _ends_apposition(parts, end, stop))
        return _new(Name, (at, behind, at, tuple(texts[start:end]), before, "?", body, owner, governed))
    begin = _after_titles(parts, texts, start, end, first)
    # Press Secretary Anna Smith is a person; the Press, the Department of Transport are not.
    # So is Guido Rossi, il ministro della Difesa.
    titled_person = start < begin < end and any(part.titled for part in parts[max(first, start - 3) : begin])
    given = gender_of(texts[start]) != "?"  # Marine Le Goff, where that is the navy, too
    family = _is_family(parts, texts, end) and end - 2 >= start
    body = not titled_person and any(part.body and part.is_capital for part in parts[start + given : end - family])
    # Press Guild: departments alone, with no word for who heads them, are no title
    departments = start < begin < end and all(part.office and not part.titled for part in parts[start:begin])
    body = body or (departments and not any(part.titled for part in parts[max(first, start - 3) : start]))
    if start < begin < end and not body:
        governed = False
        if begin < end - 1 and parts[begin].particle and parts[begin].function and not parts[begin + 1].particle:
            begin += 1  # Bürgermeister von | Ulm
        if parts[begin - 1].link or parts[begin - 1].particle:
            governed = end - begin < _PERSON or any(part.body for part in parts[begin:end])
            start = begin if governed else start  # President of | France; but Mayor of London Anna Smith
    if body or begin >= end:
        # The Department of Transport; the President: a body, or a title without a name
        demonyms = all(part.demonym for part in parts[start:end] if part.is_word)
        if not (body or demonyms or _is_called(parts[start], parts[end - 1])):
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


def _after_titles(parts: Sequence[Part], texts: Sequence[str], start: int, end: int, first: int) -> int:
    """Where the name begins in a run, behind titles, offices, trades and the small words that hold them together."""
    begin = start
    behind = parts[start - 1] if start > first else _NOTHING
    for k in range(start, end - (_is_family(parts, texts, end) and end - 2 >= start)):
        part, rest = parts[k], end - k - 1
        if part.link and k > start:
            titled = k == begin or not _leads_on(parts, k)  # Minister de Justice; but Anna de Vries
        elif part.family and not rest:
            titled = k == begin and (behind.leads or part.nobody)  # Billie King, King; but the King
        elif part.demonym and not rest and k > begin:
            titled = parts[k - 1] is not NAME  # Anna English
        else:
            given = part.office and not part.titled and rest and gender_of(texts[k]) != "?"  # Marine Le Goff
            titled = part.before_name and not given
        if not titled and k == begin and (part.trade or (behind.article and k == start)):
            # Hafenarbeiter Jan Kolb, der Bäcker Jan Kolb; Neubauer is a name, but not in: der Neubauer Kolb
            titled = (part.trade and not part.family) or rest > 1 or (rest == 1 and part.trade and behind.article)
        # A title ends the title part; an initial's dot inside a name does not.
        if titled and not (texts[k] == "." and k > begin and len(texts[k - 1]) == 1):
            begin = k + 1
    return begin


def _is_family(parts: Sequence[Part], texts: Sequence[str], end: int) -> bool:
    """Whether a run ends with a family name that is a word as well, told by the given name before it: Anna | Rural.
    A word for bodies has to be known as a family name: Anna | Banks."""
    last, before = parts[end - 1], parts[end - 2]
    given = before.opens and not (before.head or before.before_name) and gender_of(texts[end - 2]) != "?"
    return given and last.is_word and (last.family or not last.body)


def _titles_before(row: Row, parts: Sequence[Part], start: int, first: int, apposed: bool) -> tuple[str, ...]:
    """Titles in lower case before a run: le maire | Anna Smith; with a comma where the run is an apposition."""
    end = start - 1 if apposed and start > first and row.texts[start - 1] == "," else start
    begin = end
    while begin > first and parts[begin - 1].titled and not parts[begin - 1].is_capital:
        begin -= 1
    return tuple(parts[k].n or forms(row.texts[k])[0] for k in range(begin, end))


def _ends_apposition(parts: Sequence[Part], end: int, stop: int) -> bool:
    """Whether a mark follows a run: the chair, | Anna Smith, | said; but not: about the chair, | Anna Smith | said."""
    return end == stop or not parts[end].is_word


def _is_called_with_article(parts: Sequence[Part], start: int, end: int, first: int, stop: int) -> bool:
    """Whether an article makes a run of names what a body is called: the Harbour Post; but not the Smith | campaign."""
    if start == first or not parts[start - 1].definite:
        return False
    behind = parts[end] if end < stop else _NOTHING
    apart = end == stop or not behind.is_word or behind.function
    return end - start > 1 or (apart and not parts[start - 1].is_capital)


def _is_called(first: Part, last: Part) -> bool:
    """Whether a run is what a body is called, though it ends as a title begins: Amnesty International, Duke Energy."""
    return not first.before_name and not first.titled and last.office and not last.titled


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
