"""What a corpus says of its files, held against them: how many there are, and which articles meet in which cluster."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from quotealign.formats.tei.cluster_reading import CLUSTER
from quotealign.formats.tei.elements import NAMESPACES, TEI, Element
from quotealign.formats.tei.grammar import Fault
from quotealign.formats.tei.leftover import rest_in
from quotealign.model import Problem

At: TypeAlias = tuple[int, int]
"""Line and column."""

TABLES = """
CREATE TABLE counts (file INT, unit TEXT, number INT, line INT, col INT, UNIQUE (file, unit));
CREATE TABLE meetings (file INT, cluster TEXT, article TEXT, line INT, col INT);
CREATE TABLE standing (cluster TEXT, article TEXT, UNIQUE (cluster, article));
CREATE TABLE clusters (home TEXT UNIQUE, whole INT);
"""

_COUNTED = ("articles", "clusters")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a document says of files.

    counts    elements that say how many articles or clusters there are
    meetings  relations: the file of a cluster, and that of an article that has a quotation in it
    cluster   whether the document is a cluster itself; `standing` are then the files of its witnesses' articles, None
              where not all that belongs to the cluster stands in it
    """

    counts: tuple[tuple[str, int, Element], ...] = ()
    meetings: tuple[tuple[Path, Path, Element], ...] = ()
    cluster: bool = False
    standing: tuple[Path, ...] | None = None

    @property
    def elements(self) -> set[Element]:
        """All whose places will be asked for."""
        return {element for *_, element in self.counts} | {element for *_, element in self.meetings}


def faults(root: Element, *, whole: bool) -> Iterator[Fault]:
    """What is wrong with the list of articles in a corpus file."""
    if root.tag != f"{{{TEI}}}teiCorpus" or not whole:
        return
    seen: set[str] = set()
    for pointer in root.iterfind("t:teiHeader/t:fileDesc/t:sourceDesc/t:listBibl/t:bibl/t:ptr", NAMESPACES):
        target = pointer.get("target") or ""
        if target in seen:
            what = f"two entries of the list of articles point to {target}"
            yield Fault(pointer, "pointer", what, "let each point to its own article")
        seen.add(target)
    pairs: set[frozenset[str]] = set()
    for relation in root.iterfind(".//t:relation[@name='sharesQuotationWith']", NAMESPACES):
        ends = (relation.get("mutual") or "").split()
        if len(ends) != len(set(ends)) or frozenset(ends) in pairs:
            what = f"@mutual of <relation> is {' '.join(ends)!r}, which names one twice, or is said already"
            yield Fault(relation, "relation", what, "correct its ends")
        pairs.add(frozenset(ends))


def claims_of(root: Element, outward: Mapping[Element, Sequence[Path]], ids: Mapping[str, Element]) -> Claims:
    """The claims of a document; `outward` has the files that its elements point to."""
    if root.tag == f"{{{TEI}}}TEI":
        if root.get("type") != CLUSTER:
            return Claims()
        witnesses = root.findall(".//t:listWit/t:witness", NAMESPACES)
        told = tuple(path for witness in witnesses for path in outward.get(witness, ()))
        further = "quotations" in str(rest_in(root).get("cluster", ""))
        return Claims(cluster=True, standing=None if further or len(told) < len(witnesses) else told)
    counts = tuple(
        (str(measure.get("unit")), int(quantity), measure)
        for measure in root.iterfind("t:teiHeader/t:fileDesc/t:extent/t:measure", NAMESPACES)
        if measure.get("unit") in _COUNTED and (quantity := measure.get("quantity") or "").isdecimal()
    )
    meetings = []
    for relation in root.iterfind(".//t:relation[@source]", NAMESPACES):
        ends = " ".join(relation.get(key) or "" for key in ("active", "passive", "mutual")).split()
        for end in ends:
            entry = ids.get(end.removeprefix("#"))
            pointer = None if entry is None else entry.find("t:ptr", NAMESPACES)
            for article in outward.get(pointer, ()) if pointer is not None else ():
                meetings += [(cluster, article, relation) for cluster in outward.get(relation, ())]
    # Who counts one kind only counts something else.
    return Claims(counts if {unit for unit, *_ in counts} == set(_COUNTED) else (), tuple(meetings))


def keep(rows: sqlite3.Connection, file: int, home: str, claims: Claims, at: Mapping[Element, At]) -> None:
    """Remembers the claims of a file."""
    if claims.cluster:
        rows.execute("INSERT OR IGNORE INTO clusters VALUES (?, ?)", (home, claims.standing is not None))
        for path in claims.standing or ():
            rows.execute("INSERT OR IGNORE INTO standing VALUES (?, ?)", (home, str(path.resolve())))
    for unit, number, element in claims.counts:
        rows.execute("INSERT OR IGNORE INTO counts VALUES (?, ?, ?, ?, ?)", (file, unit, number, *at[element]))
    for cluster, article, element in claims.meetings:
        found = (file, str(cluster.resolve()), str(article.resolve()), *at[element])
        rows.execute("INSERT INTO meetings VALUES (?, ?, ?, ?, ?)", found)


def problems(rows: sqlite3.Connection) -> Iterator[Problem]:
    """Claims that are not so, when all files are known."""
    counted = """SELECT path, unit, counts.number, line, col, (
                   SELECT count(DISTINCT target) FROM includes WHERE includes.file = counts.file AND
                   (target IN (SELECT home FROM clusters)) = (unit = 'clusters'))
                 FROM counts JOIN files ON files.number = counts.file
                 WHERE counts.file IN (SELECT file FROM includes)"""
    for path, unit, number, line, column, found in rows.execute(counted):
        if number != found:
            what = f"the header counts {number} {unit}, and {found} are included"
            yield Problem(path, line, column, "measure", what, "correct the number, or include what is missing")
    apart = """SELECT path, article, cluster, line, col FROM meetings JOIN files ON files.number = file
               WHERE cluster IN (SELECT home FROM clusters WHERE whole)
               AND NOT EXISTS (SELECT 1 FROM standing WHERE standing.cluster = meetings.cluster
                               AND standing.article = meetings.article)"""
    for path, article, cluster, line, column in rows.execute(apart):
        what = f"the relation says that {Path(article).name} stands in {Path(cluster).name}, where no witness is of it"
        yield Problem(path, line, column, "relation", what, "correct its ends or @source")
