"""The page: one self-contained HTML file that a person reads, prints or sends on.

It loads nothing, runs nothing and tells nothing of when or where it was made. The templates beside this file hold its
structure and its style; everything that came from articles is escaped.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quotealign.model import Alignment, Article, Divergence, Quotation
from quotealign.report import between, heatmap, wording
from quotealign.report.cards import Card, Standing, cards, representative
from quotealign.report.environment import environment
from quotealign.report.grid import grid
from quotealign.report.places import Place, places
from quotealign.report.running import base_runs, is_comparable, is_composed, runs

if TYPE_CHECKING:
    from jinja2 import Environment, Template

# What the page shows of large alignments; it says what it leaves out, and the records hold everything.
ARTICLES = 50
CARDS = 200
WORDINGS = 40  # differing texts in a card
LETTERS = 40_000  # of an article's text

# A browser finds the direction of a text by itself, but not that of a table's columns.
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Shown:
    """An article as shown: its name, its text in pieces, and what was cut off."""

    article: Article
    name: str
    date: str
    url: str
    places: tuple[Place, ...]
    quotations: int
    cut: bool


def render(alignment: Alignment, *, version: str) -> str:
    """The `report.html` of an alignment: the same text for the same alignment and version, whenever and wherever.

    All clusters, gravest first (see `cards`), each with its base text, its witnesses by date with the words that differ
    marked, the collation table, typed edits and metrics; the heat map; the articles with their quotations in place;
    notices and settings. Of large alignments the first 200 clusters and 50 articles with clusters are shown, and
    the page says so. Needs no network and no script, and can be read without colours.
    """
    shown = cards(alignment)
    cluster_of = {i: card for card in shown[:CARDS] for i in card.cluster.quotations}
    clustered = {witness.quotation.article for card in shown for witness in card.witnesses}
    articles = _articles(alignment, clustered)
    article_ids = {article.article.id for article in articles}
    by_cluster = {card.cluster.id: card for card in shown[:CARDS]}
    pairs = between.between(alignment, by_cluster, article_ids)
    placed = {q.id for article in articles for place in article.places for q in place.opens}
    text = _template().render(
        alignment=alignment,
        version=version,
        cards=shown[:CARDS],
        cards_left_out=max(0, len(shown) - CARDS),
        wordings=WORDINGS,
        articles=articles,
        articles_left_out=len(alignment.articles) - len(articles),
        limits={"articles": ARTICLES, "letters": LETTERS},
        heat=heatmap.heatmap(alignment),
        geometry={"step": heatmap.STEP, "row": heatmap.ROW, "left": heatmap.LEFT, "top": heatmap.TOP},
        picture=between.picture(alignment),
        pairs=pairs[: between.PAIRS],
        pairs_left_out=max(0, len(pairs) - between.PAIRS),
        descents=between.taken(alignment, by_cluster),
        alone=False,
        kinds=_kinds(alignment),
        classes=_classes(shown),
        sentence=told(alignment, shown),
        cluster_of=cluster_of,
        placed=placed,
        article_ids=article_ids,
    )
    # Rather a visible stand-in than a page that no browser reads: lone surrogates and control characters.
    return wording.printable(text)


def draw(alignment: Alignment) -> str:
    """The picture of drift and transmission as an SVG file of its own; empty where nothing is shared."""
    picture = between.picture(alignment)
    if picture is None:
        return ""
    template = environment().get_template("arcs.html")
    return wording.printable(template.render(picture=picture, arcs=between.GEOMETRY, alone=True))


@lru_cache(maxsize=1)
def _template() -> Template:
    return with_cards(environment()).get_template("page.html")


def with_cards(made: Environment) -> Environment:
    """The environment, with what the templates of this page use; `card.html` shows one card."""
    made.globals.update(
        runs=runs,
        base_runs=base_runs,
        grid=grid,
        is_comparable=is_comparable,
        is_composed=is_composed,
        representative=representative,
        rtl=_RIGHT_TO_LEFT,
        measures=_measures,
        all_classes=wording.CLASSES,
        all_kinds=[(kind.value, named) for kind, named in wording.KINDS],
        kind_names=dict(wording.KINDS),
        article_name=_name,
        arcs=between.GEOMETRY,
    )
    return made


def on_its_own(card: Card) -> dict[str, Any]:
    """What `card.html` shows of a card with no articles around it."""
    return {"card": card, "wordings": WORDINGS, "placed": frozenset(), "article_ids": frozenset()}


def _name(article: Article) -> str:
    """How an article is called: by outlet and title, or by its id."""
    return ": ".join(part for part in (article.outlet, article.title) if part) or article.id


def _articles(alignment: Alignment, clustered: set[str]) -> list[Shown]:
    chosen = {article.id for article in alignment.articles[:ARTICLES]}
    if len(alignment.articles) > ARTICLES:
        chosen = {article.id for article in [a for a in alignment.articles if a.id in clustered][:ARTICLES]}
    found: dict[str, list[Quotation]] = {}
    for quotation in alignment.quotations:
        if quotation.article in chosen:
            found.setdefault(quotation.article, []).append(quotation)
    return [_article(article, found.get(article.id, [])) for article in alignment.articles if article.id in chosen]


def _article(article: Article, quotations: list[Quotation]) -> Shown:
    url = article.url or ""
    return Shown(
        article,
        _name(article),
        wording.day(article.published),
        url if url.lower().startswith(("https://", "http://")) else "",
        places(article.text[:LETTERS], quotations),
        len(quotations),
        len(article.text) > LETTERS,
    )


def _kinds(alignment: Alignment) -> list[tuple[wording.Named, int]]:
    numbers = Counter(quotation.kind for quotation in alignment.quotations)
    return [(named, numbers[kind]) for kind, named in wording.KINDS if numbers[kind]]


def _classes(shown: tuple[Card, ...]) -> list[tuple[wording.Named, int]]:
    """Classes with how many clusters have them as their worst, the gravest first."""
    numbers = Counter(card.label for card in shown)
    ranked = sorted(numbers, key=lambda label: (-wording.rank(label), label))
    return [(wording.class_of(label), numbers[label]) for label in ranked]


def told(alignment: Alignment, shown: tuple[Card, ...]) -> str:
    """What the page tells, in plain words."""
    speech = sum(quotation.kind.is_speech for quotation in alignment.quotations)
    hold = "holds" if len(alignment.articles) == 1 else "hold"
    articles, quotations = len(alignment.articles), len(alignment.quotations)
    start = (
        f"{wording.spelled(articles)} {'article' if articles == 1 else 'articles'} {hold} "
        f"{wording.spelled(quotations)} {'quotation' if quotations == 1 else 'quotations'}, "
        f"{'all' if speech == quotations > 1 else wording.spelled(speech)} of them speech."
    )
    start = start[0].upper() + start[1:]
    if not shown:
        return f"{start} No utterance is quoted more than once, so there is nothing to compare."
    utterances = "utterance is" if len(shown) == 1 else "utterances are"
    start += f" {wording.spelled(len(shown)).capitalize()} {utterances} quoted more than once."
    altered = sum(card.label == "altered" for card in shown)
    if altered:
        return f"{start} In {wording.spelled(altered)} of them at least one edit may change the meaning."
    return f"{start} No edit of a kind known to change the meaning was found."


def _measures(card: Card) -> tuple[list[str], list[tuple[Standing, Divergence]], list[str]]:
    """Names of metrics, the comparisons with the base as they were measured, and their signatures, each once."""
    measured = [(w, w.measured) for w in card.witnesses if w.measured]
    names = list(dict.fromkeys(name for _, divergence in measured for name in divergence.metrics))
    signatures = list(dict.fromkeys(divergence.signature for _, divergence in measured if divergence.signature))
    return names, measured, signatures
