"""Articles compared with each other: clusters by gravity, a page each, and all files that `align` writes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from quotealign import __version__
from quotealign.formats.files import utf8
from quotealign.formats.records import cluster_record, divergence_record, quotation_record
from quotealign.formats.results import write
from quotealign.formats.zipped import zipped
from quotealign.model import Alignment
from quotealign.pipeline import align as run
from quotealign.report import collation, render
from quotealign.report.cards import Card, cards
from quotealign.report.page import CARDS, on_its_own, told
from quotealign.report.wording import count
from quotealign.web.task import Outcome, Task
from quotealign.web.views import fragment
from quotealign.web.working import Desk


def align(task: Task, desk: Desk) -> Outcome:
    """Compare articles; the parts are a page for each cluster shown, the report, the TEI files and the records."""
    notices: list[str] = []
    articles = desk.compared(task, notices)
    desk.tell(f"comparing {count(len(articles), 'article')}", True)
    alignment = run(articles)
    notices += map(str, alignment.notices)
    desk.tell("writing", False)
    shown = cards(alignment)
    report = render(alignment, version=__version__)
    write(alignment, desk.scratch, page=report, version=__version__)
    apparatuses = {apparatus.id: apparatus for apparatus in alignment.apparatuses}
    in_order = [apparatuses[card.cluster.id] for card in shown[:CARDS]]
    parts = {
        "page": fragment("aligned.html", cards=shown[:CARDS], left_out=max(0, len(shown) - CARDS), base=desk.base),
        **{f"page.{card.number}": _card(card, shown, desk) for card in shown[:CARDS]},
        "report.html": utf8(report),
        "clusters.json": utf8(json.dumps(_result(alignment), ensure_ascii=False)),
        "tei.zip": zipped(desk.scratch / "tei"),
        "everything.zip": zipped(desk.scratch),
    }
    if in_order:
        parts["collation.html"] = utf8(collation.render(in_order, version=__version__))
    title = articles[0].id if len(articles) == 1 else count(len(articles), "article")
    return Outcome(title, told(alignment, shown), tuple(notices), parts)


def _card(card: Card, shown: Sequence[Card], desk: Desk) -> bytes:
    last = min(len(shown), CARDS)
    near = (card.number - 1 or None, card.number + 1 if card.number < last else None)
    return fragment("cluster.html", near=near, base=desk.base, **on_its_own(card))


def _result(alignment: Alignment) -> dict[str, object]:
    return {
        "quotations": [quotation_record(q) for q in alignment.quotations],
        "clusters": [cluster_record(c) for c in alignment.clusters],
        "divergences": [divergence_record(d) for d in alignment.divergences],
    }
