"""A cluster as TEI: its witnesses, their collation, and how far they stand apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quotealign.formats.tei import features, header
from quotealign.formats.tei.cluster_reading import CLUSTER, rest_of
from quotealign.formats.tei.collation import collation, declarations, kinds_of_edits, transpositions
from quotealign.formats.tei.edition import PLAIN, Edition
from quotealign.formats.tei.elements import Element, document, encodable, indent, tei
from quotealign.formats.tei.ids import (
    article_stem,
    cluster_prefix,
    local,
    quotation_id,
    witness_id,
)
from quotealign.formats.tei.standoff import words_of
from quotealign.formats.tei.translations import Languages, languages_of, translation_links
from quotealign.formats.tei.wording import without_space
from quotealign.model import Apparatus, Article, Cluster, Divergence, Drift, Quotation, Transmission


def cluster_tree(
    cluster: Cluster,
    apparatus: Apparatus,
    divergences: Sequence[Divergence] = (),
    *,
    articles: Mapping[str, Article],
    quotations: Mapping[str, Quotation],
    version: str,
    settings: header.Settings = (),
    transmission: Transmission | None = None,
    drifts: Sequence[Drift] = (),
    edition: Edition = PLAIN,
) -> Element:
    """One TEI document: parallel segmentation of an apparatus, a feature structure a divergence, who may have copied,
    and, by the drifts between their articles, who translated.

    `articles` and `quotations` are looked up by id; a witness that is in neither stands there by its sigil only.
    Divergences of other clusters are left out. Cluster, apparatus and divergences can be read back as they were: what
    TEI has no place for stands as JSON in `xenoData`.
    """
    prefix = cluster_prefix(cluster.id)
    own = [divergence for divergence in divergences if divergence.cluster == cluster.id]
    witnesses = [quotations[sigil] for sigil in apparatus.witnesses if sigil in quotations]
    languages = languages_of(witnesses, drifts)
    standing = set(apparatus.witnesses)
    texts = {sigil: apparatus.text_of(row) for row, sigil in enumerate(apparatus.witnesses)}
    structures = [
        features.divergence_structure(
            divergence, prefix, lambda sigil: witness_id(cluster.id, sigil), texts.__getitem__
        )
        for divergence in _first_of_each_pair(own)
        if {divergence.a, divergence.b} <= standing
    ]

    def witness(row: int) -> str:
        return f"#{witness_id(cluster.id, apparatus.witnesses[row])}"

    moved = transpositions(apparatus, witness=witness, xml_id=f"{prefix}collation")
    if moved is not None:
        structures.append(moved)
    copied = _copied(cluster, transmission, standing, prefix)
    if copied is not None:
        structures.append(copied)
    pointers = {sigil: f"#{witness_id(cluster.id, sigil)}" for sigil in apparatus.witnesses}
    translated = translation_links(languages, prefix, pointers)
    if translated is not None:
        structures.append(translated)
    block = collation(
        apparatus,
        witness=witness,
        category=lambda kind: f"#{prefix}edit.{local(kind)}",
        kinds=kinds_of_edits(apparatus, own),
        xml_id=f"{prefix}collation",
        language=lambda rows: languages.of_reading([apparatus.witnesses[row] for row in rows]),
    )
    tree = document(
        "TEI",
        prefix,
        indent(
            tei(
                "teiHeader",
                tei(
                    "fileDesc",
                    header.title_statement(
                        f"Quotation cluster {cluster.id}",
                        cluster.lemma or "",
                        "automatic clustering, collation and scores of divergence",
                        prefix,
                        edition,
                    ),
                    header.publication_statement(edition=edition, identifier=prefix[:-1]),
                    tei("sourceDesc", _witnesses(cluster, texts, articles, quotations, languages)),
                ),
                _encoding(apparatus, own, prefix, version, settings),
                header.profile(languages.used, None),
            )
        ),
        indent(tei("standOff", *structures)) if structures else None,
        # The text is not laid out: white space in it is the witnesses' own.
        tei("text", tei("body", block)),
        xml_lang=languages.whole,
        type=CLUSTER,
    )
    if rest := rest_of(tree, cluster, apparatus, own):
        top = tree[0]
        top.append(tei("xenoData", rest, type="quotealign"))
        tail = top.tail
        indent(top).tail = tail
    return tree


def _first_of_each_pair(divergences: Sequence[Divergence]) -> list[Divergence]:
    pairs: dict[tuple[str, str], Divergence] = {}
    for divergence in divergences:
        pairs.setdefault((divergence.a, divergence.b), divergence)
    return list(pairs.values())


def _witnesses(
    cluster: Cluster,
    texts: Mapping[str, str],
    articles: Mapping[str, Article],
    quotations: Mapping[str, Quotation],
    languages: Languages,
) -> Element:
    if not texts:
        return tei("p", "No witnesses.")
    found = (_witness(cluster, sigil, text, articles, quotations, languages) for sigil, text in texts.items())
    return tei("listWit", *found)


def _witness(
    cluster: Cluster,
    sigil: str,
    text: str,
    articles: Mapping[str, Article],
    quotations: Mapping[str, Quotation],
    languages: Languages,
) -> Element:
    name = witness_id(cluster.id, sigil)
    quotation = quotations.get(sigil)
    article = articles.get(quotation.article) if quotation else None
    own = None if name == f"{cluster_prefix(cluster.id)}w.{sigil}" else sigil
    if quotation is None or article is None:
        return tei("witness", sigil, xml_id=name, n=own)
    source = f"qa:{article_stem(article.id)}"
    bibl = header.reference(article)
    # A quotation that came without its place has no element in the article's file.
    place = f"#{quotation_id(article.id, quotation.id)}" if quotation.spans else ""
    # The type says that the witness has the words of the quotation, which is checked.
    same = without_space(encodable(text)) == without_space(encodable(words_of(quotation, article)))
    bibl.append(tei("ptr", type="quotation" if same else None, target=source + place))
    return tei("witness", bibl, xml_id=name, n=own, source=source, xml_lang=languages.full[sigil])


def _copied(cluster: Cluster, transmission: Transmission | None, standing: set[str], prefix: str) -> Element | None:
    """Which witness may have its words from which; None where nothing tells."""
    descents = transmission.descents if transmission and transmission.cluster == cluster.id else ()
    relations = [
        tei(
            "relation",
            tei("desc", descent.why) if descent.why else None,
            name="copiedFrom",
            active=f"#{witness_id(cluster.id, descent.witness)}",
            passive=f"#{witness_id(cluster.id, descent.source)}",
            cert=header.certain(descent.strength),
            resp=f"#{prefix}resp",
        )
        for descent in descents
        if descent.source is not None and {descent.witness, descent.source} <= standing
    ]
    return tei("listRelation", *relations, type="transmission") if relations else None


def _encoding(
    apparatus: Apparatus, divergences: Sequence[Divergence], prefix: str, version: str, settings: header.Settings
) -> Element:
    kinds = sorted({edit.kind for divergence in divergences for edit in divergence.edits})
    return tei(
        "encodingDesc",
        *declarations(apparatus),
        header.prefix_definitions(),
        header.application(version, settings, prefix),
        tei(
            "classDecl",
            header.taxonomy("edit", {local(kind): kind for kind in kinds}, prefix) if kinds else None,
            header.taxonomy("class", features.classes(divergences), prefix),
        )
        if divergences
        else None,
        features.declaration(divergences) if divergences else None,
        *features.signatures(divergences, prefix),
    )
