"""Markup inside running text: what Markdown writes between words to lay them out, and nobody said.

Only what is hardly anything else is taken for it: a link with its target, a number of a note, marks of emphasis in
pairs. The text itself stays as it is, and so do all places in it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from quotealign.model import Span

_MARKS = "*_`~]"
_ADDRESS = r"(?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
_LINK = re.compile(rf"(!?\[)(?=[^\[\]\n]*\])|(\]\({_ADDRESS}(?:\s+\"[^\"\n]*\")?\))")
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]")
# Emphasis: marks that open before a word and close behind one, the same on both sides; not inside snake_case.
_EMPHASIS = re.compile(r"(?<![\w*_`~\\])(\*{1,3}|_{1,3}|`|~~)(?=[^\s*_`~])([^\n]{0,500}?[^\s*_`~\\])(\1)(?![\w*_`~])")
_TARGET = re.compile(r"\]\((?:<|[a-z][a-z0-9+.-]*:|www\.|/|\.|#)", re.IGNORECASE)


@lru_cache(maxsize=4096)
def unspoken(text: str) -> tuple[Span, ...]:
    """The spans of a text that only lay it out, in order: [ and ](target) of a link, [^1], the marks of *emphasis*."""
    if not any(mark in text for mark in _MARKS):
        return ()
    found = [match.span() for match in _NOTE.finditer(text)] if "[^" in text else []
    if _TARGET.search(text):
        opened: Span | None = None
        for match in _LINK.finditer(text):
            if match[1]:
                opened = match.span(1)
            elif opened is not None and _TARGET.match(text, match.start()):
                found += [opened, match.span(2)]
                opened = None
    at = 0
    while marks := _EMPHASIS.search(text, at):
        found += [marks.span(1), marks.span(3)]
        at = marks.end(1)  # inside it there may be another
    return tuple(sorted(found))
