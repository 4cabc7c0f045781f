"""Scoring: how far one witness stands from another, by typed edits, a severity, named metrics and a class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from quotealign.languages import Language, language
from quotealign.model import Cluster, Divergence, Edit, Quotation
from quotealign.scoring.edits import Comparison, compare, edits
from quotealign.scoring.metrics import DEFAULT, Gauges, Texts, gauges_for
from quotealign.scoring.severity import GRAVE
from quotealign.text.likeness import likeness, weight

_COSMETIC = frozenset({"punctuation", "case", "contraction"})
_SPELLING = _COSMETIC | {"spelling", "numeral", "bracket"}
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

    divergence  1 - F1 of the words in common, weighted (content words 1, function words 0.4, marks 0.1; a word that
                is only alike counts by its likeness): how much changed, not how gravely
    severity    the worst edit's; says nothing of how much changed
    class       verbatim, cosmetic, spelling, trimmed, reworded, altered; translated between two languages
    """
    cluster, first, second = ids
    texts = Texts(a, b, lang_a, lang_b)
    gauges = gauges or gauges_for(names, texts)
    rules = language(lang_a)
    same_language = lang_a.split("-")[0] == lang_b.split("-")[0]
    comparison = compare(a, b, rules)
    found = edits(comparison, rules) if same_language else ()
    worst = max((edit.severity for edit in found), default=0.0)
    return Divergence(
        cluster=cluster,
        a=first,
        b=second,
        divergence=round(_distance(comparison, rules), 4),
        severity=worst,
        label=classify(a, b, found) if same_language else "translated",
        metrics=gauges.measure(texts),
        edits=found,
        evidence=_evidence(found) if same_language else {"rests_on": ["words and numbers in common only"]},
        signature=gauges.signature,
    )


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


def _distance(comparison: Comparison, rules: Language) -> float:
    whole = sum(weight(p.n, rules) for p in (*comparison.a, *comparison.b))
    common = 0.0
    for i, j in comparison.pairs:
        if i is not None and j is not None:
            x, y = comparison.a[i].n, comparison.b[j].n
            common += likeness(x, y, rules) * (weight(x, rules) + weight(y, rules))
    return max(0.0, 1 - common / whole) if whole else 0.0


def _evidence(found: Sequence[Edit]) -> dict[str, object]:
    counts: dict[str, int] = {}
    for edit in found:
        counts[edit.kind] = counts.get(edit.kind, 0) + 1
    worst = max(found, key=lambda e: e.severity, default=None)
    evidence: dict[str, object] = {"edits": dict(sorted(counts.items()))}
    if worst is not None:
        evidence["worst"] = f"{worst.kind}: {worst.a_text or '∅'} → {worst.b_text or '∅'}"
    return evidence
