"""The aligned table for the terminal: a row a witness, words that belong together below each other.

Long texts go on in further blocks. A unit that is wider than a line is broken between words and goes on as well.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quotealign.model import Apparatus, words_of
from quotealign.report.collation.links import NOTHING, Moved, moved, shades
from quotealign.report.columns import Piece, columns, cut, padded, styled, wrapped
from quotealign.report.wording import count, one_line

_SHADES = ("notable", "slight", "open", "good", "grave")
_GUTTER = "  "
_FILL = 16  # columns: where at least so many are left on a line, a long unit begins there
_KEEP_ORDER = "\N{LEFT-TO-RIGHT MARK}"


@dataclass(frozen=True, slots=True)
class _Column:
    """Cells that stand below each other, each on one line: a unit, or a part of one that is wider than a line."""

    cells: tuple[str, ...]
    styles: tuple[str, ...]
    width: int


def tables(apparatuses: Sequence[Apparatus], *, width: int, colour: bool) -> str:
    """The tables of some apparatuses, each below its id where there are several."""
    heads = [f"{one_line(a.id)}\n" if len(apparatuses) > 1 else "" for a in apparatuses]
    shown = (table(apparatus, width=width, colour=colour) for apparatus in apparatuses)
    return "\n".join(head + text for head, text in zip(heads, shown, strict=True))


def table(apparatus: Apparatus, *, width: int, colour: bool) -> str:
    """The table of an apparatus as text, its line end included; `∅` where a witness has nothing.

    No line is wider than `width` columns (at least 20). Words that changed places are told below the table, and the
    units then have their numbers above them. With `colour` (ANSI codes) readings that agree share a colour, nothing
    among them, and that of most witnesses has none; no fact is told by colour alone.
    """
    width = max(20, width)
    links = moved(apparatus)
    heads = [""] if links else []
    labels = [*heads, *(one_line(sigil) for sigil in apparatus.witnesses)]
    room = min(max(map(columns, labels), default=0), width // 4)
    blocks = []
    for block in _blocks(apparatus, width - room - len(_GUTTER), numbered=bool(links)):
        lines = []
        for row, label in enumerate(labels):
            cells = [(column.cells[row], column.styles[row], column.width) for column in block]
            lines.append(_line(_label(label, room), cells, colour))
        blocks.append("\n".join(lines))
    if not blocks:
        blocks.append(f"{count(len(apparatus.witnesses), 'witness', 'witnesses')} without words")
    if links:
        blocks.append("\n".join(_told(link, width) for link in links))
    return "\n\n".join(blocks) + "\n"


def _told(link: Moved, width: int) -> str:
    number = f"{link.number}. "
    return number + "\n".join(wrapped([Piece(link.sentence)], width, first=len(number), indent=len(number)))


def _label(sigil: str, room: int) -> str:
    """A sigil in so many columns; of a long one both ends are kept, as names of files often differ in the last."""
    if columns(sigil) > room:
        tail = sigil[-(room // 3) :]
        sigil = cut(sigil, room - columns(tail)) + tail
    return padded(sigil, room)


def _line(label: str, cells: Sequence[tuple[str, str, int]], colour: bool) -> str:
    turns = any(unicodedata.bidirectional(c) in ("R", "AL") for text, _, _ in cells for c in text)
    # A terminal that turns Arabic or Hebrew around must not turn the order of the cells.
    gutter = _KEEP_ORDER + _GUTTER if turns else _GUTTER
    filled = [styled(text, style, colour) + " " * (width - columns(text)) for text, style, width in cells]
    return gutter.join([label, *filled]).rstrip()


def _blocks(apparatus: Apparatus, space: int, *, numbered: bool) -> Iterator[list[_Column]]:
    """Columns for one block after the other, none wider than the space."""
    block: list[_Column] = []
    left = space
    for unit in range(apparatus.width):
        cells, styles = _cells(apparatus, unit, numbered=numbered)
        widest = max(map(columns, cells))
        if widest > left and block and not _begins_here(cells, widest, left, space):
            yield block
            block, left = [], space
        for part in _parts(cells, left, space):
            column = _Column(part, styles, max(map(columns, part)))
            if column.width > left:
                yield block
                block, left = [], space
            block.append(column)
            left -= column.width + len(_GUTTER)
    if block:
        yield block


def _begins_here(cells: Sequence[str], widest: int, left: int, space: int) -> bool:
    """Whether a long unit begins on the rest of a line, rather than on the next."""
    return widest > space // 2 and left >= _FILL and all(columns(cell.split(" ")[0]) <= left for cell in cells)


def _parts(cells: Sequence[str], left: int, space: int) -> Iterator[tuple[str, ...]]:
    """The cells of a unit, in parts where they are wider than what is left of the line."""
    lines = [wrapped([Piece(cell)], space, first=max(0, space - left)) for cell in cells]
    for number in range(max(map(len, lines))):
        yield tuple(line[number] if number < len(line) else "" for line in lines)


def _cells(apparatus: Apparatus, unit: int, *, numbered: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What stands below each other in a unit, and the style of each."""
    shade = shades(apparatus, unit)
    cells, styles = [], []
    for row, reading in enumerate(apparatus.column(unit)):
        words = one_line(words_of(reading))
        cells.append(words or NOTHING)
        styles.append(_SHADES[(shade[row] - 1) % len(_SHADES)] if shade[row] else "" if words else "faint")
    if numbered:
        return (str(unit + 1), *cells), ("faint", *styles)
    return tuple(cells), tuple(styles)
