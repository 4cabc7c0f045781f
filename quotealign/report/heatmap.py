"""The picture of the whole: articles × articles, by the mean divergence of the quotations that two articles share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from quotealign.model import Alignment, Article
from quotealign.report import wording
from quotealign.report.between import names_of

SHOWN = 60  # articles; more would not be read
FIGURES = 20  # articles, up to which the figures stand in the cells
PAIRS = 100  # in words, where there are too many articles for a table
LEVELS = (0.05, 0.15, 0.3, 0.5)  # borders between the five shades
LEFT, TOP = 180, 26  # the names, the numbers above, in units of the picture
_LARGE, _SMALL = (46, 30), (10, 16)  # a cell with its figure, a cell without
_SIZES = (3, 5, 6, 8, 9)  # of the square in a small cell, by shade: it can be read without colours


@dataclass(frozen=True, slots=True)
class Shared:
    """What two articles have in common: how many pairs of quotations, and their mean divergence."""

    pairs: int
    mean: float

    @property
    def level(self) -> int:
        """The shade, 0 to 4."""
        return sum(self.mean >= border for border in LEVELS)

    @property
    def size(self) -> int:
        """Units across of its square in a small cell."""
        return _SIZES[self.level]


@dataclass(frozen=True, slots=True)
class Heatmap:
    """`cells[i][j]` compares articles i and j; None on the diagonal and where nothing is shared.

    `names` of the articles are different from each other.
    """

    articles: tuple[Article, ...]
    names: tuple[str, ...]
    cells: tuple[tuple[Shared | None, ...], ...]
    left_out: int

    @property
    def width(self) -> int:
        """Units across."""
        return LEFT + self.step * len(self.articles) + 6

    @property
    def height(self) -> int:
        """Units down."""
        return TOP + self.row * len(self.articles)

    @property
    def has_figures(self) -> bool:
        """Whether cells are large enough for their figures."""
        return len(self.articles) <= FIGURES

    @property
    def step(self) -> int:
        """Units across of a cell."""
        return (_LARGE if self.has_figures else _SMALL)[0]

    @property
    def row(self) -> int:
        """Units down of a cell."""
        return (_LARGE if self.has_figures else _SMALL)[1]

    @property
    def left(self) -> int:
        """Units across before the first cell."""
        return LEFT

    @property
    def top(self) -> int:
        """Units down above the first cell."""
        return TOP

    @property
    def shades(self) -> tuple[tuple[int, str], ...]:
        """The shades with what they stand for."""
        borders = (0.0, *LEVELS, 1.0)
        return tuple((n, f"{low:.2f} to {high:.2f}") for n, (low, high) in enumerate(pairwise(borders)))

    @property
    def farthest(self) -> tuple[tuple[int, int, Shared], ...]:
        """Pairs of articles by their numbers from 0, the farthest apart first."""
        pairs = [(i, j, cell) for i, row in enumerate(self.cells) for j, cell in enumerate(row) if cell and i < j]
        return tuple(sorted(pairs, key=lambda pair: -pair[2].mean))


def heatmap(alignment: Alignment) -> Heatmap | None:
    """The articles that share quotations with most others, by date, undated ones last; None where none do."""
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
    kept = [article for article in sharing if article.id in chosen]
    shown = tuple(sorted(kept, key=lambda article: (not article.published, wording.moment(article.published))))
    names = names_of(alignment)
    cells = tuple(
        tuple(
            Shared(len(found), sum(found) / len(found))
            if (found := sums.get((min(a.id, b.id), max(a.id, b.id))))
            else None
            for b in shown
        )
        for a in shown
    )
    return Heatmap(shown, tuple(names[a.id] for a in shown), cells, len(sharing) - len(shown))
