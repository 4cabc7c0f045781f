"""The variant graph as a picture of our own drawing: one SVG, no script, nothing loaded."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Sequence

from quotealign.model import Apparatus
from quotealign.report.collation.layout import HEAD, LINE, MARGIN, OUT, SMALL, Slot, System, layout
from quotealign.report.collation.links import Moved, is_right_to_left, moved
from quotealign.report.columns import Piece, wrapped
from quotealign.report.wording import count, one_line

_STYLE = """
text { font: 14px system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", Arial, sans-serif; fill: #1e1c19; }
.paper { fill: #fdfcf9; } .small { font-size: 11px; fill: #5f594f; } .badge { font-size: 10px; fill: #98291c; }
rect.r { fill: #fdfcf9; stroke: #b9b1a2; } .s1 rect.r { fill: #f8e9e3; } .s2 rect.r { fill: #e3edf6; }
.s3 rect.r { fill: #e8f0dd; } .s4 rect.r { fill: #efe6f5; } .s5 rect.r { fill: #f6eecb; }
path { fill: none; stroke: #c3bcae; }
path:hover { stroke: #98291c; } .end { fill: #8d8575; }
.moved { stroke: #98291c; stroke-width: 1.4; stroke-dasharray: 5 4; }
@media (prefers-color-scheme: dark) {
text { fill: #ece8e0; } .paper { fill: #171614; } .small { fill: #b0a899; } .badge { fill: #f2917c; }
rect.r { fill: #171614; stroke: #5a544b; } .s1 rect.r { fill: #40241d; } .s2 rect.r { fill: #1d3146; }
.s3 rect.r { fill: #2a3820; } .s4 rect.r { fill: #382744; } .s5 rect.r { fill: #3d3516; }
path { stroke: #5d564c; } path:hover { stroke: #f2917c; } .end { fill: #8f8778; } .moved { stroke: #f2917c; }
}
"""
_SHADES = 6


class _Pen:
    """Draws into an SVG element; from right to left where the text runs so."""

    def __init__(self, root: ElementTree.Element, width: float, *, turned: bool) -> None:
        self.root, self.width, self.turned = root, width, turned

    def x(self, x: float) -> str:
        return _number(self.width - x if self.turned else x)

    def curve(self, a: tuple[float, float], b: tuple[float, float], told: str, width: float, kind: str = "") -> None:
        """A line from one point to the next that leaves and arrives level."""
        middle = (a[0] + b[0]) / 2
        self.path(
            f"M{self.x(a[0])} {_number(a[1])}C{self.x(middle)} {_number(a[1])} {self.x(middle)} {_number(b[1])} "
            f"{self.x(b[0])} {_number(b[1])}",
            told,
            width,
            kind,
        )

    def path(self, d: str, told: str, width: float, kind: str = "") -> None:
        made = ElementTree.SubElement(self.root, "path", {"d": d} | ({"class": kind} if kind else {}))
        if width:
            made.set("stroke-width", _number(width))
        ElementTree.SubElement(made, "title").text = _clean(told)

    def text(
        self, parent: ElementTree.Element, x: float, y: float, words: str, kind: str = "", anchor: str = ""
    ) -> None:
        made = ElementTree.SubElement(parent, "text", {"x": self.x(x), "y": _number(y)})
        if kind:
            made.set("class", kind)
        if anchor:
            made.set("text-anchor", anchor)
        made.text = _clean(words)


def draw(apparatus: Apparatus) -> str:
    """The variant graph of an apparatus as an SVG document.

    Readings of a unit stand below each other, that of those who mostly agree on top; lines are witnesses, the
    thicker the more, and name them when pointed at. Long texts go on in further lines. Words that changed places
    are joined by a dashed line where both stand in one line, bear the same number, and are told below; the units then
    have their numbers above them.
    """
    placed = layout(apparatus)
    links = moved(apparatus)
    told = [line for link in links for line in wrapped([Piece(f"⇄{link.number} {link.sentence}")], placed.columns)]
    below = len(placed.key) + len(told)
    height = placed.bottom + (below * (SMALL + 4) + MARGIN if below else 0)
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_number(placed.width)} {_number(height)}",
            "style": f"max-width: {_number(placed.width)}px",
            "role": "img",
            "aria-labelledby": "title description",
        },
    )
    ElementTree.SubElement(root, "title", id="title").text = _clean(f"Variant graph: {one_line(apparatus.id)}")
    witnesses = count(len(apparatus.witnesses), "witness", "witnesses")
    ElementTree.SubElement(
        root, "desc", id="description"
    ).text = f"{witnesses}, {count(apparatus.width, 'unit')}. Each line is the way of the witnesses it names."
    ElementTree.SubElement(root, "style").text = _STYLE
    ElementTree.SubElement(root, "rect", {"class": "paper", "width": "100%", "height": "100%"})
    pen = _Pen(root, placed.width, turned=is_right_to_left(apparatus))
    for number, system in enumerate(placed.systems):
        _lines(pen, system, apparatus, last=number == len(placed.systems) - 1, first=not number)
        _arcs(pen, system, apparatus, links)  # before the readings, which cover what crosses them
        if placed.numbered:
            pen.text(root, MARGIN + 14, system.top + HEAD - 5, "unit", "small", "middle")
        for layer in system.layers:
            if placed.numbered:
                middle = layer[0].x + layer[0].width / 2
                pen.text(root, middle, system.top + HEAD - 5, str(layer[0].unit + 1), "small", "middle")
            for slot in layer:
                _slot(pen, slot, apparatus)
    y = placed.bottom + SMALL
    for line in (*placed.key, *told):
        made = ElementTree.SubElement(root, "text", {"x": str(MARGIN), "y": _number(y), "class": "small"})
        made.text = _clean(line)
        y += SMALL + 4
    ElementTree.indent(root, " ")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _lines(pen: _Pen, system: System, apparatus: Apparatus, *, first: bool, last: bool) -> None:
    """The witnesses' ways from layer to layer, from the left edge and to the right one."""
    axis = system.layers[0][0].axis
    start, end = (MARGIN, axis), (system.layers[-1][0].x + system.layers[-1][0].width + OUT, axis)
    for slot in system.layers[0]:
        _way(pen, start, (slot.x, slot.axis), slot.rows, apparatus)
    for left, right in zip(system.layers, system.layers[1:], strict=False):
        for source in left:
            for target in right:
                rows = sorted({*source.rows} & {*target.rows})
                _way(pen, (source.x + source.width, source.axis), (target.x, target.axis), rows, apparatus)
    for slot in system.layers[-1]:
        _way(pen, (slot.x + slot.width, slot.axis), end, slot.rows, apparatus)
    for slot in (slot for layer in system.layers for slot in layer if not slot.words):
        _way(pen, (slot.x, slot.axis), (slot.x + slot.width, slot.axis), slot.rows, apparatus)
    for (x, y), whole in ((start, first), (end, last)):
        if whole:
            attributes = {"class": "end", "cx": pen.x(x), "cy": _number(y), "r": "5"}
            ElementTree.SubElement(pen.root, "circle", attributes)


def _way(pen: _Pen, a: tuple[float, float], b: tuple[float, float], rows: Sequence[int], apparatus: Apparatus) -> None:
    if rows:
        width = 1.2 + 5 * len(rows) / len(apparatus.witnesses)
        pen.curve(a, b, _named(apparatus, rows), width)


def _slot(pen: _Pen, slot: Slot, apparatus: Apparatus) -> None:
    shade = (slot.shade - 1) % (_SHADES - 1) + 1 if slot.shade else 0
    group = ElementTree.SubElement(pen.root, "g", {"class": f"s{shade}"})
    words = "nothing" if slot.is_nothing else " ".join(slot.words)
    ElementTree.SubElement(group, "title").text = _clean(f"{words}: {_named(apparatus, slot.rows)}")
    middle = slot.x + slot.width / 2
    y = slot.y
    if slot.words:
        left = pen.width - slot.x - slot.width if pen.turned else slot.x
        box = {"x": _number(left), "y": _number(y), "width": _number(slot.width), "height": _number(slot.height)}
        ElementTree.SubElement(group, "rect", {"class": "r", "rx": "6", **box})
        y += 7
        for line in slot.words:
            pen.text(group, slot.middle, y + LINE - 4, line, anchor="middle")
            y += LINE
    else:
        y += 10
    for line in slot.sigla:
        pen.text(group, middle, y + SMALL - 1, line, "small", "middle")
        y += SMALL
    if slot.links:
        pen.text(group, slot.x + slot.width - 5, slot.y + 11, slot.badge, "badge", "start" if pen.turned else "end")


def _arcs(pen: _Pen, system: System, apparatus: Apparatus, links: Sequence[Moved]) -> None:
    """Dashed lines below a system between words that changed places in it."""
    slots = [slot for layer in system.layers for slot in layer if not slot.is_nothing]
    floor = system.top + system.height + 20
    for link in links:
        moves = apparatus.transpositions[link.number - 1]
        here, there = (_first(slots, link.number, units[0], rows) for units, rows in moves.shown)
        if here and there and not moves.resolved:
            (a, ya), (b, yb) = ((s.x + s.width / 2, s.y + s.height) for s in (here, there))
            low = _number(floor)
            d = f"M{pen.x(a)} {_number(ya)}C{pen.x(a)} {low} {pen.x(b)} {low} {pen.x(b)} {_number(yb)}"
            pen.path(d, link.sentence, 0, "moved")


def _first(slots: Iterable[Slot], link: int, unit: int, rows: Sequence[int]) -> Slot | None:
    return next((s for s in slots if s.unit == unit and link in s.links and {*s.rows} & {*rows}), None)


def _named(apparatus: Apparatus, rows: Sequence[int]) -> str:
    return ", ".join(one_line(apparatus.witnesses[row]) for row in rows)


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _clean(text: str) -> str:
    """Without the two code points that no XML file may hold; `one_line` has taken out the others."""
    return text.replace("\ufffe", "\N{REPLACEMENT CHARACTER}").replace("\uffff", "\N{REPLACEMENT CHARACTER}")
