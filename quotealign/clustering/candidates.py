"""Candidates: which pairs of quotations are worth a closer look, found by what is rare in both.

A fragment shares all it has with the whole, and little of what the whole has; so each quotation looks among richer ones
for those that hold most of its own rarest words and pairs of words. No measure of the intersection over the union
(Jaccard, MinHash) finds fragments.

The join stays near-linear: a quotation asks by its `rarest` features only, the rarest first, and by no further one when
`answers` have come; of those who hold a feature only the `holders` richest answer. How many this leaves out is counted.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence

from quotealign.clustering.shapes import Shape
from quotealign.clustering.vocabulary import Vocabulary
from quotealign.engines import Columns, Engine, Tables

# One text for all engines: what DuckDB and Spark both read. Weights are whole numbers in columns of DOUBLE, which hold
# them exactly: so sums do not depend on the order in which an engine adds, and are not widened to 16 bytes.
STEPS = (
    (
        "frequency",
        """
        SELECT feature, CAST(COUNT(*) AS INTEGER) AS met, CAST(ROUND(1000 * LN({total} / COUNT(*))) AS DOUBLE) AS weight
        FROM features GROUP BY feature HAVING COUNT(*) > 1
        """,
    ),
    (
        "held",
        """
        SELECT quotation, features.feature AS feature, met, weight
        FROM features JOIN frequency ON features.feature = frequency.feature
        """,
    ),
    (
        "voiced",
        """
        SELECT feature, CAST(COUNT(*) AS INTEGER) AS voices FROM (
            SELECT DISTINCT feature, speaker FROM held JOIN speakers ON held.quotation = speakers.quotation
        ) AS said GROUP BY feature
        """,
    ),
    (
        "asking",
        """
        SELECT quotation, ranked.feature AS feature, weight, COALESCE(voices, 0) AS voices FROM (
            SELECT quotation, feature, weight,
                ROW_NUMBER() OVER (PARTITION BY quotation ORDER BY met, feature) AS rarity,
                SUM(CAST(LEAST(met, {holders}) AS DOUBLE)) OVER (
                    PARTITION BY quotation ORDER BY met, feature ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) AS answered
            FROM held
        ) AS ranked LEFT JOIN voiced ON ranked.feature = voiced.feature
        WHERE rarity <= {rarest} AND COALESCE(answered, 0) < {answers}
        """,
    ),
    # Most features need no ranking of their holders: all may answer.
    (
        "answering",
        """
        SELECT quotation, feature FROM held WHERE met <= {holders}
        UNION ALL
        SELECT quotation, feature FROM (
            SELECT quotation, feature, ROW_NUMBER() OVER (PARTITION BY feature ORDER BY quotation) AS holder
            FROM held WHERE met > {holders}
        ) AS crowded WHERE holder <= {holders}
        """,
    ),
)
# Places follow one number made of two, heavier first and then richer: that is four times as fast.
PAIRS = """
SELECT quotation, candidate, voices, place FROM (
    SELECT quotation, candidate, voices,
        ROW_NUMBER() OVER (PARTITION BY quotation ORDER BY mass * 2147483648 - candidate DESC) AS place
    FROM (
        SELECT asking.quotation AS quotation, answering.quotation AS candidate, SUM(weight) AS mass,
            MIN(voices) AS voices
        FROM asking JOIN answering ON asking.feature = answering.feature
        WHERE answering.quotation < asking.quotation AND asking.quotation BETWEEN {{first}} AND {{last}}
        GROUP BY asking.quotation, answering.quotation
    ) AS shared
) AS ranked WHERE place <= {most}
"""
# What the cap leaves out comes before all pairs, as one row of quotation -1; no row where it leaves out nothing.
LEFT_OUT = """
SELECT -1 AS quotation, COUNT(*) AS candidate, SUM(met - {holders}) AS voices, 0 AS place FROM frequency
WHERE met > {holders} AND {{first}} = 0 AND feature IN (SELECT feature FROM asking) HAVING COUNT(*) > 0
UNION ALL
"""
CANDIDATES = "SELECT quotation, candidate, voices FROM ({asked}) AS answered ORDER BY quotation, place"
_PIECE = 50_000

LeftOut = Callable[[int, int], None]
"""Is told what the cap leaves out, where it leaves out something: of how many features that were asked by some holders
did not answer, and how many holders that is, summed over the features."""


def candidates(
    shapes: Sequence[Shape],
    vocabulary: Vocabulary,
    engine: Engine,
    *,
    rarest: int,
    holders: int,
    answers: int,
    most: int,
    left_out: LeftOut | None = None,
) -> Iterator[tuple[int, int, int]]:
    """Pairs (poorer, richer) of places in `shapes`, which come richest first, and how many named speakers use even the
    rarest of what the two share; at most `most` pairs for each poorer one, the best first."""
    speakers: Columns = {"quotation": array("i"), "speaker": array("i")}
    known: dict[str, int] = {}
    for place, made in enumerate(shapes):
        if made.speaker:
            speakers["quotation"].append(place)
            speakers["speaker"].append(known.setdefault(made.speaker, len(known)))
    tables: Tables = {"features": _features(shapes, vocabulary), "speakers": speakers}
    how = {"total": f"{len(shapes)}E0", "rarest": rarest, "holders": holders, "most": most, "answers": answers}
    steps = [(name, step.format(**how)) for name, step in STEPS]
    query = CANDIDATES.format(asked=((LEFT_OUT if left_out else "") + PAIRS).format(**how))
    for quotation, candidate, voices in engine.answer(query, tables, steps=steps, size=len(shapes)):
        if quotation >= 0:
            yield quotation, candidate, voices
        elif left_out:
            left_out(candidate, int(voices))


def _features(shapes: Sequence[Shape], vocabulary: Vocabulary) -> Iterator[Columns]:
    for start in range(0, len(shapes), _PIECE):
        quotations, features = array("i"), array("q")
        for place, made in enumerate(shapes[start : start + _PIECE], start):
            found = vocabulary.features(made.row)
            features.extend(found)
            quotations.extend([place] * len(found))
        yield {"quotation": quotations, "feature": features}
