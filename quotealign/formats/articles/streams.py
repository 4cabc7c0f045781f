"""Large JSON Lines, a line at a time, so that an archive is read in flat memory.

Only UTF-8 is read so: to tell an older encoding, and a JSON array from lines, the whole of a file is looked at.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

WHOLE = 8_000_000
"""Bytes up to which a file is read whole."""
_PIECE = 1 << 20
_SPACE = b" \t\r\n"


def pieces(stream: BinaryIO) -> Iterator[bytes]:
    """What a stream holds; each piece as it comes, since a read() that waits for more is deaf to Ctrl-C."""
    once = getattr(stream, "read1", stream.read)
    while piece := once(_PIECE):
        yield piece


def can_be_streamed(head: bytes, encoding: str | None) -> bool:
    """Whether a file that begins so is JSON Lines in UTF-8, by all that can be seen."""
    if encoding is not None:
        try:
            if codecs.lookup(encoding).name != "utf-8":
                return False
        except LookupError:
            return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # a character cut in two at the end is no fault
    except UnicodeDecodeError:
        return False
    return b"\0" not in head and head.removeprefix(codecs.BOM_UTF8).lstrip(_SPACE)[:1] == b"{"


def lines(given: Iterable[bytes], longest: int) -> Iterator[bytes | int]:
    """The lines of a file that comes in pieces; of one that has more than `longest` bytes only how many it has."""
    rest: list[bytes] = []
    size = 0
    for piece in given:
        *ended, last = piece.split(b"\n")
        for line in ended:
            yield b"".join((*rest, line)) if size + len(line) <= longest else size + len(line)
            rest, size = [], 0
        size += len(last)
        rest = [*rest, last] if size <= longest else []
    if size:
        yield b"".join(rest) if size <= longest else size


def count_lines(path: Path) -> int:
    """How many lines a file has that a record can stand on; 0 where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return sum(piece.count(b"\n") for piece in pieces(stream)) or 1
    except OSError:
        return 0


def is_array(text: str) -> bool:
    """Whether the text is one JSON array: then one sentence says so, and not one for each of its lines."""
    if not text.lstrip().startswith("["):
        return False
    try:
        return isinstance(json.loads(text), list)
    except (ValueError, RecursionError):
        return False
