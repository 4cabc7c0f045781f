"""Records: JSON Lines, the contract between stages and with other programs.

Every record has `type` and `schema`. Fields that we do not know are passed through; a record that breaks the
contract is answered with its line.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from quotealign import model
from quotealign.errors import InputMalformed
from quotealign.formats import shapes
from quotealign.model import Article, Kind, Passage, Quotation, Speaker

if TYPE_CHECKING:
    # At run time by way of `model`, which loads them when they are first made.
    from quotealign.model import Apparatus, Cluster, Divergence, Edit, Token, Transposition

SCHEMA = shapes.VERSION

Record = dict[str, Any]

_PRINTED = json.JSONEncoder(ensure_ascii=False, allow_nan=False)


def dump(record: Mapping[str, Any]) -> str:
    """One line of JSON, its line end included. Lone surrogates, which UTF-8 cannot hold, are escaped.

    Numbers that JSON cannot hold (NaN and the infinities, which Python reads) become null.
    """
    try:
        line = _PRINTED.encode(record)
    except ValueError:
        record = _finite(record)
        line = _PRINTED.encode(record)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(record, ensure_ascii=True)
    return line + "\n"


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _finite(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(below) for below in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def dump_all(records: Iterable[Mapping[str, Any]]) -> str:
    """JSON Lines, a record a line."""
    return "".join(map(dump, records))


def parse_line(line: str, where: str) -> Record:
    """The object on one line; `InputMalformed` with line and column where there is none."""
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputMalformed(
            f"not valid JSON ({error.msg})", where=f"{where}:{error.colno}", do="mend or remove this line"
        ) from None
    except ValueError:  # Python refuses integers of thousands of digits
        raise InputMalformed("a number too long to read", where=where, do="mend or remove this line") from None
    except RecursionError:
        raise InputMalformed("JSON nested too deeply", where=where, do="mend or remove this line") from None
    if not isinstance(found, dict):
        raise InputMalformed("not a JSON object", where=where, do="write one record a line")
    return found


# -- articles --------------------------------------------------------------------------------------------------


def article_record(article: Article) -> Record:
    """The record of an article."""
    record: Record = {"type": "article", "schema": SCHEMA, "id": article.id, "lang": article.lang}
    record |= {k: v for k in ("title", "outlet", "published", "url") if (v := getattr(article, k)) is not None}
    return record | {"text": article.text} | dict(article.extra)


def article_of(record: Mapping[str, Any], where: str) -> Article:
    """The article of a record; `id` and `text` are required."""
    if record.get("type", "article") != "article":
        raise InputMalformed(
            f"a record of type {record['type']!r}, not an article", where=where, do="give article records"
        )
    identifier = record.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        identifier = str(identifier)
    if not isinstance(identifier, str) or not identifier:
        raise InputMalformed("the article has no id", where=where, do='give it an "id"')
    if not isinstance(record.get("text"), str):
        raise InputMalformed(f"article {identifier} has no text", where=where, do='give it a "text" string')
    return Article(
        id=identifier,
        text=record["text"],
        lang=_text(record, "lang", where) or "und",
        extra={k: v for k, v in record.items() if k not in shapes.known("article")},
        title=_text(record, "title", where),
        outlet=_text(record, "outlet", where),
        published=_text(record, "published", where),
        url=_text(record, "url", where),
    )


def _text(record: Mapping[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise InputMalformed(f"{key!r} is not a string", where=where, do="write it as a string or leave it out")
    return value


# -- quotations ------------------------------------------------------------------------------------------------


def quotation_record(quotation: Quotation) -> Record:
    """The record of a quotation; what is not known is null."""

    def passage(p: Passage | None) -> Record | None:
        return None if p is None else {"span": list(p.span) if p.span else None, "text": p.text}

    speaker = quotation.speaker
    return {
        "type": "quotation",
        "schema": SCHEMA,
        "id": quotation.id,
        "article": quotation.article,
        "lang": quotation.lang,
        "kind": quotation.kind.value,
        "spans": [list(span) for span in quotation.spans],
        "text": quotation.text,
        "content": None if quotation.content is None else [list(span) for span in quotation.content],
        "cue": passage(quotation.cue),
        "source": passage(quotation.source),
        "speaker": None if speaker is None else speaker_record(speaker),
        "confidence": quotation.confidence,
        "rule": quotation.rule,
        "outlet": quotation.outlet,
        "published": quotation.published,
        **quotation.extra,
    }


def speaker_record(speaker: Speaker) -> Record:
    """The record of a speaker."""
    record = {"id": speaker.id, "name": speaker.name, "kind": speaker.kind}
    return record if speaker.authority is None else record | {"authority": speaker.authority}


def quotation_of(record: Mapping[str, Any], where: str) -> Quotation:
    """The quotation of a record; `id`, `article`, `lang`, `kind` and `text` are required."""
    for key in shapes.required("quotation"):
        if not isinstance(record.get(key), str):
            raise InputMalformed(f"the quotation has no {key}", where=where, do=f'give it a "{key}" string')
    try:
        kind = Kind(record["kind"])
    except ValueError:
        kinds = ", ".join(k.value for k in Kind)
        raise InputMalformed(f"no kind {record['kind']!r}", where=where, do=f"use one of {kinds}") from None
    try:
        return Quotation(
            id=record["id"],
            article=record["article"],
            lang=record["lang"],
            kind=kind,
            text=record["text"],
            spans=spans_of(record.get("spans") or ()),
            content=None if record.get("content") is None else spans_of(record["content"]),
            cue=_passage(record.get("cue")),
            source=_passage(record.get("source")),
            speaker=speaker_of(record.get("speaker")),
            confidence=record.get("confidence"),
            rule=record.get("rule"),
            outlet=record.get("outlet"),
            published=record.get("published"),
            extra={k: v for k, v in record.items() if k not in shapes.known("quotation")},
        )
    except (TypeError, ValueError, KeyError, AttributeError):
        raise InputMalformed(
            f"quotation {record['id']} has a field of a wrong shape",
            where=where,
            do="see the records in docs/records.md",
        ) from None


def spans_of(pairs: Iterable[Iterable[int]]) -> tuple[tuple[int, int], ...]:
    """Spans of pairs of numbers."""
    return tuple((int(s), int(e)) for s, e in pairs)


def _passage(value: Mapping[str, Any] | None) -> Passage | None:
    if not value:
        return None
    span = value.get("span")
    return Passage(str(value["text"]), (int(span[0]), int(span[1])) if span else None)


def speaker_of(value: Mapping[str, Any] | None) -> Speaker | None:
    """The speaker of a record; None for null."""
    if not value:
        return None
    return Speaker(value["id"], value["name"], value.get("kind", "person"), value.get("authority"))


# -- clusters, apparatuses, divergences --------------------------------------------------------------------------


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
    """The cluster of a record; `id` and `quotations` are required."""
    try:
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


def edit_of(record: Mapping[str, Any]) -> Edit:
    """The edit of a record."""
    return model.Edit(
        record["kind"],
        spans_of(record["a"]),
        spans_of(record["b"]),
        record["severity"],
        record.get("a_text", ""),
        record.get("b_text", ""),
        record.get("why", ""),
        record.get("source", ""),
    )


def divergence_of(record: Mapping[str, Any], where: str) -> Divergence:
    """The divergence of a record."""
    try:
        edits = tuple(map(edit_of, record.get("edits", ())))
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
