"""Where everything stands in a drawn variant graph: units from left to right, their readings below each other.

A unit is a layer, each of its readings a slot in it. Nothing is a slot as well, so that every line leads from one
layer to the next: a narrow one that lines run through where most witnesses have nothing, a box where a few do. The
text of most witnesses runs along the top, and what differs hangs below it, as in an apparatus: those who often differ
farther down. Layers fill systems, as bars do in a score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotealign.model import Apparatus, links_at, variants
from quotealign.report.collation.links import NOTHING
from quotealign.report.columns import Piece, columns, wrapped
from quotealign.report.wording import one_line

WIDTH = 960
MARGIN = 24
LINE, SMALL = 19, 13  # height of a line of words, of sigla
_WORD, _SIGIL = 8.2, 6.6  # width of a column of words, of sigla: wide enough for any usual typeface
_LONGEST = 40  # columns of words on one line
_PAD, _GAP = 8, 10
HEAD = 14  # height of the numbers of units
OUT = 34  # how far lines run on behind the last layer of a system
_NEAR, _FAR = 22, 46  # between layers: where one line runs, where several cross
_KEYED = 10  # columns: longer sigla get numbers and a key
_NAMED, _LISTED = 6, 24  # witnesses of the largest reading, of any other, that are named
_COUNTED = "Where a reading has a number of witnesses below it, point at it to see which: its title names them."


@dataclass(slots=True)
class Slot:
    """One reading in a layer; `x` and `y` are its left side and its top, `axis` is where lines meet it.

    Nothing has no `words` where it is the reading of most witnesses, so that lines run through; else it is ∅ in a box.
    """

    unit: int
    rows: tuple[int, ...]
    shade: int
    is_nothing: bool
    words: list[str]
    sigla: list[str]
    links: tuple[int, ...]
    width: float
    height: float
    x: float = 0
    y: float = 0

    @property
    def axis(self) -> float:
        return self.y + (_PAD + LINE / 2 if self.words else 6)

    @property
    def badge(self) -> str:
        """The numbers of the links."""
        return " ".join(f"⇄{link}" for link in self.links)

    @property
    def middle(self) -> float:
        """Where words are centred: what is left of the box beside the badge."""
        return self.x + (self.width - _beside(self.links)) / 2


@dataclass(slots=True)
class System:
    """Layers in one line: its top, its height, and its layers with their slots."""

    layers: list[list[Slot]]
    top: float = 0
    height: float = 0
    arcs: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """The systems of a drawing, whether numbers of units stand above them, its size, and lines to stand below it.

    key  whose the numbers are that stand for sigla, and where to find sigla that are only counted
    """

    systems: list[System]
    numbered: bool
    key: list[str]
    width: float
    bottom: float

    @property
    def columns(self) -> int:
        """Columns of small type that fit into a line below the drawing."""
        return _columns_below(self.width)


def layout(apparatus: Apparatus) -> Layout:
    """The places of all readings of an apparatus."""
    sigla = [one_line(sigil) for sigil in apparatus.witnesses]
    keyed = any(columns(sigil) > _KEYED for sigil in sigla)
    names = tuple(str(number) for number in range(1, len(sigla) + 1)) if keyed else tuple(sigla)
    linked = links_at(apparatus)
    layers = [_layer(apparatus, unit, names, linked) for unit in range(apparatus.width)]
    apart = Counter(row for layer in layers for slot in layer[1:] for row in slot.rows)
    for layer in layers:
        layer[1:] = sorted(layer[1:], key=lambda slot: sum(apart[row] for row in slot.rows) / len(slot.rows))
    systems, top = [], float(MARGIN)
    for chosen in _lines(layers):
        system = System(chosen, top)
        _place(system, HEAD if linked else 0)
        within = {link for layer in chosen for slot in layer for link in slot.links}
        system.arcs = sum(_both_ends(apparatus, link, chosen) for link in within)
        system.height += 30 * bool(system.arcs)
        top += system.height + 2 * _GAP
        systems.append(system)
    pairs = (f"{name} {sigil}".replace(" ", "\N{NO-BREAK SPACE}") for name, sigil in zip(names, sigla, strict=True))
    varying = [layer for layer in layers if len(layer) > 1]
    counted = any(_is_counted(len(slot.rows), not number) for layer in varying for number, slot in enumerate(layer))
    across = max((_right(system) for system in systems), default=0.0) + OUT + MARGIN
    width = max(across, WIDTH / 2 if keyed or linked or counted else 0)
    key = wrapped([Piece(pair + "\N{EM SPACE}") for pair in pairs], _columns_below(width)) if keyed else []
    key += wrapped([Piece(_COUNTED)], _columns_below(width)) if counted else []
    return Layout(systems, bool(linked), key, width, top)


def _columns_below(width: float) -> int:
    return int((width - 2 * MARGIN) / _SIGIL)


def _beside(links: Sequence[int]) -> float:
    """The width of the badge; its arrow is wider than a column."""
    return sum(columns(str(link)) + 2 for link in links) * _SIGIL


def _right(system: System) -> float:
    """Where the last layer of a system ends."""
    return system.layers[-1][0].x + system.layers[-1][0].width


def _layer(
    apparatus: Apparatus, unit: int, names: Sequence[str], linked: Mapping[tuple[int, int], tuple[int, ...]]
) -> list[Slot]:
    found = variants(apparatus, unit)
    slots = []
    for number, variant in enumerate(found):
        words = one_line(variant.words)
        is_nothing = not words
        if is_nothing and number:
            words = NOTHING
        links = tuple(dict.fromkeys(link for row in variant.rows for link in linked.get((row, unit), ())))
        lines = wrapped([Piece(words)], _LONGEST) if words else []
        width = max((columns(line) for line in lines), default=0) * _WORD + _beside(links) + 2 * _PAD
        told = _told([names[row] for row in variant.rows], largest=number == 0) if len(found) > 1 else ""
        below = wrapped([Piece(told)], max(14, int((width - 2 * _PAD) / _SIGIL))) if told else []
        width = max([width, *(columns(line) * _SIGIL + 2 * _PAD for line in below)])
        height = (2 * _PAD + LINE * len(lines) if lines else 12) + SMALL * len(below)
        slots.append(Slot(unit, variant.rows, number, is_nothing, lines, below, links, width, height))
    return slots


def _told(sigla: Sequence[str], *, largest: bool) -> str:
    """The witnesses of a reading in few words; the picture's own titles name all."""
    return f"{len(sigla)} witnesses" if _is_counted(len(sigla), largest) else " ".join(sigla)


def _is_counted(number: int, largest: bool) -> bool:
    return number > (_NAMED if largest else _LISTED)


def _lines(layers: Sequence[list[Slot]]) -> list[list[list[Slot]]]:
    """Layers for each system; cut where all witnesses meet, if there is such a place not too far from the end."""
    found = []
    start = 0
    while start < len(layers):
        stop, used = start, float(2 * MARGIN + _FAR + OUT)
        while stop < len(layers) and (stop == start or used + _across(layers[stop]) <= WIDTH):
            used += _across(layers[stop]) + _between(layers, stop)
            stop += 1
        if stop < len(layers):
            places = range(stop, start + (stop - start) * 3 // 5, -1)
            stop = next((cut for cut in places if len(layers[cut - 1]) == 1), stop)
        found.append(list(layers[start:stop]))
        start = stop
    return found


def _across(layer: Sequence[Slot]) -> float:
    return max(slot.width for slot in layer)


def _between(layers: Sequence[Sequence[Slot]], place: int) -> int:
    """The space behind a layer."""
    behind = layers[place + 1] if place + 1 < len(layers) else ()
    return _NEAR if len(layers[place]) == 1 and len(behind) < 2 else _FAR


def _place(system: System, head: int) -> None:
    x, lowest = float(MARGIN + _FAR), system.top
    axis = system.top + head + _PAD + LINE / 2
    for place, layer in enumerate(system.layers):
        across = _across(layer)
        y = system.top + head
        for number, slot in enumerate(layer):
            slot.width = across
            slot.x = x
            slot.y = y if number or slot.words else axis - 6
            y = slot.y + slot.height + _GAP
        lowest = max(lowest, y - _GAP)
        x += across + _between(system.layers, place)
    system.height = lowest - system.top


def _both_ends(apparatus: Apparatus, link: int, layers: Sequence[Sequence[Slot]]) -> bool:
    units = {layer[0].unit for layer in layers}
    moved = apparatus.transpositions[link - 1]
    return not moved.resolved and moved.here[0] in units and moved.there[0] in units
