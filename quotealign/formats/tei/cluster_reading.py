"""Clusters, divergences and apparatus back from our own files, as the records that the files were made of.

What TEI says is read from TEI; what it has no place for (why quotations were joined, how words were compared) stands as
JSON in the header, and is laid over it. An apparatus is only taken from there while it says what the text says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from quotealign.formats.records import (
    SCHEMA,
    Record,
    apparatus_record,
    cluster_record,
    divergence_record,
)
from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_ID, Element, encodable, string_value
from quotealign.formats.tei.leftover import as_json, laid_over, rest_in
from quotealign.formats.tei.segmentation import apparatus_in
from quotealign.model import Apparatus, Cluster, Divergence, Token

CLUSTER = "cluster"
"""The type of the `TEI` of a cluster."""


def clusters_in(root: Element) -> Iterator[Element]:
    """The `TEI` elements of a document that hold a cluster of ours."""
    for tree in root.iter(f"{{{TEI}}}TEI"):
        if tree.get("type") == CLUSTER and tree.find("t:text/t:body/t:ab[@type='collation']", NAMESPACES) is not None:
            yield tree


def cluster_of(tree: Element) -> Record:
    """The record of a cluster."""
    return laid_over(_cluster(tree), rest_in(tree).get("cluster"))


def divergences_of(tree: Element) -> list[Record]:
    """The records of the divergences of a cluster, in the order in which they were made."""
    found = _divergences(tree, str(cluster_of(tree)["id"]))
    order = rest_in(tree).get("divergences")
    if not isinstance(order, list):
        return list(found.values())
    return [
        laid_over(found.get(str(item[0]), {}), item[1:]) for item in order if isinstance(item, list) and len(item) == 3
    ]


def apparatus_of(tree: Element) -> Record | None:
    """The record of the apparatus; None where its words are others now than those that were compared."""
    record = table_of(tree)
    if record is None:
        return None
    words = ["".join(encodable(token["t"]) for unit in row for token in unit or ()) for row in record["table"]]
    shown = _texts(tree, _sigla(tree))
    return record if [_bare(text) for text in shown] == [_bare(text) for text in words] else None


def table_of(tree: Element) -> Record | None:
    """The record of the apparatus as it was compared, whatever its words are now; None where none is kept."""
    rest = rest_in(tree).get("apparatus")
    if not isinstance(rest, dict) or not isinstance(rest.get("table"), list):
        return None
    try:
        table = [[None if unit is None else [_token(token) for token in unit] for unit in row] for row in rest["table"]]
        if not all(isinstance(token["t"], str) for row in table for unit in row for token in unit or ()):
            return None
    except (TypeError, KeyError, IndexError, AttributeError, ValueError):
        return None
    record = {
        "type": "apparatus",
        "schema": SCHEMA,
        "id": _cluster(tree)["id"],
        "witnesses": _sigla(tree),
        "table": table,
    }
    return record | {key: value for key, value in rest.items() if key != "table"}


def rest_of(tree: Element, cluster: Cluster, apparatus: Apparatus, divergences: Sequence[Divergence]) -> str | None:
    """What reading a tree would lose, as JSON for its header."""
    rest: dict[str, Any] = {}
    told = _cluster(tree)
    if lost := _difference(told, cluster_record(cluster)):
        rest["cluster"] = lost
    found = _divergences(tree, cluster.id)
    names = {(record["a"], record["b"]): name for name, record in reversed(found.items())}
    order = []
    for divergence in divergences:
        name = names.pop((divergence.a, divergence.b), None)
        true = divergence_record(divergence)
        order.append([name, *(_difference(found[name] if name else {}, true) or ({}, []))])
    if [[name, {}, []] for name in found] != order:
        rest["divergences"] = order
    record = apparatus_record(apparatus)
    kept = {key: value for key, value in record.items() if key not in ("type", "schema")}
    kept["table"] = [
        [None if unit is None else [_short(token) for token in unit] for unit in row] for row in record["table"]
    ]
    # A file's witnesses are the apparatus's, whatever its cluster holds.
    known = {"id": told["id"], "witnesses": told["quotations"]}
    rest["apparatus"] = {key: value for key, value in kept.items() if known.get(key) != value}
    return as_json(rest)


def _short(token: Record) -> Any:
    """A token as printed; with the form compared, where that is another than its small letters, and all else."""
    further = {key: value for key, value in token.items() if key not in ("t", "n")}
    if further:
        return [token["t"], token["n"], further]
    return token["t"] if token["n"] == _usual(token["t"]) else [token["t"], token["n"]]


def _token(short: Any) -> Record:
    if isinstance(short, str):
        return {"t": short, "n": _usual(short)}
    printed, compared, *further = short
    return {"t": printed, "n": compared, **(further[0] if further else {})}


def _usual(printed: str) -> str:
    return printed.strip().lower()


def _bare(text: str) -> str:
    return "".join(text.split())


def _difference(read: Record, true: Record) -> list[Any]:
    """The fields that a record truly has, where they were read otherwise, to the letter of their JSON, and those that
    it has not; empty where nothing differs."""
    lost = {key: value for key, value in true.items() if key not in read or not _is_same(read[key], value)}
    gone = [key for key in read if key not in true]
    return [lost, gone] if lost or gone else []


def _is_same(one: Any, other: Any) -> bool:
    # What looks the same to Python does to JSON; that is asked first, as it costs less.
    return repr(one) == repr(other) or json.dumps(one) == json.dumps(other)


# -- what TEI alone tells ------------------------------------------------------------------------------------------


def _cluster(tree: Element) -> Record:
    lemma = tree.find("t:teiHeader/t:fileDesc/t:titleStmt/t:title[@type='sub']", NAMESPACES)
    return {
        "type": "cluster",
        "schema": SCHEMA,
        "id": (tree.get(XML_ID) or "").removesuffix(".tei"),
        "quotations": _sigla(tree),
        "lemma": None if lemma is None else string_value(lemma),
        "links": [],
    }


def _texts(tree: Element, sigla: list[str]) -> list[str]:
    """What each witness has, place after place, white space perhaps elsewhere."""
    if not sigla:
        return []
    (found,) = apparatus_in(tree, "", "", lambda text: (Token(text, text),))
    return ["".join(token.t for unit in row for token in unit or ()) for row in found.table]


def _divergences(tree: Element, cluster: str) -> dict[str, Record]:
    sigla = {str(witness.get(XML_ID)): _sigil(witness) for witness in tree.iterfind(".//t:witness", NAMESPACES)}
    signatures = {
        f"#{p.get(XML_ID)}": string_value(p) for p in tree.iterfind("t:teiHeader/t:encodingDesc/t:p", NAMESPACES)
    }
    metrics = {
        str(declared.get("name")): declared.findtext("t:fDescr", "", NAMESPACES)
        for declared in tree.iterfind(".//t:fsDecl[@type='metrics']/t:fDecl", NAMESPACES)
    }
    found: dict[str, Record] = {}
    for structure in tree.iterfind("t:standOff/t:fs[@type='divergence']", NAMESPACES):
        ends = [sigla.get(end.removeprefix("#"), "") for end in (structure.get("corresp") or "").split()]
        if len(ends) != 2:
            continue
        pointers = (structure.get("ana") or "").split()
        features = features_of(structure)
        found[str(structure.get(XML_ID))] = {
            "type": "divergence",
            "schema": SCHEMA,
            "cluster": cluster,
            "a": ends[0],
            "b": ends[1],
            "divergence": _number(features.get("divergence")),
            "severity": _number(features.get("severity")),
            "class": _symbol(features.get("class")),
            "metrics": {
                metrics.get(name, name): _number(value) for name, value in features_of(features.get("metrics")).items()
            },
            "edits": [edit_of(edit) for edit in features.get("edits", ())],
            "evidence": {},
            "signature": next((signatures[pointer] for pointer in pointers if pointer in signatures), ""),
        }
    return found


def features_of(structure: Element | None) -> dict[str, Element]:
    """The value of each feature of a structure."""
    children = () if structure is None else structure.iterchildren(f"{{{TEI}}}f")
    return {str(f.get("name")): f[0] for f in children if len(f)}


def edit_of(structure: Element) -> Record:
    """The record of an edit."""
    features = features_of(structure)
    return {
        "kind": _symbol(features.get("kind")),
        "a": _spans(features.get("a-place")),
        "b": _spans(features.get("b-place")),
        "severity": _number(features.get("severity")),
        "source": _string(features.get("source")),
        "a_text": _string(features.get("a")),
        "b_text": _string(features.get("b")),
        "why": _string(features.get("why")),
    }


def _sigla(tree: Element) -> list[str]:
    return [_sigil(witness) for witness in tree.iterfind(".//t:listWit/t:witness", NAMESPACES)]


def _sigil(witness: Element) -> str:
    return witness.get("n") or str(witness.get(XML_ID)).partition(".w.")[2]


def _number(value: Element | None) -> float | None:
    try:
        return None if value is None else float(value.get("value") or "")
    except ValueError:
        return None


def _symbol(value: Element | None) -> str:
    return "" if value is None else value.get("value") or ""


def _string(value: Element | None) -> str:
    return "" if value is None else value.text or ""


def _spans(value: Element | None) -> list[list[int]]:
    """Ranges: one, or a list of them."""
    ranges = () if value is None else value.iter(f"{{{TEI}}}numeric")
    pairs = ((one.get("value") or "", one.get("max") or "") for one in ranges)
    return [[int(start), int(end)] for start, end in pairs if _is_whole(start) and _is_whole(end)]


def _is_whole(text: str) -> bool:
    return text.removeprefix("-").isdecimal() and len(text) < 20
