"""The record of an article, its text in it or, where a file leaves that out, what the text is known by."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from quotealign.errors import InputMalformed
from quotealign.formats import shapes
from quotealign.formats.records.lines import SCHEMA, Record
from quotealign.model import Article

SHA256 = re.compile(r"[0-9a-f]{64}")


def sha256_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8 (a lone surrogate as if that could hold it), in small hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def article_record(article: Article) -> Record:
    """The record of an article."""
    record: Record = {"type": "article", "schema": SCHEMA, "id": article.id, "lang": article.lang}
    record |= {k: v for k in ("title", "outlet", "published", "url") if (v := getattr(article, k)) is not None}
    return record | {"text": article.text} | dict(article.extra)


def article_of(record: Mapping[str, Any], where: str) -> Article:
    """The article of a record; `id` and `text` are required. Where its SHA-256 is given, the text has to have it."""
    if record.get("type", "article") != "article":
        raise InputMalformed(
            f"a record of type {record['type']!r}, not an article", where=where, do="give article records"
        )
    identifier = record.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    if not isinstance(identifier, str) or not identifier:
        raise InputMalformed("the article has no id", where=where, do='give it an "id"')
    text = record.get("text")
    if text is None and "text_sha256" in record:
        what = f"the record of article {identifier} leaves its text out"
        raise InputMalformed(what, where=where, do='put in the "text" that has its SHA-256')
    if not isinstance(text, str):
        raise InputMalformed(f"article {identifier} has no text", where=where, do='give it a "text" string')
    if (sha := _text(record, "text_sha256", where)) is not None and sha.lower() != sha256_of(text):
        what = f"the text of article {identifier} does not have the SHA-256 that its record gives"
        raise InputMalformed(what, where=where, do="give the text that was meant, or leave text_sha256 out")
    return Article(
        id=identifier,
        text=text,
        lang=_text(record, "lang", where) or "und",
        extra={k: v for k, v in record.items() if k not in shapes.known("article")},
        title=_text(record, "title", where),
        outlet=_text(record, "outlet", where),
        published=_text(record, "published", where),
        url=_text(record, "url", where),
    )


def _text(record: Mapping[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise InputMalformed(f"{key!r} is not a string", where=where, do="write it as a string or leave it out")
    return value
