"""How near two texts are in meaning, as an encoder sees it."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from operator import mul

from quotealign.scoring.encoders import OURS, encoder
from quotealign.scoring.metrics.gauges import Gauge, Texts
from quotealign.text.nearest import Encoder

NEAR = 2 / 3
"""From here on two texts are taken to mean the same where their words cannot tell, as between two languages."""

_LEXICAL = 0.25
"""What the words count in `blend`: they see a changed figure or name better than an encoder does."""

_AT_ONCE = 256
"""Texts read in one go: enough to keep the encoder busy, few enough for its memory."""


def settings(name: str = OURS, floor: str = "FLOOR") -> str:
    """The signature of `semantic` for an encoder."""
    return f"cosine|floor:{floor}|encoder:{name}"


def semantic(run: Sequence[Texts], given: Encoder | None) -> Gauge:
    """The cosine of the two vectors, the stretch from the encoder's floor to 1 laid over [0, 1].

    The map keeps the order of pairs. All texts of the run are read at once, each text once.
    """
    reader = given or encoder()
    floor = reader.floor
    vectors: dict[str, array[float]] = {}
    texts = sorted({text for pair in run for text in (pair.a, pair.b)})
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        for text, row in zip(some, reader.encode(some), strict=True):
            vectors[text] = array("f", row)

    def measure(pair: Texts) -> float:
        if pair.a == pair.b:
            return 1.0
        if not (pair.a.strip() and pair.b.strip()):
            return 0.0
        cosine: float = sum(map(mul, vectors[pair.a], vectors[pair.b]))
        return min(1.0, max(0.0, (cosine - floor) / (1 - floor)))

    return Gauge(measure, settings(reader.name, f"{floor:g}"))


def blend(lexical: float, near: float) -> float:
    """The divergence of two texts by their words and by their meaning, in [0, 1].

    lexical  how much of the words differs, in [0, 1]
    near     what the gauge of `semantic` reads, in [0, 1]
    """
    return _LEXICAL * lexical + (1 - _LEXICAL) * (1 - near)
