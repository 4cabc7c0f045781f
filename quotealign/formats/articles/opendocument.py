"""The paragraphs of an OpenDocument text, as lines: with its tracked changes or before them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quotealign.formats.articles.leading import inherited, is_quoting, led_line

if TYPE_CHECKING:
    from lxml.etree import _Element

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_SIGNS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_UNSEEN = (f"{OFFICE}annotation", f"{OFFICE}change-info", f"{_TEXT}ruby-text")
_ELSEWHERE = {f"{_TEXT}tracked-changes", f"{_TEXT}note", *_UNSEEN}


def quoting(*parts: _Element | None) -> frozenset[str]:
    """The names of the paragraph styles for quotations, by their names or by those that they are based on."""
    named: dict[str, tuple[str, str]] = {}
    for part in parts:
        for style in part.iter(f"{_STYLE}style") if part is not None else ():
            name = style.get(f"{_STYLE}name", "")
            shown = style.get(f"{_STYLE}display-name") or name.replace("_20_", " ")
            named[name] = (shown, style.get(f"{_STYLE}parent-style-name", ""))
    return inherited(named)


def lines(body: _Element, changes: str, styles: frozenset[str]) -> list[str]:
    """A line a paragraph or heading, notes last."""
    return _Reader(body, changes, styles).lines()


class _Reader:
    def __init__(self, body: _Element, changes: str, styles: frozenset[str]) -> None:
        self._body = body
        self._changes = changes
        self._styles = styles
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
        found: list[str] = []
        for element in self._body.iter(*_PARAGRAPHS):
            if _ELSEWHERE.isdisjoint(above.tag for above in element.iterancestors()):
                # What begins within words that were put in was one with the paragraph before.
                joined = bool(found) and self._is_gone()
                line = self._line(element)
                if joined:
                    found[-1] += line.removeprefix("> ")
                else:
                    found.append(line)
        return found + self._notes

    def _line(self, element: _Element) -> str:
        line = "".join(self._text(element))
        style = element.get(f"{_TEXT}style-name", "")
        return led_line(line) if style in self._styles or is_quoting(style) else line

    def _text(self, element: _Element) -> Iterator[str]:
        yield self._said(element.text)
        for child in element:
            tag = child.tag
            name = child.get(f"{_TEXT}change-id", "")
            if tag == f"{_TEXT}change-start" and name in self._inserted:
                self._inside.add(name)
            elif tag == f"{_TEXT}change-end":
                self._inside.discard(name)
            elif tag == f"{_TEXT}change" and name in self._deleted:
                yield from self._taken_out(self._deleted[name])
            elif tag == f"{_TEXT}s":
                count = child.get(f"{_TEXT}c", "1")
                yield self._said(" " * min(int(count) if count.isdigit() else 1, 1000))
            elif tag == f"{_TEXT}note":
                if not self._is_gone():
                    self._notes += ["".join(self._text(p)) for p in child.iter(f"{_TEXT}p")]
            elif isinstance(tag, str) and tag in _SIGNS:
                yield self._said(_SIGNS[tag])
            elif isinstance(tag, str) and tag not in _UNSEEN and tag not in _PARAGRAPHS:
                yield from self._text(child)
            yield self._said(child.tail)

    def _taken_out(self, deletion: _Element) -> Iterator[str]:
        """What a deletion took out: its first paragraph goes on where it stood, and so does its last."""
        if self._changes != "accept" and not self._is_gone():
            gone = [p for p in deletion.iter(*_PARAGRAPHS) if _is_body(p)]
            yield "\n".join("".join(self._text(paragraph)) for paragraph in gone)

    def _is_gone(self) -> bool:
        return bool(self._inside) and self._changes == "reject"

    def _said(self, text: str | None) -> str:
        return "" if text is None or self._is_gone() else text


def _is_body(paragraph: _Element) -> bool:
    return not any(above.tag in (*_UNSEEN, f"{_TEXT}note") for above in paragraph.iterancestors())
