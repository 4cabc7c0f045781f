"""Clusters as records, as a table, a row a member, or for people. `WRITERS` is the table of names."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence

from quotealign.formats.records import cluster_record, dump_all
from quotealign.formats.spreadsheet import csv_of
from quotealign.model import Cluster, Link, Quotation

COLUMNS = ("cluster", "quotation", "article", "speaker", "text")

Writer = Callable[[Sequence[Cluster], Mapping[str, Quotation]], str]


def _jsonl(clusters: Sequence[Cluster], by_id: Mapping[str, Quotation]) -> str:
    return dump_all(map(cluster_record, clusters))


def _csv(clusters: Sequence[Cluster], by_id: Mapping[str, Quotation]) -> str:
    members = ((cluster.id, by_id[name]) for cluster in clusters for name in cluster.quotations)
    return csv_of(COLUMNS, ((c, q.id, q.article, q.speaker.name if q.speaker else "", q.text) for c, q in members))


WRITERS: dict[str, Writer] = {"jsonl": _jsonl, "csv": _csv}

_INDENT, _DEEPER = "    ", "      "


def for_people(
    clusters: Sequence[Cluster], by_id: Mapping[str, Quotation], *, width: int = 100, explain: bool = False
) -> str:
    """Each cluster with its members in order: article, date, who is said to have spoken, the words.

    With `explain`, a line under each member says on which other it hangs, and why.
    """
    lines: list[str] = []
    for cluster in clusters:
        lines += ["", f"{cluster.id}  {len(cluster.quotations)} quotations"]
        why: dict[str, list[Link]] = {}
        for link in cluster.links:
            why.setdefault(link.a, []).append(link)
        for name in cluster.quotations:
            quotation = by_id[name]
            who = quotation.speaker.name if quotation.speaker else quotation.source.text if quotation.source else "—"
            lines.append("  " + "  ".join(filter(None, (quotation.article, quotation.published, who))))
            shown = "“" + " ".join(quotation.text.split()) + "”"
            lines += textwrap.wrap(shown, width, initial_indent=_INDENT, subsequent_indent=_INDENT)
            for link in why.get(name, ()) if explain else ():
                text = f"↳ {by_id[link.b].article}: {_reasons(link)}"
                lines += textwrap.wrap(text, width, initial_indent=_INDENT, subsequent_indent=_DEEPER)
    return "\n".join(lines[1:]) + "\n" if lines else "no two quotations of one utterance\n"


def _reasons(link: Link) -> str:
    said = link.evidence
    if said.get("copy"):
        return "the same words of the same speaker"
    parts = [f"{link.score:.2f}"]
    if "bits" in said:
        here, there = said["alone"]
        parts.append(f"{said['common']} words in common ({said['bits']:.0f} bits)")
        parts.append(f"{here} only here, {there} only there")
    if "cosine" in said:
        parts.append(f"cosine {said['cosine']:.3f} ({said['around']:.3f} with others), {said['encoder']}")
    parts.append(f"speaker {said['speaker']}")
    if "days" in said:
        parts.append(f"{said['days']} days apart" if said["days"] else "the same day")
    for name in ("figures", "negation"):
        if name in said:
            parts.append(f"{name}: {', '.join(said[name]['only'])} / {', '.join(said[name]['lacks']) or 'none'}")
    return " · ".join(parts)
