"""Apparatus files back to tables: parallel segmentation, ours and that of other editors.

Text outside `app` belongs to all witnesses. In an `app`, a witness has the reading that names it; where none does, the
`lem` that names nobody, as editions with a base text write it; else nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from quotealign.errors import InputMalformed
from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_ID, Element
from quotealign.model import Apparatus, Token

Cut = Callable[[str], Sequence[Token]]
"""Cuts a text into tokens."""

_BLOCKS = {f"{{{TEI}}}{name}" for name in "div p ab head l lg sp item".split()}
_ASIDE = {f"{{{TEI}}}{name}" for name in ("note", "witDetail", "fw", "wit")}
_READINGS = (f"{{{TEI}}}lem", f"{{{TEI}}}rdg")
_APP = f"{{{TEI}}}app"


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
    bases: list[str | None] = []
    for texts, base in _units(body, tuple(sigla)):
        if not exact:
            texts = {name: " ".join(f"|{text}|".split())[1:-1] for name, text in texts.items()}
        if any(texts.values()):
            bases.append(base)
            for row, name in zip(rows, sigla, strict=True):
                row.append(texts.get(name, ""))
    table = [_tokens(row, cut, exact) for row in rows]
    kept = [unit for unit in range(len(bases)) if any(row[unit] for row in table)]
    order = list(sigla)
    lemma = None
    if any(bases):
        lemma = tuple(
            order.index(bases[unit] or order[0]) if bases[unit] or _agree(table, unit) else None for unit in kept
        )
    readings = tuple(tuple(tuple(row[unit]) or None for unit in kept) for row in table)
    name = (tree.get(XML_ID) or stem).removesuffix(".tei")
    return Apparatus(name, tuple(sigla.values()), readings, lemma)


def _agree(table: Sequence[Sequence[Sequence[Token]]], unit: int) -> bool:
    return len({"".join(token.t for token in row[unit]).strip() for row in table}) == 1


def _sigla(tree: Element, body: Element) -> dict[str, str]:
    """For each witness the name that `wit` uses, and its sigil, in the order of listWit or of first mention."""
    found: dict[str, str] = {}
    for witness in tree.iterfind(".//t:listWit//t:witness", NAMESPACES):
        name = witness.get(XML_ID) or witness.get("n")
        if name:
            found[name] = witness.get("n") or name.rpartition(".w.")[2]
    if not found:
        for reading in body.iter(*_READINGS):
            for pointer in (reading.get("wit") or "").split():
                found.setdefault(pointer.removeprefix("#"), pointer.removeprefix("#"))
    return found


def _units(body: Element, names: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str | None]]:
    """What each witness has, place by place, and whom the base text follows there."""
    plain: list[str] = []

    def told() -> Iterator[tuple[dict[str, str], str | None]]:
        if text := "".join(plain):
            yield dict.fromkeys(names, text), None
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
            elif element.tag in _ASIDE:
                skip = element
            else:
                plain.append((" " if element.tag in _BLOCKS else "") + (element.text or ""))
        elif element is not body:
            plain.append((" " if element.tag in _BLOCKS else "") + (element.tail or ""))
    yield from told()


def _readings(app: Element, names: tuple[str, ...]) -> tuple[dict[str, str], str | None]:
    found: dict[str, str] = {}
    base = None
    others = None
    for reading in _own_readings(app):
        named = [pointer.removeprefix("#") for pointer in (reading.get("wit") or "").split()]
        if reading.tag == _READINGS[0]:
            base = next((name for name in named if name in names), None)
            others = reading if not named else None
        for name in named:
            found.setdefault(name, _text_for(reading, name))
    if others is not None:
        for name in names:
            found.setdefault(name, _text_for(others, name))
    return found, base


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
            parts.append(_readings(child, (name,))[0].get(name, ""))
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
    if last:
        last[-1] = Token(last[-1].t.rstrip(), last[-1].n)
    return made
