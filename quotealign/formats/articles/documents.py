"""What word processors leave: a zip with XML in it, read within bounds. Paragraphs become lines; notes come last.

Tracked changes are accepted or rejected; with both a document is two texts, as it is and as it was. A paragraph in a
style for quotations is led by `> `. Comments, fields and what a text box repeats for older readers are no text.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from quotealign.errors import InputEmpty, InputMalformed
from quotealign.formats.articles import opendocument, word

if TYPE_CHECKING:
    from lxml.etree import _Element

CHANGES = ("accept", "reject", "both")

_OLE = b"\xd0\xcf\x11\xe0"
_LARGEST = 64_000_000
"""Bytes of one part of a document, unpacked."""
_TAGS = 2_000_000
"""Tags in it: each takes memory, a hundred times what it takes packed."""
_MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"


def versions(data: bytes, kind: str, changes: str) -> tuple[str, ...]:
    """The texts of a file that a program for documents wrote; `kind` is docx, odt or pdf.

    One, but for `changes` both: as it is with them and, where that is another text, as it was before.
    """
    if changes != "both":
        return (document(data, kind, changes),)
    try:
        after = document(data, kind, "accept")
    except InputEmpty:
        return (document(data, kind, "reject"),)
    try:
        before = document(data, kind, "reject")
    except InputEmpty:
        before = after
    return (after,) if before == after else (after, before)


def document(data: bytes, kind: str, changes: str) -> str:
    """The text of such a file, its tracked changes accepted or rejected."""
    if kind == "pdf":
        from quotealign.formats.articles.pdf import pdf

        return pdf(data)
    return (docx if kind == "docx" else odt)(data, changes)


def docx(data: bytes, changes: str) -> str:
    """The text of a Word document. Raises `InputMalformed` for what is none, `InputEmpty` where it has no words."""
    main, *notes = "word/document.xml", "word/footnotes.xml", "word/endnotes.xml"
    parts = _parts(data, (main, *notes, "word/styles.xml"), "Word document (.docx)")
    styles = word.quoting(parts.get("word/styles.xml"))
    lines = list(word.lines(parts[main], changes, styles))
    for name in notes:
        if name in parts:
            lines += [line for line in word.lines(parts[name], changes, styles) if line.strip()]
    return _joined(lines)


def odt(data: bytes, changes: str) -> str:
    """The text of an OpenDocument text. Raises as `docx` does."""
    parts = _parts(data, ("content.xml", "META-INF/manifest.xml", "styles.xml"), "OpenDocument text (.odt)")
    manifest = parts.get("META-INF/manifest.xml")
    if manifest is not None and manifest.find(f".//{_MANIFEST}encryption-data") is not None:
        raise InputMalformed("protected by a password", do="save it without one")
    body = parts["content.xml"].find(f".//{opendocument.OFFICE}text")
    if body is None:
        raise InputMalformed("no text document", do="give an .odt file")
    styles = opendocument.quoting(parts["content.xml"], parts.get("styles.xml"))
    return _joined(opendocument.lines(body, changes, styles))


def _joined(lines: list[str]) -> str:
    if not any(line.strip("> \n") for line in lines):
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
