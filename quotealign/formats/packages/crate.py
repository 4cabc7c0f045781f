"""RO-Crate 1.2: `ro-crate-metadata.json`, which says of a folder and each of its files what they are (JSON-LD)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from quotealign.formats.packages.checksums import METADATA, Listed, put
from quotealign.formats.shapes import RECORDS
from quotealign.formats.tei.edition import Responsible
from quotealign.formats.tei.elements import TEI
from quotealign.formats.tei.publication import Publication
from quotealign.model import digest

Entity = dict[str, Any]

_SPECIFICATION = "https://w3id.org/ro/crate/1.2"
_PROGRAM = "#quotealign"
_FORMATS = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".parquet": "application/vnd.apache.parquet",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
    ".xml": "application/tei+xml",
}
_NOUNS = {
    "articles": "Articles as they were read",
    "quotations": "Quotations, with speaker, kind and place",
    "clusters": "Clusters: which quotations report one utterance",
    "links": "Why quotations stand together",
    "apparatus": "Collations, as CollateX JSON",
    "divergences": "How far two witnesses of a cluster differ, and by which edits",
    "drift": "What lies between two articles that share quotations: a translation, or an editor",
    "transmission": "From which article each may have taken its quotations",
    "report": "A report for reading",
    "corpus": "The corpus: an index that includes all TEI files",
    "article": "An article, its quoted speech marked",
    "cluster": "A collation of the witnesses of one utterance",
}
"""What files by these names hold; of a name with dots, its first part."""
_ANNOTATIONS = ("annotation.conf", "typesystem.xml")
"""Names of files that stand beside annotations in a folder."""
_HEAD = 1 << 16
_RECORD = re.compile(rb'\s*\{"type": "(' + "|".join(RECORDS).encode() + rb')", "schema": [0-9]')
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(T[0-9:.+Z\-]+)?")
_STATE = "state it in a header template (--header), or when the files are made"


def is_ours(path: Path) -> bool:
    """Whether a file is one that we write, by its name, or by what stands at its beginning: a record, or our name."""
    if path.name.split(".")[0] in _NOUNS and path.suffix.lower() in _FORMATS:
        return True
    if path.name in _ANNOTATIONS:
        return True
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return b"quotealign" in head or _RECORD.match(head) is not None


def lacking(told: Publication) -> Iterator[tuple[str, str]]:
    """What RO-Crate asks for and nobody has stated: what, and what to do."""
    edition = told.edition
    if not _DATE.fullmatch(edition.date):
        yield "no date of publication such as 2026-11-22, which RO-Crate asks for", _STATE
    if not edition.availability:
        yield "no licence, which RO-Crate asks for", f"{_STATE}, or with --availability"


def write(folder: Path, files: Sequence[Listed], told: Publication, *, version: str) -> Listed:
    """Describe the files of a folder; returns the description, a file itself."""
    return put(folder, METADATA, json.dumps(_document(files, told, version), ensure_ascii=False, indent=1) + "\n")


def _document(files: Sequence[Listed], told: Publication, version: str) -> Entity:
    tei = any(file.name.endswith(".xml") for file in files)
    graph: list[Entity] = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _SPECIFICATION},
        },
        _dataset(files, told),
        *map(_file, files),
        *_people(told),
        *_licence(told),
        _program(told.version or version),
        *_action(told),
    ]
    if tei:
        graph.append({"@id": TEI, "@type": "CreativeWork", "name": "TEI P5", "url": "https://tei-c.org/guidelines/p5/"})
    return {"@context": f"{_SPECIFICATION}/context", "@graph": graph}


def _dataset(files: Sequence[Listed], told: Publication) -> Entity:
    edition = told.edition
    authors = [{"@id": _person_id(one)} for one in edition.responsible]
    found: Entity = {
        "@id": "./",
        "@type": "Dataset",
        "name": told.title,
        "description": told.description,
        "datePublished": edition.date if _DATE.fullmatch(edition.date) else None,
        "identifier": told.identifier or None,
        "inLanguage": list(told.languages) or None,
        "author": authors or None,
        "publisher": {"@id": _publisher_id(told)} if edition.publisher else None,
        "funder": {"@id": "#funder"} if edition.funder else None,
        "license": {"@id": _licence_id(told)} if edition.availability or edition.rights else None,
        "mentions": [{"@id": "#making"}] if told.version else None,
        "hasPart": [{"@id": _path(file.name)} for file in files],
    }
    return {key: value for key, value in found.items() if value is not None}


def _file(file: Listed) -> Entity:
    path = Path(file.name)
    found: Entity = {"@id": _path(file.name), "@type": "File", "name": path.name}
    meaning = _NOUNS.get(path.name.split(".")[0])
    if meaning:
        found["description"] = meaning
    encoding = _FORMATS.get(path.suffix.lower())
    if encoding:
        found["encodingFormat"] = encoding
    if path.suffix.lower() == ".xml":
        found["conformsTo"] = {"@id": TEI}
    return found | {"contentSize": str(file.size), "sha256": file.sha256}


def _path(name: str) -> str:
    return quote(name, safe="/!$&'()*+,;=@~")


def _people(told: Publication) -> Iterator[Entity]:
    edition = told.edition
    if edition.publisher:
        publisher = {"@id": _publisher_id(told), "@type": "Organization", "name": edition.publisher}
        yield publisher | ({"location": edition.place} if edition.place else {})
    if edition.funder:
        yield {"@id": "#funder", "@type": "Organization", "name": edition.funder}
    for name, one in {_person_id(one): one for one in edition.responsible}.items():
        kind = "Organization" if one.element == "orgName" else "Person"
        yield {"@id": name, "@type": kind, "name": one.name, "description": one.resp}


def _person_id(one: Responsible) -> str:
    return one.ref or f"#{digest(one.name, one.resp)}"


def _publisher_id(told: Publication) -> str:
    return "#publisher"


def _licence_id(told: Publication) -> str:
    # A licence of the annotation says nothing of the articles, which have conditions of their own.
    return "#conditions" if told.edition.rights else told.edition.licence or "#conditions"


def _licence(told: Publication) -> Iterator[Entity]:
    edition = told.edition
    if edition.availability or edition.rights:
        words = [f"Annotation: {edition.availability}" if edition.availability else "", edition.rights, edition.status]
        yield {
            "@id": _licence_id(told),
            "@type": "CreativeWork",
            "name": "Conditions of use" if _licence_id(told) == "#conditions" else edition.licence,
            "description": " ".join(word for word in words if word),
        }


def _program(version: str) -> Entity:
    return {
        "@id": _PROGRAM,
        "@type": "SoftwareApplication",
        "name": "quotealign",
        "softwareVersion": version,
        "license": {"@id": "https://spdx.org/licenses/MIT"},
    }


def _action(told: Publication) -> Iterator[Entity]:
    """How the files were made: the program, and each setting that figures depend on. When, no clock says."""
    if not told.version:
        return
    settings = [(f"#setting-{digest(name)}", name, value) for name, value in told.settings]
    yield {
        "@id": "#making",
        "@type": "CreateAction",
        "name": "quotations found, attributed and compared",
        "instrument": {"@id": _PROGRAM},
        "object": [{"@id": identifier} for identifier, _, _ in settings],
        "result": {"@id": "./"},
    }
    for identifier, name, value in settings:
        yield {"@id": identifier, "@type": "PropertyValue", "name": name, "value": value}
