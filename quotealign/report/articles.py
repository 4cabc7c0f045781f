"""The articles as shown: whole where the page has room, else what stands around the quotations that have a card."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from quotealign.model import Alignment, Article, Quotation, Span
from quotealign.report import originals, wording
from quotealign.report.places import Place, places

WHOLE = 50  # articles with their whole text
TOGETHER = 400_000  # letters that these have together
LETTERS = 40_000  # letters of one of them
EXCERPTS = 400  # further articles, of which only the surroundings of quotations are shown
OPEN = 12  # articles up to which all are unfolded
_AROUND = 160  # letters before and behind a quotation


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as shown: its name, its date, and its text in stretches, each in pieces; between two is more text.

    `whole` tells of an article that is shown from its beginning, `cut` of one that is not shown to its end.
    """

    article: Article
    name: str
    date: str
    url: str
    parts: tuple[tuple[Place, ...], ...]
    quotations: int
    whole: bool
    cut: bool


def name_of(article: Article) -> str:
    """How an article is called: by outlet and title, or by its id."""
    return ": ".join(part for part in (article.outlet, article.title) if part) or article.id


def shown_articles(alignment: Alignment, clustered: Collection[str], carded: Collection[str]) -> list[Shown]:
    """What the page has of the articles, in their order.

    `clustered` are the ids of articles with clusters, which come first where there are too many; `carded` the ids of
    quotations that stand in a card, each of which is shown in its place where it can be.
    """
    found: dict[str, list[Quotation]] = {}
    for quotation in alignment.quotations:
        found.setdefault(quotation.article, []).append(quotation)
    whole = _with_room(alignment.articles, clustered)
    rest = [a for a in alignment.articles if a.id not in whole and any(q.id in carded for q in found.get(a.id, ()))]
    excerpted = {article.id for article in rest[:EXCERPTS]}
    return [
        _shown(article, found.get(article.id, []), carded, whole=article.id in whole)
        for article in alignment.articles
        if article.id in whole or article.id in excerpted
    ]


def _with_room(articles: Sequence[Article], clustered: Collection[str]) -> set[str]:
    """The ids of the articles that are shown whole."""
    ranked = articles
    if len(articles) > WHOLE or sum(min(len(article.text), LETTERS) for article in articles) > TOGETHER:
        ranked = [article for article in articles if article.id in clustered] or articles
    chosen: set[str] = set()
    room = TOGETHER
    for article in ranked[:WHOLE]:
        room -= min(len(article.text), LETTERS)
        if room < 0 and chosen:
            break
        chosen.add(article.id)
    return chosen


def _shown(article: Article, quotations: list[Quotation], carded: Collection[str], *, whole: bool) -> Shown:
    start = min(LETTERS, len(article.text)) if whole else 0
    spans: list[Span] = [(0, start)] if whole else []
    wanted = [q for q in quotations if q.id in carded]
    spans += [_around(article.text, span) for q in wanted for span in q.spans if span[1] > start]
    merged = _merged(spans)
    parts = []
    for low, high in merged:
        here = [_moved(q, low) for q in quotations if any(s < high and low < e for s, e in q.spans)]
        parts.append(places(article.text[low:high], here))
    return Shown(
        article,
        name_of(article),
        wording.day(article.published),
        originals.address(article),
        tuple(parts),
        len(quotations),
        whole,
        not merged or merged[-1][1] < len(article.text),
    )


def _around(text: str, span: Span) -> Span:
    """A span with what stands around it, from word to word."""
    start, end = max(0, span[0] - _AROUND), min(len(text), span[1] + _AROUND)
    if start:
        start = min(start + len(text[start : span[0]]) - len(text[start : span[0]].partition(" ")[2]), span[0])
    if end < len(text):
        end = span[1] + len(text[span[1] : end].rpartition(" ")[0])
    return start, end


def _merged(spans: Iterable[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _moved(quotation: Quotation, by: int) -> Quotation:
    return replace(quotation, spans=tuple((start - by, end - by) for start, end in quotation.spans))
