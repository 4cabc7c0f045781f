"""Whether what a collation says of its witnesses is so: their words, where edits stand, which words changed places.

A file of a cluster has the text of each witness twice, as an apparatus and as the table that was compared (`xenoData`).
Edits count in that text, and give their words. What the quotation of a witness reads in its article's file is compared
where the files are checked together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from quotealign.errors import QuotealignError
from quotealign.formats import records
from quotealign.formats.tei.cluster_reading import CLUSTER, edit_of, features_of, table_of
from quotealign.formats.tei.elements import NAMESPACES, TEI, XML_ID, Element, encodable
from quotealign.formats.tei.features import stands_at
from quotealign.formats.tei.grammar import Fault
from quotealign.formats.tei.segmentation import apparatus_in
from quotealign.formats.tei.wording import cut_short, first_difference, without_space
from quotealign.model import Apparatus, Token, digest

_BY_WORDS = re.compile(r"divergence-([0-9a-f]{10})")
_READINGS = (f"{{{TEI}}}rdg", f"{{{TEI}}}lem")


def faults(tree: Element, quoted: dict[Element, str]) -> Iterator[Fault]:
    """What a collation of ours says of its witnesses and is not so.

    What each witness reads that is a quotation of another file is put into `quoted`, by the pointer to it.
    """
    block = tree.find("t:text/t:body/t:ab[@type='collation']", NAMESPACES)
    if block is None:
        return
    yield from _moved(tree)
    if tree.get("type") != CLUSTER:
        return
    try:
        (shown,) = apparatus_in(tree, "", "", lambda text: (Token(text, text),))
    except QuotealignError:
        return
    table = _table(tree, shown)
    texts: dict[str, str] = {}
    for row, witness in enumerate(tree.iterfind(".//t:listWit/t:witness", NAMESPACES)):
        name = str(witness.get(XML_ID))
        texts[name] = shown.text_of(row).strip()
        if table is not None:
            ours, theirs = _printed(shown, row), _printed(table, row)
            if ours == theirs:
                texts[name] = table.text_of(row)
            else:
                here, there = first_difference(ours, theirs)
                what = f"the witness {shown.witnesses[row]} reads {here!r}, and in the table of xenoData {there!r}"
                do = 'restore the reading; or, if it is a correction, take "apparatus" out of xenoData'
                yield Fault(block, "words", what, do)
        for pointer in witness.iterfind("t:bibl/t:ptr[@type='quotation']", NAMESPACES):
            quoted[pointer] = texts[name]
            source, target = witness.get("source"), (pointer.get("target") or "").partition("#")[0]
            if source and source != target:
                what = f"@source of <witness> is {source!r}, and its quotation is in {target!r}"
                yield Fault(witness, "witness", what, "let both lead to one article")
    if table is not None:
        yield from _links(block, shown, table)
    for structure in tree.iterfind("t:standOff/t:fs[@type='divergence']", NAMESPACES):
        yield from _edits(structure, texts, dict(zip(texts, shown.witnesses, strict=True)))


def _table(tree: Element, shown: Apparatus) -> Apparatus | None:
    """The table that was compared; None where there is none for these witnesses."""
    record = table_of(tree)
    try:
        found = None if record is None else records.apparatus_of(record, "")
    except QuotealignError:
        return None
    if found is None or found.witnesses != shown.witnesses or len(found.table) != len(shown.table):
        return None
    return found if len({len(row) for row in found.table}) <= 1 else None


def _printed(apparatus: Apparatus, row: int) -> str:
    """What a witness has, in the order of the table; without white space where words were put back, which loses it."""
    text = "".join(encodable(token.t) for reading in apparatus.table[row] for token in reading or ()).strip()
    moved = any(link.resolved and row in link.others for link in apparatus.transpositions)
    return without_space(text) if moved else text


def _links(block: Element, shown: Apparatus, table: Apparatus) -> Iterator[Fault]:
    """Whether readings and table are of one mind where words changed places, and on the base text."""
    if shown.width != table.width:
        return  # what is empty in all witnesses is no place of the readings
    if [replace(link, resolved=False) for link in shown.transpositions] != [
        replace(link, resolved=False) for link in table.transpositions
    ]:
        what = "listTranspose and the transpositions of xenoData lead to other places"
        yield Fault(block, "transpose", what, "correct the pointers of listTranspose")


def _edits(structure: Element, texts: Mapping[str, str], sigla: Mapping[str, str]) -> Iterator[Fault]:
    """Whether the words of each edit stand at its places."""
    ends = [end.removeprefix("#") for end in (structure.get("corresp") or "").split()]
    if len(ends) != 2 or not all(end in texts for end in ends):
        return
    made_of = _BY_WORDS.search(structure.get(XML_ID) or "")
    if made_of and made_of[1] != digest(*(sigla[end] for end in ends)):
        what = "@corresp names other witnesses than those that the xml:id is made of"
        yield Fault(structure, "witnesses", what, "restore @corresp")
        return
    for edit in structure.iterfind("t:f[@name='edits']/*/t:fs[@type='edit']", NAMESPACES):
        record, features = edit_of(edit), features_of(edit)
        for side, end in zip("ab", ends, strict=True):
            place, words = features.get(f"{side}-place"), record[f"{side}_text"]
            if place is not None and not stands_at(words, record[side], texts[end]):
                there = " … ".join(texts[end][max(start, 0) : stop] for start, stop in record[side])
                what = f"the edit gives {cut_short(words)!r}, and at its place {cut_short(there)!r} stands"
                yield Fault(place, "place", what, f"correct {side}-place, or the words of the edit")


def _moved(tree: Element) -> Iterator[Fault]:
    """Whether witnesses that are said to have words at a place have the readings that are pointed to."""
    holders: dict[str, set[str] | None] = {}
    links = tree.findall("t:standOff/t:listTranspose/t:transpose", NAMESPACES)
    if not links:
        return
    for element in tree.iterfind(".//t:ab//*", NAMESPACES):
        name = element.get(XML_ID)
        if name is not None and element.tag in _READINGS:
            holders[name] = set((element.get("wit") or "").split())
        elif name is not None:
            holders[name] = None  # of all witnesses
    for link in links:
        ends = link.findall("t:ptr", NAMESPACES)
        all_named = {name for end in ends for name in (end.get("corresp") or "").split()}
        for end in ends:
            targets = [pointer.removeprefix("#") for pointer in (end.get("target") or "").split()]
            if not all(target in holders for target in targets):
                continue
            own = [holders[target] for target in targets]
            named = (end.get("corresp") or "").split()
            bare = [name for name in named if not any(held is None or name in held for held in own)]
            stray = [target for target, held in zip(targets, own, strict=True) if held and not held & all_named]
            if bare or stray:
                who = (
                    f"the witness {bare[0]} has none of the readings" if bare else f"no witness here reads #{stray[0]}"
                )
                what = f"{who} that <ptr> points to"
                yield Fault(end, "transpose", what, "correct @target or @corresp")
