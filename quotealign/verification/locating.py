"""Locating: where in the sources the words of a quotation stand, in marks or not, in one piece or in several.

The stretches that share the rarest words are asked for first; in each the chain of equal words that tells most is the
passage. Words that it leaves unexplained, if they are many, are looked for elsewhere: then the quotation was put
together from several places.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotealign.languages import Language
from quotealign.model import Span
from quotealign.text.chains import Chain, Run, best_chain
from quotealign.text.markup import unspoken
from quotealign.text.places import UNKNOWN, Places, Stretch, Word
from quotealign.text.spelling import other_spellings
from quotealign.text.tokens import forms, tokenize

_BRACKETS = re.compile(r"(?<!\w)\[[^\[\]]{1,80}\](?!\w)")
_STRETCHES, _OF_FEW = 6, 24
"""Stretches that are looked at; more for few words, which stand in many places."""
_FEW = 4
_SHARED = 0.6
"""A stretch that shares less than so much of what the best one shares holds no better passage."""
_NEARLY = 0.95
"""Of places that tell nearly as much as the best, the one that fits best is chosen later."""
_CLOSE = 0.4
"""A place that has less of the quotation's information is not close to it."""
_KEPT = 4
_FUNCTION = 0.5
"""What a function word tells beside a content word that is as rare."""
_PIECE, _PIECE_WORDS, _PIECE_SHARE = 0.7, 4, 0.12
"""A second place has so much of what is sought there, so many words in a row, and they are so much of the quotation."""
_PIECE_NEAR, _SEVERAL = 3, 8
"""In the source of the first, three words in a row will do, in a quotation of more than eight."""
_CHANCE = 12.0
"""Bits by which words in a row must be rarer than what stands somewhere by chance."""
_MOST_PIECES = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A run of words in both: `words` of the quotation, from the first up to the last, and their span in the source."""

    words: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """A place in a source, and the words of the quotation that stand there."""

    source: int
    matches: tuple[Match, ...]

    @property
    def span(self) -> Span:
        """From the first word to the last."""
        return self.matches[0].span[0], self.matches[-1].span[1]


@dataclass(frozen=True, slots=True)
class Located:
    """Where a quotation stands: its parts in its own order, its words as spans of its text, and how much was found.

    shares  what each word has of all that the words tell; they add up to 1
    score   the shares of the words that were found, in [0, 1]
    """

    parts: tuple[Part, ...]
    words: tuple[Span, ...]
    shares: tuple[float, ...]
    score: float

    @property
    def missing(self) -> tuple[tuple[Span, float], ...]:
        """The words that were not found, each with its share."""
        found = {k for part in self.parts for match in part.matches for k in range(*match.words)}
        return tuple((self.words[k], share) for k, share in enumerate(self.shares) if k not in found)


def locate(text: str, sources: Places, rules: Language) -> tuple[Located, ...]:
    """The places that have most of the words of a text, best first; none where they share nothing that tells."""
    # What stands between brackets is the editor's, and is not looked for.
    spans = [*unspoken(text), *(found.span() for found in _BRACKETS.finditer(text))]
    words = [word for word in sources.words(text) if not any(s <= word.start < e for s, e in spans)]
    sought = _Sought(text, words, sources, rules)
    if not words or not sum(sought.weights):
        return ()
    found = sought.best(range(len(words)))
    whole = sum(sought.weights)
    shares = tuple(weight / whole for weight in sought.weights)
    located = []
    for stretch, chain in found[:_KEPT]:
        parts = [sought.part(stretch, chain, 0)]
        parts += sought.elsewhere(parts[0])
        parts.sort(key=lambda part: part.matches[0].words)
        score = sum(sum(shares[slice(*m.words)]) for part in parts for m in part.matches)
        located.append(Located(tuple(parts), tuple((word.start, word.end) for word in words), shares, round(score, 4)))
    return tuple(sorted((one for one in located if one.score >= _CLOSE), key=lambda one: -one.score))


def asked(text: str, rules: Language) -> tuple[str, ...]:
    """The words that are asked for where a text is located: the text, and its words in their other spellings."""
    printed = dict.fromkeys(text[p.start : p.end] for p in tokenize(text) if p.is_word)
    others = (other for word in printed for other in other_spellings(word, rules.code))
    return text, " ".join(dict.fromkeys(others))


def _numbers(forms: Sequence[str], sources: Places) -> list[int]:
    """The numbers of those words that stand in the sources."""
    found = [sources.words(form) for form in forms]
    return [words[0].number for words in found if len(words) == 1 and words[0].number != UNKNOWN]


class _Sought:
    """The words of one quotation as they are looked for."""

    def __init__(self, text: str, words: Sequence[Word], sources: Places, rules: Language) -> None:
        own = {word.number for word in words}
        self._same: dict[int, int] = {}
        self._also: list[list[int]] = []
        self.numbers, self.weights = [], []
        for word in words:
            printed = text[word.start : word.end]
            others = [n for n in _numbers(other_spellings(printed, rules.code), sources) if n not in own]
            number = word.number or next(iter(others), UNKNOWN)
            self._same |= {other: number for other in others if other != number}
            self._also.append(others)
            self.numbers.append(number)
            function = forms(printed)[0] in rules.function_words
            self.weights.append(sources.information(number) * (_FUNCTION if function else 1.0))
        self._printed = [word.number for word in words]
        self._sources = sources

    def best(self, place: range, *, within: int | None = None) -> list[tuple[Stretch, Chain]]:
        """The stretches that tell nearly as much as the best of some of the words, each with its chain."""
        numbers, weights = self.numbers[slice(place.start, place.stop)], self.weights[slice(place.start, place.stop)]
        most = _STRETCHES if len(numbers) > _FEW else _OF_FEW
        found = []
        # Other spellings stand by themselves: no pair of neighbours is asked for that the text does not have.
        asked = self._printed[slice(place.start, place.stop)]
        asked += [n for others in self._also[slice(place.start, place.stop)] for one in others for n in (UNKNOWN, one)]
        stretches = self._sources.stretches(asked, most, within=within)
        for stretch in stretches:
            if stretch.shared < _SHARED * stretches[0].shared:
                break
            row = self._sources.numbers(stretch.first, stretch.last)
            row = [self._same.get(n, n) for n in row] if self._same else row
            chain = best_chain(numbers, weights, row)
            if chain.runs:
                found.append((stretch, chain))
                found += self._again(stretch, chain, numbers, weights, row)
        found.sort(key=lambda pair: (-pair[1].score, pair[0].first))
        return [pair for pair in found if pair[1].score >= _NEARLY * found[0][1].score]

    @staticmethod
    def _again(
        stretch: Stretch, chain: Chain, numbers: Sequence[int], weights: Sequence[float], row: Sequence[int]
    ) -> Iterator[tuple[Stretch, Chain]]:
        """The same words once more before or behind where they were found: in a headline, in a repeated quotation."""
        begin, end = chain.runs[0].p, chain.runs[-1].p + chain.runs[-1].length
        for first, last in ((0, begin), (end, len(row))):
            if 2 * (last - first) >= len(numbers):
                other = best_chain(numbers, weights, row[first:last])
                if other.runs:
                    yield stretch._replace(first=stretch.first + first, last=stretch.first + last), other

    def part(self, stretch: Stretch, chain: Chain, first: int) -> Part:
        """The place of a chain; `first` is the place among the words of the first that was sought."""
        return Part(stretch.text, tuple(self._match(run, stretch, first) for run in chain.runs))

    def _match(self, run: Run, stretch: Stretch, first: int) -> Match:
        begin = self._sources.span(stretch.first + run.p)
        end = self._sources.span(stretch.first + run.p + run.length - 1)
        return Match((first + run.q, first + run.q + run.length), (begin[0], end[1]))

    def elsewhere(self, part: Part) -> Iterator[Part]:
        """Places for the words that a part leaves unexplained; the same source goes before the others."""
        whole = sum(self.weights)
        if not self._is_telling(
            Chain(tuple(Run(m.words[0], 0, m.words[1] - m.words[0]) for m in part.matches), 0, 0),
            range(len(self.weights)),
            False,
        ):
            return
        rests = sorted(_rests(part, len(self.weights)), key=lambda r: -sum(self.weights[r.start : r.stop]))
        for rest in rests[: _MOST_PIECES - 1]:
            weight = sum(self.weights[rest.start : rest.stop])
            if len(rest) < _PIECE_NEAR or weight < _PIECE_SHARE * whole:
                continue
            here, there = (self.best(rest, within=only) for only in (part.source, None))
            for stretch, chain in sorted([*here[:1], *there[:1]], key=lambda pair: -pair[1].score):
                if chain.weight >= _PIECE * weight and self._is_telling(chain, rest, stretch.text == part.source):
                    yield self.part(stretch, chain, rest.start)
                    break

    def _is_telling(self, chain: Chain, rest: range, near: bool) -> bool:
        """Whether the longest run would not stand somewhere by chance: somewhere here, or in all sources."""
        run = max(chain.runs, key=lambda r: r.length)
        if run.length < (_PIECE_NEAR if near and len(self.weights) > _SEVERAL else _PIECE_WORDS):
            return False
        bits = sum(self._sources.bits(n) for n in self.numbers[rest.start + run.q : rest.start + run.q + run.length])
        scope = 1000 if near else self._sources.size
        return bits - math.log2(max(scope, 2)) >= _CHANCE


def _rests(part: Part, length: int) -> Iterator[range]:
    """The rows of words between and around the matches."""
    end = 0
    for match in part.matches:
        if match.words[0] > end:
            yield range(end, match.words[0])
        end = match.words[1]
    if end < length:
        yield range(end, length)
