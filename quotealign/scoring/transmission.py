"""Transmission: from whom each witness of a cluster may have taken its words.

The source is looked for among the witnesses that were printed earlier: the one that leaves least of the witness's
words unexplained, if it is near enough. Words left out are natural, words that come from nowhere are not. Where
several are as near, what tells them apart is a rare reading that only two share (Lachmann: common faults, not
common truth), or that the article names the other's outlet; else there is no answer. All witnesses may have the
speech itself: an answer says what fits the texts and the dates, not what happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from quotealign.languages import Language, language
from quotealign.model import Apparatus, Article, Cluster, Descent, Divergence, Drift, Quotation, Transmission
from quotealign.model.drift import UNDETERMINED
from quotealign.text.normalization import fold
from quotealign.text.tokens import words

NEAR = 0.25
"""The largest share of its words that a witness may have from elsewhere than its source."""
MARGIN = 0.03
"""Two sources whose shares differ by no more are as near as each other."""

Pair = frozenset[str]
"""The ids of two witnesses, or of two articles."""

_FEWEST = 5  # words: what is shorter anybody may quote
_CROWD = 5  # articles, from which on a reading can be rare
_LEFT_OUT = 0.25  # what a word left out counts, a word put in or changed being 1
_PRINT = frozenset({"punctuation", "case", "contraction", "spelling", "numeral", "bracket"})


@dataclass(frozen=True, slots=True)
class _Cluster:
    """A cluster as this module reads it."""

    members: tuple[Quotation, ...]
    articles: Mapping[str, Article]
    pairs: Mapping[tuple[str, str], Divergence]
    drifts: Mapping[Pair, str]
    rare: dict[Pair, tuple[str, ...]] = field(default_factory=dict)

    def homes(self) -> dict[str, str]:
        """Whose each witness is: its outlet's, or its article's."""
        return {q.id: self.outlet(q) or q.article for q in self.members}

    def published(self, q: Quotation) -> datetime | None:
        article = self.articles.get(q.article)
        return _date(q.published or (article.published if article else None))

    def outlet(self, q: Quotation) -> str:
        article = self.articles.get(q.article)
        return fold(q.outlet or (article.outlet if article else None) or "")

    def distance(self, q: Quotation, source: Quotation) -> float | None:
        """The share of the words of `q` that `source` does not explain; None where they were not compared."""
        d, turned = self.pairs.get((source.id, q.id)), False
        if d is None:
            d, turned = self.pairs.get((q.id, source.id)), True
        if d is None or q.lang.split("-")[0] != source.lang.split("-")[0]:
            return None
        put_in = left_out = 0
        for edit in d.edits:
            if edit.kind in _PRINT or edit.kind == "transposition":
                continue
            gone, come = (edit.b_text, edit.a_text) if turned else (edit.a_text, edit.b_text)
            put_in += len(words(come))
            left_out += 0 if come else len(words(gone))
        mine, theirs = len(words(q.text)), len(words(source.text))
        return put_in / max(1, mine) + _LEFT_OUT * left_out / max(1, theirs)


def transmissions(
    articles: Iterable[Article],
    quotations: Iterable[Quotation],
    clusters: Sequence[Cluster],
    apparatuses: Sequence[Apparatus],
    divergences: Iterable[Divergence],
    drifts: Iterable[Drift],
) -> tuple[Transmission, ...]:
    """The transmission of every cluster, in the order of the clusters. `apparatuses[i]` collates `clusters[i]`."""
    texts = {a.id: a for a in articles}
    by_id = {q.id: q for q in quotations}
    between: dict[str, dict[tuple[str, str], Divergence]] = {}
    for d in divergences:
        between.setdefault(d.cluster, {})[d.a, d.b] = d
    verdicts = {frozenset((d.a, d.b)): d.verdict for d in drifts}
    made = []
    for cluster, apparatus in zip(clusters, apparatuses, strict=True):
        members = tuple(by_id[i] for i in cluster.quotations)
        found = _Cluster(members, texts, between.get(cluster.id, {}), verdicts)
        found.rare.update(rare_readings(apparatus, found.homes(), language(members[0].lang)))
        made.append(Transmission(cluster.id, tuple(_descent(q, found) for q in members), _first(found)))
    return tuple(made)


def _first(cluster: _Cluster) -> str | None:
    """The witness printed before all others, where every one has a date."""
    dates = [(cluster.published(q), q) for q in cluster.members]
    known = [(date, q) for date, q in dates if date is not None]
    if len(known) < len(dates):
        return None
    found = [q for date, q in known if all(o is q or _before(date, other) for other, o in known)]
    return found[0].id if found else None


def _descent(q: Quotation, cluster: _Cluster) -> Descent:
    def none(why: str, rivals: Sequence[Quotation] = (), distance: float | None = None) -> Descent:
        return Descent(q.id, None, why, tuple(r.id for r in rivals), distance)

    if len(words(q.text)) < _FEWEST:
        return none("too short to tell: anybody may quote so few words")
    date = cluster.published(q)
    others = [o for o in cluster.members if o.article != q.article]
    if date is None:
        rivals, distance = _nearest(q, others, cluster)
        return none("its date is not known, so nobody is known to be earlier", rivals, distance)
    dates = {o.id: cluster.published(o) for o in others}
    earlier = [o for o in others if (then := dates[o.id]) is not None and _before(then, date)]
    if not earlier:
        if any(then is None for then in dates.values()):
            return none("nobody is known to be earlier; some have no date")
        return none("nobody is earlier")
    rivals, distance = _nearest(q, earlier, cluster)
    if distance is None:
        return none("the earlier ones are in other languages, or were not compared with it")
    if distance > NEAR:
        return none(
            f"no earlier witness is near: {min(distance, 1.0):.0%} of its words are from elsewhere", rivals, distance
        )
    return _chosen(q, rivals, distance, len(earlier), cluster)


def _nearest(
    q: Quotation, others: Sequence[Quotation], cluster: _Cluster
) -> tuple[tuple[Quotation, ...], float | None]:
    """The witnesses that explain most of `q`, those within the margin together."""
    measured = [(d, o) for o in others if (d := cluster.distance(q, o)) is not None]
    if not measured:
        return (), None
    least = min(d for d, _ in measured)
    return tuple(o for d, o in measured if d <= least + MARGIN), round(least, 4)


def _chosen(q: Quotation, rivals: Sequence[Quotation], distance: float, earlier: int, cluster: _Cluster) -> Descent:
    """The source among earlier witnesses that are as near, with what tells it from the others; or no answer."""
    article = cluster.articles.get(q.article)
    told: tuple[tuple[float, str, list[Quotation]], ...] = (
        (0.4, "its article names the other's outlet", [r for r in rivals if _names(article, cluster.outlet(r))]),
        (0.3, "only these two share rare readings", [r for r in rivals if frozenset((q.id, r.id)) in cluster.rare]),
        (
            0.3,
            "both are of one outlet",
            [r for r in rivals if cluster.outlet(r) and cluster.outlet(r) == cluster.outlet(q)],
        ),
    )
    left, reasons, strength = list(rivals), [], 0.2
    for weight, why, found in told:
        kept = [r for r in left if r in found]
        if kept:
            strength += weight
            reasons.append(why)
            left = kept
    if len({_compared(r) for r in left}) == 1 and len(left) > 1:
        dates = {r.id: cluster.published(r) for r in left}
        first = [r for r in left if all(o is r or _before(dates[r.id], dates[o.id]) for o in left)]
        if not first:
            return Descent(
                q.id, None, "the nearest have the same words on one day", tuple(r.id for r in left), distance
            )
        reasons.append("the earliest of those with the same words")
        left = first
    if len(left) > 1:
        return Descent(q.id, None, "several earlier ones are as near", tuple(r.id for r in left), distance)
    source = left[0]
    if not reasons:
        reasons.append("the only earlier one" if earlier == 1 else "nearer than any other that is earlier")
    readings = cluster.rare.get(frozenset((q.id, source.id)), ())
    others = tuple(r.id for r in rivals if r is not source)
    through = cluster.drifts.get(frozenset((q.article, source.article)), UNDETERMINED)
    strength = round(min(1.0, strength), 2)
    return Descent(q.id, source.id, "; ".join(reasons), others, distance, strength, through, readings)


def rare_readings(apparatus: Apparatus, home: Mapping[str, str], rules: Language) -> dict[Pair, tuple[str, ...]]:
    """Readings that two houses share and no third has, by the ids of the two witnesses. `home` says whose each is.

    Only where five houses or more have something to read, and only readings with a content word: what few have is
    then a departure, not the words that were said. Witnesses of one house, an outlet or an article, count once.
    """
    found: dict[Pair, list[str]] = {}
    for number in range(apparatus.width):
        if not apparatus.varies(number):
            continue
        readings: dict[str, list[str]] = {}
        standing = set()
        for witness, reading in zip(apparatus.witnesses, apparatus.column(number), strict=True):
            if reading is None or witness not in home:
                continue
            standing.add(home[witness])
            readings.setdefault(" ".join(t.n for t in reading if any(c.isalnum() for c in t.n)), []).append(witness)
        if len(standing) < _CROWD:
            continue
        for text, witnesses in readings.items():
            telling = any(word not in rules.function_words for word in text.split())
            if telling and len({home[w] for w in witnesses}) == 2:
                for k, one in enumerate(witnesses):
                    for other in witnesses[k + 1 :]:
                        if home[one] != home[other]:
                            found.setdefault(frozenset((one, other)), []).append(text)
    return {pair: tuple(texts) for pair, texts in found.items()}


def _compared(q: Quotation) -> str:
    return " ".join(words(q.text))


def _names(article: Article | None, outlet: str) -> bool:
    """Whether an article names an outlet as words of its own; names of less than three letters are too common."""
    if article is None or len(outlet) < 3 or fold(article.outlet or "") == outlet:
        return False
    return f" {' '.join(words(outlet))} " in _bare(article.text)


@lru_cache(maxsize=64)
def _bare(text: str) -> str:
    return f" {' '.join(words(text))} "


def _date(text: str | None) -> datetime | None:
    """A date, with its time of day where it is given; None for what is no ISO date."""
    try:
        return datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None


def _before(one: datetime | None, other: datetime | None) -> bool:
    """Whether a date is earlier. Without a time of day and a time zone on both sides, only days are compared."""
    if one is None or other is None:
        return False
    if one.tzinfo is not None and other.tzinfo is not None:
        return one < other
    return one.date() < other.date()
