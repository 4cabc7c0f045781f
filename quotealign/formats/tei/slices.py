"""A large file cut into documents that can be checked one by one: long rows of like elements, some of them at a time.

The file of a large corpus is mostly rows: an entry for each article, an inclusion for each file. A slice is the whole
file with every such row cut down to its first element, but for one row, of which a stretch is there. Where a content
model allows many of an element it allows any number, so the file is valid where all its slices are. Nothing within
`text` is cut. What the slices do not know of each other is which ids there are: these are kept on disk.
"""

from __future__ import annotations

import bisect
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple
from xml.parsers import expat

LARGE = 4_000_000
"""From so many bytes on a file is cut; below, its tree takes some tens of megabytes."""

_STRETCH = 250_000
_PIECE = 1 << 16
_TAG = 1 << 22


class _Point(NamedTuple):
    """A place in the file: byte from 0, line and column from 1."""

    byte: int
    line: int
    column: int


@dataclass(slots=True)
class _Row:
    """Elements of one name in a row: where the first begins, where the second, some between, and where the row ends."""

    tag: str
    cuts: list[_Point]
    second: _Point | None = None
    end: _Point | None = None


@dataclass(slots=True)
class _Open:
    tag: str
    row: _Row | None = None


class Slice(NamedTuple):
    """A document, and for its places the places in the file."""

    data: bytes
    segments: tuple[tuple[_Point, _Point], ...]

    def place(self, line: int, column: int) -> tuple[int, int]:
        """Line and column in the file."""
        number = bisect.bisect_right(self.segments, (line, column), key=lambda pair: pair[0][1:]) - 1
        own, true = self.segments[max(number, 0)]
        if line > own.line:
            return true.line + line - own.line, column
        return true.line, true.column + column - own.column


class Ids:
    """The xml:ids of a file: each with its element's name, that of the element around it, and its line."""

    def __init__(self) -> None:
        # A database without a name is in memory as far as that is little, and otherwise in a file that nobody sees.
        self._rows = sqlite3.connect("")
        self._rows.execute("CREATE TABLE ids (name TEXT PRIMARY KEY, tag TEXT, around TEXT, line INT) WITHOUT ROWID")

    def add(self, name: str, tag: str, around: str, line: int) -> int | None:
        """Keeps an id; where it was there already, its line."""
        added = self._rows.execute("INSERT OR IGNORE INTO ids VALUES (?, ?, ?, ?)", (name, tag, around, line))
        if added.rowcount:
            return None
        [found] = self._rows.execute("SELECT line FROM ids WHERE name = ?", (name,)).fetchone()
        return int(found)

    def element(self, name: str) -> tuple[str, str] | None:
        """The names of the element with this id, and of the one around it; None where there is none."""
        found = self._rows.execute("SELECT tag, around FROM ids WHERE name = ?", (name,)).fetchone()
        return None if found is None else (str(found[0]), str(found[1]))


@dataclass(slots=True)
class _Scan:
    """One reading of the file: its rows, its ids, and ids that are there twice."""

    ids: Ids = field(default_factory=Ids)
    rows: list[_Row] = field(default_factory=list)
    twice: list[tuple[str, _Point, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sliced:
    """A file in slices; `twice` are ids given a second time, with line and column, and the line of the first."""

    path: Path
    ids: Ids
    twice: tuple[tuple[str, int, int, int], ...]
    rows: tuple[_Row, ...]

    def __iter__(self) -> Iterator[Slice]:
        with self.path.open("rb") as file:
            yield from _slices(file, self.rows, self.path.stat().st_size)


def sliced(path: Path) -> Sliced | None:
    """The file in slices; None where it is no well-formed XML, has a document type, or no long rows."""
    scan = _Scan()
    try:
        with path.open("rb") as file:
            _read(file, scan)
    except (expat.ExpatError, LookupError, ValueError):
        return None
    if not scan.rows:
        return None
    twice = tuple((name, point.line, point.column, line) for name, point, line in scan.twice)
    return Sliced(path, scan.ids, twice, tuple(scan.rows))


def _read(file: BinaryIO, scan: _Scan) -> None:
    reader = expat.ParserCreate(namespace_separator="}")
    stack = [_Open("")]
    inside = 0  # how many elements of the text are open

    def here() -> _Point:
        return _Point(reader.CurrentByteIndex, reader.CurrentLineNumber, reader.CurrentColumnNumber + 1)

    def refuse(*_: object) -> None:
        raise ValueError("a document type")

    def begun(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        tag = "{" + name if "}" in name else name
        parent = stack[-1]
        own = attributes.get("http://www.w3.org/XML/1998/namespace}id")
        if own is not None:
            point = here()
            first = scan.ids.add(own, tag, parent.tag, point.line)
            if first is not None:
                scan.twice.append((own, point, first))
        if inside or name.endswith("}text"):
            inside += 1
        else:
            _into_row(parent, tag, here(), scan.rows)
        stack.append(_Open(tag))

    def ended(_: str) -> None:
        nonlocal inside
        inside -= inside > 0
        _end_row(stack.pop(), here(), scan.rows)

    reader.StartDoctypeDeclHandler = refuse
    reader.StartElementHandler = begun
    reader.EndElementHandler = ended
    read = 0
    while piece := file.read(_PIECE):
        reader.Parse(piece, False)
        read += len(piece)
        if read - reader.CurrentByteIndex > _TAG:
            # With each piece expat begins again with a tag that it has not seen the end of.
            raise ValueError("a tag without end")
    reader.Parse(b"", True)


def _into_row(parent: _Open, tag: str, point: _Point, rows: list[_Row]) -> None:
    row = parent.row
    if row is None or row.tag != tag:
        _end_row(parent, point, rows)
        parent.row = _Row(tag, [point])
        return
    row.second = row.second or point
    if point.byte - row.cuts[-1].byte >= _STRETCH:
        row.cuts.append(point)


def _end_row(parent: _Open, point: _Point, rows: list[_Row]) -> None:
    """A row that is long is kept, in place of those within it."""
    row, parent.row = parent.row, None
    if row is None or len(row.cuts) < 2:
        return
    row.end = point
    while rows and rows[-1].cuts[0].byte > row.cuts[0].byte:
        rows.pop()
    rows.append(row)


def _slices(file: BinaryIO, rows: tuple[_Row, ...], size: int) -> Iterator[Slice]:
    outline: list[tuple[_Point, _Point]] = []
    at = _Point(0, 1, 1)
    for row in rows:
        outline += [(at, row.cuts[0]), (row.cuts[0], row.second or row.cuts[0])]
        at = row.end or at
    outline.append((at, _Point(size, at.line, at.column)))
    # What is in every slice is read each time: a stretch is as long as that, at least.
    shortest = sum(end.byte - start.byte for start, end in outline)
    for number, row in enumerate(rows):
        start, last = row.cuts[0], row.end or row.cuts[-1]
        for end in (*row.cuts[1:], last):
            if end.byte - start.byte >= shortest or end is last:
                yield _slice(file, [*outline[: 2 * number + 1], (start, end), *outline[2 * number + 2 :]])
                start = end


def _slice(file: BinaryIO, parts: list[tuple[_Point, _Point]]) -> Slice:
    pieces: list[bytes] = []
    segments: list[tuple[_Point, _Point]] = []
    at, line, column = 0, 1, 1
    for start, end in parts:
        segments.append((_Point(at, line, column), start))
        at += end.byte - start.byte
        file.seek(start.byte)
        pieces.append(file.read(end.byte - start.byte))
        column = end.column if end.line > start.line else column + end.column - start.column
        line += end.line - start.line
    return Slice(b"".join(pieces), tuple(segments))
