"""Tables for spreadsheets and statistics: CSV that neither takes for anything but text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula; an apostrophe keeps it text.

    Cells that begin so behind apostrophes of their own get one as well: whoever takes one off has the words back.
    """
    return f"'{cell}" if cell.lstrip("'")[:1] in _FORMULA else cell


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows below a line with the names of the columns; every cell is safe."""
    return "".join(",".join(map(_quoted, row)) + "\n" for row in (columns, *rows))


def _quoted(cell: str) -> str:
    # The csv module of Python 3.11 leaves a lone carriage return bare, and readers take it for the end of the row.
    shown = safe(cell)
    return '"' + shown.replace('"', '""') + '"' if any(mark in shown for mark in ',"\r\n') else shown
