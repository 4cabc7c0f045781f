"""Block quotations of a page, a document or a TEI file as text has them: led by `> `, as in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Blocks = tuple[int, ...]
"""The numbers of the block quotations that a paragraph stands in, the outer first; none for the reporter's own."""

DASHES = ("—", "–", "―", "-")
"""What may stand before the name below a block quotation."""

_NAMES = frozenset(
    "quote quotes quotation quotations blockquote blockquotes blockquotation blocktext zitat zitate blockzitat "
    "citation citations cita citas citazione citazioni citação citações citaat citaten citat cytat alıntı цитата 引用 "
    "引文 اقتباس".split()
)
"""Words by which the names of paragraph styles tell a block quotation, in word processors and templates."""
_NO_NAMES = frozenset("source author attribution char zeichen car carattere".split())
_DEEPEST = 20


def is_quoting(style: str) -> bool:
    """Whether a paragraph style is for block quotations, as its name tells: Intense Quote, BlockText, Zitat."""
    spaced = re.sub(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])|[\W\d_]+", " ", style)
    words = spaced.lower().split()
    told = not _NAMES.isdisjoint(words) or words[:2] == ["block", "text"]
    return told and _NO_NAMES.isdisjoint(words)


def inherited(styles: Mapping[str, tuple[str, str]]) -> frozenset[str]:
    """Of styles, each with its name and the style that it is based on, those for block quotations."""
    found = set()
    for style in styles:
        at = style
        for _ in range(_DEEPEST):
            name, at = styles.get(at, (at, ""))
            if is_quoting(name):
                found.add(style)
            if not at:
                break
    return frozenset(found)


def led_line(paragraph: str) -> str:
    """A paragraph in a style for quotations: each of its lines is led."""
    return "\n".join(f"> {line}".rstrip() for line in paragraph.split("\n"))


def led(paragraphs: Iterable[tuple[str, Blocks]]) -> str:
    """Paragraphs as a text, an empty line between two; within one block this is led, too."""
    made: list[str] = []
    last: Blocks = ()
    for paragraph, blocks in paragraphs:
        if made:
            shared = sum(a == b for a, b in zip(last, blocks, strict=False))
            made.append(_signs(shared).rstrip())
        made.append(_signs(len(blocks)) + paragraph)
        last = blocks
    return "\n".join(made)


def _signs(level: int) -> str:
    return "> " * level
