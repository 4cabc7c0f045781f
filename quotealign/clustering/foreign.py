"""Utterances across languages: clusters of one language that report what clusters of another report.

Their words cannot be compared, their meanings can where an encoder is given: the richest quotation of each cluster is
read into a vector, and two are joined that are each other's best by margin (Artetxe & Schwenk 2019) and close in
themselves. Speaker and date count as they do within a language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Protocol

from quotealign.clustering.shapes import Shape
from quotealign.clustering.verification import Grounds, grounds, score
from quotealign.clustering.vocabulary import Vocabulary
from quotealign.text.nearest import mutual

APART, NEAR = 0.03, 0.63
"""How far a pair must stand out from its neighbours, and how near it must be, both as a share of what lies between the
encoder's floor and 1; what the one has more the other may have less."""
MOST = 0.1
"""What standing out can make good at most: among few texts any pair stands out."""
_STEEP = 20.0


class Encoder(Protocol):
    """Reads texts into vectors of length 1; `floor` is the cosine that unrelated texts have at least."""

    @property
    def name(self) -> str: ...

    @property
    def floor(self) -> float: ...

    def encode(self, texts: Sequence[str]) -> Sequence[Sequence[float]]: ...


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two texts of two languages: the score of their link, what an encoder sees, and what speaks for it beside."""

    score: float
    cosine: float
    around: float
    encoder: str
    grounds: Grounds

    def evidence(self, a: Shape, b: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
        """The reasons in a form that can be printed."""
        return {
            "languages": [a.quotation.lang, b.quotation.lang],
            "cosine": round(self.cosine, 3),
            "around": round(self.around, 3),
            "encoder": self.encoder,
            **self.grounds.evidence(),
        }


def across(
    shapes: Sequence[Shape], roots: Sequence[int], encoder: Encoder, threshold: float
) -> Iterator[tuple[int, int, Likeness]]:
    """Pairs (a, b) of `roots`, which are places in `shapes`, that are one utterance in two languages, the surest first.

    What they bring together has each language once: two clusters that their own language kept apart stay so.
    """
    spoken: dict[str, list[int]] = defaultdict(list)
    for place in roots:
        spoken[shapes[place].quotation.lang].append(place)
    if len(spoken) < 2:
        return
    vectors = {
        lang: encoder.encode([shapes[place].quotation.text for place in places])
        for lang, places in sorted(spoken.items())
    }
    found = []
    for one, other in combinations(sorted(spoken), 2):
        for pair in mutual(vectors[one], vectors[other]):
            a, b = spoken[one][pair.a], spoken[other][pair.b]
            width = 1 - encoder.floor
            outstanding = (pair.cosine - pair.around) / width - APART
            nearness = (pair.cosine - encoder.floor) / width - NEAR
            why = grounds(shapes[a], shapes[b])
            sure = score(_STEEP * (min(outstanding, MOST) + nearness) + why.balance)
            if sure >= threshold:
                found.append((a, b, Likeness(sure, pair.cosine, pair.around, encoder.name, why)))
    joined = {place: [place] for place in roots}
    for a, b, likeness in sorted(found, key=lambda pair: (-pair[2].score, pair[0], pair[1])):
        both = joined[a] + joined[b]
        if len({shapes[place].quotation.lang for place in both}) == len(both):
            joined.update(dict.fromkeys(both, both))
            yield a, b, likeness
