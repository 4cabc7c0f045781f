"""What lies between the articles, as shown: drift with its evidence, transmission, and one picture of both.

The picture is an arc diagram: the articles below each other by date, an arc between two that share a quotation, its
line by the verdict, its number the clusters shared, an arrowhead where one may have taken its words from the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from quotealign.model import Alignment, Article, Drift, Trace, ncname
from quotealign.model.drift import TRANSLATION, UNDETERMINED
from quotealign.report import wording
from quotealign.report.cards import Card

SHOWN = 20  # articles in the picture; more would not be read
PAIRS = 60  # pairs of articles with their evidence
ROW, LEFT, TOP, BEND, LEGEND = 48, 200, 22, 38, 114  # units of the picture
GEOMETRY = {"row": ROW, "left": LEFT, "top": TOP, "few": 6}


@dataclass(frozen=True, slots=True)
class Where:
    """A place of a trace: what it is called, and where on the page it is."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Between:
    """Two articles as shown: their names, the clusters shared, each trace with where it stands."""

    drift: Drift
    a: str
    b: str
    translated: str
    shared: tuple[Card, ...]
    traces: tuple[tuple[Trace, tuple[Where, ...]], ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """An arc of the picture between rows `top` and `bottom`.

    `at_top` and `at_bottom` count the witnesses that the one may have taken from the other.
    """

    drift: Drift
    top: int
    bottom: int
    at_top: int
    at_bottom: int

    @property
    def is_by_language(self) -> bool:
        """Whether it is a translation for no other reason than that the two are in two languages: drawn lightly."""
        return self.drift.verdict == TRANSLATION and {trace.kind for trace in self.drift.traces} == {"languages"}

    @property
    def curve(self) -> str:
        """The path of the arc."""
        bend = LEFT + 8 + self._bend
        return f"M{LEFT + 8} {self.y0} C{bend} {self.y0} {bend} {self.y1} {LEFT + 8} {self.y1}"

    @property
    def _bend(self) -> int:
        return BEND * (self.bottom - self.top) + 20

    @property
    def y0(self) -> int:
        """The height of its upper end."""
        return TOP + ROW * self.top

    @property
    def y1(self) -> int:
        """The height of its lower end."""
        return TOP + ROW * self.bottom

    @property
    def peak(self) -> tuple[int, int]:
        """Where it is farthest out."""
        return LEFT + 8 + self._bend * 3 // 4, (self.y0 + self.y1) // 2


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows (name, second line) and arcs, the undecided below the others."""

    rows: tuple[tuple[str, str], ...]
    arcs: tuple[Arc, ...]
    left_out: int

    @property
    def width(self) -> int:
        """Units across: the arcs, or the legend where that is wider."""
        return max(LEFT + 30 + (BEND * max((a.bottom - a.top for a in self.arcs), default=0) + 20) * 3 // 4, 320)

    @property
    def height(self) -> int:
        """Units down."""
        return TOP + ROW * (len(self.rows) - 1) + 34 + self.legend

    @property
    def has_languages(self) -> bool:
        """Whether some arcs stand for nothing but two languages."""
        return any(arc.is_by_language for arc in self.arcs)

    @property
    def legend(self) -> int:
        """Units down of what explains the lines."""
        return LEGEND + 20 * self.has_languages


def names_of(alignment: Alignment) -> dict[str, str]:
    """What each article is called: its outlet, with its id where an outlet has several; else its id."""
    outlets = Counter(a.outlet for a in alignment.articles if a.outlet)
    return {
        a.id: a.id if not a.outlet else a.outlet if outlets[a.outlet] == 1 else f"{a.outlet} ({a.id})"
        for a in alignment.articles
    }


def between(alignment: Alignment, shown: Mapping[str, Card], on_page: set[str]) -> tuple[Between, ...]:
    """Pairs of articles, the decided first, then by strength; `on_page` are the articles that the page shows."""
    names = names_of(alignment)
    texts = {a.id: a for a in alignment.articles}
    ranked = sorted(alignment.drifts, key=lambda d: (not d.is_decided, -d.strength, -len(d.shared)))
    return tuple(
        Between(
            d,
            names.get(d.a, d.a),
            names.get(d.b, d.b),
            names.get(d.translated or "", ""),
            tuple(shown[c] for c in d.shared if c in shown),
            tuple((t, tuple(_where(*place, texts, names, on_page) for place in t.places)) for t in d.traces),
        )
        for d in ranked
    )


def _where(
    article: str, span: tuple[int, int], texts: Mapping[str, Article], names: Mapping[str, str], on_page: set[str]
) -> Where:
    found = texts.get(article)
    line = f", line {found.line_and_column(span[0])[0]:,}" if found else ""
    return Where(names.get(article, article) + line, f"#article-{ncname(article)}" if article in on_page else "")


def picture(alignment: Alignment) -> Picture | None:
    """The arc diagram; None where no two articles share a quotation. Of many articles those in most pairs are shown."""
    partners = Counter(name for d in alignment.drifts for name in (d.a, d.b))
    sharing = [a for a in alignment.articles if a.id in partners]
    if not sharing:
        return None
    chosen = {a.id for a in sorted(sharing, key=lambda a: -partners[a.id])[:SHOWN]}
    rows = sorted((a for a in sharing if a.id in chosen), key=lambda a: (not a.published, wording.day(a.published)))
    place = {a.id: number for number, a in enumerate(rows)}
    home = {q.id: q.article for q in alignment.quotations}
    took: Counter[tuple[str, str]] = Counter(
        (home.get(d.source, ""), home.get(d.witness, ""))
        for t in alignment.transmissions
        for d in t.descents
        if d.source
    )
    names, translated = names_of(alignment), {d.translated for d in alignment.drifts}
    arcs = []
    for d in alignment.drifts:
        if d.a in place and d.b in place:
            upper, lower = sorted((d.a, d.b), key=lambda name: place[name])
            arcs.append(Arc(d, place[upper], place[lower], took[lower, upper], took[upper, lower]))
    arcs.sort(key=lambda arc: (arc.drift.verdict != UNDETERMINED, arc.top, arc.bottom))
    lines = tuple((names[a.id], _second(a, a.id in translated)) for a in rows)
    return Picture(lines, tuple(arcs), len(sharing) - len(rows))


def _second(article: Article, translated: bool) -> str:
    parts = [wording.day(article.published), "reads as a translation" if translated else ""]
    return " · ".join(part for part in parts if part) or "no date"
