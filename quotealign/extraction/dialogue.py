"""Dialogue: speech that is set off without quotation marks, by a dash at the head of its paragraph, a speaker's label
as transcripts have it, or as a block of its own.

`— Nous partons, dit-elle.`, `— Nos vamos —dijo ella—. Ahora.`, `SMITH: We are leaving.` and block quotations become
marked strings like any other; the reporter's words stay outside.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from quotealign.extraction.blocks import blocks, is_signature, without_signs
from quotealign.extraction.marks import Marked
from quotealign.languages import Language
from quotealign.text.normalization import DOUBLE_MARKS, SINGLE_MARKS
from quotealign.text.paragraphs import leader
from quotealign.text.tokens import Piece, tokens_between

_LABEL = re.compile(
    r"[*_]{0,3}(?:[^\W\d_a-zß-öø-ÿ][^\W_a-zß-öø-ÿ.'’\-]*(?: [^\W_a-zß-öø-ÿ][^\W_a-zß-öø-ÿ.'’\-]*){0,3}|[QA])"
    r"[*_]{0,3}\s?:[*_]{0,3}\s+"
)
_FEWEST_LABELS = 2
_CLAUSE = 16
_CLOSING = frozenset(DOUBLE_MARKS + SINGLE_MARKS)
_DASHES = ("—", "–", "-")
_STOPS = frozenset(".!?…")


def with_dialogue(
    text: str, spans: Sequence[tuple[int, int]], marked: list[Marked], language: Language
) -> list[Marked]:
    """The marked strings of a text and its turns of dialogue, in order; marks inside a turn are nested in it."""
    if language.clause_inside:
        marked = [piece for string in marked for piece in _without_clause(text, string, language)]
    marked = [piece for string in marked for piece in without_signs(text, string)] if ">" in text else marked
    turns = [*_labelled(text, spans), *_dashed(text, spans, language), *blocks(text, spans, marked, language)]
    if not turns:
        return marked
    turns.sort(key=lambda turn: turn.opening)
    openings = [turn.opening for turn in turns]
    reach = list(accumulate((turn.closing for turn in turns), max, initial=-1))
    kept = []
    for string in marked:
        # One that opens no later holds it where any of these closes no sooner.
        inside = reach[bisect_right(openings, string.opening)] >= string.closing
        kept.append(string._replace(depth=string.depth + 1) if inside else string)
    # A turn that a marked string crosses is no turn: the marks are the better evidence.
    outer = [s for s in marked if s.depth == 0]
    free = [turn for turn in turns if not any(not _holds(turn, string) for string in _beside(turn, outer))]
    return sorted([*kept, *free], key=lambda m: (m.opening, -m.closing))


def _beside(turn: Marked, outer: Sequence[Marked]) -> Iterator[Marked]:
    """The strings that have something in common with a turn, of some that follow each other."""
    at = bisect_right(outer, turn.opening, key=lambda s: s.closing)
    while at < len(outer) and outer[at].opening < turn.closing:
        yield outer[at]
        at += 1


def _without_clause(text: str, string: Marked, language: Language) -> Iterator[Marked]:
    """A marked string without the reporting clause inside it: « Nous partons | , a-t-il dit, | demain »."""
    pieces = tokens_between(text, string.start, string.end) if string.depth == 0 else ()
    clause = next((k for k in range(1, len(pieces)) if _tail(pieces, k, language)), None)
    if clause is None:
        yield string
        return
    kept = clause if pieces[clause].text == "," else clause + 1
    first = pieces[kept - 1].end
    stop = min(clause + _CLAUSE, len(pieces))
    behind = next((k for k in range(clause + 2, stop) if pieces[k].text in (",", ".", "!", "?", ";")), None)
    goes_on = behind is not None and behind + 1 < len(pieces)
    yield string._replace(end=first, closing=first, continues=goes_on)
    if behind is not None and goes_on:
        start = pieces[behind + 1].start
        yield string._replace(opening=start, start=start)


def _holds(turn: Marked, string: Marked) -> bool:
    return turn.opening <= string.opening and string.closing <= turn.closing


def _labelled(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Marked]:
    """What follows a label in capitals at the head of a paragraph, where the text has more than one."""
    found = [(match, end) for start, end in spans if (match := _LABEL.match(text, start, end))]
    if len(found) >= _FEWEST_LABELS:
        for match, end in found:
            if match.end() < end:
                yield Marked(match.end(), match.end(), end, end, ":")


def _dashed(text: str, spans: Sequence[tuple[int, int]], language: Language) -> Iterator[Marked]:
    """The turns of paragraphs that a dash opens. Those in a row are read together: what tells speech from a list is a
    clause of saying in one of them; else none is a turn where they stand under a title, or end as no sentence does."""
    row: list[int] = []
    for k in range(len(spans) + 1):
        if k < len(spans) and _opens_turn(text, spans, k, language):
            row.append(k)
        elif row:
            told = [_is_told(text, *spans[n], language) for n in row]
            spoken = any(told) or any("?" in text[slice(*spans[n])] for n in row)
            listed = _is_titled(text, spans, row[0], language) or not language.dialogue
            for n, said in zip(row, told, strict=True):
                start, end = spans[n]
                ends = text[end - 1] in _STOPS or text[end - 1] in _CLOSING
                if said or (text[start] in language.dialogue and not listed and (spoken or ends)):
                    yield from _turn(text, start, end, language)
            row = []


def _opens_turn(text: str, spans: Sequence[tuple[int, int]], k: int, language: Language) -> bool:
    start, end = spans[k]
    if text[start] not in _DASHES or text[start + 1 : start + 2] in ("-", ""):
        return False
    if text[start] == "-" and not (language.dialogue and text[start + 1].isspace()):
        return False
    # « Nous partons. »¶ — Anna Smith
    quoted = k > 0 and (text[spans[k - 1][1] - 1] in _CLOSING or ">" in leader(text, spans[k - 1][0]))
    return not (quoted and is_signature(text, start, end, language))


def _is_titled(text: str, spans: Sequence[tuple[int, int]], k: int, language: Language) -> bool:
    """Whether a colon leads to a paragraph, and nobody says anything before it: Le plan :"""
    if not k or text[spans[k - 1][1] - 1] != ":":
        return False
    return not any(language.is_cue(piece.n) for piece in tokens_between(text, *spans[k - 1])[-_CLAUSE:])


def _is_told(text: str, start: int, end: int, language: Language) -> bool:
    """Whether a clause of saying that names somebody stands behind a mark or a dash of a paragraph."""
    pieces = tokens_between(text, start, end)
    ends = (k for k in range(2, len(pieces)) if pieces[k].text in (",", "!", "?", "…", *_DASHES))
    return any(_reports(pieces, k + 1, language, inverted=True) for k in ends)


def _turn(text: str, start: int, end: int, language: Language) -> Iterator[Marked]:
    """The spoken parts of one paragraph: the reporter's come between dashes, or behind a comma and a verb of saying."""
    pieces = tokens_between(text, start, end)
    dashes = {pieces[0].text, *language.dialogue}
    spoken, begin = True, 1
    for k in range(1, len(pieces)):
        dash = pieces[k].text in dashes
        if spoken and ((dash and _reports(pieces, k + 1, language)) or _tail(pieces, k, language)):
            last = k - 1
            yield from _piece(pieces, begin, last + (pieces[k].text in ",!?…"))
            spoken, begin = False, k + 1
        elif not spoken and (dash or (pieces[k - 1].text in _STOPS and not dash and _opens_again(pieces, k, language))):
            spoken, begin = True, k + 1 if dash else k
    if spoken:
        yield from _piece(pieces, begin, len(pieces) - 1)


def _piece(pieces: Sequence[Piece], first: int, last: int) -> Iterator[Marked]:
    while first <= last and (pieces[first].text in ".,;:" or not pieces[first].text.strip("—–")):
        first += 1
    if first <= last:
        yield Marked(pieces[first].start, pieces[first].start, pieces[last].end, pieces[last].end, "—")


def _tail(pieces: Sequence[Piece], k: int, language: Language) -> bool:
    """Whether a clause of saying follows the mark at `k`: …, dit-elle; … ! s'écria Anna."""
    followed_by_dash = k + 1 < len(pieces) and pieces[k + 1].text in _DASHES
    return (
        pieces[k].text in (",", "!", "?", "…")
        and not followed_by_dash
        and _reports(pieces, k + 1, language, inverted=True)
    )


def _reports(pieces: Sequence[Piece], k: int, language: Language, *, inverted: bool = False) -> bool:
    """Whether a verb of saying stands here, in its inverted place or, between dashes, within a few words."""
    for i in range(k, min(len(pieces), k + (3 if inverted else 5))):
        word = pieces[i].n
        pronoun = word.rpartition("-")[2] if "-" in word else ""
        head = word.replace("-t-", "-").partition("-")[0]
        if pronoun in language.pronouns and (language.is_cue(head) or head in language.auxiliaries):
            return True
        if word in language.speech or word.partition("'")[2] in language.speech or word in language.beside:
            behind = pieces[i + 1] if i + 1 < len(pieces) else None
            person = behind is not None and (
                behind.text[:1].isupper() or behind.n in language.determiners or behind.n in language.pronouns
            )
            return person or not inverted
        if pieces[i].is_word and word not in language.auxiliaries and word not in language.pronouns and inverted:
            return False
    return False


def _opens_again(pieces: Sequence[Piece], k: int, language: Language) -> bool:
    """Whether speech goes on behind a clause of saying that ended with a full stop: …, dit-elle. Nous partons."""
    return pieces[k].is_word and pieces[k].text[:1].isupper()
