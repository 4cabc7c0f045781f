"""Cards: what both faces of the report show of a cluster, in the order in which an editor wants to see them.

A card reads its cluster from one side: every other witness is compared with the base witness, so a divergence
that was measured the other way round is turned.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from quotealign.model import Alignment, Apparatus, Article, Cluster, Divergence, Quotation, Speaker, Transmission
from quotealign.report import originals, wording


@dataclass(frozen=True, slots=True)
class Standing:
    """A witness in a card: its quotation, its row, and how it differs from the base (None for the base itself).

    `against` is the row of the witness that its words are read beside: the base, or in another language than the
    base's the longest of that language; `reading` is how it differs from that one, None where it is that one itself or
    the two were not compared. `url` leads to the words in the article as published, empty where that is not known.
    """

    quotation: Quotation
    row: int
    label: str
    date: str
    is_base: bool
    divergence: Divergence | None
    measured: Divergence | None
    against: int = 0
    reading: Divergence | None = None
    published: str = ""
    url: str = ""

    @property
    def is_read(self) -> bool:
        """Whether its words are marked beside another's: not across languages, where every word differs."""
        return self.reading is not None and self.reading.label != "translated"

    @property
    def text(self) -> str:
        """The words as printed, outer spaces aside: witnesses with the same text stand together."""
        return self.quotation.text.strip()


@dataclass(frozen=True, slots=True)
class Card:
    """A cluster as shown. `witnesses` stand in the order of their dates, `groups` hold those with identical text.

    `worst` is the gravest divergence between any two witnesses, `largest` the highest figure, `apart` the gravest
    pair's labels where neither is the base.
    """

    number: int
    cluster: Cluster
    apparatus: Apparatus | None
    speakers: tuple[tuple[Speaker, int], ...]
    unnamed: int
    witnesses: tuple[Standing, ...]
    groups: tuple[tuple[Standing, ...], ...]
    base: Standing
    worst: Divergence | None
    largest: float | None
    apart: tuple[Standing, Standing] | None
    transmission: Transmission | None = None

    @property
    def speaker(self) -> str:
        """The name most witnesses give, or that nobody is named."""
        return self.speakers[0][0].name if self.speakers else "Speaker not identified"

    @property
    def label(self) -> str:
        """The worst class in the cluster."""
        return self.worst.label if self.worst else "verbatim" if len(self.groups) == 1 else "undetermined"

    def at(self, row: int) -> Standing:
        """The witness of a row."""
        return next(witness for witness in self.witnesses if witness.row == row)

    @property
    def has_undated(self) -> bool:
        """Whether some witnesses have a date and some have none."""
        return len({bool(witness.date) for witness in self.witnesses}) == 2

    @property
    def conflict(self) -> str:
        """A sentence on witnesses that name somebody else, empty without any."""
        if len(self.speakers) < 2:
            return ""
        names = [f"{speaker.name} ({number})" for speaker, number in self.speakers]
        return f"Witnesses disagree on who spoke: {wording.listed(names)}."


def base_row(apparatus: Apparatus | None) -> int:
    """The row of the base witness: the one that the lemma follows throughout, or the first."""
    rows = {row for row in (apparatus.lemma if apparatus and apparatus.lemma else ()) if row is not None}
    return rows.pop() if len(rows) == 1 else 0


def cards(alignment: Alignment) -> tuple[Card, ...]:
    """A card for every cluster, the gravest first: by worst class, then severity, then divergence, then size.

    Clusters alike in all that keep the alignment's order, so that numbers are the same on every run.
    """
    articles = {article.id: article for article in alignment.articles}
    quotations = {quotation.id: quotation for quotation in alignment.quotations}
    pairs: defaultdict[str, list[Divergence]] = defaultdict(list)
    for divergence in alignment.divergences:
        pairs[divergence.cluster].append(divergence)
    descents = {transmission.cluster: transmission for transmission in alignment.transmissions}
    made = []
    for place, cluster in enumerate(alignment.clusters):
        known = [quotations[i] for i in cluster.quotations if i in quotations]
        if not known:
            continue
        apparatus = alignment.apparatuses[place] if place < len(alignment.apparatuses) else None
        if apparatus is not None and len(apparatus.table) != len(known):
            apparatus = None
        card = _card(cluster, known, apparatus, pairs[cluster.id], articles)
        made.append(replace(card, transmission=descents.get(cluster.id)))
    made.sort(key=_gravity)
    return tuple(replace(card, number=number) for number, card in enumerate(made, start=1))


def _gravity(card: Card) -> tuple[int, float, float, int]:
    worst = card.worst
    severity = worst.severity if worst else 0.0
    return -wording.rank(card.label), -severity, -(card.largest or 0.0), -len(card.witnesses)


def _card(
    cluster: Cluster,
    quotations: list[Quotation],
    apparatus: Apparatus | None,
    divergences: list[Divergence],
    articles: dict[str, Article],
) -> Card:
    base = min(base_row(apparatus), len(quotations) - 1)
    by_pair = {(divergence.a, divergence.b): divergence for divergence in divergences}
    labels = _labels(quotations, articles)
    yardsticks = _yardsticks(quotations, base)
    witnesses = []
    for row, quotation in enumerate(quotations):
        measured, read = _between(by_pair, quotations[base], quotation)
        article = articles.get(quotation.article)
        published = (quotation.published or _header(article, "published") or "").strip()
        against = yardsticks[_tongue(quotation)]
        witnesses.append(
            Standing(
                quotation,
                row,
                labels[row],
                wording.day(published),
                row == base,
                read,
                measured,
                against,
                None if against == row else _between(by_pair, quotations[against], quotation)[1],
                published,
                originals.address(article, quotation),
            )
        )
    ordered = tuple(sorted(witnesses, key=_by_date))
    worst = max(divergences, key=lambda d: (wording.rank(d.label), d.severity, d.divergence), default=None)
    speakers, unnamed = _speakers(quotations)
    return Card(
        number=0,
        cluster=cluster,
        apparatus=apparatus,
        speakers=speakers,
        unnamed=unnamed,
        witnesses=ordered,
        groups=_groups(ordered),
        base=witnesses[base],
        worst=worst,
        largest=max((d.divergence for d in divergences), default=None),
        apart=_apart(worst, witnesses),
    )


def _between(
    by_pair: dict[tuple[str, str], Divergence], base: Quotation, other: Quotation
) -> tuple[Divergence | None, Divergence | None]:
    """The comparison of two quotations as it was measured, and as it reads from the first to the second."""
    if (found := by_pair.get((base.id, other.id))) is not None:
        return found, found
    found = by_pair.get((other.id, base.id))
    if found is None:
        return None, None
    edits = tuple(wording.turned(edit) for edit in found.edits)
    return found, replace(found, a=found.b, b=found.a, edits=edits)


def _yardsticks(quotations: list[Quotation], base: int) -> dict[str, int]:
    """For each language the row that its other witnesses are read beside: the base, or the longest, first of equals."""
    found: dict[str, int] = {}
    for row, quotation in enumerate(quotations):
        longest = found.setdefault(_tongue(quotation), row)
        if len(quotation.text) > len(quotations[longest].text):
            found[_tongue(quotation)] = row
    return {**found, _tongue(quotations[base]): base}


def _tongue(quotation: Quotation) -> str:
    return quotation.lang.split("-")[0].lower()


def _by_date(witness: Standing) -> tuple[bool, bool, str, str, str, int]:
    """By date, days without a time of day behind those of the same day with one; what is no date, and nothing, last."""
    date = wording.day(witness.published)
    known = bool(wording.ISO_DAY.match(date))
    time = wording.moment(witness.published)[10:] or "~"
    return (
        not date,
        not known,
        date if not known else wording.moment(witness.published)[:10],
        time,
        (witness.quotation.article),
        witness.row,
    )


def _apart(worst: Divergence | None, witnesses: Iterable[Standing]) -> tuple[Standing, Standing] | None:
    """The gravest pair, where no comparison with the base is of as grave a class."""
    found = {witness.quotation.id: witness for witness in witnesses}
    if worst is None or worst.a not in found or worst.b not in found:
        return None
    seen = [wording.rank(w.divergence.label) for w in found.values() if w.divergence]
    return (found[worst.a], found[worst.b]) if seen and max(seen) < wording.rank(worst.label) else None


def _groups(witnesses: Iterable[Standing]) -> tuple[tuple[Standing, ...], ...]:
    """Witnesses with identical text, each group where its first witness stands."""
    found: dict[str, list[Standing]] = {}
    for witness in witnesses:
        found.setdefault(witness.text, []).append(witness)
    return tuple(tuple(group) for group in found.values())


def representative(group: tuple[Standing, ...]) -> Standing:
    """The witness that stands for those with the same text: the base, or the first."""
    return next((witness for witness in group if witness.is_base), group[0])


def _speakers(quotations: Iterable[Quotation]) -> tuple[tuple[tuple[Speaker, int], ...], int]:
    """Speakers, the most frequent first (the earliest of equals), and how many quotations name none."""
    named = [quotation.speaker for quotation in quotations if quotation.speaker]
    first = {speaker.id: speaker for speaker in reversed(named)}
    ranked = Counter(speaker.id for speaker in named).most_common()
    return tuple((first[i], number) for i, number in ranked), len(list(quotations)) - len(named)


def _labels(quotations: list[Quotation], articles: dict[str, Article]) -> list[str]:
    """A short name a witness: its outlet; with the article where outlets repeat; numbered where articles do."""
    outlets = [q.outlet or _header(articles.get(q.article), "outlet") or q.article for q in quotations]
    homes = {outlet: {q.article for o, q in zip(outlets, quotations, strict=True) if o == outlet} for outlet in outlets}
    names = [
        f"{outlet} ({q.article})" if len(homes[outlet]) > 1 else outlet
        for outlet, q in zip(outlets, quotations, strict=True)
    ]
    seen: Counter[str] = Counter()
    labels = []
    for name in names:
        seen[name] += 1
        labels.append(f"{name} #{seen[name]}" if names.count(name) > 1 else name)
    return labels


def _header(article: Article | None, field: str) -> str | None:
    value = getattr(article, field, None) if article else None
    return str(value) if value else None
