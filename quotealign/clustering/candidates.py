"""Candidates: which pairs of quotations are worth a closer look, found by what is rare in both.

A fragment shares all it has with the whole, and little of what the whole has; so each quotation looks among richer ones
for those that hold most of its own rarest words and pairs of words. No measure of the intersection over the union
(Jaccard, MinHash) finds fragments.

The join stays near-linear: a quotation asks by its `rarest` features only, and of those who hold a feature only the
`holders` richest answer. How many answers this leaves out is counted.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence

from quotealign.clustering.shapes import Shape
from quotealign.clustering.vocabulary import Vocabulary
from quotealign.engines import Engine

# One text for all engines: what DuckDB and Spark both read. Weights are whole numbers, so that sums do not depend on
# the order in which an engine adds.
CANDIDATES = """
WITH frequency AS (
    SELECT feature, COUNT(*) AS met, COUNT(DISTINCT NULLIF(speaker, 0)) AS voices,
        CAST(ROUND(1000 * LN({total} / COUNT(*))) AS BIGINT) AS weight
    FROM features GROUP BY feature HAVING COUNT(*) > 1
), held AS (
    SELECT features.quotation, features.feature, weight, voices,
        ROW_NUMBER() OVER (PARTITION BY features.feature ORDER BY features.quotation) AS holder,
        ROW_NUMBER() OVER (PARTITION BY features.quotation ORDER BY met, features.feature) AS rarity
    FROM features JOIN frequency ON features.feature = frequency.feature
), shared AS (
    SELECT poorer.quotation AS quotation, richer.quotation AS candidate, SUM(poorer.weight) AS mass,
        MIN(poorer.voices) AS voices
    FROM held AS poorer JOIN held AS richer ON poorer.feature = richer.feature
    WHERE poorer.rarity <= {rarest} AND richer.holder <= {holders} AND richer.quotation < poorer.quotation
    GROUP BY poorer.quotation, richer.quotation
), ranked AS (
    SELECT quotation, candidate, voices,
        ROW_NUMBER() OVER (PARTITION BY quotation ORDER BY mass DESC, candidate) AS place
    FROM shared
)
SELECT quotation, candidate, voices FROM ranked WHERE place <= {most} ORDER BY quotation, place
"""

CROWDED = """
SELECT COUNT(*), SUM(met - {holders}) FROM (
    SELECT COUNT(*) AS met FROM features GROUP BY feature HAVING COUNT(*) > {holders}
) AS frequency
"""


def candidates(
    shapes: Sequence[Shape], vocabulary: Vocabulary, engine: Engine, *, rarest: int, holders: int, most: int
) -> Iterator[tuple[int, int, int]]:
    """Pairs (poorer, richer) of places in `shapes`, which come richest first, and how many named speakers use even the
    rarest of what the two share; at most `most` pairs for each poorer one, the best first."""
    quotations, features, speakers = array("q"), array("q"), array("q")
    known: dict[str, int] = {}
    for place, made in enumerate(shapes):
        found = vocabulary.features(made.row)
        features.extend(found)
        quotations.extend([place] * len(found))
        speakers.extend([known.setdefault(made.speaker, len(known) + 1) if made.speaker else 0] * len(found))
    query = CANDIDATES.format(total=float(len(shapes)), rarest=rarest, holders=holders, most=most)
    return engine.answer(query, {"features": {"quotation": quotations, "feature": features, "speaker": speakers}})
