"""Files of ours with one thing changed: a number by one, a letter, a tag moved by a letter, a pointer to another.

Every change is of something that claims a place or counts one. What claims none is left alone: titles, names, dates,
explanations, figures of scores, and whose words, of which kind and how surely (`who`, `ana`, `certainty`), which are
judgements and not to be read off the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TAG = re.compile(r"<(/?)([\w:]+)((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_POINTING = {
    ("seg", "corresp"),
    ("rs", "corresp"),
    ("span", "corresp"),
    ("fs", "corresp"),
    ("rdg", "wit"),
    ("lem", "wit"),
    ("relation", "mutual"),
    ("join", "target"),
    ("said", "next"),
    ("said", "prev"),
}
_ACROSS = {("witness", "source"), ("ptr", "target"), ("include", "href"), ("relation", "source")}
_WORDED = {"span", "note", "rdg", "lem", "seg", "rs", "said", "soCalled", "title", "p", "ab"}
_MOVED = {"said", "soCalled", "title", "seg", "rs", "app", "rdg", "lem", "p"}


class Mutant(NamedTuple):
    """A change of `text[start:end]` to `new`, and of what it is one."""

    kind: str
    start: int
    end: int
    new: str

    def of(self, text: str) -> str:
        """The text with the change."""
        return text[: self.start] + self.new + text[self.end :]


def mutants(text: str) -> Iterator[Mutant]:
    """Every single change of a file that makes it say what is not so."""
    for match in re.finditer(r"string-range\([^,]+,(\d+),(\d+)\)", text):
        yield from _by_one("start", match, 1)
        yield from _by_one("length", match, 2)
    for match in re.finditer(r'<(?:measure|gap)[^>]* quantity="(\d+)"|<p [^>]*n="(\d+)"', text):
        yield from _by_one("quantity" if match[1] else "number", match, 1 if match[1] else 2)
    for match in re.finditer(r" at (\d+)", text[: text.find("<sourceDesc")]):
        yield from _by_one("listed", match, 1)
    yield from _edits(text)
    body = text.find("<body") if "<body" in text else len(text)
    names = _ids(text)
    for tag in _TAG.finditer(text):
        close, name, attributes = tag[1], tag[2].removeprefix("xi:"), tag[3]
        inside = tag.start() > body
        if inside and name in _MOVED:
            yield from _moved(text, tag, name)
        if (not close and (inside or name in ("span", "note")) and name in _WORDED) or (close and inside):
            yield from _letter(text, tag.end(), name)
        for attribute in _ATTRIBUTE.finditer(attributes):
            start = tag.start(3) + attribute.start(2)
            if (name, attribute[1]) in _POINTING:
                kind = f"{name}/@{attribute[1]}"
                if name == "span":
                    kind = f"whose {text[:start].rpartition('<spanGrp type=')[2].split(chr(34))[1]}"
                yield from _elsewhere(kind, attribute[2], start, names)
            elif (name, attribute[1]) in _ACROSS:
                yield from _across(text, f"{name}/@{attribute[1]}", attribute[2], start)


def _by_one(kind: str, match: re.Match[str], group: int) -> Iterator[Mutant]:
    for other in (int(match[group]) - 1, int(match[group]) + 1):
        if other >= 0:
            yield Mutant(kind, match.start(group), match.end(group), str(other))


def _edits(text: str) -> Iterator[Mutant]:
    for place in re.finditer(r'<f name="[ab]-place">.*?</f>', text, re.DOTALL):
        for found in re.finditer(r'(?:value|max)="(\d+)"', place[0]):
            for mutant in _by_one("edit", found, 1):
                yield mutant._replace(start=mutant.start + place.start(), end=mutant.end + place.start())
    for words in re.finditer(r'<f name="[ab]">\s*<string>([^<]*)<', text):
        if place := re.search(r"\w", words[1]):
            at = words.start(1) + place.start()
            yield Mutant("edit's word", at, at + 1, "q" if place[0] != "q" else "x")


def _letter(text: str, start: int, name: str) -> Iterator[Mutant]:
    """Another letter in the text behind a tag."""
    end = text.find("<", start)
    if found := re.search(r"[^\W_]", text[start:end]):
        at = start + found.start()
        yield Mutant(f"letter in or behind {name}", at, at + 1, "q" if found[0] != "q" else "x")


def _moved(text: str, tag: re.Match[str], name: str) -> Iterator[Mutant]:
    if tag.end() < len(text) and text[tag.end()] not in "<&":
        yield Mutant(f"tag {name} moved right", tag.start(), tag.end() + 1, text[tag.end()] + tag[0])
    if text[tag.start() - 1] not in ">;":
        yield Mutant(f"tag {name} moved left", tag.start() - 1, tag.end(), tag[0] + text[tag.start() - 1])


def _ids(text: str) -> dict[str, list[str]]:
    """The ids of the file, by what they are ids of."""
    found: dict[str, list[str]] = defaultdict(list)
    for element in etree.fromstring(text.encode()).iter(etree.Element):
        if name := element.get(_ID):
            found[str(element.tag)].append(name)
    return found


def _elsewhere(kind: str, value: str, start: int, names: dict[str, list[str]]) -> Iterator[Mutant]:
    """Each pointer to another element of the same name."""
    for pointer in re.finditer(r"#(\S+)", value):
        same = next((group for group in names.values() if pointer[1] in group), [])
        for other in [name for name in same if name != pointer[1]][:2]:
            yield Mutant(kind, start + pointer.start(1), start + pointer.end(1), other)


def _across(text: str, kind: str, value: str, start: int) -> Iterator[Mutant]:
    """Each pointer to another file: to another of those that the file points to in the same way."""
    scheme = value[:3] if value[2:3] == ":" else ""
    pattern = rf'"({scheme}[^"\s#]+)' if scheme else r'href="([^"]+)'
    others = list(dict.fromkeys(re.findall(pattern, text)))
    for pointer in re.finditer(r"[^\s#]+(?=[\s#]|$)", value):
        if pointer[0] in others and (not scheme or pointer[0].startswith(scheme)):
            for other in [name for name in others if name != pointer[0]][:1]:
                yield Mutant(kind, start + pointer.start(), start + pointer.end(), other)
