"""An apparatus as parallel segmentation: what all witnesses print is plain text, where they differ there is an `app`.

For each witness, the plain text and its own readings, in order and stripped, are its text. The space between two
words belongs in front of the second. Readings that differ by this space only are one reading: the space itself
then gets an `app type="spacing"` of its own in front of it. Words that changed places have an id at both. A `seg` is a
place of the table that would run into the one before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from quotealign.formats.tei.elements import Element, add_text, encodable, tei
from quotealign.model import Apparatus, Divergence, Span

Kinds = Mapping[tuple[int, int], Sequence[str]]
"""For a row and a column, the kinds of edit that set it off from the base text; none where nothing is known."""


def declarations(apparatus: Apparatus) -> tuple[Element, Element]:
    """What `encodingDesc` says of the method, and of the space and the order of readings."""
    resolved = any(link.resolved for link in apparatus.transpositions)
    return (
        tei("variantEncoding", method="parallel-segmentation", location="internal"),
        tei(
            "editorialDecl",
            tei(
                "normalization",
                tei(
                    "p",
                    "The text outside app and a witness's own readings, in order and stripped, are the witness as "
                    "printed, with U+FFFD for a code point that XML cannot hold. The space between two words belongs "
                    "to the second; readings that differ by it only are one, behind an app of type spacing.",
                ),
                tei(
                    "p",
                    "Before that, the words at the first pointer of a transpose go back to the second in the witnesses "
                    "that this one names with corresp: readings show them with the same words of the others. The space "
                    "around them is then lost.",
                )
                if resolved
                else None,
            ),
        ),
    )


class _Cell(NamedTuple):
    """What a witness prints at one place: the space in front (None: free, nothing stands before) and the words."""

    space: str | None
    words: str


def collation(
    apparatus: Apparatus,
    *,
    witness: Callable[[int], str],
    category: Callable[[str], str],
    kinds: Kinds,
    xml_id: str,
    language: Callable[[Sequence[int]], str | None] = lambda rows: None,
) -> Element:
    """The `ab` of an apparatus; `witness` and `category` give the pointers to a row and to a kind of edit, `language`
    that of a reading of some rows, where it is not that of the text."""
    block = tei("ab", type="collation", xml_id=xml_id)
    moved = {unit for link in apparatus.transpositions for unit in (*range(*link.here), *range(*link.there))}
    rows = [_cells(apparatus, row)[0] for row in range(len(apparatus.witnesses))]
    plain = False
    for column in range(apparatus.width if rows else 0):
        cells = [row[column] for row in rows]
        groups: dict[str, list[int]] = {}
        for row, cell in enumerate(cells):
            groups.setdefault(cell.words, []).append(row)
        spaces, common = _spaces(cells, groups)
        if spaces:
            block.append(_app(spaces, witness, type="spacing"))
            plain = False
        readings = [(common.get(words, "") + words, members) for words, members in groups.items()]
        name = partial(_reading_id, xml_id, column) if column in moved else None
        if len(readings) == 1:
            text = readings[0][0]
            # Plain text is one place of the table: what stands beside it is set off.
            if name or (plain and text):
                block.append(tei("seg", text, xml_id=name(0) if name else None))
            else:
                add_text(block, text)
            plain = plain or bool(text)
            continue
        plain = False
        base = apparatus.lemma[column] if apparatus.lemma else None
        app = _app(
            readings, witness, base=base, kinds=kinds, column=column, category=category, name=name, language=language
        )
        block.append(app)
    put_back = {row for link in apparatus.transpositions if link.resolved for row in link.others}
    behind: dict[str, list[int]] = {}
    for row in range(len(rows)):
        behind.setdefault(_cells(apparatus, row)[1] if row in put_back else "", []).append(row)
    if any(behind):
        # What stands last in the table is not what stands last in these witnesses.
        block.append(_app(list(behind.items()), witness, type="spacing"))
    return block


def transpositions(apparatus: Apparatus, *, witness: Callable[[int], str], xml_id: str) -> Element | None:
    """Which readings hold words that changed places, for `standOff`; None where none did.

    `xml_id` is that of the `ab`. The first pointer of a `transpose` leads to the one place, the second to the other;
    each names as many readings as the words take, and with `corresp` the witnesses that have them there. Where the
    table shows the words in one place (resolved), the second, of type origin, leads to where they stand in their own
    witnesses.
    """
    if not apparatus.transpositions:
        return None
    words = [[cell.words for cell in _cells(apparatus, row)[0]] for row in range(len(apparatus.witnesses))]

    def pointers(units: Span, rows: Sequence[int], shown: Sequence[int], sort: str | None = None) -> Element:
        found = [
            f"#{_reading_id(xml_id, unit, next(k for k, row_words in enumerate(words) if row_words[unit] == own))}"
            for unit in range(*units)
            for own in dict.fromkeys(words[row][unit] for row in shown)
        ]
        return tei("ptr", type=sort, target=" ".join(found), corresp=" ".join(map(witness, rows)))

    made = []
    for link in apparatus.transpositions:
        here = (*link.rows, *link.others) if link.resolved else link.rows
        origin = pointers(link.there, link.others, link.others, "origin" if link.resolved else None)
        made.append(tei("transpose", pointers(link.here, link.rows, here), origin))
    return tei("listTranspose", *made)


def _reading_id(xml_id: str, column: int, first: int) -> str:
    """The xml:id of a reading by its unit and the first row that has it."""
    return f"{xml_id}.u{column + 1}.r{first + 1}"


def kinds_of_edits(apparatus: Apparatus, divergences: Sequence[Divergence]) -> dict[tuple[int, int], list[str]]:
    """Which kinds of edit each reading shows against the base text (the lemma; without one, the first witness)."""
    by_pair: dict[tuple[str, str], Divergence] = {(d.a, d.b): d for d in divergences}
    extents = [_extents(apparatus, row) for row in range(len(apparatus.witnesses))]
    found: dict[tuple[int, int], list[str]] = {}
    for column in range(apparatus.width if extents else 0):
        chosen = apparatus.lemma[column] if apparatus.lemma else None
        base = chosen if chosen is not None else 0
        for row, sigil in enumerate(apparatus.witnesses):
            reference = apparatus.witnesses[base]
            forth, back = by_pair.get((reference, sigil)), by_pair.get((sigil, reference))
            edits = [(edit.kind, edit.a, edit.b) for edit in (forth.edits if forth else ())]
            edits += [(edit.kind, edit.b, edit.a) for edit in (back.edits if back else ())]
            kinds = {
                kind
                for kind, of_base, of_row in edits
                if _touch(of_base, extents[base][column]) or _touch(of_row, extents[row][column])
            }
            if row != base and kinds:
                found[row, column] = sorted(kinds)
    return found


def _cells(apparatus: Apparatus, row: int) -> tuple[list[_Cell], str]:
    """The cells of a row, and the space behind the last of its words."""
    cells: list[_Cell] = []
    space, begun = "", False
    for reading in apparatus.table[row]:
        printed = space + "".join(encodable(token.t) for token in reading or ())
        words = printed.strip()
        if not words:
            cells.append(_Cell(None, ""))
            space = printed
            continue
        start = len(printed) - len(printed.lstrip())
        cells.append(_Cell(printed[:start] if begun else None, words))
        space, begun = printed[start + len(words) :], True
    return cells, space


def _spaces(
    cells: Sequence[_Cell], groups: Mapping[str, Sequence[int]]
) -> tuple[list[tuple[str, list[int]]], dict[str, str]]:
    """The readings of a spacing `app` where one is needed, and the space that each reading carries itself."""
    common: dict[str, str] = {}
    agreed = True
    for words, members in groups.items():
        spaces = {space for row in members if (space := cells[row].space) is not None}
        agreed = agreed and len(spaces) <= 1
        common[words] = min(spaces, default="")
    if agreed:
        return [], common
    readings: dict[str, list[int]] = {}
    for row, cell in enumerate(cells):
        readings.setdefault(cell.space or "", []).append(row)
    return list(readings.items()), {}


def _app(
    readings: Sequence[tuple[str, Sequence[int]]],
    witness: Callable[[int], str],
    *,
    base: int | None = None,
    kinds: Kinds | None = None,
    column: int = 0,
    category: Callable[[str], str] = str,
    name: Callable[[int], str] | None = None,
    language: Callable[[Sequence[int]], str | None] = lambda rows: None,
    type: str | None = None,
) -> Element:
    app = tei("app", type=type)
    # TEI wants the lemma in front of the other readings.
    for text, members in sorted(readings, key=lambda reading: base not in reading[1] if base is not None else False):
        shown = sorted({kind for row in members for kind in (kinds or {}).get((row, column), ())})
        app.append(
            tei(
                "lem" if base in members else "rdg",
                text,
                # The one whose text is followed comes first.
                wit=" ".join(witness(row) for row in sorted(members, key=lambda row: (row != base, row))),
                ana=" ".join(category(kind) for kind in shown) or None if base not in members else None,
                xml_id=name(members[0]) if name else None,
                xml_lang=language(members) if text.strip() else None,
            )
        )
    return app


def _extents(apparatus: Apparatus, row: int) -> list[Span]:
    """For each column, where the words of a witness stand in its text."""
    extents: list[Span] = []
    at = 0
    for reading in apparatus.table[row]:
        printed = "".join(token.t for token in reading or ())
        extents.append((at + len(printed) - len(printed.lstrip()), at + len(printed.rstrip())))
        at += len(printed)
    return extents


def _touch(spans: Sequence[Span], extent: Span) -> bool:
    return any(start < extent[1] and extent[0] < end for start, end in spans)
