"""Addresses of words in an article as it was published: a link that scrolls to them and marks them.

The address's last part is a text fragment (W3C Community Group, URL Fragment Text Directives); a browser that does not
know it opens the page as it is.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from quotealign.model import Article, Quotation

_WHOLE = 12  # words; of a longer text its first and its last are told
_ENDS = 5
_MARKS = re.compile(r"^[^\w]+|[^\w]+$")


def address(article: Article | None, quotation: Quotation | None = None) -> str:
    """Where an article was published, with a quotation's words in it; empty where the article names no web address."""
    return pointed(article.url, _piece(article, quotation)) if article and article.url else ""


def pointed(url: str | None, text: str = "") -> str:
    """A web address that points at some words of its page; without words the address. Empty for other addresses."""
    url = (url or "").strip()
    if not url.lower().startswith(("https://", "http://")):
        return ""
    words = _MARKS.sub("", text).split()
    if not words:
        return url
    ends = [words] if len(words) <= _WHOLE else [words[:_ENDS], words[-_ENDS:]]
    told = ",".join(_encoded(_MARKS.sub("", " ".join(end))) for end in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={told}"


def _piece(article: Article, quotation: Quotation | None) -> str:
    """The first paragraph of a quotation's first piece, as the article has it."""
    if quotation is None or not quotation.spans:
        return ""
    start, end = quotation.spans[0]
    return next((line for line in article.text[start:end].split("\n") if line.strip()), "")


def _encoded(text: str) -> str:
    """Percent-encoded, a hyphen as well: it has a meaning of its own there."""
    return quote(text.encode("utf-8", "replace"), safe="").replace("-", "%2D")
