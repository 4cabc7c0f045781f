"""Scoring: how far one witness stands from another, by typed edits, a severity, named metrics and a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from quotealign.languages import Language, language
from quotealign.model import Cluster, Divergence, Edit, Quotation
from quotealign.scoring import crosslingual
from quotealign.scoring.edits import compare, edits
from quotealign.scoring.encoders import Encoder
from quotealign.scoring.information import divergence
from quotealign.scoring.metrics import DEFAULT, NEAR, Gauges, Texts, blend, gauges_for
from quotealign.scoring.severity import GRAVE
from quotealign.text.tokens import tokenize

_COSMETIC = frozenset({"punctuation", "case", "contraction"})
_SPELLING = _COSMETIC | {"spelling", "numeral", "bracket", "merge"}
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
    class       verbatim, cosmetic, spelling, trimmed, reworded, altered; between two languages translated, altered
                (figures that differ) or undetermined
    """
    cluster, first, second = ids
    texts = Texts(a, b, lang_a, lang_b)
    gauges = gauges or gauges_for(names, texts)
    rules = language(lang_a), language(lang_b)
    across = lang_a.split("-")[0] != lang_b.split("-")[0]
    told = _across(a, b, *rules) if across else _within(a, b, rules[0])
    figures = gauges.measure(texts)
    told = _read_for_meaning(told, figures["semantic"]) if "semantic" in figures else told
    return Divergence(
        cluster=cluster,
        a=first,
        b=second,
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


def _within(a: str, b: str, rules: Language) -> _Told:
    comparison = compare(a, b, rules)
    found = edits(comparison, rules)
    changed = divergence(comparison.a, comparison.b, comparison.pairs, rules)
    return _Told(changed, classify(a, b, found), found, _evidence(found))


def _across(a: str, b: str, rules_a: Language, rules_b: Language) -> _Told:
    x, y = tokenize(a), tokenize(b)
    found = crosslingual.compare(x, y, rules_a, rules_b)
    return _Told(found.divergence, found.label, crosslingual.edits(x, y, found), crosslingual.evidence(x, y, found))


def _read_for_meaning(told: _Told, near: float) -> _Told:
    """What an encoder adds: the divergence rests on the meaning too, and a pair of two languages need not stay open."""
    label = "translated" if told.label == "undetermined" and near >= NEAR else told.label
    evidence = {**told.evidence, "blend": {"lexical": round(told.divergence, 4), "semantic": near}}
    return told._replace(divergence=blend(told.divergence, near), label=label, evidence=evidence)


def score_pairs(
    run: Sequence[Texts], *, names: Sequence[str] = DEFAULT, encoder: Encoder | None = None
) -> list[Divergence]:
    """How far `b` stands from `a` in each pair of a run. Metrics that learn from texts learn from all of them."""
    gauges = Gauges(names, run, encoder)
    return [score(pair.a, pair.b, lang_a=pair.lang_a, lang_b=pair.lang_b, gauges=gauges) for pair in run]


def score_all(
    cluster: Cluster,
    members: Sequence[Quotation],
    *,
    names: Sequence[str] = DEFAULT,
    gauges: Gauges | None = None,
) -> tuple[Divergence, ...]:
    """Every pair of a cluster's quotations, the earlier first; in a cluster above `ALL_PAIRS` only those with the base.

    Texts that occur again are compared once. The figures are those of `gauges`, else those of `names` for this cluster.
    """
    pairs = list(combinations(members, 2)) if len(members) <= ALL_PAIRS else []
    if len(members) > ALL_PAIRS:
        base = next((q for q in members if q.text == cluster.lemma), members[0])
        place = members.index(base)
        pairs = [(q, base) if i < place else (base, q) for i, q in enumerate(members) if i != place]
    gauges = gauges or Gauges(names, [Texts(p.text, q.text, p.lang, q.lang) for p, q in pairs])
    known: dict[tuple[str, str, str, str], Divergence] = {}
    found = []
    for p, q in pairs:
        key = (p.text, q.text, p.lang, q.lang)
        if key not in known:
            known[key] = score(p.text, q.text, lang_a=p.lang, lang_b=q.lang, gauges=gauges)
        found.append(replace(known[key], cluster=cluster.id, a=p.id, b=q.id))
    return tuple(found)


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
