"""Many articles as TEI, each written when it comes: an archive needs no more memory than its largest article."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from lxml import etree

from quotealign.errors import OutputRefused
from quotealign.formats.files import make_folder, store, storing
from quotealign.formats.tei import header
from quotealign.formats.tei.article import article_tree
from quotealign.formats.tei.corpus import article_file, corpus_tree, include, source
from quotealign.formats.tei.edition import PLAIN, Edition
from quotealign.formats.tei.elements import TEI, XML_LANG, Element
from quotealign.formats.tei.ids import CORPUS, article_stem, language_tag
from quotealign.formats.tei.participants import Participants
from quotealign.formats.tei.serialisation import serialised
from quotealign.formats.tei.turns import Turns
from quotealign.model import Alignment, Article, Quotation

_SOURCES, _PARTICIPANTS, _INCLUDES = "sources", "participants", "includes"
"""What is named where in the corpus file; comments of these words mark the places."""
_PIECE = 1 << 20


def write_each(
    found: Iterable[tuple[Article, Sequence[Quotation]]],
    folder: Path,
    *,
    version: str,
    settings: header.Settings = (),
    edition: Edition = PLAIN,
) -> Iterator[Path]:
    """Writes articles with their quotations into a folder, each as it comes; at last the corpus file, if there was one.

    Raises `OutputRefused` where two articles would share a file, or a file cannot be written.
    """
    make_folder(folder)
    seen: set[str] = set()
    languages: set[str] = set()

    def made(article: Article, quotations: Sequence[Quotation], path: Path) -> tuple[bytes, bytes]:
        tree = article_tree(article, quotations, version=version, settings=settings, edition=edition)
        text = article.text if edition.text else None
        return serialised(tree, where=str(path), source=text), _listed(source(article), level=4)

    with (
        tempfile.TemporaryFile() as sources,
        tempfile.TemporaryFile() as includes,
        Participants() as participants,
        Turns() as turns,
    ):
        for article, quotations in found:
            stem = article_stem(article.id).lower()
            if stem in seen:
                what = f"two articles with the id {article.id!r} would be written to one file"
                raise OutputRefused(what, where=article_file(article.id), do="give each its own id")
            seen.add(stem)
            languages.add(language_tag(article.lang))
            path = folder / article_file(article.id)
            data, listed = turns.call(made, article, quotations, path)
            yield store(data, path)
            sources.write(listed)
            includes.write(_bytes(include(path.name)))
            participants.meet(quotation.speaker for quotation in quotations if quotation.speaker)
        if seen:
            tree = _skeleton(len(seen), sorted(languages), version=version, settings=settings, edition=edition)
            path = folder / "corpus.xml"
            before, middle, ending, after = _split(serialised(tree, where=str(path)))
            speakers = participants.described(CORPUS, lambda one: _listed(one, level=4))
            pieces = (
                *((before,), _content(sources), (b"\n      ", middle), speakers),
                *((b"\n  ", ending), _content(includes), (after,)),
            )
            yield _corpus(chain.from_iterable(pieces), path)


def _skeleton(
    number: int, languages: list[str], *, version: str, settings: header.Settings, edition: Edition
) -> Element:
    """The corpus file of so many articles, with marks where they are named."""
    tree = corpus_tree(Alignment((), settings=settings), version=version, edition=edition)
    root_lang = languages[0] if len(languages) == 1 else "mul"
    tree.set(XML_LANG, root_lang)
    measure = tree.find(f".//{{{TEI}}}measure[@unit='articles']")
    if measure is not None:
        measure.set("quantity", str(number))
        measure.text = f"articles: {number}"
    usage = tree.find(f".//{{{TEI}}}langUsage")
    profile = usage.getparent() if usage is not None else None
    top = profile.getparent() if profile is not None else None
    if profile is not None and top is not None:
        fresh = header.profile(languages, None)
        fresh.append(etree.Comment(_PARTICIPANTS))
        etree.indent(fresh, "  ", level=1)
        fresh.tail = profile.tail
        top.replace(profile, fresh)
    listed = tree.find(f".//{{{TEI}}}listBibl")
    if listed is not None:
        listed.append(etree.Comment(_SOURCES))
    tree.append(etree.Comment(_INCLUDES))
    return tree


def _listed(element: Element, *, level: int) -> bytes:
    etree.indent(element, "  ", level=level)
    return b"\n" + b"  " * level + _bytes(element)


def _bytes(element: Element) -> bytes:
    """The element without the declaration of TEI's namespace, which the corpus file has."""
    made: bytes = etree.tostring(element, encoding="UTF-8", xml_declaration=False)
    return made.replace(f' xmlns="{TEI}"'.encode(), b"", 1)


def _corpus(pieces: Iterable[bytes], path: Path) -> Path:
    with storing(path) as file:
        file.writelines(pieces)
        file.flush()
        with open(file.name, "rb") as again:
            try:
                expat.ParserCreate().ParseFile(again)
            except expat.ExpatError as error:
                what = f"the corpus file cannot be read again ({error})"
                raise OutputRefused(what, where=str(path), do="report this to the authors of quotealign") from None
    return path


def _split(data: bytes) -> tuple[bytes, bytes, bytes, bytes]:
    """What stands before, between and after the marks."""
    before, _, rest = data.partition(f"<!--{_SOURCES}-->".encode())
    middle, _, rest = rest.partition(f"<!--{_PARTICIPANTS}-->".encode())
    ending, _, after = rest.partition(f"<!--{_INCLUDES}-->".encode())
    return before.rstrip(), middle.strip(), ending.lstrip(), after.lstrip()


def _content(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece
