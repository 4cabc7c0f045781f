"""Quotations as annotations of their articles, in the formats that annotation tools and linguists exchange.

`DOCUMENTS` makes one text of some articles; `FOLDERS` makes some files of each article, and files for the whole folder.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotealign.formats.annotations import brat, conllu, webanno, webannotation
from quotealign.formats.annotations.annotated import Annotated
from quotealign.formats.annotations.folder import Folder
from quotealign.formats.tei import article_tree
from quotealign.formats.tei.header import Settings
from quotealign.formats.tei.serialisation import serialised

__all__ = ["DOCUMENTS", "FOLDERS", "Annotated", "Folder"]


DOCUMENTS: dict[str, Callable[[Sequence[Annotated], str], str]] = {
    "webannotation": webannotation.document,
    "conllu": conllu.document,
}
"""What writes a document of some articles, by the version that it names as its maker."""


def _tei(version: str, settings: Settings) -> Folder:
    def files(annotated: Annotated) -> dict[str, str]:
        tree = article_tree(annotated.article, annotated.quotations, version=version, settings=settings)
        return {".xml": serialised(tree, where=annotated.article.id).decode("utf-8")}

    return Folder(files, ".xml", prefix="article.")


FOLDERS: dict[str, Callable[[str, Settings], Folder]] = {
    "brat": lambda version, settings: Folder(brat.files, ".ann", {"annotation.conf": brat.CONFIGURATION}),
    "webanno": lambda version, settings: Folder(webanno.files, ".tsv", {"typesystem.xml": webanno.TYPES}),
    "tei": _tei,
}
"""What writes files of each article, by the version and the settings that they name."""
