"""Records as rows of Parquet: the columns, in Spark's words, and what does not fit into columns as JSON in one.

`extra` holds the fields of a record that we do not know, and `evidence` of a link what speaks for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from quotealign.formats.files import utf8
from quotealign.formats.records import Record, cluster_record, dump, quotation_record
from quotealign.model import Cluster, Quotation

QUOTATION = (
    "type STRING, schema INT, id STRING, article STRING, lang STRING, kind STRING, spans ARRAY<ARRAY<INT>>, "
    "text STRING, content ARRAY<ARRAY<INT>>, cue STRUCT<span: ARRAY<INT>, text: STRING>, "
    "source STRUCT<span: ARRAY<INT>, text: STRING>, "
    "speaker STRUCT<id: STRING, name: STRING, kind: STRING, authority: STRING>, "
    "confidence DOUBLE, rule STRING, outlet STRING, published STRING, extra STRING"
)
"""Columns of quotation records."""

CLUSTER = (
    "type STRING, schema INT, id STRING, quotations ARRAY<STRING>, lemma STRING, "
    "links ARRAY<STRUCT<a: STRING, b: STRING, score: DOUBLE, evidence: STRING>>"
)
"""Columns of cluster records."""


def quotation_row(quotation: Quotation) -> str:
    """A quotation as a line of JSON with these columns."""
    record = quotation_record(quotation)
    extra = {key: record.pop(key) for key in quotation.extra}
    line = dump({**record, "extra": json.dumps(extra, ensure_ascii=True) if extra else None})
    # Half a character, which dump escapes, is no text to those who read columns.
    return utf8(json.dumps(json.loads(line), ensure_ascii=False)).decode("utf-8") + "\n" if "\\ud" in line else line


def record_of_row(row: Mapping[str, object]) -> Record:
    """The record of a row that was read: what is null may be absent, and the fields of `extra` are its own again."""
    record = {key: value for key, value in row.items() if key != "extra"}
    extra = row.get("extra")
    return {**record, **json.loads(extra)} if isinstance(extra, str) else record


def cluster_rows(clusters: Iterable[Cluster]) -> Iterator[str]:
    """Clusters as lines of JSON with these columns."""
    for cluster in clusters:
        record = cluster_record(cluster)
        links = [{**link, "evidence": json.dumps(link["evidence"], ensure_ascii=True)} for link in record["links"]]
        yield dump({**record, "links": links})


def is_parquet(name: str) -> bool:
    """Whether a name stands for Parquet: by its ending, as a folder, or as an address of the cluster's storage."""
    return name.rstrip("/").endswith(".parquet") or "://" in name or Path(name).is_dir()
