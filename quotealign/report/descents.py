"""From whom the words may be, as shown: for each witness of a cluster, over all articles, as a picture with a caption.

The picture has its rows by date, undated ones last. An arrow leads from the one that may be the source to the one that
may have taken its words; a dashed line without a head says that two are near, and nothing tells which way, or whether.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from quotealign.model import Alignment, Descent
from quotealign.report import wording
from quotealign.report.between import names_of
from quotealign.report.cards import Card, Standing

ROWS = 20  # in a picture; more would not be read
LINES = 100  # in words
_FEW = 12  # rows up to which the undecided are drawn as well; with more the others could not be read
_RIVALS = 3  # undecided sources of one witness that are drawn
_ROW, _LEFT, _TOP, _BEND, _WIDEST = 36, 176, 18, 16, 150  # units of the picture


@dataclass(frozen=True, slots=True)
class Taken:
    """A witness as shown, with where it may be from: the source's name and the rivals'; empty without an answer."""

    descent: Descent
    witness: Standing
    source: str
    rivals: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two rows of a picture: to row `end` where it is an arrow. `number` counts the witnesses."""

    start: int
    end: int
    arrow: bool
    number: int = 1

    @property
    def _reach(self) -> int:
        return min(_WIDEST, _BEND * abs(self.end - self.start) + 14)

    @property
    def curve(self) -> str:
        """Its path; an arrow ends before the dot, where its head is."""
        x, bend = _LEFT + 14, _LEFT + 14 + self._reach * 4 // 3
        end = x + 9 if self.arrow else x
        return f"M{x} {_y(self.start)}C{bend} {_y(self.start)} {bend} {_y(self.end)} {end} {_y(self.end)}"

    @property
    def head(self) -> str:
        """The head of an arrow."""
        return f"M{_LEFT + 14} {_y(self.end)}l11 -5v10z"

    @property
    def peak(self) -> tuple[int, int]:
        """Where it is farthest out."""
        return _LEFT + 14 + self._reach, (_y(self.start) + _y(self.end)) // 2


@dataclass(frozen=True, slots=True)
class Stemma:
    """A picture: rows (name, date), lines, the undecided first, and the same in sentences; what it has no room for."""

    rows: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    caption: tuple[str, ...]
    left_out: int = 0
    open_left_out: int = 0

    @property
    def width(self) -> int:
        """Units across."""
        return max((line.peak[0] for line in self.lines), default=_LEFT) + 24

    @property
    def height(self) -> int:
        """Units down."""
        return 2 * _TOP + _ROW * (len(self.rows) - 1) + 8

    @property
    def dots(self) -> tuple[tuple[str, str, int], ...]:
        """Names and dates with their heights."""
        return tuple((name, date, _y(row)) for row, (name, date) in enumerate(self.rows))

    @property
    def left(self) -> int:
        """Where names end."""
        return _LEFT

    @property
    def has_arrows(self) -> bool:
        """Whether anything is decided."""
        return any(line.arrow for line in self.lines)

    @property
    def is_partly_open(self) -> bool:
        """Whether something is drawn and not decided."""
        return any(not line.arrow for line in self.lines)


def _y(row: int) -> int:
    return _TOP + _ROW * row


def taken(card: Card) -> tuple[Taken, ...]:
    """The descent of a card's witnesses, in the order of their dates; empty where it was not sought."""
    if card.transmission is None:
        return ()
    label = {w.quotation.id: w.label for w in card.witnesses}
    descents = {d.witness: d for d in card.transmission.descents}
    return tuple(
        Taken(d, w, label.get(d.source or "", ""), wording.listed([label[r] for r in d.rivals if r in label]))
        for w in card.witnesses
        if (d := descents.get(w.quotation.id)) is not None
    )


def stemma(card: Card) -> Stemma | None:
    """The picture of one cluster; None where nothing could be drawn but dots."""
    found = taken(card)
    place = {t.witness.quotation.id: row for row, t in enumerate(found)}
    lines: list[Line] = []
    for t in found:
        here = place[t.descent.witness]
        if t.descent.source in place:
            lines.append(Line(place[t.descent.source], here, True))
        else:
            lines += [Line(place[r], here, False) for r in t.descent.rivals[:_RIVALS] if r in place]
    kept = _kept(lines, len(found))
    rows = tuple((t.witness.label, t.witness.date or "no date") for t in found)
    return _drawn(rows, lines, kept, _told(found)) if lines else None


def between_articles(alignment: Alignment) -> Stemma | None:
    """The picture over all clusters: an arrow between two articles, with the number of quotations that may be taken."""
    home = {q.id: q.article for q in alignment.quotations}
    arrows: Counter[tuple[str, str]] = Counter()
    near: Counter[tuple[str, str]] = Counter()
    for transmission in alignment.transmissions:
        for d in transmission.descents:
            if d.source in home and d.witness in home:
                arrows[home[d.source], home[d.witness]] += 1
            elif d.witness in home:
                near.update((home[r], home[d.witness]) for r in d.rivals[:_RIVALS] if r in home)
    linked = {name for pair in (*arrows, *near) for name in pair}
    articles = [a for a in alignment.articles if a.id in linked]
    articles.sort(key=lambda a: (not a.published, wording.moment(a.published)))
    place = {a.id: row for row, a in enumerate(articles)}
    open_ = {pair: n for pair, n in near.items() if pair not in arrows and pair[::-1] not in arrows}
    lines = [Line(place[a], place[b], True, n) for (a, b), n in arrows.items() if a in place and b in place]
    drawn: set[frozenset[str]] = set()
    for (a, b), n in open_.items():
        if frozenset((a, b)) not in drawn and a in place and b in place:
            drawn.add(frozenset((a, b)))
            lines.append(Line(place[a], place[b], False, max(n, near[b, a])))
    names = names_of(alignment)
    rows = tuple((names[a.id], wording.day(a.published) or "no date") for a in articles)
    caption = tuple(_sentence(line, rows) for line in sorted(lines, key=_weight))
    return _drawn(rows, lines, _kept(lines, len(rows)), caption) if lines else None


def _sentence(line: Line, rows: tuple[tuple[str, str], ...]) -> str:
    source, taker = (wording.isolated(rows[row][0]) for row in (line.start, line.end))
    quotations = wording.count(line.number, "quotation")
    if line.arrow:
        return f"{taker} may have {quotations} from {source}."
    return f"{taker} and {source} are near in {quotations}, and nothing tells whether one had them from the other."


def _told(found: Iterable[Taken]) -> tuple[str, ...]:
    """The picture of a cluster in sentences."""
    takers: dict[str, list[str]] = {}
    told = []
    for t in found:
        if t.source:
            takers.setdefault(wording.isolated(t.source), []).append(wording.isolated(t.witness.label))
        elif t.rivals:
            told.append(f"{wording.isolated(t.witness.label)}: undetermined; nearest {wording.isolated(t.rivals)}.")
    sentences = [
        f"{wording.listed(names)} may have {'its' if len(names) == 1 else 'their'} words from {source}."
        for source, names in takers.items()
    ]
    return (*sentences, *told)


def _weight(line: Line) -> tuple[bool, int, int, int]:
    return not line.arrow, -line.number, line.start, line.end


def _kept(lines: list[Line], rows: int) -> list[int]:
    """The rows that are drawn: those with most lines, in their order."""
    weight: Counter[int] = Counter()
    for line in lines:
        heavy = line.number * (4 if line.arrow else 1)
        weight.update({line.start: heavy, line.end: heavy})
    linked = [row for row in range(rows) if weight[row]]
    return sorted(sorted(linked, key=lambda row: -weight[row])[:ROWS])


def _drawn(rows: tuple[tuple[str, str], ...], lines: list[Line], kept: list[int], caption: tuple[str, ...]) -> Stemma:
    place: Mapping[int, int] = {row: number for number, row in enumerate(kept)}
    shown = [
        Line(place[line.start], place[line.end], line.arrow, line.number)
        for line in lines
        if line.start in place and line.end in place and (line.arrow or len(kept) <= _FEW)
    ]
    shown.sort(key=lambda line: (line.arrow, line.start, line.end))
    linked = {row for line in lines for row in (line.start, line.end)}
    undrawn = sum(not line.arrow for line in lines) if len(kept) > _FEW else 0
    return Stemma(tuple(rows[row] for row in kept), tuple(shown), caption, len(linked) - len(kept), undrawn)
