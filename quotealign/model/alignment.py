"""An alignment: all that the main job made of some articles, kept together."""

from __future__ import annotations

from dataclasses import dataclass

from quotealign.model.apparatus import Apparatus
from quotealign.model.article import Article
from quotealign.model.cluster import Cluster
from quotealign.model.divergence import Divergence
from quotealign.model.drift import Drift, Transmission
from quotealign.model.notice import Notice
from quotealign.model.quotation import Quotation


@dataclass(frozen=True, slots=True)
class Alignment:
    """Articles and what each station made of them, each in a fixed order.

    `apparatuses[i]` collates `clusters[i]`, a row a quotation in the cluster's order. `divergences` compares,
    within each cluster, every pair of quotations in the cluster's order (`a` before `b`). `settings` is what the
    figures depend on, name to value. `drifts` has every pair of articles that share a cluster, in the articles' order;
    `transmissions[i]` is of `clusters[i]`.
    """

    articles: tuple[Article, ...]
    quotations: tuple[Quotation, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    apparatuses: tuple[Apparatus, ...] = ()
    divergences: tuple[Divergence, ...] = ()
    notices: tuple[Notice, ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    drifts: tuple[Drift, ...] = ()
    transmissions: tuple[Transmission, ...] = ()

    def article(self, identifier: str) -> Article:
        """The article with this id; KeyError where there is none."""
        for article in self.articles:
            if article.id == identifier:
                return article
        raise KeyError(identifier)
