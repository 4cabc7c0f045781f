"""An apparatus as a long table: a row for each witness in each variation unit, as statistics programs want it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotealign.formats.spreadsheet import csv_of
from quotealign.model import Apparatus, links_at, variants, words_of

COLUMNS = ("collation", "unit", "witness", "reading", "compared", "group", "varies", "lemma", "transposition")
"""`group` numbers the readings of a unit as compared, that of most witnesses first; nothing is a reading, too.
`transposition` numbers the links that words of this witness stand at an end of."""


def table_csv(apparatuses: Sequence[Apparatus]) -> str:
    """The readings of some apparatuses, one below the other, as CSV."""
    return csv_of(COLUMNS, (row for apparatus in apparatuses for row in _rows(apparatus)))


def _rows(apparatus: Apparatus) -> Iterator[tuple[str, ...]]:
    links = links_at(apparatus)
    for unit in range(apparatus.width):
        column = apparatus.column(unit)
        group = {row: number for number, variant in enumerate(variants(apparatus, unit), 1) for row in variant.rows}
        lemma = apparatus.lemma[unit] if apparatus.lemma else None
        varies = _yes(apparatus.varies(unit))
        for row, sigil in enumerate(apparatus.witnesses):
            yield (
                apparatus.id,
                str(unit + 1),
                sigil,
                words_of(column[row]),
                " ".join(token.n for token in column[row] or ()),
                str(group[row]),
                varies,
                _yes(lemma is not None and group[row] == group[lemma]),
                " ".join(map(str, links.get((row, unit), ()))),
            )


def _yes(fact: bool) -> str:
    # R and pandas read these words as logical values.
    return "TRUE" if fact else "FALSE"
