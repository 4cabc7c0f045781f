"""Looking into a kept corpus: its clusters by page, a search for words in them, one cluster with its collation."""

from __future__ import annotations

import json
from dataclasses import asdict

from quotealign import __version__
from quotealign.corpus.browse import listed, whole
from quotealign.formats import tei
from quotealign.formats.files import utf8
from quotealign.formats.records import apparatus_record, cluster_record, divergence_record, quotation_record
from quotealign.report import collation
from quotealign.report.cards import cards
from quotealign.report.page import on_its_own
from quotealign.report.wording import count
from quotealign.web.task import Outcome, Task
from quotealign.web.views import fragment
from quotealign.web.working import Desk

PAGE = 50
"""Clusters on a page."""
_MEMBERS = 400
"""Quotations up to which a cluster is collated here: beyond it takes minutes."""


def browse(task: Task, desk: Desk) -> Outcome:
    """Clusters that hold some words (`words`), a page of them (`page`, from 1)."""
    desk.tell("looking it up", True)
    collection = desk.shelf.collection(task.collection or "")
    words, page = task.options.get("words", ""), task.options.get("page", 1)
    number, found = listed(collection.path, words=words, start=(page - 1) * PAGE, most=PAGE)
    pages = max(1, -(-number // PAGE))
    records = [asdict(one) for one in found]
    result = json.dumps({"total": number, "page": page, "pages": pages, "clusters": records}, ensure_ascii=False)
    middle = fragment(
        "clusters.html", found=found, base=desk.base, words=words, page=page, pages=pages, start=(page - 1) * PAGE
    )
    summary = f"{count(number, 'cluster')}{' with these words' if words else ''}"
    return Outcome(collection.name, summary, (), {"page": middle, "clusters.json": utf8(result)})


def cluster(task: Task, desk: Desk) -> Outcome:
    """One cluster (`id`): its card, its collation, its records, its TEI file."""
    desk.tell("looking it up", True)
    collection = desk.shelf.collection(task.collection or "")
    alignment = whole(collection.path, task.options["id"], most=_MEMBERS)
    (card,) = cards(alignment)
    (made,), (apparatus,) = alignment.clusters, alignment.apparatuses
    tree = tei.cluster_tree(
        made,
        apparatus,
        alignment.divergences,
        articles={article.id: article for article in alignment.articles},
        quotations={quotation.id: quotation for quotation in alignment.quotations},
        version=__version__,
        settings=(),
    )
    path = tei.store_tree(tree, desk.scratch / tei.cluster_file(made.id))
    result = {
        "cluster": cluster_record(made),
        "quotations": [quotation_record(q) for q in alignment.quotations],
        "apparatus": apparatus_record(apparatus),
        "divergences": [divergence_record(d) for d in alignment.divergences],
    }
    parts = {
        "page": fragment("cluster.html", near=(None, None), base=desk.base, **on_its_own(card)),
        "collation.html": utf8(collation.render([apparatus], version=__version__)),
        "cluster.json": utf8(json.dumps(result, ensure_ascii=False)),
        "cluster.xml": path.read_bytes(),
    }
    return Outcome(card.speaker, count(len(alignment.quotations), "quotation"), (), parts)
