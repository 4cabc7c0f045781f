"""Clusters as records or as a table, a row a member. `WRITERS` is the table of names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quotealign.formats.records import cluster_record, dump_all
from quotealign.formats.spreadsheet import csv_of
from quotealign.model import Cluster, Quotation

COLUMNS = ("cluster", "quotation", "article", "speaker", "text")

Writer = Callable[[Sequence[Cluster], Mapping[str, Quotation]], str]


def _jsonl(clusters: Sequence[Cluster], by_id: Mapping[str, Quotation]) -> str:
    return dump_all(map(cluster_record, clusters))


def _csv(clusters: Sequence[Cluster], by_id: Mapping[str, Quotation]) -> str:
    members = ((cluster.id, by_id[name]) for cluster in clusters for name in cluster.quotations)
    return csv_of(COLUMNS, ((c, q.id, q.article, q.speaker.name if q.speaker else "", q.text) for c, q in members))


WRITERS: dict[str, Writer] = {"jsonl": _jsonl, "csv": _csv}
