"""Expanding: words as what they stand for, before they are compared: don't as do not, 4bn as 4 billion, plus behind ne.

Only the compared form changes; what is printed stays, with its place.
"""

from __future__ import annotations

import re

from quotealign.languages import Language
from quotealign.scoring.lexicon import lexicon
from quotealign.text.numerals import negates, number
from quotealign.text.tokens import Piece, tokenize

_HALVES_APART = 6
"""Tokens within which the second half of a denial stands."""
_SCALED = re.compile(r"(\d[\d.,]*)(\D+)")


def expanded(text: str, rules: Language, *, beside: str = "") -> list[Piece]:
    """The words and marks of a text, a contraction as the words that it stands for, a figure without the scale that is
    written onto it, the second half of a denial as such.

    beside  the text that it is compared with: m is million where that speaks of millions, and a metre elsewhere
    """
    pieces = _with_whole_denials(_with_scales(tokenize(text), rules, beside), rules)
    if not any(piece.n in rules.contractions for piece in pieces):
        return pieces
    found: list[Piece] = []
    for piece in pieces:
        whole = rules.contractions.get(piece.n)
        if whole is None:
            found.append(piece)
        else:
            found += [piece._replace(n=part) for part in whole.split()]
    return found


def _with_scales(pieces: list[Piece], rules: Language, beside: str) -> list[Piece]:
    """The pieces, with 4bn as 4 and billion, 4km as 4 and km, and the m of 4.2m as million."""
    if not any(piece.n in rules.scales or (piece.n[0].isdigit() and piece.n[-1].isalpha()) for piece in pieces):
        return pieces
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        parts = _SCALED.fullmatch(piece.text)
        if last is not None and last.end == piece.start and last.text[-1].isdigit():
            figure, scale = 0, piece.n
        elif parts is not None:
            figure, scale = len(parts[1]), parts[2].casefold()
        else:
            figure, scale = 0, ""
        as_scale = scale in rules.scales and _is_scale(scale, found, rules, beside)
        if not as_scale and (not figure or lexicon(rules).unit(scale) is None):
            found.append(piece)
            continue
        if figure:
            found.append(piece._replace(end=piece.start + figure, text=piece.text[:figure], n=piece.n[:figure]))
        n = rules.scales[scale] if as_scale else scale
        found.append(piece._replace(start=piece.start + figure, text=piece.text[figure:], n=n))
    return found


def _is_scale(scale: str, before: list[Piece], rules: Language, beside: str) -> bool:
    """Whether letters behind a figure are its scale, though they may be a measure: £4m, or 4m beside four million."""
    if lexicon(rules).unit(scale) is None:
        return True
    figure = next((k for k in range(len(before) - 1, -1, -1) if not before[k].n[0].isdigit()), None)
    if figure is not None and not before[figure].is_word and lexicon(rules).unit(before[figure].n):
        return True
    value = number(rules.scales[scale], rules)
    return any(number(piece.n, rules) == value for piece in tokenize(beside))


def _with_whole_denials(pieces: list[Piece], rules: Language) -> list[Piece]:
    """The pieces, of which a word that denies only behind half a denial is compared as what it is there."""
    seconds = rules.relations.second_halves
    if not seconds or not any(piece.n in seconds for piece in pieces):
        return pieces
    made = list(pieces)
    halves = tuple(half for half in rules.relations.half_negations if not half.isalpha())
    room = 0
    for place, piece in enumerate(pieces):
        if piece.n in rules.relations.half_negations or piece.n.startswith(halves):
            room = _HALVES_APART
        elif room and piece.n in seconds:
            made[place] = piece._replace(n=seconds[piece.n])
            room = 0
        elif negates(piece.n, rules) or not piece.is_word:
            room = 0
        room = max(0, room - 1)
    return made
