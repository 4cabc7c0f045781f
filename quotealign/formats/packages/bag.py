"""BagIt 1.0 (RFC 8493): a payload under `data/`, its manifest, and what an archive's desk reads first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from quotealign.formats.packages.checksums import DECLARATION, Listed, put
from quotealign.formats.tei.header import OF_ANNOTATION, OF_TEXT
from quotealign.formats.tei.publication import Publication

PAYLOAD = "data"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def write(folder: Path, payload: Sequence[Listed], told: Publication, *, version: str) -> None:
    """Make a bag of a folder whose payload lies there already. No clock: the date of bagging is the stated one."""
    manifest = "".join(f"{one.sha256}  {PAYLOAD}/{_encoded(one.name)}\n" for one in sorted(payload))
    tags = [
        put(folder, DECLARATION, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        put(folder, "bag-info.txt", "".join(f"{name}: {value}\n" for name, value in _info(payload, told, version))),
        put(folder, "manifest-sha256.txt", manifest),
    ]
    put(folder, "tagmanifest-sha256.txt", "".join(f"{one.sha256}  {one.name}\n" for one in sorted(tags)))


def _info(payload: Sequence[Listed], told: Publication, version: str) -> list[tuple[str, str]]:
    """The rows of bag-info.txt, by the names that RFC 8493 reserves, and for rights, of which it has none, by names of
    our own; what nobody stated is left out."""
    edition = told.edition
    day = edition.date[:10]
    rows = [
        ("Source-Organization", edition.publisher),
        ("Organization-Address", edition.place),
        ("External-Description", told.description),
        ("Bagging-Date", day if _DAY.fullmatch(day) else ""),
        ("External-Identifier", told.identifier),
        ("Rights", OF_ANNOTATION + edition.availability if edition.availability else ""),
        ("Rights", OF_TEXT + edition.rights if edition.rights else ""),
        ("Payload-Oxum", f"{sum(one.size for one in payload)}.{len(payload)}"),
        ("Bag-Software-Agent", f"quotealign {version}"),
    ]
    return [(name, " ".join(value.split())) for name, value in rows if value.strip()]


def _encoded(name: str) -> str:
    """A name in a manifest: section 2.1.3 of the RFC encodes what would break its line."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")
