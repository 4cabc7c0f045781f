"""Clustering: quotations of one utterance, each hung on its best longer parent.

A fragment is hung on a longer quotation and never becomes a bridge between two that have nothing else in common:
whoever joins must, on average, also stand the comparison with those that are there already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from quotealign.clustering.candidates import candidates
from quotealign.clustering.features import Shape, shape
from quotealign.clustering.verification import Check, verify
from quotealign.model import Cluster, Link, Quotation, digest
from quotealign.text.normalization import fold, is_word
from quotealign.text.subwords import Subwords


@dataclass(frozen=True, slots=True)
class Linkage:
    """When quotations are linked.

    containment      of rare features, for a pair to be looked at
    most             pairs looked at for one quotation
    threshold        the score a pair must reach; `average` the mean with all members of the cluster
    fewest           content words in common where the speaker is the same
    fewest_unknown   … where a speaker is not known
    fewest_conflict  … where the speakers are two: a longer run of the same words is a misattribution, not a chance
    """

    containment: float = 0.25
    most: int = 20
    threshold: float = 0.5
    average: float = 0.35
    fewest: int = 2
    fewest_unknown: int = 3
    fewest_conflict: int = 5


def cluster(
    quotations: Iterable[Quotation], *, subwords: Subwords | None = None, linkage: Linkage | None = None
) -> tuple[Cluster, ...]:
    """Clusters of two or more, in the order of their first quotation; members by date, article and place.

    Only speech is clustered. `subwords` widens the search and cuts scripts without spaces.
    """
    linkage = linkage or Linkage()
    speech = [q for q in quotations if q.kind.is_speech and is_word(q.text)]
    order = {q.id: i for i, q in enumerate(speech)}
    alike: dict[tuple[str, str, str], list[Quotation]] = defaultdict(list)
    for quotation in speech:
        alike[_identity(quotation)].append(quotation)
    shapes = [shape(same[0], subwords) for same in alike.values()]
    shapes.sort(key=lambda s: (-s.size, -len(s.stems), s.quotation.text, s.quotation.id))
    parents = _parents(shapes, linkage)
    copies = {same[0].id: same for same in alike.values()}
    return _clusters(shapes, parents, copies, order)


def _identity(quotation: Quotation) -> tuple[str, str, str]:
    """Copies are collapsed first: the same folded words of the same speaker."""
    speaker = quotation.speaker.id if quotation.speaker else quotation.source.text if quotation.source else ""
    return quotation.lang, fold(quotation.text).strip(" .,;:!?\"'"), speaker


def _parents(shapes: list[Shape], linkage: Linkage) -> dict[int, tuple[int, Check]]:
    pairs: dict[int, list[int]] = defaultdict(list)
    for i, j in candidates(shapes, containment=linkage.containment, most=linkage.most):
        pairs[j].append(i)
    root = list(range(len(shapes)))
    members: dict[int, list[int]] = {i: [i] for i in root}
    parents: dict[int, tuple[int, Check]] = {}
    for j in range(len(shapes)):
        checks = [(_verify(shapes[j], shapes[i], linkage), i) for i in pairs.get(j, ())]
        for check, i in sorted((c for c in checks if c[0].holds), key=lambda c: (-c[0].score, c[1])):
            others = [k for k in members[root[i]] if k != i]
            scores = [check.score, *(_verify(shapes[j], shapes[k], linkage).score for k in others)]
            # Two fragments of one whole need not overlap: the parent's own score weighs as much as all others.
            if (check.score + sum(scores) / len(scores)) / 2 >= linkage.average:
                parents[j] = (i, check)
                root[j] = root[i]
                members[root[i]].append(j)
                break
    return parents


def _verify(shorter: Shape, longer: Shape, linkage: Linkage) -> Check:
    return verify(
        shorter,
        longer,
        threshold=linkage.threshold,
        fewest=linkage.fewest,
        fewest_unknown=linkage.fewest_unknown,
        fewest_conflict=linkage.fewest_conflict,
    )


def _clusters(
    shapes: list[Shape],
    parents: dict[int, tuple[int, Check]],
    copies: dict[str, list[Quotation]],
    order: dict[str, int],
) -> tuple[Cluster, ...]:
    groups: dict[int, list[int]] = defaultdict(list)
    for j in range(len(shapes)):
        root = j
        while root in parents:
            root = parents[root][0]
        groups[root].append(j)
    made = []
    for root, places in groups.items():
        members = [q for j in places for q in copies[shapes[j].quotation.id]]
        if len(members) < 2:
            continue
        members.sort(key=lambda q: (q.published is None, q.published or "", order[q.id]))
        links = [_link(shapes[j], shapes[parents[j][0]], parents[j][1]) for j in places if j in parents]
        links += [
            Link(q.id, same[0].id, 1.0, {"copy": True})
            for j in places
            for same in [copies[shapes[j].quotation.id]]
            for q in same[1:]
        ]
        lemma = max(members, key=lambda q: (len(q.text), -order[q.id])).text
        made.append(
            Cluster(f"c.{digest(shapes[root].quotation.id)}", tuple(q.id for q in members), lemma, tuple(links))
        )
    return tuple(sorted(made, key=lambda c: min(order[i] for i in c.quotations)))


def _link(a: Shape, b: Shape, check: Check) -> Link:
    return Link(a.quotation.id, b.quotation.id, check.score, check.evidence)
