"""The records of what comparing makes: clusters, apparatuses, divergences with their edits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from quotealign import model
from quotealign.errors import InputMalformed
from quotealign.formats.records.lines import SCHEMA, Record
from quotealign.formats.records.quotations import spans_of

if TYPE_CHECKING:
    # At run time by way of `model`, which loads them when they are first made.
    from quotealign.model import Apparatus, Cluster, Divergence, Edit, Token, Transposition


def cluster_record(cluster: Cluster) -> Record:
    """The record of a cluster, with the reason for each link."""
    links = [{"a": k.a, "b": k.b, "score": k.score, "evidence": dict(k.evidence)} for k in cluster.links]
    return {
        "type": "cluster",
        "schema": SCHEMA,
        "id": cluster.id,
        "quotations": list(cluster.quotations),
        "lemma": cluster.lemma,
        "links": links,
    }


def cluster_of(record: Mapping[str, Any], where: str) -> Cluster:
    """The cluster of a record; `id` and `quotations`, two or more of them, are required."""
    try:
        if len(record["quotations"]) < 2:
            what = f"cluster {record['id']} has fewer than two quotations"
            raise InputMalformed(what, where=where, do="leave it out: a quotation that stands alone is no cluster")
        links = tuple(model.Link(k["a"], k["b"], k["score"], k.get("evidence", {})) for k in record.get("links", ()))
        return model.Cluster(record["id"], tuple(record["quotations"]), record.get("lemma"), links)
    except (TypeError, KeyError):
        raise InputMalformed(
            "a cluster needs id and quotations", where=where, do="see the records in docs/records.md"
        ) from None


def apparatus_record(apparatus: Apparatus) -> Record:
    """An apparatus as CollateX JSON, `type`, `schema` and the lemma's rows beside it."""
    record: Record = {
        "type": "apparatus",
        "schema": SCHEMA,
        "id": apparatus.id,
        "witnesses": list(apparatus.witnesses),
        "table": table_record(apparatus),
    }
    if apparatus.lemma is not None:
        record["lemma"] = list(apparatus.lemma)
    return record | transpositions_record(apparatus)


def table_record(apparatus: Apparatus) -> list[list[list[Record] | None]]:
    """The table in the shape of CollateX, each token with its properties beside `t` and `n`."""
    return [
        [None if reading is None else [{"t": t.t, "n": t.n, **t.properties} for t in reading] for reading in row]
        for row in apparatus.table
    ]


def transpositions_record(apparatus: Apparatus) -> Record:
    """The key `transpositions` of a table, where words changed places; nothing where none did."""
    links = [
        {
            "units": [list(link.here), list(link.there)],
            "witnesses": [[apparatus.witnesses[row] for row in rows] for rows in (link.rows, link.others)],
            **({"resolved": True} if link.resolved else {}),
        }
        for link in apparatus.transpositions
    ]
    return {"transpositions": links} if links else {}


def _token(token: Mapping[str, Any]) -> Token:
    further = {key: value for key, value in token.items() if key not in ("t", "n")}
    return model.Token(token["t"], token.get("n", token["t"]), further)


def _transposition(link: Mapping[str, Any], sigla: list[str]) -> Transposition:
    (a, b), (c, d) = link["units"]
    rows, others = (tuple(map(sigla.index, names)) for names in link["witnesses"])
    return model.Transposition((a, b), (c, d), rows, others, bool(link.get("resolved", False)))


def apparatus_of(record: Mapping[str, Any], where: str) -> Apparatus:
    """The apparatus of a CollateX JSON table."""
    try:
        table = tuple(
            tuple(None if cell is None else tuple(map(_token, cell)) for cell in row) for row in record["table"]
        )
        lemma = record.get("lemma")
        sigla = list(record["witnesses"])
        moved = tuple(_transposition(link, sigla) for link in record.get("transpositions", ()))
        return model.Apparatus(record["id"], tuple(sigla), table, None if lemma is None else tuple(lemma), moved)
    except (TypeError, KeyError, ValueError):
        raise InputMalformed("not a CollateX table", where=where, do="give id, witnesses and table") from None


def divergence_record(divergence: Divergence) -> Record:
    """The record of a divergence."""
    return {
        "type": "divergence",
        "schema": SCHEMA,
        "cluster": divergence.cluster,
        "a": divergence.a,
        "b": divergence.b,
        "divergence": divergence.divergence,
        "severity": divergence.severity,
        "class": divergence.label,
        "metrics": dict(divergence.metrics),
        "edits": [edit_record(edit) for edit in divergence.edits],
        "evidence": dict(divergence.evidence),
        "signature": divergence.signature,
    }


def edit_record(edit: Edit) -> Record:
    """The record of an edit."""
    return {
        "kind": edit.kind,
        "a": [list(span) for span in edit.a],
        "b": [list(span) for span in edit.b],
        "severity": edit.severity,
        "source": edit.source,
        "a_text": edit.a_text,
        "b_text": edit.b_text,
        "why": edit.why,
    }


def edit_of(record: Mapping[str, Any], where: str = "") -> Edit:
    """The edit of a record."""
    return model.Edit(
        record["kind"],
        spans_of(record["a"], where),
        spans_of(record["b"], where),
        record["severity"],
        record.get("a_text", ""),
        record.get("b_text", ""),
        record.get("why", ""),
        record.get("source", ""),
    )


def divergence_of(record: Mapping[str, Any], where: str) -> Divergence:
    """The divergence of a record."""
    try:
        edits = tuple(edit_of(edit, where) for edit in record.get("edits", ()))
        return model.Divergence(
            record["cluster"],
            record["a"],
            record["b"],
            record["divergence"],
            record["severity"],
            record["class"],
            record.get("metrics", {}),
            edits,
            record.get("evidence", {}),
            record.get("signature", ""),
        )
    except (TypeError, KeyError, ValueError):
        raise InputMalformed("not a divergence record", where=where, do="see the records in docs/records.md") from None
