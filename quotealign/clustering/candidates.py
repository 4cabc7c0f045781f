"""Candidates: which pairs of quotations are worth a closer look, found by containment of rare features.

Containment, not Jaccard: a fragment shares all it has with the whole, and little of what the whole has (the
features that two quotations share, weighted by inverse document frequency, over those of the one with less).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from quotealign.clustering.features import Shape

_FEATURE_CAP = 400
"""A feature in more quotations than this joins none: the join stays near-linear."""


def candidates(shapes: Sequence[Shape], *, containment: float, most: int) -> Iterator[tuple[int, int]]:
    """Pairs (i, j), i before j in `shapes`, whose containment is high enough; at most `most` for each j.

    `shapes` are expected longest first: each quotation is paired with longer ones.
    """
    frequency = Counter(feature for shape in shapes for feature in shape.features)
    total = len(shapes)
    weight = {feature: math.log1p(total / count) for feature, count in frequency.items()}
    mass = [sum(weight[f] for f in sorted(shape.features)) for shape in shapes]
    postings: dict[str, list[int]] = defaultdict(list)
    for j, shape in enumerate(shapes):
        shared: dict[int, float] = defaultdict(float)
        for feature in sorted(shape.features):
            if frequency[feature] <= _FEATURE_CAP:
                for i in postings[feature]:
                    shared[i] += weight[feature]
        found = [(value / min(mass[i], mass[j]), i) for i, value in shared.items()]
        found = sorted((f for f in found if f[0] >= containment), key=lambda f: (-f[0], f[1]))
        yield from ((i, j) for _, i in found[:most])
        for feature in shape.features:
            if frequency[feature] > 1:
                postings[feature].append(j)
