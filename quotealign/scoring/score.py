"""Scoring: how far one witness stands from another, by typed edits, a severity, named metrics and a class."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from quotealign.languages import Language, language
from quotealign.model import Cluster, Divergence, Edit, Quotation
from quotealign.scoring import crosslingual
from quotealign.scoring.edits import Comparison, compare_all, edits
from quotealign.scoring.information import divergence
from quotealign.scoring.joins import run_together
from quotealign.scoring.metrics import DEFAULT, NEAR, Gauges, Texts, blend, gauges_for
from quotealign.scoring.severity import GRAVE
from quotealign.scoring.unlike import FAR, common, plain_edits
from quotealign.text.crosslingual import compare
from quotealign.text.nearest import Encoder
from quotealign.text.tokens import tokenize

_COSMETIC = frozenset({"punctuation", "case", "contraction"})
_SPELLING = _COSMETIC | {"spelling", "numeral", "bracket", "merge"}
_AT_ONCE = 256
"""Pairs that are aligned in one go."""
ALL_PAIRS = 60
"""The largest cluster in which every pair is compared: the number of pairs grows with the square."""
_TRIMMED = _SPELLING | {"truncation", "deletion"}


def score(
    a: str,
    b: str,
    *,
    lang_a: str = "en",
    lang_b: str = "en",
    names: Sequence[str] = DEFAULT,
    ids: tuple[str, str, str] = ("", "a", "b"),
    gauges: Gauges | None = None,
) -> Divergence:
    """How far text `b` stands from text `a`. `ids` are the cluster's and the two witnesses'.

    The figures are those of `gauges`, which were made ready for a whole run; else those of `names`, for these two.

    divergence  how much of what the richer text says the other has not (`information.divergence`), in [0, 1]: how
                much changed, not how gravely; with the metric `semantic` blended with what it reads
    severity    the worst edit's; says nothing of how much changed
    class       verbatim, cosmetic, spelling, trimmed, reworded, altered, or undetermined where the texts have too
                little in common; between two languages translated, altered (figures that differ) or undetermined
    """
    texts = Texts(a, b, lang_a, lang_b)
    return _scored(texts, next(_compared([texts])), gauges or gauges_for(names, texts), ids)


def _scored(texts: Texts, told: _Told, gauges: Gauges, ids: tuple[str, str, str] = ("", "a", "b")) -> Divergence:
    """A comparison, measured."""
    figures = gauges.measure(texts)
    told = _read_for_meaning(texts, told, figures["semantic"]) if "semantic" in figures else told
    return Divergence(
        cluster=ids[0],
        a=ids[1],
        b=ids[2],
        divergence=round(told.divergence, 4),
        severity=max((edit.severity for edit in told.edits), default=0.0),
        label=told.label,
        metrics=figures,
        edits=told.edits,
        evidence=told.evidence,
        signature=gauges.signature,
    )


class _Told(NamedTuple):
    """What a comparison says of two texts, before it is measured."""

    divergence: float
    label: str
    edits: tuple[Edit, ...]
    evidence: dict[str, object]


def _compared(run: Sequence[Texts]) -> Iterator[_Told]:
    """What the comparison of each pair of a run says, in order. Pairs of one language are aligned side by side."""
    for start in range(0, len(run), _AT_ONCE):
        some = run[start : start + _AT_ONCE]
        within: dict[str, list[Texts]] = {}
        for pair in some:
            if not pair.is_across:
                within.setdefault(pair.lang_a, []).append(pair)
        aligned = {
            lang: iter(compare_all([(pair.a, pair.b) for pair in pairs], language(lang)))
            for lang, pairs in within.items()
        }
        for pair in some:
            if pair.is_across:
                yield _across(pair.a, pair.b, language(pair.lang_a), language(pair.lang_b))
            else:
                yield _within(pair, next(aligned[pair.lang_a]), language(pair.lang_a))


def _within(pair: Texts, comparison: Comparison, rules: Language) -> _Told:
    changed = divergence(comparison.a, comparison.b, comparison.pairs, comparison.weights, rules)
    if changed > FAR and (shared := common(comparison, rules)).is_little:
        found = plain_edits(comparison)
        return _Told(changed, "undetermined", found, {**_evidence(found), "common": shared._asdict()})
    found = edits(comparison, rules)
    return _Told(changed, classify(pair.a, pair.b, found), found, _evidence(found))


def _across(a: str, b: str, rules_a: Language, rules_b: Language) -> _Told:
    x, y = tokenize(a), tokenize(b)
    found = compare(x, y, rules_a, rules_b)
    return _Told(found.divergence, found.label, crosslingual.edits(x, y, found), crosslingual.evidence(x, y, found))


def _read_for_meaning(texts: Texts, told: _Told, near: float) -> _Told:
    """What an encoder adds: the divergence rests on the meaning too, and a pair whose words tell too little need not
    stay open."""
    settled = "translated" if texts.is_across else "reworded"
    label = settled if told.label == "undetermined" and near >= NEAR else told.label
    evidence = {**told.evidence, "blend": {"lexical": round(told.divergence, 4), "semantic": near}}
    return told._replace(divergence=blend(told.divergence, near), label=label, evidence=evidence)


def score_pairs(
    run: Sequence[Texts], *, names: Sequence[str] = DEFAULT, encoder: Encoder | None = None
) -> list[Divergence]:
    """How far `b` stands from `a` in each pair of a run. Metrics that learn from texts learn from all of them."""
    gauges = Gauges(names, run, encoder)
    return [_scored(pair, told, gauges) for pair, told in zip(run, _compared(run), strict=True)]


def score_all(
    cluster: Cluster,
    members: Sequence[Quotation],
    *,
    names: Sequence[str] = DEFAULT,
    encoder: Encoder | None = None,
    gauges: Gauges | None = None,
) -> tuple[Divergence, ...]:
    """Every pair of a cluster's quotations, the earlier first; in a cluster above `ALL_PAIRS` only those with the base.

    Texts that occur again are compared once. The figures are those of `gauges`, else those of `names` for this cluster.
    """
    pairs = pairs_of(cluster, members)
    texts = [Texts(p.text, q.text, p.lang, q.lang) for p, q in pairs]
    gauges = gauges or Gauges(names, texts, encoder)
    distinct = list(dict.fromkeys(texts))
    known = {text: _scored(text, told, gauges) for text, told in zip(distinct, _compared(distinct), strict=True)}
    return tuple(
        _among(members, replace(known[text], cluster=cluster.id, a=p.id, b=q.id), p, q)
        for text, (p, q) in zip(texts, pairs, strict=True)
    )


def pairs_of(cluster: Cluster, members: Sequence[Quotation]) -> list[tuple[Quotation, Quotation]]:
    """The pairs of a cluster's quotations that are compared: every one, above `ALL_PAIRS` those with the base."""
    if len(members) <= ALL_PAIRS:
        return list(combinations(members, 2))
    base = next((q for q in members if q.text == cluster.lemma), members[0])
    place = members.index(base)
    return [(q, base) if i < place else (base, q) for i, q in enumerate(members) if i != place]


def _among(members: Sequence[Quotation], found: Divergence, a: Quotation, b: Quotation) -> Divergence:
    """A comparison, seen among the other members: what one text has more may be another quotation of the other's
    article."""
    if a.article == b.article or all(edit.a and edit.b for edit in found.edits):
        return found
    of_a, of_b = ([q.text for q in members if q.article == own.article and q.id != own.id] for own in (a, b))
    edits = run_together(found.edits, of_a, of_b)
    if edits == found.edits:
        return found
    return replace(
        found,
        edits=edits,
        severity=max(edit.severity for edit in edits),
        label=found.label if found.label != "altered" else classify(a.text, b.text, edits),
        evidence={**found.evidence, **_evidence(edits)},
    )


def classify(a: str, b: str, found: Sequence[Edit]) -> str:
    """The class of a pair by its edits, the graver class winning."""
    if a == b:
        return "verbatim"
    kinds = {edit.kind for edit in found}
    if any(edit.severity >= GRAVE for edit in found):
        return "altered"
    for label, harmless in (("cosmetic", _COSMETIC), ("spelling", _SPELLING), ("trimmed", _TRIMMED)):
        if kinds <= harmless:
            return label
    return "reworded"


def _evidence(found: Sequence[Edit]) -> dict[str, object]:
    counts: dict[str, int] = {}
    for edit in found:
        counts[edit.kind] = counts.get(edit.kind, 0) + 1
    worst = max(found, key=lambda e: e.severity, default=None)
    evidence: dict[str, object] = {"edits": dict(sorted(counts.items()))}
    if worst is not None:
        evidence["worst"] = f"{worst.kind}: {worst.a_text or '∅'} → {worst.b_text or '∅'}"
    return evidence
