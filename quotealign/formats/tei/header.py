"""The parts that headers share. Nothing here reads a clock: the same articles give the same header."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping

from quotealign.formats.tei.edition import PLAIN, Edition
from quotealign.formats.tei.elements import Element, tei
from quotealign.formats.tei.ids import address_of, language_tag, local
from quotealign.model import Article, Speaker, digest

Settings = tuple[tuple[str, str], ...]

NOT_STATED = "not stated"
UNPUBLISHED = "unpublished: whoever publishes this file puts a name here"
NO_RIGHTS = "rights remain with its publishers, and this file grants none."
NO_LICENCE = "made by a program; whoever publishes this file states its licence here."
OF_TEXT, OF_ANNOTATION = "Text of articles: ", "Annotation: "
"""What availability says of, and what is said where an edition says nothing."""

_VERSION = re.compile(r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}")
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T.*)?")


def title_statement(title: str, sub: str, task: str, prefix: str, edition: Edition = PLAIN) -> Element:
    """The title, and who answers for what: this program for the annotation, and whom the edition names."""
    return tei(
        "titleStmt",
        tei("title", title, type="main"),
        tei("title", sub, type="sub") if sub else None,
        tei("funder", edition.funder) if edition.funder else None,
        *(
            tei("respStmt", tei("resp", one.resp), tei(one.element, one.name, ref=address_of(one.ref)))
            for one in edition.responsible
        ),
        tei(
            "respStmt",
            tei("resp", task),
            tei("name", "quotealign", type="software", ref=f"#{prefix}application"),
            xml_id=f"{prefix}resp",
        ),
    )


def publication_statement(texts: str = "articles", edition: Edition = PLAIN, *, identifier: str = "") -> Element:
    """Who publishes the file, and who may do what; the text of what was read and the annotation are kept apart.

    `identifier` is the file's own id, for its number.
    """
    annotation = edition.availability or NO_LICENCE
    return tei(
        "publicationStmt",
        tei("publisher", edition.publisher or UNPUBLISHED),
        tei("pubPlace", edition.place) if edition.place else None,
        dated(edition.date) if edition.date else None,
        tei("idno", edition.number(identifier), type="publication") if edition.idno else None,
        tei(
            "availability",
            tei("licence", OF_ANNOTATION + edition.availability, target=edition.licence) if edition.licence else None,
            tei("p", f"Text of {texts}: {edition.rights or NO_RIGHTS}"),
            None if edition.licence else tei("p", OF_ANNOTATION + annotation),
            status=edition.status,
        ),
    )


def application(version: str, settings: Settings, prefix: str, *, listed: bool = False) -> Element:
    """The program, its version, and the digest of the settings that the annotation depends on."""
    number = _VERSION.match(version)
    ordered = sorted(settings)
    sha = digest(*(part for pair in ordered for part in pair), length=64)
    items = [tei("item", tei("label", name), " ", value) for name, value in ordered] if listed else []
    return tei(
        "appInfo",
        tei(
            "application",
            tei("label", f"quotealign {version}"),
            tei("desc", "SHA-256 of the settings: ", tei("idno", sha, type="sha256")),
            tei("p", "Settings: ", tei("list", *items, type="settings")) if items else None,
            ident="quotealign",
            version=number.group() if number else "0",
            xml_id=f"{prefix}application",
        ),
    )


def certain(strength: float) -> str:
    """How sure a hypothesis is, in a word of TEI's; never high, as no figure of ours is calibrated."""
    return "medium" if strength >= 0.5 else "low"


def prefix_definitions() -> Element:
    """How private URIs lead to the files beside this one."""
    return tei(
        "listPrefixDef",
        _prefix_definition("qa", "article", "an article's file and, behind #, an element in it"),
        _prefix_definition("qc", "cluster", "a cluster's file and, behind #, an element in it"),
    )


def _prefix_definition(ident: str, noun: str, meaning: str) -> Element:
    return tei(
        "prefixDef",
        tei("p", f"A URI that begins with {ident}: names {meaning}."),
        ident=ident,
        matchPattern="([^#]+)(#.+)?",
        replacementPattern=f"{noun}.$1.xml$2",
    )


def taxonomy(kind: str, meanings: Mapping[str, str], prefix: str) -> Element:
    """A closed list of categories, a name and a meaning each; ids are `<prefix><kind>.<name>`."""
    return tei(
        "taxonomy",
        *(
            tei("category", tei("catDesc", meaning), xml_id=f"{prefix}{kind}.{name}")
            for name, meaning in meanings.items()
        ),
        xml_id=f"{prefix}{kind}s",
    )


def profile(languages: Iterable[str], participants: Element | None) -> Element:
    """The languages that occur, and who speaks."""
    tags = sorted({language_tag(lang) for lang in languages} or {"und"})
    usage = (tei("language", tag.replace("-t-", " translated from "), ident=tag) for tag in tags)
    return tei("profileDesc", tei("langUsage", *usage), participants)


def participants(speakers: Iterable[Speaker], prefix: str) -> Element | None:
    """Persons and bodies who speak, once each, in the order given; None where nobody does."""
    found: dict[str, Speaker] = {}
    for speaker in speakers:
        found.setdefault(local(speaker.id), speaker)
    persons = [participant(speaker, prefix) for speaker in found.values() if speaker.kind == "person"]
    bodies = [participant(speaker, prefix) for speaker in found.values() if speaker.kind != "person"]
    if not found:
        return None
    return tei(
        "particDesc",
        tei("listPerson", *persons) if persons else None,
        tei("listOrg", *bodies) if bodies else None,
    )


def participant(speaker: Speaker, prefix: str) -> Element:
    """A person or a body who speaks."""
    name = f"{prefix}speaker-{local(speaker.id)}"
    own = None if local(speaker.id) == speaker.id else speaker.id
    authority = tei("idno", speaker.authority, type="authority") if speaker.authority else None
    if speaker.kind == "person":
        return tei("person", tei("persName", speaker.name), authority, xml_id=name, n=own)
    group = "group" if speaker.kind == "group" else None
    return tei("org", tei("orgName", speaker.name), authority, xml_id=name, n=own, type=group)


def dated(published: str | None) -> Element:
    """The date as received; machine-readable too where it begins with an ISO date."""
    if not published:
        return tei("date", NOT_STATED)
    match = _DATE.fullmatch(published)
    try:
        when = datetime.date.fromisoformat(match.group(1)).isoformat() if match else None
    except ValueError:
        when = None
    return tei("date", published, when=when)


def address(url: str | None) -> Element | None:
    """A pointer to the article's page; a note where the address is none that XML accepts as a URI."""
    if not url:
        return None
    target = address_of(url)
    return tei("ptr", target=target) if target else tei("note", url, type="url")


def reference(article: Article) -> Element:
    """An article in one `bibl`: title, outlet, date."""
    return tei(
        "bibl",
        tei("title", article.title, level="a") if article.title else tei("title", article.id, type="id"),
        tei("publisher", article.outlet) if article.outlet else None,
        dated(article.published),
    )
