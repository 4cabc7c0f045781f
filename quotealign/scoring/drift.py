"""Drift: what all that two articles share says of the way between them, a translation or an editor's hand.

An editor cuts, declares, and prints as the house does; whoever translates back chooses every word anew. So
neighbouring words that are others while the sense stays, in words that should be somebody's own, speak for a
translation; long stretches in the same words speak against it. But a free paraphrase looks the same, so quotations
alone never decide: a verdict needs several utterances, several kinds of evidence, and for a translation a trace in
one of the two articles' own words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from quotealign.languages import Language, language
from quotealign.model import Article, Cluster, Divergence, Drift, Edit, Quotation, Span, Trace
from quotealign.model.drift import EDITING, TRANSLATION, UNDETERMINED
from quotealign.scoring.traces import LEFT_BEHIND, OF_ARTICLES, WEIGHTS, trace, traces_of
from quotealign.text.tokens import words

ENOUGH = {TRANSLATION: 1.0, EDITING: 0.8}
"""The weight that a verdict needs; it must also be twice what speaks for the other."""
UTTERANCES = 2
"""Utterances from which the evidence must come."""

_WORDS = frozenset({"synonym", "related", "substitution", "unrelated", "derivation", "inflection", "tense"})
_SMALL = frozenset({"function", "insertion", "deletion", "truncation", "pronoun", "person", "modality"})
_PRINT = frozenset({"punctuation", "case", "contraction", "spelling", "numeral", "bracket"})
_NEAR = 3  # words between two edits of one run
_SHORT, _LONG = 6, 12  # words in common that tell something: all the same, or but for small words
_TELLING = 16  # words in common that have the full weight
_COMPANY = 8  # other witnesses that are asked who stands alone

Key = tuple[str, str]


@dataclass(slots=True)
class _Pair:
    """What two articles share: compared quotations, and the traces found between them."""

    divergences: list[Divergence] = field(default_factory=list)
    found: list[Trace] = field(default_factory=list)


def drifts(
    articles: Iterable[Article],
    quotations: Iterable[Quotation],
    clusters: Iterable[Cluster],
    divergences: Iterable[Divergence],
) -> tuple[Drift, ...]:
    """The drift between every two articles that stand in one cluster, in the order of the articles."""
    texts = {a.id: a for a in articles}
    order = {name: place for place, name in enumerate(texts)}
    by_id = {q.id: q for q in quotations}
    pairs: dict[Key, _Pair] = {}
    company: defaultdict[str, dict[Key, Divergence]] = defaultdict(dict)
    for d in divergences:
        a, b = by_id.get(d.a), by_id.get(d.b)
        if a is None or b is None or a.article == b.article or a.article not in texts or b.article not in texts:
            continue
        company[d.cluster][d.a, d.b] = d
        pairs.setdefault(_key(a, b, order), _Pair()).divergences.append(d)
    standing = {name for key in pairs for name in key}
    mine: defaultdict[str, list[Quotation]] = defaultdict(list)
    for q in by_id.values():
        if q.article in standing:
            mine[q.article].append(q)
    own = {name: traces_of(texts[name], mine[name]) for name in texts if name in standing}
    companies = {
        c: _Company(compared, by_id, tuple(dict.fromkeys(i for key in compared for i in key)))
        for c, compared in company.items()
    }
    for pair in pairs.values():
        for d in pair.divergences:
            pair.found += between(d, by_id[d.a], by_id[d.b], companies[d.cluster])
    ranked = {c.id: place for place, c in enumerate(clusters)}
    made = []
    for key in sorted(pairs, key=lambda k: (order[k[0]], order[k[1]])):
        shared = sorted({d.cluster for d in pairs[key].divergences}, key=lambda c: (ranked.get(c, len(ranked)), c))
        gathered = [*pairs[key].found, *_elsewhere(key, shared, pairs, own)]
        gathered += [*_told_apart(own[key[0]], own[key[1]]), *_of_outlets(texts[key[0]], texts[key[1]])]
        made.append(judge(*key, shared, gathered))
    return tuple(made)


def _key(a: Quotation, b: Quotation, order: Mapping[str, int]) -> Key:
    return (a.article, b.article) if order[a.article] < order[b.article] else (b.article, a.article)


def _told_apart(a: Sequence[Trace], b: Sequence[Trace]) -> list[Trace]:
    """The traces of both articles without those that both have: what was there before says nothing of the way between.

    Mentions stay: two that say they translated have translated twice.
    """
    common = {(t.kind, t.text) for t in a if t.kind in LEFT_BEHIND} & {(t.kind, t.text) for t in b}
    return [t for t in (*a, *b) if (t.kind, t.text) not in common]


def _of_outlets(a: Article, b: Article) -> list[Trace]:
    if a.outlet and b.outlet and a.outlet.casefold() == b.outlet.casefold():
        return [trace("same-outlet", a.outlet)]
    return []


# -- between two quotations ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Company:
    """The comparisons of one cluster, to see whose wording stands alone."""

    divergences: Mapping[Key, Divergence]
    by_id: Mapping[str, Quotation]
    members: tuple[str, ...]

    def alone(self, edits: Sequence[Edit], d: Divergence) -> str | None:
        """The article of the two whose words no other witness has there, None where that does not tell."""
        homes = {self.by_id[d.a].article, self.by_id[d.b].article}
        votes = {d.a: 0, d.b: 0}
        for other in islice((i for i in self.members if self.by_id[i].article not in homes), _COMPANY):
            differs_a = self._touches(d.a, other, [s for e in edits for s in e.a])
            differs_b = self._touches(d.b, other, [s for e in edits for s in e.b])
            if differs_a != differs_b and None not in (differs_a, differs_b):
                votes[d.a if differs_a else d.b] += 1
        if bool(votes[d.a]) == bool(votes[d.b]):
            return None
        return self.by_id[d.a if votes[d.a] else d.b].article

    def _touches(self, one: str, other: str, spans: Sequence[Span]) -> bool | None:
        """Whether `one` differs from `other` at some of these places of `one`; None where they were not compared."""
        d = self.divergences.get((one, other))
        turned = d is None
        d = d or self.divergences.get((other, one))
        if d is None or not spans:
            return None
        theirs = [s for e in d.edits if e.kind not in _PRINT for s in (e.b if turned else e.a)]
        return any(s < end and start < e for s, e in theirs for start, end in spans)


def between(d: Divergence, a: Quotation, b: Quotation, company: _Company) -> list[Trace]:
    """The traces in one comparison of two quotations."""

    def made(kind: str, edits: Sequence[Edit], text: str = "", *, side: str | None = None, share: float = 1.0) -> Trace:
        places = [_place(a, [s for e in edits for s in e.a]), _place(b, [s for e in edits for s in e.b])]
        shown = text or ", ".join(f"{e.a_text or '∅'} → {e.b_text or '∅'}" for e in edits)
        return trace(kind, shown, [p for p in places if p], cluster=d.cluster, side=side, share=share)

    if a.lang.split("-")[0] != b.lang.split("-")[0]:
        return [made("languages", (), f"{a.lang}, {b.lang}")]
    rules = language(a.lang)
    small = [e for e in d.edits if e.kind in _SMALL and _is_small(e, rules)]
    content = [e for e in d.edits if e.kind in _WORDS and not _is_small(e, rules)]
    joined = [e for e in small if _is_repeated(e, a.text, b.text, rules)]
    moved = [e for e in d.edits if e.kind == "transposition"]
    found = [made("coordination", [e], side=b.article if e.b else a.article) for e in joined]
    found += [made("order", [e], side=company.alone([e], d)) for e in moved]
    for run in _runs([*content, *(e for e in small if e not in joined)], a.text, b.text):
        if any(e in content for e in run):
            found.append(made("run" if len(run) > 1 else "word", run, side=company.alone(run, d)))
    found += [made("declared", [e]) for e in d.edits if e.kind == "bracket"]
    rest = [e for e in d.edits if e.kind not in _PRINT and e not in small]
    cuts = [e for e in rest if e.kind in ("deletion", "truncation", "insertion") and bool(e.a) != bool(e.b)]
    common = min(len(words(t)) - sum(len(words(x)) for x in gone) for t, gone in _with_cuts(a, b, cuts))
    if len(rest) == len(cuts) and common >= (_LONG if small else _SHORT):
        long_cut = any(len(words(e.a_text or e.b_text)) > 2 for e in cuts)
        told = "" if long_cut else f"{common} words"
        share = min(1.0, common / _TELLING)
        found.append(made("cut" if long_cut else "same-words", cuts if long_cut else (), told, share=share))
    return found


def _with_cuts(a: Quotation, b: Quotation, cuts: Sequence[Edit]) -> tuple[tuple[str, list[str]], ...]:
    return (a.text, [e.a_text for e in cuts if e.a]), (b.text, [e.b_text for e in cuts if e.b])


def _is_small(edit: Edit, rules: Language) -> bool:
    return all(w in rules.function_words for w in (*words(edit.a_text), *words(edit.b_text)))


def _is_repeated(edit: Edit, a: str, b: str, rules: Language) -> bool:
    """Whether a small word is put before a part that “and” joins, as it stood before the first: to X and to Y."""
    if bool(edit.a) == bool(edit.b):
        return False
    text, (start, _) = (a, edit.a[0]) if edit.a else (b, edit.b[0])
    word, before = words(edit.a_text or edit.b_text), words(text[:start])
    return len(word) == 1 and bool(before) and before[-1] in rules.conjunctions and word[0] in before[:-1]


def _runs(edits: Sequence[Edit], a: str, b: str) -> list[list[Edit]]:
    """Edits in groups: neighbours stand at most three words apart, in one text or the other."""
    group = list(range(len(edits)))
    for text, spans in ((a, [e.a for e in edits]), (b, [e.b for e in edits])):
        placed = sorted((s[0], i) for i, s in enumerate(spans) if s)
        for ((_, end), i), ((start, _), j) in pairwise(placed):
            if len(text[end:start].split()) <= _NEAR:
                old, new = group[j], group[i]
                group = [new if g == old else g for g in group]
    runs: dict[int, list[Edit]] = {}
    for place, edit in enumerate(edits):
        runs.setdefault(group[place], []).append(edit)
    return sorted(
        (sorted(run, key=lambda e: (e.a or e.b, e.b)) for run in runs.values()), key=lambda r: r[0].a or r[0].b
    )


def _place(q: Quotation, spans: Sequence[Span]) -> tuple[str, Span] | None:
    """Where places of a quotation's text stand in its article, as one stretch; the whole without any."""
    if not q.spans:
        return None
    if not spans:
        return q.article, (q.spans[0][0], q.spans[-1][1])
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    found, offset = [], 0
    for begin, end in q.spans:  # the pieces stand in the text with a space between two
        found += [begin + p - offset for p in (first, last) if offset <= p <= offset + end - begin]
        offset += end - begin + 1
    return (q.article, (found[0], found[-1])) if len(found) > 1 else None


# -- gathering and judging -----------------------------------------------------------------------------------------


def _elsewhere(
    key: Key, shared: Sequence[str], pairs: Mapping[Key, _Pair], own: Mapping[str, Sequence[Trace]]
) -> list[Trace]:
    """What an article with traces of its own does to the words that it shares with others, a cluster at a time."""
    found = []
    for name in key:
        if not any(t.kind in OF_ARTICLES and t.towards == TRANSLATION for t in own[name]):
            continue
        seen: dict[str, Trace] = {}
        for other, pair in pairs.items():
            if name in other and other != key:
                for t in pair.found:
                    if t.kind in ("run", "order", "coordination", "word") and t.cluster not in shared:
                        seen.setdefault(t.cluster, t)
        found += [trace("elsewhere", t.text, t.places, cluster=c, side=name) for c, t in sorted(seen.items())]
    return found


def judge(a: str, b: str, shared: Sequence[str], gathered: Iterable[Trace]) -> Drift:
    """The verdict on two articles by the traces gathered for them; each counts once, each kind up to its most."""
    traces = list({(t.kind, t.cluster, t.text, t.places): t for t in gathered}.values())
    traces.sort(key=lambda t: (t.towards != TRANSLATION, -t.weight))
    sums = {side: _sum(t for t in traces if t.towards == side) for side in (TRANSLATION, EDITING)}
    verdict, why = _verdict(traces, sums)
    other = EDITING if verdict == TRANSLATION else TRANSLATION
    strength = 0.0
    if verdict != UNDETERMINED:
        strength = round((sums[verdict] - sums[other]) / (sums[verdict] + sums[other] + 1), 2)
    translated = _side(a, b, traces) if verdict == TRANSLATION else None
    return Drift(a, b, verdict, strength, tuple(shared), translated, tuple(traces), why)


def _sum(traces: Iterable[Trace]) -> float:
    kinds: dict[str, float] = {}
    for t in traces:
        kinds[t.kind] = kinds.get(t.kind, 0.0) + t.weight
    return round(sum(min(value, WEIGHTS[kind][2]) for kind, value in kinds.items()), 3)


def _verdict(traces: Sequence[Trace], sums: Mapping[str, float]) -> tuple[str, str]:
    if any(t.kind == "languages" for t in traces):
        return TRANSLATION, "the two are in two languages"
    towards = [t for t in traces if t.towards == TRANSLATION]
    if sums[TRANSLATION] >= ENOUGH[TRANSLATION] and sums[TRANSLATION] >= 2 * sums[EDITING]:
        if not any(t.kind in OF_ARTICLES for t in towards):
            return UNDETERMINED, "worded otherwise, as a paraphrase is, too; no trace in the articles' own words"
        if len({t.cluster for t in towards if t.cluster}) < UTTERANCES:
            return UNDETERMINED, "fewer than two utterances are worded otherwise"
        if not any(t.cluster and t.kind != "elsewhere" for t in towards):
            return UNDETERMINED, "what the two share is not worded otherwise"
        if len({t.kind for t in towards}) < 2:
            return UNDETERMINED, "one kind of evidence only"
        return TRANSLATION, _told(towards)
    against = [t for t in traces if t.towards == EDITING]
    if sums[EDITING] >= ENOUGH[EDITING] and sums[EDITING] >= 2 * sums[TRANSLATION]:
        if len({t.cluster for t in against if t.cluster}) < UTTERANCES:
            return UNDETERMINED, "only one shared utterance tells anything"
        return EDITING, _told(against)
    if min(sums.values()) > 0 and max(sums.values()) >= ENOUGH[EDITING]:
        return UNDETERMINED, "the evidence speaks for both"
    return UNDETERMINED, "too little evidence" if traces else "no evidence"


def _told(traces: Sequence[Trace]) -> str:
    """The kinds of evidence with their numbers, the strongest first."""
    counts: dict[str, int] = {}
    for t in traces:
        counts[t.kind] = counts.get(t.kind, 0) + 1
    return ", ".join(f"{kind} ×{n}" if n > 1 else kind for kind, n in counts.items())


def _side(a: str, b: str, traces: Sequence[Trace]) -> str | None:
    """The article that the traces of translation point to, where they point to one twice as much as to the other."""
    x, y = (_sum(t for t in traces if t.towards == TRANSLATION and t.side == name) for name in (a, b))
    return a if x > 2 * y else b if y > 2 * x else None
