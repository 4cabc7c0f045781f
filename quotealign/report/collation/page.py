"""Collations as one page: a table each, the longer side downwards, and what changed places below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from quotealign.model import Apparatus, links_at, words_of
from quotealign.report.collation.links import Moved, is_right_to_left, moved, shades
from quotealign.report.environment import environment
from quotealign.report.wording import count, one_line, printable

if TYPE_CHECKING:
    from jinja2 import Template

_SHADES = 5  # as many as the style sheet knows; further readings begin again


@dataclass(frozen=True, slots=True)
class Cell:
    """What one witness has in one unit. `state` is its classes in the style sheet; `span` counts the witnesses that
    share the cell, all where all print the same; `links` are the transpositions that the words take part in."""

    text: str
    state: str
    span: int = 1
    links: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A collation as shown: `heads` above the columns, and rows with their own heads, downwards the longer side."""

    anchor: str
    title: str
    facts: str
    direction: str
    corner: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    moved: tuple[Moved, ...]


def render(apparatuses: Sequence[Apparatus], *, version: str, lang: str = "und") -> str:
    """One self-contained page with the tables of some apparatuses: no script, no network, readable without colours.

    Where there are more units than witnesses, a row is a unit and what all print stands once across it; otherwise a
    row is a witness. `lang` is the language of the texts, as a BCP 47 tag.
    """
    tables = [_table(apparatus, number) for number, apparatus in enumerate(apparatuses, 1)]
    return printable(_template().render(tables=tables, version=version, lang=lang))


def _table(apparatus: Apparatus, number: int) -> Table:
    links = links_at(apparatus)
    columns = []
    for unit in range(apparatus.width):
        shade = shades(apparatus, unit)
        words = [one_line(words_of(reading)) for reading in apparatus.column(unit)]
        varies = apparatus.varies(unit)
        columns.append(
            tuple(
                Cell(text, _state(shade[row], text, varies, words), 1, links.get((row, unit), ()))
                for row, text in enumerate(words)
            )
        )
    sigla = tuple(one_line(sigil) for sigil in apparatus.witnesses)
    numbers = tuple(str(unit + 1) for unit in range(apparatus.width))
    downwards = len(numbers) > len(sigla)
    if downwards:
        rows = tuple(zip(numbers, map(_merged, columns), strict=True))
    else:
        rows = tuple((sigil, tuple(column[row] for column in columns)) for row, sigil in enumerate(sigla))
    differing = sum(apparatus.varies(unit) for unit in range(apparatus.width))
    return Table(
        f"collation-{number}",
        one_line(apparatus.id),
        f"{count(len(sigla), 'witness', 'witnesses')}, {count(len(numbers), 'unit')}, {differing:,} with variants",
        "rtl" if is_right_to_left(apparatus) else "ltr",
        "Unit" if downwards else "Witness",
        sigla if downwards else numbers,
        rows,
        moved(apparatus),
    )


def _state(shade: int, text: str, varies: bool, words: Sequence[str]) -> str:
    if text and not varies:
        return "same" if len(set(words)) == 1 else "surface"
    shaded = f"shade{(shade - 1) % _SHADES + 1 if shade else 0}"
    return shaded if text else f"left-out {shaded}"


def _merged(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """One cell for all witnesses where all print the same."""
    return (Cell(cells[0].text, "same", len(cells)),) if len(cells) > 1 and cells[0].state == "same" else cells


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment().get_template("collation.html")
