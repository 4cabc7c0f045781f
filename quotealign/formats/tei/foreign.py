"""The text of TEI by other hands, where white space is mostly layout: a paragraph a block, an empty line between."""

from __future__ import annotations

from lxml import etree

from quotealign.formats.tei.elements import TEI, Element

_BLOCKS = {f"{{{TEI}}}{name}" for name in "p ab head l item cell dateline byline salute signed opener closer".split()}
_ASIDE = {f"{{{TEI}}}{name}" for name in ("note", "fw", "figDesc")}
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
            if not aside:
                blocks[-1].append(" " if element.tag == f"{{{TEI}}}lb" else element.text or "")
        else:
            aside -= skipped
            if element is body:
                break
            if element.tag in _BLOCKS and not aside:
                blocks.append([])
            if not aside:
                blocks[-1].append(element.tail or "")
