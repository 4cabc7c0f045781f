"""Apparatus files back to tables: parallel segmentation, ours and that of other editors.

Text outside `app` belongs to all witnesses. In an `app`, a witness has the reading that names it; where none does, the
`lem` that names nobody, as editions with a base text write it; else nothing. In our own files a `seg` is a place of the
table by itself, and `listTranspose` links places whose words changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from quotealign.errors import InputMalformed
from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_ID, Element, string_value
from quotealign.model import Apparatus, Span, Token, Transposition

Cut = Callable[[str], Sequence[Token]]
"""Cuts a text into tokens."""

_BLOCKS = {f"{{{TEI}}}{name}" for name in "div p ab head l lg sp item".split()}
_ASIDE = {f"{{{TEI}}}{name}" for name in ("note", "witDetail", "fw", "wit")}
_READINGS = (f"{{{TEI}}}lem", f"{{{TEI}}}rdg")
_APP = f"{{{TEI}}}app"
_SEG = f"{{{TEI}}}seg"


class _Unit(NamedTuple):
    """What each witness has at one place, whom the base text follows there, and the xml:ids of the readings."""

    texts: dict[str, str]
    bases: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


def apparatus_in(root: Element, where: str, stem: str, cut: Cut) -> Iterator[Apparatus]:
    """The apparatus of each text in a document that has one. Raises `InputMalformed` for methods that are not read."""
    for tree in root.iter(f"{{{TEI}}}TEI"):
        body = tree.find("t:text/t:body", NAMESPACES)
        if body is not None and (
            body.find(f".//{_APP}") is not None or body.find("t:ab[@type='collation']", NAMESPACES) is not None
        ):
            yield _apparatus(tree, body, where, stem, cut)


def _apparatus(tree: Element, body: Element, where: str, stem: str, cut: Cut) -> Apparatus:
    encoding = tree.find(".//t:variantEncoding", NAMESPACES)
    method = encoding.get("method") if encoding is not None else "parallel-segmentation"
    if method != "parallel-segmentation":
        raise InputMalformed(
            f"an apparatus by {method}, which is not read", where=where, do="convert it to parallel segmentation"
        )
    sigla = _sigla(tree, body)
    if not sigla:
        raise InputMalformed(
            "an apparatus without witnesses", where=where, do="declare them in listWit, or name them in wit"
        )
    exact = body.find("t:ab[@type='collation']", NAMESPACES) is not None
    rows: list[list[str]] = [[] for _ in sigla]
    units: list[_Unit] = []
    for unit in _units(body, tuple(sigla), exact):
        texts = unit.texts
        if not exact:
            texts = {name: " ".join(f"|{text}|".split())[1:-1] for name, text in texts.items()}
        if any(texts.values()) or unit.ids:
            units.append(unit)
            for row, name in zip(rows, sigla, strict=True):
                row.append(texts.get(name, ""))
    table = [_tokens(row, cut, exact) for row in rows]
    # Where words were moved away nothing may be left; links lead there nevertheless.
    kept = [number for number, unit in enumerate(units) if unit.ids or any(row[number] for row in table)]
    order = {name: number for number, name in enumerate(sigla)}
    readings = tuple(tuple(tuple(row[number]) or None for number in kept) for row in table)
    places = {name: place for place, number in enumerate(kept) for name in units[number].ids}
    links = tuple(_links(tree, places, order)) if exact else ()
    name = (tree.get(XML_ID) or stem).removesuffix(".tei")
    return Apparatus(name, tuple(sigla.values()), readings, _lemma(units, kept, table, order), links)


def _lemma(
    units: Sequence[_Unit], kept: Sequence[int], table: Sequence[Sequence[Sequence[Token]]], order: Mapping[str, int]
) -> tuple[int | None, ...] | None:
    """The row of the base text at each place, which is named first; where all agree, the one of all other places."""
    named = {unit.bases[0] for unit in units if unit.bases}
    if not named:
        return None
    always = order[named.pop()] if len(named) == 1 else 0
    return tuple(
        order[units[number].bases[0]] if units[number].bases else always if _agree(table, number) else None
        for number in kept
    )


def _links(tree: Element, places: Mapping[str, int], order: Mapping[str, int]) -> Iterator[Transposition]:
    """Words that changed places, as far as both ends are places of the table."""
    for transpose in tree.iterfind("t:standOff/t:listTranspose/t:transpose", NAMESPACES):
        ends = [(_reach(end, places), _rows(end, order)) for end in transpose.iterchildren(f"{{{TEI}}}ptr")]
        match ends:
            case [(tuple() as here, rows), (tuple() as there, others)] if rows and others:
                origin = any(end.get("type") == "origin" for end in transpose.iterchildren(f"{{{TEI}}}ptr"))
                yield Transposition(here, there, rows, others, origin)


def _reach(end: Element, places: Mapping[str, int]) -> Span | None:
    found = [places.get(pointer.removeprefix("#"), -1) for pointer in (end.get("target") or "").split()]
    return (min(found), max(found) + 1) if found and min(found) >= 0 else None


def _rows(end: Element, order: Mapping[str, int]) -> tuple[int, ...]:
    names = (pointer.removeprefix("#") for pointer in (end.get("corresp") or "").split())
    return tuple(order[name] for name in names if name in order)


def _agree(table: Sequence[Sequence[Sequence[Token]]], unit: int) -> bool:
    return len({"".join(token.t for token in row[unit]).strip() for row in table}) == 1


def _sigla(tree: Element, body: Element) -> dict[str, str]:
    """For each witness the name that `wit` uses, and its sigil, in the order of listWit or of first mention."""
    found: dict[str, str] = {}
    for witness in tree.iterfind(".//t:listWit//t:witness", NAMESPACES):
        name = witness.get(XML_ID) or witness.get("n")
        if name:
            found[name] = witness.get("n") or name.partition(".w.")[2] or name
    if not found:
        for reading in body.iter(*_READINGS):
            for pointer in (reading.get("wit") or "").split():
                found.setdefault(pointer.removeprefix("#"), pointer.removeprefix("#"))
    return found


def _units(body: Element, names: tuple[str, ...], exact: bool) -> Iterator[_Unit]:
    """The places of a text, one by one."""
    plain: list[str] = []
    # Around our own block no space stands that is not the witnesses'.
    blocks = _BLOCKS - {f"{{{TEI}}}ab"} if exact else _BLOCKS

    def told() -> Iterator[_Unit]:
        if text := "".join(plain):
            yield _Unit(dict.fromkeys(names, text))
        plain.clear()

    skip: Element | None = None
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if skip is not None:
            if event == "end" and element is skip:
                skip = None
                plain.append(element.tail or "")
            continue
        if event in ("comment", "pi"):
            plain.append(element.tail or "")
        elif event == "start":
            if element.tag == _APP:
                yield from told()
                yield _readings(element, names)
                skip = element
            elif exact and element.tag == _SEG:
                yield from told()
                own = element.get(XML_ID)
                yield _Unit(dict.fromkeys(names, string_value(element)), ids=(own,) if own else ())
                skip = element
            elif element.tag in _ASIDE:
                skip = element
            else:
                plain.append((" " if element.tag in blocks else "") + (element.text or ""))
        elif element is not body:
            plain.append((" " if element.tag in blocks else "") + (element.tail or ""))
    yield from told()


def _readings(app: Element, names: tuple[str, ...]) -> _Unit:
    found: dict[str, str] = {}
    ids: list[str] = []
    bases: tuple[str, ...] = ()
    others = None
    for reading in _own_readings(app):
        named = [pointer.removeprefix("#") for pointer in (reading.get("wit") or "").split()]
        if own := reading.get(XML_ID):
            ids.append(own)
        if reading.tag == _READINGS[0]:
            bases = tuple(name for name in named if name in names)
            others = reading if not named else None
        for name in named:
            found.setdefault(name, _text_for(reading, name))
    if others is not None:
        for name in names:
            found.setdefault(name, _text_for(others, name))
    return _Unit(found, bases, tuple(ids))


def _own_readings(app: Element) -> Iterator[Element]:
    """The readings of an `app`, in groups or not, without those of an `app` in it."""
    for child in app.iterchildren(etree.Element):
        if child.tag in _READINGS:
            yield child
        elif child.tag == f"{{{TEI}}}rdgGrp":
            yield from _own_readings(child)


def _text_for(element: Element, name: str) -> str:
    """The text of a reading for one witness: in an `app` inside it, that witness's reading."""
    parts = [element.text or ""]
    for child in element.iterchildren(etree.Element):
        if child.tag == _APP:
            parts.append(_readings(child, (name,)).texts.get(name, ""))
        elif child.tag not in _ASIDE:
            parts.append(_text_for(child, name))
        parts.append(child.tail or "")
    return "".join(parts)


def _tokens(row: Sequence[str], cut: Cut, exact: bool) -> list[list[Token]]:
    """Tokens unit by unit; space in front of a word goes to the word before it, where CollateX has it.

    In texts that are not ours to the letter one space stands between two words, however many readings lie between.
    """
    made: list[list[Token]] = []
    last: list[Token] | None = None
    for text in row:
        words = text.lstrip()
        space = text[: len(text) - len(words)]
        if space and last and (exact or not last[-1].t[-1:].isspace()):
            last[-1] = Token(last[-1].t + space, last[-1].n)
        tokens = list(cut(words)) if words else []
        made.append(tokens)
        last = tokens or last
    if last and not exact:
        last[-1] = Token(last[-1].t.rstrip(), last[-1].n)
    return made
