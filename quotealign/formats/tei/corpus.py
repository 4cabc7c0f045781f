"""The corpus as TEI: an index that includes every file beside it, who speaks, and which articles share quotations."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import unescape

from lxml import etree

from quotealign.formats.tei import header
from quotealign.formats.tei.edition import PLAIN, Edition
from quotealign.formats.tei.elements import XI, XML_ID, Element, document, indent, tei
from quotealign.formats.tei.ids import CORPUS, article_stem, cluster_stem, language_tag, local
from quotealign.model import Alignment, Article, Notice
from quotealign.model.drift import TRANSLATION

_INCLUDED = re.compile(r"<xi:include\b[^>]*\bhref=\"([^\"]*)\"")


def article_file(article: str) -> str:
    """The name of the file of an article."""
    return f"article.{article_stem(article)}.xml"


def cluster_file(cluster: str) -> str:
    """The name of the file of a cluster."""
    return f"cluster.{cluster_stem(cluster)}.xml"


def included_by(corpus: Path) -> list[str]:
    """The files that a corpus file includes, in its order: that of the articles as they came, and of the clusters."""
    found = _INCLUDED.findall(corpus.read_text("utf-8", "replace"))
    return [unescape(name, {"&quot;": '"', "&apos;": "'"}) for name in found]


def as_included(paths: Iterable[Path]) -> list[Path]:
    """The same files, those of a folder whose corpus file is among them in its order, and what it does not include
    behind them."""
    given = list(dict.fromkeys(paths))
    ranks: dict[Path, int] = {}
    first: dict[Path, int] = {}
    for place, path in enumerate(given):
        first.setdefault(path.parent, place)
        if path.name == "corpus.xml" and path.is_file():
            ranks |= {path.parent / name: rank for rank, name in enumerate(included_by(path))}
    return sorted(given, key=lambda path: (first[path.parent], ranks.get(path, len(ranks))))


def left_over(folder: Path, written: Collection[str]) -> tuple[Notice, ...]:
    """A notice where TEI files lie beside those just written (their names), which the corpus file does not include."""
    with os.scandir(folder) as there:
        others = [entry.name for entry in there if entry.name.endswith(".xml") and entry.name not in written]
    return not_included(folder, sorted(others))


def not_included(folder: Path, names: Sequence[str]) -> tuple[Notice, ...]:
    """What is told of files that no corpus file includes, by their names in a folder; nothing where there are none."""
    if not names:
        return ()
    what = f"{len(names):,} TEI file{'s' * (len(names) > 1)} that corpus.xml does not include, {names[0]} first"
    return (
        Notice("left-over", str(folder), what, "remove what an earlier run has left there, if you need it no more"),
    )


def corpus_tree(alignment: Alignment, *, version: str, edition: Edition = PLAIN) -> Element:
    """The `teiCorpus` over all files of an alignment, each by `xi:include`, articles first."""
    names = [article_file(article.id) for article in alignment.articles]
    names += [cluster_file(cluster.id) for cluster in alignment.clusters]
    languages = sorted({language_tag(article.lang) for article in alignment.articles})
    top = tei(
        "teiHeader",
        tei(
            "fileDesc",
            header.title_statement(
                "Quoted speech aligned across articles",
                "",
                "automatic detection of quotations that articles share",
                CORPUS,
                edition,
            ),
            tei(
                "extent",
                _counted(len(alignment.articles), "articles"),
                _counted(len(alignment.clusters), "clusters"),
            ),
            header.publication_statement(edition=edition, identifier="corpus"),
            tei("sourceDesc", _sources(alignment)),
        ),
        tei(
            "encodingDesc",
            header.prefix_definitions(),
            header.application(version, alignment.settings, CORPUS, listed=True),
        ),
        header.profile(
            languages,
            header.participants(
                (quotation.speaker for quotation in alignment.quotations if quotation.speaker),
                CORPUS,
            ),
        ),
    )
    root = document("teiCorpus", CORPUS, indent(top), xml_lang=languages[0] if len(languages) == 1 else "mul")
    for name in names:
        root.append(include(name))
    return root


def include(name: str) -> Element:
    """The inclusion of a file that lies beside the corpus file."""
    made = etree.Element(f"{{{XI}}}include", nsmap={"xi": XI})
    made.set("href", name)
    made.tail = "\n"
    return made


def _counted(number: int, unit: str) -> Element:
    return tei("measure", f"{unit}: {number}", unit=unit, quantity=str(number))


def _sources(alignment: Alignment) -> Element:
    """Every article in short, and the pairs that share quotations."""
    sources = tei("listBibl", *(source(article) for article in alignment.articles))
    relations = [*_relations(alignment), *_copies(alignment), *_translations(alignment)]
    if relations:
        sources.append(tei("listRelation", *relations, type="textReuse"))
    return sources


def source(article: Article) -> Element:
    """An article in short, with a pointer to its file."""
    bibl = header.reference(article)
    bibl.set(XML_ID, _source_id(article.id))
    bibl.append(tei("ptr", target=f"qa:{article_stem(article.id)}"))
    return bibl


def _source_id(article: str) -> str:
    return f"{CORPUS}article-{local(article)}"


def _relations(alignment: Alignment) -> Sequence[Element]:
    """For each pair of articles that share quotations one relation, with the clusters in which they meet."""
    order = {article.id: number for number, article in enumerate(alignment.articles)}
    article_of = {quotation.id: quotation.article for quotation in alignment.quotations}
    shared: dict[tuple[str, str], list[str]] = {}
    for cluster in alignment.clusters:
        articles = {article_of[quotation] for quotation in cluster.quotations if quotation in article_of}
        for pair in itertools.combinations(sorted(articles & order.keys(), key=order.__getitem__), 2):
            shared.setdefault(pair, []).append(f"qc:{cluster_stem(cluster.id)}")
    return [
        tei(
            "relation",
            name="sharesQuotationWith",
            mutual=f"#{_source_id(a)} #{_source_id(b)}",
            source=" ".join(clusters),
            resp=f"#{CORPUS}resp",
        )
        for (a, b), clusters in sorted(shared.items(), key=lambda item: (order[item[0][0]], order[item[0][1]]))
    ]


def _copies(alignment: Alignment) -> list[Element]:
    """For each article the one that it may have copied words from, with the clusters that tell."""
    article_of = {quotation.id: quotation.article for quotation in alignment.quotations}
    known = {article.id for article in alignment.articles}
    found: dict[tuple[str, str], dict[str, float]] = {}
    for transmission in alignment.transmissions:
        for descent in transmission.descents:
            pair = (article_of.get(descent.witness, ""), article_of.get(descent.source or "", ""))
            if descent.source is not None and pair[0] != pair[1] and known.issuperset(pair):
                found.setdefault(pair, {})[f"qc:{cluster_stem(transmission.cluster)}"] = descent.strength
    return [
        tei(
            "relation",
            tei("desc", f"shared words that point this way: quotations {len(clusters)}"),
            name="copiedFrom",
            active=f"#{_source_id(one)}",
            passive=f"#{_source_id(other)}",
            source=" ".join(clusters),
            cert=header.certain(min(clusters.values())),
            resp=f"#{CORPUS}resp",
        )
        for (one, other), clusters in sorted(found.items())
    ]


def _translations(alignment: Alignment) -> list[Element]:
    """Pairs of articles of which one reads as a translation; which of them it is, where the evidence tells."""
    known = {article.id for article in alignment.articles}
    made = []
    for drift in alignment.drifts:
        if drift.verdict != TRANSLATION or not known.issuperset((drift.a, drift.b)):
            continue
        ends = {"mutual": f"#{_source_id(drift.a)} #{_source_id(drift.b)}"}
        if drift.translated is not None:
            other = drift.a if drift.translated == drift.b else drift.b
            ends = {"active": f"#{_source_id(drift.translated)}", "passive": f"#{_source_id(other)}"}
        why = tei("desc", drift.why) if drift.why else None
        name = "isTranslationOf" if drift.translated is not None else "isTranslated"
        sure = header.certain(drift.strength)
        made.append(tei("relation", why, name=name, **ends, cert=sure, resp=f"#{CORPUS}resp"))
    return made
