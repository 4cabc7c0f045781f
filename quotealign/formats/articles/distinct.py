"""Articles of which no two have one id, in the language that was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from quotealign.model import Article, Notice


def distinct(given: Iterable[Article | Notice], lang: str | None) -> Iterator[Article | Notice]:
    """The same articles and notices; a second article of an id gets another, and a notice says so."""
    seen: set[str] = set()
    for found in given:
        if isinstance(found, Notice):
            yield found
            continue
        article = found if lang is None else found.with_lang(lang)
        if article.id in seen:
            number = 2
            while f"{article.id}.{number}" in seen:
                number += 1
            renamed = f"{article.id}.{number}"
            do = f"it is read as {renamed}; give each its own id"
            yield Notice("same-id", article.file or article.id, "a second article has this id", do)
            article = replace(article, id=renamed)
        seen.add(article.id)
        yield article
