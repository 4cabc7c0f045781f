"""What a corpus file says of its own making and publication: read for the description of a package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from quotealign.errors import InputMalformed
from quotealign.formats.tei.edition import KINDS, PLAIN, Edition, Responsible
from quotealign.formats.tei.elements import NAMESPACES, TEI, Element, string_value
from quotealign.formats.tei.header import NO_LICENCE, NO_RIGHTS, OF_ANNOTATION, OF_TEXT, UNPUBLISHED

_WANTED = ("titleStmt", "extent", "publicationStmt", "appInfo", "langUsage")
_SPENT = ("bibl", "relation", "person", "org")
"""Elements of a header of which there is one for each article or speaker."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A corpus as a publication.

    title       what it is called
    extent      how many of what: (`articles`, 5) and the like
    languages   tags of the languages that occur
    edition     who publishes it, on which conditions
    identifier  its number
    version     of the program that made it, empty where no corpus file tells
    settings    what its figures depend on, name and value
    """

    title: str = "Quoted speech"
    extent: tuple[tuple[str, int], ...] = ()
    languages: tuple[str, ...] = ()
    edition: Edition = PLAIN
    identifier: str = ""
    version: str = ""
    settings: tuple[tuple[str, str], ...] = ()

    @property
    def description(self) -> str:
        """One sentence for a person: what it is, and how large."""
        sizes = [
            f"{number:,} {unit if number != 1 else unit.removesuffix('s')}" for unit, number in self.extent if number
        ]
        program = f"quotealign {self.version}".strip()
        return f"{self.title}: {', '.join([*sizes, f'made with {program}'])}"

    def laid_over(self, edition: Edition) -> Publication:
        """The same, with what an edition says before what the corpus file says."""
        said = {f.name: value for f in fields(Edition) if (value := getattr(edition, f.name)) != getattr(PLAIN, f.name)}
        number = edition.number("corpus") if edition.idno else self.identifier
        return replace(self, edition=replace(self.edition, **said), identifier=number)


def publication_in(folder: Path) -> Publication:
    """What the corpus file in a folder, or in `tei/` in it, says. Raises `InputMalformed` where it is broken."""
    for path in (folder / "corpus.xml", folder / "tei" / "corpus.xml"):
        if path.is_file():
            try:
                with path.open("rb") as file:
                    return _publication(dict(_parts(file)))
            except etree.XMLSyntaxError as error:
                what = f"not well-formed XML ({error.msg})"
                raise InputMalformed(what, where=str(path), do="see quotealign validate") from None
    return Publication()


def _parts(file: BinaryIO) -> Iterator[tuple[str, Element]]:
    """The parts of a header that are wanted; of the long ones nothing is kept."""
    tags = [f"{{{TEI}}}{name}" for name in (*_WANTED, *_SPENT, "teiHeader")]
    events = etree.iterparse(
        file, tag=tags, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, collect_ids=False
    )
    for _, element in events:
        name = etree.QName(element).localname
        if name == "teiHeader":
            return
        if name in _WANTED:
            yield name, element
        else:
            element.clear()


def _publication(parts: dict[str, Element]) -> Publication:
    empty = etree.Element("none")
    title, published = parts.get("titleStmt", empty), parts.get("publicationStmt", empty)
    application = parts.get("appInfo", empty).find("t:application[@ident='quotealign']", NAMESPACES)
    label = "" if application is None else application.findtext("t:label", "", NAMESPACES)
    items = [] if application is None else application.findall(".//t:item", NAMESPACES)
    measures = parts.get("extent", empty).findall("t:measure", NAMESPACES)
    return Publication(
        _words(title.find("t:title[@type='main']", NAMESPACES)) or Publication().title,
        tuple((m.get("unit") or "", int(size)) for m in measures if (size := m.get("quantity") or "").isdecimal()),
        tuple(
            tag for one in parts.get("langUsage", empty).iterfind("t:language", NAMESPACES) if (tag := one.get("ident"))
        ),
        _edition(title, published),
        _words(published.find("t:idno[@type='publication']", NAMESPACES)),
        label.partition(" ")[2],
        tuple((_words(item.find("t:label", NAMESPACES)), (item[0].tail or "").strip()) for item in items if len(item)),
    )


def _edition(title: Element, published: Element) -> Edition:
    publisher = _words(published.find("t:publisher", NAMESPACES))
    conditions = published.find("t:availability", NAMESPACES)
    licence = published.find("t:availability/t:licence", NAMESPACES)
    said = [_words(p) for p in published.iterfind("t:availability/t:p", NAMESPACES)]
    return Edition(
        publisher="" if publisher == UNPUBLISHED else publisher,
        place=_words(published.find("t:pubPlace", NAMESPACES)),
        date=_words(published.find("t:date", NAMESPACES)),
        availability=_after(OF_ANNOTATION, [_words(licence)] if licence is not None else said, NO_LICENCE),
        rights=_after(OF_TEXT, said, NO_RIGHTS),
        status=(conditions.get("status") if conditions is not None else None) or PLAIN.status,
        funder=_words(title.find("t:funder", NAMESPACES)),
        responsible=tuple(_responsible(title)),
    )


def _after(beginning: str, said: list[str], none: str) -> str:
    """What is said of something, by how the sentence begins; empty where that is only that nothing is said."""
    found = next((words.removeprefix(beginning) for words in said if words.startswith(beginning)), "")
    return "" if found == none else found


def _responsible(title: Element) -> Iterator[Responsible]:
    for statement in title.iterfind("t:respStmt", NAMESPACES):
        for kind in KINDS.values():
            for name in statement.iterfind(f"t:{kind}", NAMESPACES):
                if name.get("type") != "software":
                    resp = _words(statement.find("t:resp", NAMESPACES))
                    yield Responsible(_words(name), resp, kind, name.get("ref") or "")


def _words(element: Element | None) -> str:
    return "" if element is None else " ".join(string_value(element).split())
