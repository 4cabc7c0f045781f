"""An apparatus of its own as TEI: witnesses that belong to no article, and their collation."""

from __future__ import annotations

from quotealign.formats.tei import header
from quotealign.formats.tei.collation import collation, declarations, transpositions
from quotealign.formats.tei.elements import Element, document, indent, tei
from quotealign.formats.tei.ids import cluster_prefix, language_tag, witness_id
from quotealign.formats.tei.serialisation import serialised
from quotealign.model import Apparatus


def apparatus_tree(apparatus: Apparatus, *, version: str, lang: str = "und", settings: header.Settings = ()) -> Element:
    """One TEI document: a list of witnesses, their parallel segmentation, links where words changed places."""
    prefix = cluster_prefix(apparatus.id)
    sigla = {sigil: witness_id(apparatus.id, sigil) for sigil in apparatus.witnesses}

    def witness(row: int) -> str:
        return f"#{sigla[apparatus.witnesses[row]]}"

    moved = transpositions(apparatus, witness=witness, xml_id=f"{prefix}collation")
    block = collation(
        apparatus,
        witness=witness,
        category=str,
        kinds={},
        xml_id=f"{prefix}collation",
    )
    witnesses = tei(
        "listWit", *(tei("witness", sigil, xml_id=name, n=_own(name, sigil)) for sigil, name in sigla.items())
    )
    return document(
        "TEI",
        prefix,
        indent(
            tei(
                "teiHeader",
                tei(
                    "fileDesc",
                    header.title_statement(f"Collation: {apparatus.id}", "", "automatic collation", prefix),
                    header.publication_statement("witnesses"),
                    tei("sourceDesc", witnesses if sigla else tei("p", "No witnesses.")),
                ),
                tei(
                    "encodingDesc", *declarations(apparatus), header.application(version, settings, prefix, listed=True)
                ),
                header.profile((lang,), None),
            )
        ),
        indent(tei("standOff", moved)) if moved is not None else None,
        # The text is not laid out: white space in it is the witnesses' own.
        tei("text", tei("body", block)),
        xml_lang=language_tag(lang),
    )


def _own(name: str, sigil: str) -> str | None:
    """The sigil, where the xml:id of its witness does not tell it."""
    return None if name.endswith(f".w.{sigil}") else sigil


def apparatus_file(apparatus: Apparatus, *, version: str, lang: str = "und", settings: header.Settings = ()) -> str:
    """The document as text, read again and compared. Raises `OutputRefused` where they differ."""
    tree = apparatus_tree(apparatus, version=version, lang=lang, settings=settings)
    return serialised(tree, where=apparatus.id).decode("utf-8")
