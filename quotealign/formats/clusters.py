"""Clusters as records or as a table, a row a member. `WRITERS` is the table of names."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence

from quotealign.formats.records import cluster_record, dump_all
from quotealign.model import Cluster, Quotation

COLUMNS = ("cluster", "quotation", "article", "speaker", "text")

Writer = Callable[[Sequence[Cluster], Mapping[str, Quotation]], str]


def _jsonl(clusters: Sequence[Cluster], by_id: Mapping[str, Quotation]) -> str:
    return dump_all(map(cluster_record, clusters))


def _csv(clusters: Sequence[Cluster], by_id: Mapping[str, Quotation]) -> str:
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(COLUMNS)
    for cluster in clusters:
        for name in cluster.quotations:
            quotation = by_id[name]
            speaker = quotation.speaker.name if quotation.speaker else ""
            writer.writerow((cluster.id, name, quotation.article, speaker, quotation.text))
    return sink.getvalue()


WRITERS: dict[str, Writer] = {"jsonl": _jsonl, "csv": _csv}
