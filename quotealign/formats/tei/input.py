"""TEI as input: the articles that a file holds, ours to the code point, those of others by their paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from quotealign.errors import QuotealignError
from quotealign.formats import records
from quotealign.formats.records import Record
from quotealign.formats.tei.elements import NAMESPACES, TEI, XI, Element
from quotealign.formats.tei.parsing import parse
from quotealign.formats.tei.reading import article_of, articles, quotations_of, without_text
from quotealign.formats.tei.wording import tag_name
from quotealign.model import Article, Notice


def articles_in(data: bytes, where: str, stem: str) -> Iterator[Article | Notice]:
    """The articles of a file, and a notice where one gives none; nothing for a file without articles."""
    try:
        root = parse(data, where)
    except QuotealignError as error:
        yield Notice("unreadable", error.where, error.what, error.do, skipped=True)
        return
    for tree in articles(root):
        if without_text(tree):
            do = "read it with quotealign tei read, which gives its quotations"
            yield Notice("empty", where, "this TEI file leaves its article's text out", do, skipped=True)
            continue
        record = article_of(tree, stem)
        if not str(record.get("text", "")).strip():
            yield Notice("empty", where, "holds no text", "put text there or leave it out", skipped=True)
            continue
        try:
            yield records.article_of(record, where)
        except QuotealignError as error:
            yield Notice("record", where, error.what, error.do, skipped=True)


def records_in(root: Element, stem: str) -> Iterator[tuple[Record, list[Record]]]:
    """For each article in a document its record, and those of its quotations."""
    for tree in articles(root):
        yield article_of(tree, stem), quotations_of(tree, stem)


def lacks(record: Record) -> tuple[str, str] | None:
    """What the record of an article has neither as text nor as the checksum of a text left out, and what to do."""
    if "text" in record:
        return None if record["text"].strip() else ("holds no text", "put text there or leave it out")
    if {"text_length", "text_sha256"} <= record.keys():
        return None
    return "leaves its article's text out, and its length or SHA-256 as well", "restore them in extent and sourceDesc"


def told_articles(data: bytes, where: str, stem: str, named: bool) -> Iterator[Article | Notice]:
    """`articles_in`, and a notice where a file that was named holds none. A file of a folder that holds none, such as a
    collation, is passed over."""
    found = False
    for item in articles_in(data, where, stem):
        found = True
        yield item
    if not found and named:
        what, do = _why_none(parse(data, where))
        yield Notice("no-article", where, f"no article in this file: {what}", do, skipped=True)


def _why_none(root: Element) -> tuple[str, str]:
    """Why a document holds no article, by the element that tells, and what to do."""
    if etree.QName(root).namespace != TEI:
        do = f"convert it to TEI P5, whose namespace is {TEI}"
        return f"its root is {tag_name(str(root.tag))}, not <TEI> of TEI P5", do
    if (
        root.find(".//t:body//t:app", NAMESPACES) is not None
        or root.find(".//t:ab[@type='collation']", NAMESPACES) is not None
    ):
        return "its text is a collation, with <app>", "read it with quotealign tei read -f collatex"
    if root.find(f"{{{XI}}}include") is not None:
        return "its articles are included by <xi:include>", "name their files, or their folder"
    return "there is no <body> straight in a <text>", "name a file with <TEI>, <text> and <body>, one in another"
