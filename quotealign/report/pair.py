"""Two texts one above the other: words aligned, what differs marked and numbered; then each edit, then the figures,
and where it is asked for each layer of the comparison.

Words are what stands between spaces. Where words cannot stand in columns (wider than the line, as in scripts without
spaces; from right to left; two languages), each text is printed for itself, what differs in brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from quotealign.model import Divergence, Edit, Layer, Span
from quotealign.report import wording
from quotealign.report.columns import Piece, columns, padded, styled, wrapped
from quotealign.report.wording import one_line, printable

NARROW = 72  # columns, below which the explanation of an edit goes below it instead of beside it

_GRAVE = 0.5
_NOTABLE = 0.2
_STYLES = {"verbatim": "good", "altered": "grave", "reworded": "notable", "translated": "open", "undetermined": "open"}
_WORD = re.compile(r"\S+")
_INDENT = 3


@dataclass(slots=True)
class _Word:
    """What stands between two spaces: the edits it takes part in, by number."""

    text: str
    span: Span
    edits: list[int] = field(default_factory=list)
    links: set[int] = field(default_factory=set)
    """Edits that have something opposite as well, in its place."""
    alone: bool = False
    """Whether nothing of it stands opposite."""


@dataclass(frozen=True, slots=True)
class _Cell:
    """Words above words; `edits` tell how they differ, none where they do not."""

    a: str
    b: str
    edits: tuple[int, ...]


def compared(
    rows: Sequence[tuple[str, str, str, Divergence]],
    *,
    width: int,
    colour: bool,
    layers: Sequence[Sequence[Layer]] = (),
) -> str:
    """Pairs (id, text a, text b, divergence) as text for people, no line wider than `width` columns (40 to 200).

    `layers` holds those of each pair, where they are to be shown.
    """
    width = max(40, min(width, 200))
    told = [list(_pair(*row, width, colour)) for row in rows]
    for lines, some in zip(told, layers, strict=bool(layers)):
        lines += _layers(some, width, colour)
    return "\n".join("\n".join(lines) + "\n" for lines in told)


def _pair(name: str, a: str, b: str, found: Divergence, width: int, colour: bool) -> Iterator[str]:
    head = [
        *([Piece(one_line(name) + ":", "strong")] if name else []),
        Piece(found.label, _STYLES.get(found.label, "slight")),
        Piece(f"· divergence {wording.figure(found.divergence)}".replace(" ", "\u00a0"), "faint"),
        Piece(f"· severity {wording.figure(found.severity)}".replace(" ", "\u00a0"), "faint"),
    ]
    yield from (line.replace("\u00a0", " ") for line in wrapped(head, width, colour=colour))
    yield ""
    cells = _cells(a, b, found.edits)
    if cells is None or any(max(columns(cell.a), columns(cell.b)) > width - _INDENT for cell in cells):
        for sign, text, side in (("a", a, "a"), ("b", b, "b")):
            pieces = _bracketed(text, found.edits, side)
            lines = wrapped(pieces, width, first=_INDENT, indent=_INDENT, colour=colour)
            yield from _beside(sign, lines, colour)
    else:
        yield from _aligned(cells, found.edits, width, colour)
    if found.edits:
        yield ""
        yield from _edits(found.edits, width, colour)
    yield ""
    figures = [Piece(f"{name}\u00a0{value:.4g}") for name, value in found.metrics.items()]
    parts = [part for piece in figures for part in (Piece("·", "faint"), piece)][1:]
    yield from (line.replace("\u00a0", " ") for line in wrapped(parts, width, colour=colour))


def _beside(sign: str, lines: list[str], colour: bool) -> Iterator[str]:
    yield styled(sign, "faint", colour) + " " * (_INDENT - 1) + lines[0]
    yield from lines[1:]


# -- words in columns --------------------------------------------------------------------------------------------------


def _cells(a: str, b: str, edits: Sequence[Edit]) -> list[_Cell] | None:
    """The two texts as words above words; None where the edits do not tell which word stands above which."""
    if any(unicodedata.bidirectional(character) in ("R", "AL") for character in a + b):
        return None
    above, below = _words(a, edits, "a"), _words(b, edits, "b")
    cells: list[_Cell] = []
    i = j = 0
    while i < len(above) or j < len(below):
        if i < len(above) and above[i].alone:
            cells.append(_Cell(above[i].text, "", tuple(above[i].edits)))
            i += 1
        elif j < len(below) and below[j].alone:
            cells.append(_Cell("", below[j].text, tuple(below[j].edits)))
            j += 1
        elif i == len(above) or j == len(below):
            return None
        else:
            x, y = _linked(above, below, i, j)
            upper, lower = above[i:x], below[j:y]
            numbers = tuple(sorted({n for word in (*upper, *lower) for n in word.edits}))
            texts = [" ".join(word.text for word in words) for words in (upper, lower)]
            if not numbers and _bare(texts[0]) != _bare(texts[1]):
                return None
            cells.append(_Cell(texts[0], texts[1], numbers))
            i, j = x, y
    return cells


def _linked(above: list[_Word], below: list[_Word], i: int, j: int) -> tuple[int, int]:
    """Where the words end that hang together with those at `i` and `j` by the same edits."""
    x, y = i + 1, j + 1
    links = above[i].links | below[j].links
    while True:
        if x < len(above) and above[x].links & links:
            links |= above[x].links
            x += 1
        elif y < len(below) and below[y].links & links:
            links |= below[y].links
            y += 1
        else:
            return x, y


def _words(text: str, edits: Sequence[Edit], side: str) -> list[_Word]:
    words = [_Word(printable(m.group()), m.span()) for m in _WORD.finditer(text)]
    covered = [0] * len(words)
    for number, edit in enumerate(edits, 1):
        for start, end in edit.a if side == "a" else edit.b:
            for place, word in enumerate(words):
                inside = min(end, word.span[1]) - max(start, word.span[0])
                if inside > 0:
                    word.edits.append(number)
                    covered[place] += len(_bare(text[max(start, word.span[0]) : min(end, word.span[1])]))
                    if edit.a and edit.b and edit.kind != "transposition":
                        word.links.add(number)
    for word, length in zip(words, covered, strict=True):
        word.alone = bool(word.edits) and not word.links and length >= len(_bare(word.text))
    return words


def _bare(text: str) -> str:
    """The letters and digits of a text: a mark may have its like at another word."""
    return "".join(c for c in text if c.isalnum()) or text


def _aligned(cells: Sequence[_Cell], edits: Sequence[Edit], width: int, colour: bool) -> Iterator[str]:
    first = True
    for line in _lines(cells, width - _INDENT):
        if not first:
            yield ""
        first = False
        wide = [_wide(cell) for cell in line]
        styles = [_style(cell, edits) for cell in line]
        for sign, texts in (("a", [cell.a for cell in line]), ("b", [cell.b for cell in line])):
            row = " ".join(
                styled(text, style, colour) + " " * (size - columns(text))
                for text, style, size in zip(texts, styles, wide, strict=True)
            )
            yield (styled(sign, "faint", colour) + " " * (_INDENT - 1) + row).rstrip()
        numbers = " ".join(padded(_numbers(cell), size) for cell, size in zip(line, wide, strict=True)).rstrip()
        if numbers:
            yield " " * _INDENT + styled(numbers, "faint", colour)


def _lines(cells: Sequence[_Cell], width: int) -> Iterator[list[_Cell]]:
    line: list[_Cell] = []
    used = 0
    for cell in cells:
        if line and used + 1 + _wide(cell) > width:
            yield line
            line, used = [], 0
        used += _wide(cell) + bool(line)
        line.append(cell)
    if line:
        yield line


def _wide(cell: _Cell) -> int:
    return max(columns(cell.a), columns(cell.b), len(_numbers(cell)))


def _numbers(cell: _Cell) -> str:
    return ",".join(map(str, cell.edits))


def _style(cell: _Cell, edits: Sequence[Edit]) -> str:
    return _weight(max((edits[n - 1].severity for n in cell.edits), default=None))


def _weight(severity: float | None) -> str:
    if severity is None:
        return ""
    return "grave" if severity >= _GRAVE else "notable" if severity >= _NOTABLE else "slight"


# -- words that cannot stand in columns --------------------------------------------------------------------------------


def _bracketed(text: str, edits: Sequence[Edit], side: str) -> Iterator[Piece]:
    marks = sorted((span, edit.severity) for edit in edits for span in (edit.a if side == "a" else edit.b))
    place, tight = 0, True
    for (start, end), severity in marks:
        if start < place:
            continue
        before = text[place:start]
        if before:
            yield Piece(printable(before), "", tight or not before[:1].isspace())
            tight = not before[-1:].isspace()
        yield Piece(f"[{printable(text[start:end])}]", _weight(severity), tight)
        place, tight = end, True
    rest = text[place:]
    yield Piece(printable(rest), "", not rest[:1].isspace())


# -- layers ------------------------------------------------------------------------------------------------------------


def _layers(layers: Sequence[Layer], width: int, colour: bool) -> Iterator[str]:
    """Each layer with what it explains, and both texts behind it where it changed them."""
    if not layers:
        yield ""
        yield from wrapped([Piece("no layers: the words of two languages are not compared", "faint")], width)
    before: tuple[str, str] | None = None
    for layer in layers:
        yield ""
        pieces = [Piece(f"{layer.name}:", "strong")]
        for number, edit in enumerate(layer.explained):
            pieces += [Piece(",", "faint", tight=True)] if number else []
            pieces.append(Piece(f"{one_line(edit.a_text) or '∅'} → {one_line(edit.b_text) or '∅'}"))
        pieces += [] if layer.explained or before is None else [Piece("nothing", "faint")]
        yield from wrapped(pieces, width, indent=_INDENT, colour=colour)
        texts = layer.a, layer.b
        for sign, text in zip("ab", texts if texts != before else (), strict=False):
            yield from _beside(sign, wrapped([Piece(printable(text))], width, first=_INDENT, indent=_INDENT), colour)
        before = texts


# -- edits -------------------------------------------------------------------------------------------------------------


def _edits(edits: Sequence[Edit], width: int, colour: bool) -> Iterator[str]:
    kinds = max(len(edit.kind) for edit in edits)
    digits = len(str(len(edits)))
    for number, edit in enumerate(edits, 1):
        style = _weight(edit.severity)
        start = (
            f"{number:>{digits}}  {styled(edit.kind.ljust(kinds), style, colour)}  {wording.figure(edit.severity)}  "
        )
        indent = digits + 2 + kinds + 2 + 4 + 2
        change = [
            Piece(one_line(edit.a_text) or "∅", "strong"),
            Piece("→"),
            Piece(one_line(edit.b_text) or "∅", "strong"),
        ]
        why = Piece(f"({wording.explain(edit)})", "faint")
        if width < NARROW:
            yield start.rstrip()
            indent = digits + 2
            lines = wrapped([*change, why], width, first=indent, indent=indent, colour=colour)
            yield " " * indent + lines[0]
        else:
            lines = wrapped([*change, why], width, first=indent, indent=indent, colour=colour)
            yield start + lines[0]
        yield from lines[1:]
