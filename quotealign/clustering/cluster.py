"""Clustering: quotations of one utterance, each hung on its best richer parent.

A fragment is hung on a richer quotation and never becomes a bridge between two that have nothing else in common:
whoever joins must, on average, also stand the comparison with those that are there already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from quotealign.clustering.candidates import LeftOut, candidates
from quotealign.clustering.foreign import Likeness, across
from quotealign.clustering.shapes import Shape, shape
from quotealign.clustering.verification import Check, verify
from quotealign.clustering.vocabulary import Vocabulary
from quotealign.engines import Embedded, Engine
from quotealign.model import Cluster, Link, Quotation, digest
from quotealign.text.crosslingual import Lexicon
from quotealign.text.nearest import Encoder
from quotealign.text.subwords import Subwords

_WITNESSES = 8
"""Members of a cluster that a newcomer is compared with: the richest, beside its parent."""


@dataclass(frozen=True, slots=True)
class Linkage:
    """When quotations are linked.

    rarest     words and pairs of words by which a quotation looks for its like
    holders    quotations that answer for one of them, the richest first
    answers    answers after which a quotation asks by no further one: those left are more common than these
    most       pairs looked at for one quotation
    threshold  the score a pair must reach; `average` half of it and half of the mean score with the cluster's members
    """

    rarest: int = 12
    holders: int = 500
    answers: int = 200
    most: int = 6
    threshold: float = 0.5
    average: float = 0.25


def cluster(
    quotations: Iterable[Quotation],
    *,
    subwords: Subwords | None = None,
    linkage: Linkage | None = None,
    engine: Engine | None = None,
    encoder: Encoder | None = None,
    lexicon: Lexicon | None = None,
    left_out: LeftOut | None = None,
) -> tuple[Cluster, ...]:
    """Clusters of two or more, in the order of their first quotation; members by date, article and place.

    Only speech is clustered. `subwords` cut scripts without spaces; `engine` runs the search for candidates. Clusters
    of two languages are joined by figures, names, cognates and the `lexicon`, or by what an `encoder` reads. `left_out`
    is told how many features were held by more than `linkage.holders`, and how many holders did not answer.
    """
    linkage = linkage or Linkage()
    vocabulary = Vocabulary(subwords)
    speech = [q for q in quotations if q.kind.is_speech]
    shapes, copies, information = _shapes(speech, vocabulary)
    parents = _parents(shapes, vocabulary, information, linkage, engine or Embedded(), left_out)
    roots = [place for place in range(len(shapes)) if place not in parents]
    abroad = list(across(shapes, roots, encoder, lexicon, linkage.threshold))
    order = {q.id: i for i, q in enumerate(speech)}
    return _clusters(shapes, parents, abroad, copies, order, vocabulary)


def _shapes(
    speech: Sequence[Quotation], vocabulary: Vocabulary
) -> tuple[list[Shape], dict[str, list[Quotation]], list[float]]:
    """Shapes, richest first, copies collapsed: the same words of the same speaker. Who is whose copy, by the id of the
    one that stands for them. And what each word of the vocabulary tells, now that all have been counted."""
    alike: dict[tuple[object, ...], Shape] = {}
    copies: dict[str, list[Quotation]] = {}
    for quotation in speech:
        row = vocabulary.row(quotation.text, quotation.lang)
        if not row:
            continue
        made = shape(quotation, row)
        first = alike.setdefault((row, made.speaker), made)
        if first is made:
            vocabulary.count(row)
        copies.setdefault(first.quotation.id, []).append(quotation)
    information = vocabulary.information()
    for made in alike.values():
        made.told = sum(information[k] for k in made.row)
    return sorted(alike.values(), key=lambda s: (-s.told, s.quotation.text, s.quotation.id)), copies, information


def _parents(
    shapes: Sequence[Shape],
    vocabulary: Vocabulary,
    information: Sequence[float],
    linkage: Linkage,
    engine: Engine,
    left_out: LeftOut | None,
) -> dict[int, tuple[int, Check]]:
    """For each place in `shapes` that hangs on a richer one, which, and why."""

    def check(j: int, i: int, voices: int = 0) -> Check:
        return verify(shapes[j], shapes[i], information, voices)

    root = list(range(len(shapes)))
    members: dict[int, list[int]] = {}
    parents: dict[int, tuple[int, Check]] = {}
    if len(shapes) < 2:
        return parents
    found = candidates(
        shapes,
        vocabulary,
        engine,
        rarest=linkage.rarest,
        holders=linkage.holders,
        answers=linkage.answers,
        most=linkage.most,
        left_out=left_out,
    )
    for j, pairs in groupby(found, key=lambda pair: pair[0]):
        checks = {i: check(j, i, voices) for _, i, voices in pairs}
        # The best first; of equals the richest
        for i in sorted(checks, key=lambda i: (-checks[i].score, i)):
            score = checks[i].score
            if score < linkage.threshold:
                break
            cluster = members.setdefault(root[i], [root[i]])
            scores = [score] + [(checks.get(k) or check(j, k)).score for k in cluster[:_WITNESSES] if k != i]
            # Two fragments of one whole need not overlap: the parent's own score weighs as much as all others.
            if (score + sum(scores) / len(scores)) / 2 >= linkage.average:
                parents[j] = (i, checks[i])
                root[j] = root[i]
                cluster.append(j)
                break
    return parents


def _clusters(
    shapes: Sequence[Shape],
    parents: dict[int, tuple[int, Check]],
    abroad: Sequence[tuple[int, int, Likeness]],
    copies: dict[str, list[Quotation]],
    order: dict[str, int],
    vocabulary: Vocabulary,
) -> tuple[Cluster, ...]:
    groups: dict[int, list[int]] = {}
    root = list(range(len(shapes)))
    for j in range(len(shapes)):
        root[j] = root[parents[j][0]] if j in parents else j
        groups.setdefault(root[j], []).append(j)
    ties: dict[int, list[Link]] = defaultdict(list)
    for a, b, why in abroad:
        kept, taken = sorted((root[a], root[b]))
        evidence = why.evidence(shapes[a], shapes[b], vocabulary)
        ties[kept] += [*ties.pop(taken, ()), Link(shapes[a].quotation.id, shapes[b].quotation.id, why.score, evidence)]
        for j in groups[taken]:
            root[j] = kept
        groups[kept] += groups.pop(taken)
    made = []
    for first, places in groups.items():
        members = [q for j in places for q in copies[shapes[j].quotation.id]]
        if len(members) < 2:
            continue
        members.sort(key=lambda q: (q.published is None, q.published or "", order[q.id]))
        links = ties[first]
        for j in places:
            if j in parents:
                i, check = parents[j]
                evidence = check.evidence(shapes[j], shapes[i], vocabulary)
                links.append(Link(shapes[j].quotation.id, shapes[i].quotation.id, check.score, evidence))
            original, *others = copies[shapes[j].quotation.id]
            links += [Link(q.id, original.id, 1.0, {"copy": True}) for q in others]
        lemma = max(members, key=lambda q: (len(q.text), -order[q.id])).text
        # By its earliest member: later articles leave the name as it is.
        earliest = min((q.published is None, q.published or "", q.id) for q in members)
        made.append(Cluster(f"c.{digest(earliest[2])}", tuple(q.id for q in members), lemma, tuple(links)))
    return tuple(sorted(made, key=lambda c: min(order[i] for i in c.quotations)))
