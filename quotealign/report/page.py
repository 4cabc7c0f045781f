"""The page: one self-contained HTML file that a person reads, prints or sends on.

It loads nothing, runs nothing and tells nothing of when or where it was made. The templates beside this file hold its
structure and its style; everything that came from articles is escaped.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from quotealign.model import Alignment, Divergence
from quotealign.report import between, descents, heatmap, wording
from quotealign.report.articles import LETTERS, OPEN, name_of, shown_articles
from quotealign.report.cards import Card, Standing, cards, representative
from quotealign.report.environment import environment
from quotealign.report.grid import alone, grids
from quotealign.report.running import base_runs, folded, is_comparable, is_composed, runs, shortened

if TYPE_CHECKING:
    from jinja2 import Environment, Template

# What the page shows of large alignments; it says what it leaves out, and the records hold everything.
CARDS = 200
LISTED = 800  # further clusters, a line each
WORDINGS = 40  # differing texts in a card

# A browser finds the direction of a text by itself, but not that of a table's columns.
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def render(alignment: Alignment, *, version: str, texts: bool = True) -> str:
    """The `report.html` of an alignment: the same text for the same alignment and version, whenever and wherever.

    All clusters, gravest first (see `cards`), each with its base text, its witnesses by date with the words that differ
    marked, the collation tables, typed edits, metrics, and from whom its words may be; the heat map; the pictures of
    drift and transmission; the articles with their quotations in place; notices and settings. Of large alignments the
    first 200 clusters have a card and the next 800 a line, 50 articles are shown whole and of others what stands around
    the quotations of these cards; the page says so. Without `texts` there is nothing of the articles
    but what is quoted. Needs no network and no script, and can be read without colours.
    """
    shown = cards(alignment)
    cluster_of = {i: card for card in shown[:CARDS] for i in card.cluster.quotations}
    witnesses = {w.quotation.id for card in shown[:CARDS] for group in card.groups[:WORDINGS] for w in group}
    clustered = {witness.quotation.article for card in shown for witness in card.witnesses}
    articles = shown_articles(alignment, clustered, cluster_of) if texts else ()
    article_ids = {article.article.id for article in articles}
    by_cluster = {card.cluster.id: card for card in shown[:CARDS]}
    pairs = between.between(alignment, by_cluster, article_ids)
    placed = {q.id for article in articles for part in article.parts for place in part for q in place.opens}
    text = _template().render(
        alignment=alignment,
        version=version,
        cards=shown[:CARDS],
        cards_left_out=max(0, len(shown) - CARDS),
        listed=shown[CARDS : CARDS + LISTED],
        witnesses=witnesses,
        wordings=WORDINGS,
        articles=articles,
        articles_left_out=len(alignment.articles) - len(articles),
        limits={"letters": LETTERS, "open": OPEN},
        heat=heatmap.heatmap(alignment),
        heat_pairs=heatmap.PAIRS,
        picture=between.picture(alignment),
        pairs=pairs[: between.PAIRS],
        pairs_left_out=max(0, len(pairs) - between.PAIRS),
        told_most=descents.LINES,
        transmitted=descents.between_articles(alignment),
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
        folded=folded,
        shortened=shortened,
        grids=grids,
        alone_of=alone,
        taken=descents.taken,
        stemma_of=descents.stemma,
        is_comparable=is_comparable,
        is_composed=is_composed,
        representative=representative,
        rtl=_RIGHT_TO_LEFT,
        measures=_measures,
        all_classes=wording.CLASSES,
        all_kinds=[(kind.value, named) for kind, named in wording.KINDS],
        kind_names=dict(wording.KINDS),
        article_name=name_of,
        arcs=between.GEOMETRY,
    )
    return made


def on_its_own(card: Card) -> dict[str, Any]:
    """What `card.html` shows of a card with no articles around it."""
    return {"card": card, "wordings": WORDINGS, "placed": frozenset(), "article_ids": frozenset()}


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
