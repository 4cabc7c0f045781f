"""A document with tracked changes as two articles: as it is with them, and as it was before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quotealign.model import Article

_FIELD, _BEFORE = "version", "before"


def articles_of(texts: Sequence[str], stem: str) -> Iterator[Article]:
    """An article of the text of a document, and another of the text before its changes where there is one."""
    after, *before = texts
    yield Article(id=stem, text=after)
    for text in before:
        yield Article(id=f"{stem}.{_BEFORE}", text=text, extra={_FIELD: _BEFORE})


def is_before(article: Article) -> bool:
    """Whether an article is a document before its tracked changes; it follows the one with them."""
    return article.extra.get(_FIELD) == _BEFORE
