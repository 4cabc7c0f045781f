"""Tables for spreadsheets and statistics: CSV that neither takes for anything but text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: str) -> str:
    """A spreadsheet takes a cell that begins so for a formula; an apostrophe keeps it text.

    Cells that begin so behind apostrophes of their own get one as well: whoever takes one off has the words back.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def plain(cell: str) -> str:
    """The words of a safe cell."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def tsv_of(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The same with tabs, a line a row whatever the words: white space in a cell becomes single spaces.

    Only a cell that begins with a quotation mark is quoted, since spreadsheets and readers would take it for quoted.
    """
    return "".join("\t".join(map(_flat, row)) + "\n" for row in (columns, *rows))


def _flat(cell: str) -> str:
    shown = safe(" ".join(cell.split()))
    return '"' + shown.replace('"', '""') + '"' if shown.startswith('"') else shown


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows below a line with the names of the columns; every cell is safe."""
    return "".join(",".join(map(_quoted, row)) + "\n" for row in (columns, *rows))


def _quoted(cell: str) -> str:
    # The csv module of Python 3.11 leaves a lone carriage return bare, and readers take it for the end of the row.
    shown = safe(cell)
    return '"' + shown.replace('"', '""') + '"' if any(mark in shown for mark in ',"\r\n') else shown
