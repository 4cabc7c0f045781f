"""The text of TEI by other hands, where white space is mostly layout: a paragraph a block, an empty line between.

What is encoded as said, and whose marks were left out of the text for it, gets marks again; where it has paragraphs of
its own, it is a block that `>` leads.
"""

from __future__ import annotations

from lxml import etree

from quotealign.formats.articles.leading import DASHES, Blocks, led
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
    within: list[Blocks] = [()]
    _gather(body, blocks, within)
    lines = (" ".join("".join(block).split()) for block in blocks)
    return led((line, led_by) for line, led_by in zip(lines, within, strict=True) if line)


def _gather(body: Element, blocks: list[list[str]], within: list[Blocks]) -> None:
    """The text of each block, and the block quotations around it; what begins or ends a block begins a new one."""
    aside = number = 0
    open_: list[Element] = []
    around: list[tuple[Element, int]] = []

    def begin() -> None:
        blocks.append([])
        within.append(tuple(number for _, number in around))

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
            if element.tag in _SAID and not aside and _is_block(element):
                number += 1
                around.append((element, number))
                begin()
            elif element.tag in _BLOCKS and not aside:
                begin()
            if element.tag in _SAID and not aside and _lacks_marks(element, blocks[-1]):
                blocks[-1].append(_MARKS[len(open_) % 2][0])
                open_.append(element)
            if not aside and _names_source(element):
                blocks[-1].append("— ")
            if not aside:
                blocks[-1].append(" " if element.tag == f"{{{TEI}}}lb" else element.text or "")
        else:
            aside -= skipped
            if open_ and open_[-1] is element:
                open_.pop()
                blocks[-1].append(_MARKS[len(open_) % 2][1])
            if element is body:
                break
            if around and around[-1][0] is element:
                around.pop()
                begin()
            elif element.tag in _BLOCKS and not aside:
                begin()
            if not aside:
                blocks[-1].append(element.tail or "")


def _is_block(said: Element) -> bool:
    """Whether what is said has paragraphs of its own, and no mark before them."""
    words = string_value(said).lstrip()
    return bool(words) and not is_mark(words[0]) and any(child.tag in _BLOCKS for child in said.iterdescendants())


def _names_source(element: Element) -> bool:
    """Whether an element tells below a block whose words it holds."""
    before = element.getprevious() if element.tag == f"{{{TEI}}}bibl" else None
    words = string_value(element).lstrip()
    return before is not None and before.tag in _SAID and _is_block(before) and words[:1] not in ("", *DASHES)


def _lacks_marks(said: Element, before: list[str]) -> bool:
    """Whether no mark stands where words begin that are said; what holds blocks of its own gets none."""
    if any(child.tag in _BLOCKS for child in said.iterdescendants()):
        return False
    words = string_value(said).strip()
    return bool(words) and not is_mark(words[0]) and not is_mark("".join(before).rstrip()[-1:])
