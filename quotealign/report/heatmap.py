"""The picture of the whole: articles × articles, by the mean divergence of the quotations that two articles share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from quotealign.model import Alignment, Article

SHOWN = 20  # articles; more would not be read
LEVELS = (0.05, 0.15, 0.3, 0.5)  # borders between the five shades
STEP, ROW, LEFT, TOP = 46, 30, 180, 26  # a cell, the names, the numbers above, in units of the picture


@dataclass(frozen=True, slots=True)
class Shared:
    """What two articles have in common: how many pairs of quotations, and their mean divergence."""

    pairs: int
    mean: float

    @property
    def level(self) -> int:
        """The shade, 0 to 4."""
        return sum(self.mean >= border for border in LEVELS)


@dataclass(frozen=True, slots=True)
class Heatmap:
    """`cells[i][j]` compares articles i and j; None on the diagonal and where nothing is shared."""

    articles: tuple[Article, ...]
    cells: tuple[tuple[Shared | None, ...], ...]
    left_out: int

    @property
    def width(self) -> int:
        """Units across."""
        return LEFT + STEP * len(self.articles)

    @property
    def height(self) -> int:
        """Units down."""
        return TOP + ROW * len(self.articles)


def heatmap(alignment: Alignment) -> Heatmap | None:
    """The articles that share quotations with most others, in their own order; None where none do."""
    home = {quotation.id: quotation.article for quotation in alignment.quotations}
    sums: defaultdict[tuple[str, str], list[float]] = defaultdict(list)
    for divergence in alignment.divergences:
        a, b = home.get(divergence.a), home.get(divergence.b)
        if a is not None and b is not None and a != b:
            sums[min(a, b), max(a, b)].append(divergence.divergence)
    partners: defaultdict[str, int] = defaultdict(int)
    for pair in sums:
        for name in pair:
            partners[name] += 1
    sharing = [article for article in alignment.articles if article.id in partners]
    if not sharing:
        return None
    chosen = {article.id for article in sorted(sharing, key=lambda article: -partners[article.id])[:SHOWN]}
    shown = tuple(article for article in sharing if article.id in chosen)
    cells = tuple(
        tuple(
            Shared(len(found), sum(found) / len(found))
            if (found := sums.get((min(a.id, b.id), max(a.id, b.id))))
            else None
            for b in shown
        )
        for a in shown
    )
    return Heatmap(shown, cells, len(sharing) - len(shown))
