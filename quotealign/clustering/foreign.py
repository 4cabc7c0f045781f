"""Utterances across languages: clusters of one language that report what clusters of another report.

For each cluster stands the quotation of it that tells most. With an encoder, two are joined that are each other's best
by margin (Artetxe & Schwenk 2019) and close in themselves. Without one, what goes through a translation nearly
unchanged has to do: figures, names, cognates, and a user's list of words. Speaker and date count as they do within a
language, and more where there is no encoder.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log, log2
from typing import Any

from quotealign.clustering.shapes import Shape
from quotealign.clustering.verification import Grounds, grounds, score
from quotealign.clustering.vocabulary import Vocabulary
from quotealign.languages import language
from quotealign.text.crosslingual import FEWEST, Comparison, Lexicon, bare, compare
from quotealign.text.nearest import Encoder, mutual
from quotealign.text.numerals import number
from quotealign.text.tokens import Piece, tokenize, words

APART, NEAR = 0.03, 0.63
"""How far a pair must stand out from its neighbours, and how near it must be, both as a share of what lies between the
encoder's floor and 1; what the one has more the other may have less."""
MOST = 0.1
"""What standing out can make good at most: among few texts any pair stands out."""
_STEEP = 20.0

BALANCE = 1.25
"""The balance that words alone must reach: the logarithm of how much more is shared than stands against it."""
REPORTED = 1.0
"""What the same speaker within `_SOON` days adds to that of a report in another language."""
_SOON = 3
_STEM = 5
_HOLDERS, _LOOKS = 100, 4

Spoken = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts of two languages: the score of their link, what is seen in them, and what speaks for it beside."""

    score: float
    seen: Mapping[str, Any]
    grounds: Grounds

    def evidence(self, a: Shape, b: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
        """The reasons in a form that can be printed."""
        return {"languages": [a.quotation.lang, b.quotation.lang], **self.seen, **self.grounds.evidence()}


Found = tuple[int, int, Likeness]


def across(
    shapes: Sequence[Shape], roots: Sequence[int], encoder: Encoder | None, lexicon: Lexicon | None, threshold: float
) -> Iterator[Found]:
    """Pairs (a, b) of `roots`, which are places in `shapes`, that are one utterance in two languages, the surest first.

    What they bring together has each language once: two clusters that their own language kept apart stay so.
    """
    spoken: dict[str, list[int]] = defaultdict(list)
    for place in roots:
        spoken[shapes[place].quotation.lang].append(place)
    if len(spoken) < 2:
        return
    found = _by_meaning(shapes, spoken, encoder) if encoder else _by_words(shapes, spoken, lexicon or {})
    joined = {place: [place] for place in roots}
    held = (pair for pair in found if pair[2].score >= threshold)
    for a, b, likeness in sorted(held, key=lambda pair: (-pair[2].score, pair[0], pair[1])):
        both = joined[a] + joined[b]
        if len({shapes[place].quotation.lang for place in both}) == len(both):
            joined.update(dict.fromkeys(both, both))
            yield a, b, likeness


def _by_meaning(shapes: Sequence[Shape], spoken: Spoken, encoder: Encoder) -> Iterator[Found]:
    vectors = {
        lang: encoder.encode([shapes[place].quotation.text for place in places])
        for lang, places in sorted(spoken.items())
    }
    width = 1 - encoder.floor
    for one, other in combinations(sorted(spoken), 2):
        for pair in mutual(vectors[one], vectors[other]):
            a, b = spoken[one][pair.a], spoken[other][pair.b]
            outstanding = (pair.cosine - pair.around) / width - APART
            nearness = (pair.cosine - encoder.floor) / width - NEAR
            why = grounds(shapes[a], shapes[b])
            sure = score(_STEEP * (min(outstanding, MOST) + nearness) + why.balance)
            seen = {"cosine": round(pair.cosine, 3), "around": round(pair.around, 3), "encoder": encoder.name}
            yield a, b, Likeness(sure, seen, why)


def _by_words(shapes: Sequence[Shape], spoken: Spoken, lexicon: Lexicon) -> Iterator[Found]:
    langs = {place: lang for lang, places in spoken.items() for place in places}
    keys = {place: _keys(shapes[place].quotation.text, langs[place], lexicon) for place in sorted(langs)}
    telling = _telling(keys, langs)
    pieces: dict[int, Sequence[Piece]] = {}
    for a, own in keys.items():
        weights: dict[int, int] = defaultdict(int)
        shared: dict[int, int] = defaultdict(int)
        for weight, holders in filter(None, map(telling.get, own)):
            for b in holders:
                weights[b] += weight
                shared[b] += 1
        # Each pair once, from the side of the language whose name comes first
        able = [b for b in weights if shared[b] >= FEWEST and langs[b] > langs[a]]
        for b in sorted(able, key=lambda b: (-weights[b], b))[:_LOOKS]:
            for place in (a, b):
                if place not in pieces:
                    pieces[place] = tokenize(shapes[place].quotation.text)
            comparison = compare(pieces[a], pieces[b], language(langs[a]), language(langs[b]), lexicon)
            if comparison.found >= FEWEST:
                why = grounds(shapes[a], shapes[b])
                reported = REPORTED if why.speaker == "same" and why.days is not None and why.days <= _SOON else 0.0
                shown = min(max(comparison.divergence, 1e-6), 1 - 1e-6)
                sure = score(log2((1 - shown) / shown) - BALANCE + why.balance + reported)
                yield a, b, Likeness(sure, _seen(pieces[a], pieces[b], comparison), why)


def _telling(keys: Mapping[int, set[object]], langs: Mapping[int, str]) -> dict[object, tuple[int, list[int]]]:
    """Keys that two languages hold and not too many texts: what each weighs, in whole numbers since sums must not
    depend on an order, and who holds it."""
    holders: dict[object, list[int]] = defaultdict(list)
    for place, own in keys.items():
        for key in own:
            holders[key].append(place)
    return {
        key: (round(1000 * log(len(keys) / len(places))), places)
        for key, places in holders.items()
        if 1 < len(places) <= _HOLDERS and len({langs[place] for place in places}) > 1
    }


def _keys(text: str, lang: str, lexicon: Lexicon) -> set[object]:
    """What a text and its translation may both have: figures, beginnings of words, pairs of a list."""
    rules = language(lang)
    keys: set[object] = set()
    for word in words(text):
        if word in rules.function_words:
            continue
        value = number(word, rules)
        if value is not None:
            keys.add(value)
            continue
        form = bare(word)
        if len(form) >= _STEM - 1:
            keys.add(form[:_STEM])
        keys.update((min(word, other), max(word, other)) for other in lexicon.get(word, ()))
    return keys


def _seen(a: Sequence[Piece], b: Sequence[Piece], comparison: Comparison) -> dict[str, Any]:
    shared = {
        "numbers": comparison.numbers,
        "names": comparison.names,
        "cognates": comparison.cognates,
        "listed": comparison.listed,
    }
    words = {name: [f"{a[i].text} = {b[j].text}" for i, j in pairs] for name, pairs in shared.items() if pairs}
    return {"rests_on": words, "likeness": round(1 - comparison.divergence, 3)}
