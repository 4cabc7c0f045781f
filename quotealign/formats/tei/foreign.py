"""The text of TEI by other hands, where white space is mostly layout: a paragraph a block, an empty line between.

What is encoded as said, and whose marks were left out of the text for it, gets marks again.
"""

from __future__ import annotations

from lxml import etree

from quotealign.formats.tei.elements import TEI, Element, string_value
from quotealign.formats.tei.marks import is_mark

_BLOCKS = {f"{{{TEI}}}{name}" for name in "p ab head l item cell dateline byline salute signed opener closer".split()}
_ASIDE = {f"{{{TEI}}}{name}" for name in ("note", "fw", "figDesc")}
_SAID = {f"{{{TEI}}}{name}" for name in ("q", "said", "quote")}
_MARKS = (("“", "”"), ("‘", "’"))
"""Around what is said, and around what is said in it."""
_SHORT = {f"{{{TEI}}}{name}" for name in ("sic", "orig", "abbr")}


def plain_text(body: Element) -> str:
    """The paragraphs of a text that is laid out, an empty line between; notes and repeated readings left out."""
    blocks: list[list[str]] = [[]]
    _gather(body, blocks)
    lines = (" ".join("".join(block).split()) for block in blocks)
    return "\n\n".join(line for line in lines if line)


def _gather(body: Element, blocks: list[list[str]]) -> None:
    """The text of each block; an element that begins or ends a block begins a new one."""
    aside = 0
    open_: list[Element] = []
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            if not aside:
                blocks[-1].append(element.tail or "")
            continue
        parent = element.getparent()
        skipped = element.tag in _ASIDE or (
            element.tag in _SHORT and parent is not None and parent.tag == f"{{{TEI}}}choice"
        )
        if event == "start":
            aside += skipped
            if element.tag in _BLOCKS and not aside:
                blocks.append([])
            if element.tag in _SAID and not aside and _lacks_marks(element, blocks[-1]):
                blocks[-1].append(_MARKS[len(open_) % 2][0])
                open_.append(element)
            if not aside:
                blocks[-1].append(" " if element.tag == f"{{{TEI}}}lb" else element.text or "")
        else:
            aside -= skipped
            if open_ and open_[-1] is element:
                open_.pop()
                blocks[-1].append(_MARKS[len(open_) % 2][1])
            if element is body:
                break
            if element.tag in _BLOCKS and not aside:
                blocks.append([])
            if not aside:
                blocks[-1].append(element.tail or "")


def _lacks_marks(said: Element, before: list[str]) -> bool:
    """Whether no mark stands where words begin that are said; what holds blocks of its own stands for itself."""
    if any(child.tag in _BLOCKS for child in said.iterdescendants()):
        return False
    words = string_value(said).strip()
    return bool(words) and not is_mark(words[0]) and not is_mark("".join(before).rstrip()[-1:])
