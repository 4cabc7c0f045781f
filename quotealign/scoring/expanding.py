"""Expanding: words as what they stand for, before they are compared: don't as do not, 4bn as 4 billion, plus behind ne.

Only the compared form changes; what is printed stays, with its place. What two texts write in two ways is seen to
afterwards, by both of them (`writing.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

from quotealign.languages import Language
from quotealign.scoring.lexicon import lexicon
from quotealign.text.markup import unspoken
from quotealign.text.numerals import negates, number
from quotealign.text.remembered import Remembered
from quotealign.text.tokens import Piece, as_one, tokenize

_HALVES_APART = 6
"""Tokens within which the second half of a denial stands."""
_MINUTE = re.compile(r"[0-5]\d")
_SCALED = re.compile(r"(\d[\d.,]*)(\D+)")


def expanded(text: str, rules: Language, *, beside: str = "") -> list[Piece]:
    """The words and marks of a text, each as what it stands for. The steps: marks of Markdown are no words; a figure
    stands without the scale, the measure or the half of the day that is written onto it; a measure of two words is
    one; the second half of a denial is one; a contraction is the words that it stands for.

    beside  the text that it is compared with: m is million where that speaks of millions, and a metre elsewhere; he'd
            is he had where that says so
    """
    pieces = _without_markup(tokenize(text), text)
    asked = set(_asking(rules).each([piece.n for piece in pieces]))
    if asked <= {0}:
        return pieces
    for bit, step in enumerate(_STEPS):
        if any(some >> bit & 1 for some in asked):
            pieces = step(pieces, rules, beside)
    return _with_whole_units(_with_hours(pieces, text), text, rules)


@lru_cache(maxsize=64)
def _asking(rules: Language) -> Remembered[int]:
    """Which of the steps a word or mark may be for, a bit each; most are for none."""
    heads = _heads(rules)

    def steps(n: str) -> int:
        scaled = n in rules.scales or (n[0].isdigit() and n[-1].isalpha())
        half = n in rules.relations.second_halves
        contracted = n in rules.contractions or bool(_clitic(n, rules))
        whole = n == "h" or n in heads
        return scaled | (scaled or bool(_dotted(n, rules))) << 1 | half << 2 | contracted << 3 | whole << len(_STEPS)

    return Remembered(steps)


def _without_markup(pieces: list[Piece], text: str) -> list[Piece]:
    """The pieces, but for those that only lay the text out: *not*, [the bridge](https://…), a number of a note."""
    spans = unspoken(text)
    if not spans:
        return pieces
    return [p for p in pieces if not any(start <= p.start and p.end <= end for start, end in spans)]


def _with_scales(pieces: list[Piece], rules: Language, beside: str) -> list[Piece]:
    """The pieces, with 4bn as 4 and billion, 4km as 4 and km, 5pm as 5 and p.m., and the m of 4.2m as million."""
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
        if not as_scale and (not figure or not (lexicon(rules).unit(scale) or _dotted(scale, rules))):
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


def _dotted(letters: str, rules: Language) -> str:
    """Two letters with dots, where the language has them as an abbreviation that a list knows: pm as p.m."""
    dotted = ".".join(letters)
    if len(letters) != 2 or dotted not in rules.abbreviations:
        return ""
    known = lexicon(rules)
    return f"{dotted}." if known.is_listed(known.key(f"{dotted}.")) else ""


def _with_dots(pieces: list[Piece], rules: Language, beside: str) -> list[Piece]:
    """The pieces, of which those behind a figure that may be an abbreviation are compared with its dots: 5 pm."""
    found = pieces
    for place, (last, piece) in enumerate(pairwise(pieces), 1):
        if last.n[-1].isdigit() and (n := _dotted(piece.n, rules)):
            found = list(pieces) if found is pieces else found
            found[place] = piece._replace(n=n)
    return found


def _with_whole_denials(pieces: list[Piece], rules: Language, beside: str) -> list[Piece]:
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


def _with_contractions(pieces: list[Piece], rules: Language, beside: str) -> list[Piece]:
    """The pieces, a contraction as its words: those that the other text has, where it may stand for several."""
    found: list[Piece] = []
    for piece in pieces:
        whole = rules.contractions.get(piece.n)
        if clitic := _clitic(piece.n, rules):
            whole = _as_beside(piece.n[: -len(clitic)], rules.clitics[clitic].split(), whole, beside)
        if whole is None:
            found.append(piece)
        else:
            found += [piece._replace(n=part) for part in whole.split()]
    return found


def _clitic(n: str, rules: Language) -> str:
    """The end of a word that stands for a word of its own: 's, 'd."""
    mark = n.rfind("'")
    return n[mark:] if mark > 0 and n[mark:] in rules.clitics else ""


def _as_beside(word: str, ends: list[str], usual: str | None, beside: str) -> str | None:
    """The words of a contraction as the other text has them; else its usual ones, None where it has none."""
    told = beside.casefold()
    if usual is not None and _stands(usual, told):
        return usual
    return next((words for end in ends if _stands(words := f"{word} {end}", told)), usual)


def _stands(words: str, text: str) -> bool:
    """Whether words stand side by side in a text, both in lower case."""
    at = text.find(words)
    return at >= 0 and not (text[at - 1 : at].isalnum() or text[at + len(words) : at + len(words) + 1].isalnum())


def _with_whole_units(pieces: list[Piece], text: str, rules: Language) -> list[Piece]:
    """The pieces, with a measure of two words behind a figure as one: per cent, ° C."""
    heads = _heads(rules)
    if not heads or not any(piece.n in heads for piece in pieces):
        return pieces
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        if last is not None and len(found) > 1 and last.n in heads and _counts(found[-2], rules):
            n = f"{last.n} {piece.n}"
            if n in rules.relations.units:
                found[-1] = as_one((last, piece), text, n)
                continue
        found.append(piece)
    return found


def _with_hours(pieces: list[Piece], text: str) -> list[Piece]:
    """The pieces, with 17 h 30 as one word."""
    if not any(piece.n == "h" for piece in pieces):
        return pieces
    found: list[Piece] = []
    for piece in pieces:
        if len(found) > 1 and found[-1].n == "h" and found[-2].n.isdecimal() and _MINUTE.fullmatch(piece.n):
            hour = found[-2]
            found[-2:] = [as_one((hour, piece), text, f"{hour.n}h{piece.n}")]
        else:
            found.append(piece)
    return found


def _counts(piece: Piece, rules: Language) -> bool:
    return piece.is_word and number(piece.n, rules) is not None


@lru_cache(maxsize=64)
def _heads(rules: Language) -> frozenset[str]:
    """The first words of measures of two."""
    return frozenset(unit.split()[0] for unit in rules.relations.units if " " in unit)


_STEPS: tuple[Callable[[list[Piece], Language, str], list[Piece]], ...] = (
    _with_scales,
    _with_dots,  # behind the figure that was parted from them
    _with_whole_denials,
    _with_contractions,
)
