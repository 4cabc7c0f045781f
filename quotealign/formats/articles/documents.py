"""What word processors leave: a zip with XML in it, read within bounds. Paragraphs become lines; notes come last.

Tracked changes are accepted, rejected, or both: the words put in and those taken out stand side by side. Comments,
fields and what a text box repeats for older readers are no text of the document.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotealign.errors import InputEmpty, InputMalformed

if TYPE_CHECKING:
    from lxml.etree import _Element

CHANGES = ("accept", "reject", "both")

_OLE = b"\xd0\xcf\x11\xe0"
_LARGEST = 64_000_000
"""Bytes of one part of a document, unpacked."""
_TAGS = 2_000_000
"""Tags in it: each takes memory, a hundred times what it takes packed."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


def document(data: bytes, kind: str, changes: str) -> str:
    """The text of a file that a program for documents wrote; `kind` is docx, odt or pdf."""
    if kind == "pdf":
        from quotealign.formats.articles.pdf import pdf

        return pdf(data)
    return (docx if kind == "docx" else odt)(data, changes)


def docx(data: bytes, changes: str) -> str:
    """The text of a Word document. Raises `InputMalformed` for what is none, `InputEmpty` where it has no words."""
    parts = _parts(data, ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"), "Word document (.docx)")
    lines: list[str] = []
    for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        root = parts.get(name)
        if root is not None:
            found = list(_of_word(root, changes))
            lines += found if name == "word/document.xml" else [line for line in found if line.strip()]
    return _joined(lines)


def odt(data: bytes, changes: str) -> str:
    """The text of an OpenDocument text. Raises as `docx` does."""
    parts = _parts(data, ("content.xml", "META-INF/manifest.xml"), "OpenDocument text (.odt)")
    manifest = parts.get("META-INF/manifest.xml")
    if manifest is not None and manifest.find(f".//{_MANIFEST}encryption-data") is not None:
        raise InputMalformed("protected by a password", do="save it without one")
    body = parts["content.xml"].find(f".//{_OFFICE}text")
    if body is None:
        raise InputMalformed("no text document", do="give an .odt file")
    return _joined(_OpenDocument(body, changes).lines())


def _joined(lines: list[str]) -> str:
    if not any(line.strip() for line in lines):
        raise InputEmpty("holds no text", do="put text there or leave it out")
    return "\n".join(lines).strip("\n") + "\n"


def _parts(data: bytes, names: tuple[str, ...], what: str) -> dict[str, _Element]:
    """The roots of some parts; the first is there. Raises `InputMalformed`."""
    if data.startswith(_OLE):
        raise InputMalformed("protected by a password, or an old .doc", do="save it as .docx without a password")
    parser = _parser()
    found: dict[str, _Element] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as folder:
            for name in names:
                if name in folder.namelist():
                    found[name] = parser(_unpacked(folder, name))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, SyntaxError):
        raise InputMalformed(f"broken: no {what}", do="open it in its program and save it again") from None
    if names[0] not in found:
        raise InputMalformed(f"no {what}", do="give the document itself")
    return found


def _unpacked(folder: zipfile.ZipFile, name: str) -> bytes:
    """A part, as far as its size allows: what a header says of the size is not to be trusted."""
    with folder.open(name) as part:
        data = part.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise InputMalformed(f"{name} in it is above {_LARGEST // 1_000_000} MB", do="split the document")
    if data.count(b"<") > _TAGS:
        raise InputMalformed(f"{name} in it has more than {_TAGS:,} tags", do="split the document")
    return data


class _parser:
    """Reads XML without entities, network and depth without end."""

    def __init__(self) -> None:
        from lxml import etree

        self._etree = etree

    def __call__(self, data: bytes) -> _Element:
        safe = self._etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        return self._etree.fromstring(data, safe)


def _of_word(root: _Element, changes: str) -> Iterator[str]:
    """A line a paragraph; a paragraph inside another (in a text box) comes behind it."""
    for paragraph in root.iter(f"{_W}p"):
        if any(above.tag == _FALLBACK for above in paragraph.iterancestors()):
            continue
        yield "".join(_runs(paragraph, changes))


def _runs(element: _Element, changes: str) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag in (f"{_W}del", f"{_W}moveFrom"):
            if changes != "accept":
                yield from _runs(child, changes)
        elif tag in (f"{_W}ins", f"{_W}moveTo"):
            if changes != "reject":
                yield from _runs(child, changes)
        elif tag in (f"{_W}t", f"{_W}delText"):
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag not in (f"{_W}p", _FALLBACK, f"{_W}instrText", f"{_W}delInstrText") and isinstance(tag, str):
            yield from _runs(child, changes)


_SIGNS = {
    f"{_W}tab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\N{NON-BREAKING HYPHEN}",
    f"{_TEXT}tab": "\t",
    f"{_TEXT}line-break": "\n",
}


class _OpenDocument:
    """The paragraphs of an OpenDocument text, with what its tracked changes put in and took out."""

    def __init__(self, body: _Element, changes: str) -> None:
        self._body = body
        self._changes = changes
        self._notes: list[str] = []
        self._inside: set[str] = set()
        self._deleted: dict[str, _Element] = {}
        self._inserted: set[str] = set()
        for region in body.iter(f"{_TEXT}changed-region"):
            name = region.get(f"{_TEXT}id") or region.get("{http://www.w3.org/XML/1998/namespace}id") or ""
            deletion = region.find(f"{_TEXT}deletion")
            if deletion is not None:
                self._deleted[name] = deletion
            elif region.find(f"{_TEXT}insertion") is not None:
                self._inserted.add(name)

    def lines(self) -> list[str]:
        """A line a paragraph or heading, notes last."""
        found = []
        for element in self._body.iter(f"{_TEXT}p", f"{_TEXT}h"):
            above = {one.tag for one in element.iterancestors()}
            if not above & {f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation"}:
                found.append("".join(self._text(element)))
        return found + self._notes

    def _text(self, element: _Element) -> Iterator[str]:
        yield self._said(element.text)
        for child in element:
            tag = child.tag
            name = child.get(f"{_TEXT}change-id", "")
            if tag == f"{_TEXT}change-start" and name in self._inserted:
                self._inside.add(name)
            elif tag == f"{_TEXT}change-end":
                self._inside.discard(name)
            elif tag == f"{_TEXT}change" and name in self._deleted and self._changes != "accept":
                gone = self._deleted[name].iter(f"{_TEXT}p", f"{_TEXT}h")
                yield "\n".join("".join(map(str, paragraph.itertext())) for paragraph in gone)
            elif tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                yield self._said(" " * min(int(count) if count.isdigit() else 1, 1000))
            elif tag == f"{_TEXT}note":
                self._notes += ["".join(self._text(p)) for p in child.iter(f"{_TEXT}p") if p.getparent() is not child]
            elif isinstance(tag, str) and tag in _SIGNS:
                yield self._said(_SIGNS[tag])
            elif isinstance(tag, str) and tag != f"{_OFFICE}annotation" and tag != f"{_TEXT}p":
                yield from self._text(child)
            yield self._said(child.tail)

    def _said(self, text: str | None) -> str:
        return "" if text is None or (self._inside and self._changes == "reject") else text
