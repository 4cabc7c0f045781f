"""TEI P5: one file an article, one a cluster, one for the corpus; the only place that knows XML.

Articles carry quoted speech inline, clusters a parallel-segmentation apparatus with feature structures, the corpus
file includes them all. `write` makes the files, the functions that end in `_tree` the elements without files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from quotealign.errors import OutputRefused
from quotealign.formats.files import make_folder, store
from quotealign.formats.tei.article import article_tree
from quotealign.formats.tei.cluster import cluster_tree
from quotealign.formats.tei.corpus import article_file, cluster_file, corpus_tree, left_over
from quotealign.formats.tei.edition import PLAIN, Edition
from quotealign.formats.tei.elements import Element
from quotealign.formats.tei.serialisation import serialised
from quotealign.model import Alignment, Apparatus, Cluster, Divergence, Drift, Quotation, Token

__all__ = [
    "PLAIN",
    "Edition",
    "article_file",
    "article_tree",
    "cluster_file",
    "cluster_tree",
    "corpus_tree",
    "left_over",
    "store_tree",
    "write",
]


def write(alignment: Alignment, folder: Path, *, version: str, edition: Edition = PLAIN) -> tuple[Path, ...]:
    """Writes an alignment as TEI into a folder; returns the files in the order written, the corpus file last.

    `version` is this program's, for the headers; `edition` says how files are written and published. An alignment
    without articles writes nothing, as TEI knows no empty corpus. Files of an earlier alignment stay where they are,
    but the corpus file includes the new ones only. Raises OutputRefused where two articles or two clusters would share
    a file, or a file cannot be written.
    """
    if not alignment.articles:
        return ()
    _refuse_shared_files((article_file(article.id), article.id) for article in alignment.articles)
    _refuse_shared_files((cluster_file(cluster.id), cluster.id) for cluster in alignment.clusters)
    make_folder(folder)
    made = _trees(alignment, version, edition)
    return tuple(store_tree(tree, folder / name, source=source) for name, tree, source in made)


def store_tree(tree: Element, path: Path, *, source: str | None = None) -> Path:
    """Write one tree to a file, checked; returns its path. `source` is the text that the body of an article has to say.

    Raises OutputRefused.
    """
    return store(serialised(tree, where=str(path), source=source), path)


def _trees(alignment: Alignment, version: str, edition: Edition) -> Iterator[tuple[str, Element, str | None]]:
    """File names, trees and what the body says, one at a time, so that only one tree is in memory."""
    articles = {article.id: article for article in alignment.articles}
    quotations = {quotation.id: quotation for quotation in alignment.quotations}
    of_article: dict[str, list[Quotation]] = {}
    for quotation in alignment.quotations:
        of_article.setdefault(quotation.article, []).append(quotation)
    of_cluster: dict[str, list[Divergence]] = {}
    for divergence in alignment.divergences:
        of_cluster.setdefault(divergence.cluster, []).append(divergence)
    for article in alignment.articles:
        own = of_article.get(article.id, ())
        yield (
            article_file(article.id),
            article_tree(article, own, version=version, settings=alignment.settings, edition=edition),
            article.text if edition.text else None,
        )
    apparatuses = {apparatus.id: apparatus for apparatus in alignment.apparatuses}
    transmissions = {transmission.cluster: transmission for transmission in alignment.transmissions}
    between: dict[str, list[Drift]] = {}
    for drift in alignment.drifts:
        for name in drift.shared:
            between.setdefault(name, []).append(drift)
    for cluster in alignment.clusters:
        yield (
            cluster_file(cluster.id),
            cluster_tree(
                cluster,
                apparatuses.get(cluster.id) or _uncollated(cluster, quotations),
                of_cluster.get(cluster.id, ()),
                articles=articles,
                quotations=quotations,
                version=version,
                settings=alignment.settings,
                transmission=transmissions.get(cluster.id),
                drifts=between.get(cluster.id, ()),
                edition=edition,
            ),
            None,
        )
    yield "corpus.xml", corpus_tree(alignment, version=version, edition=edition), None


def _uncollated(cluster: Cluster, quotations: Mapping[str, Quotation]) -> Apparatus:
    """A cluster that nobody collated, each quotation one reading."""
    found = [quotations[name] for name in cluster.quotations if name in quotations]
    table = tuple(((Token(quotation.text, quotation.text),),) for quotation in found)
    return Apparatus(cluster.id, tuple(quotation.id for quotation in found), table)


def _refuse_shared_files(names: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for name, identifier in names:
        if other := seen.get(name.lower()):
            raise OutputRefused(
                f"{other!r} and {identifier!r} would be written to one file", where=name, do="give each its own id"
            )
        seen[name.lower()] = identifier
