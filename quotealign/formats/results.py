"""What the main job leaves in a folder: the records of each stage, TEI files, and the page it is given."""

from __future__ import annotations

from pathlib import Path

from quotealign.formats import tei
from quotealign.formats.drifts import drift_record, transmission_record
from quotealign.formats.files import make_folder, store
from quotealign.formats.records import apparatus_record, cluster_record, divergence_record, dump_all, quotation_record
from quotealign.model import Alignment, Notice


def write(
    alignment: Alignment, folder: Path, *, page: str, version: str, edition: tei.Edition = tei.PLAIN
) -> tuple[Notice, ...]:
    """Write an alignment and its report page. The notices tell of TEI files that an earlier run has left there.

    `edition` says how the TEI files are written and published.

    Raises `OutputRefused` where the folder cannot be written.
    """
    make_folder(folder)
    records = {
        "quotations.jsonl": map(quotation_record, alignment.quotations),
        "clusters.jsonl": map(cluster_record, alignment.clusters),
        "apparatus.jsonl": map(apparatus_record, alignment.apparatuses),
        "divergences.jsonl": map(divergence_record, alignment.divergences),
        "drift.jsonl": map(drift_record, alignment.drifts),
        "transmission.jsonl": map(transmission_record, alignment.transmissions),
    }
    for name, rows in records.items():
        store(dump_all(rows).encode("utf-8"), folder / name)
    written = tei.write(alignment, make_folder(folder / "tei"), version=version, edition=edition)
    store(page.encode("utf-8", "replace"), folder / "report.html")
    return tei.left_over(folder / "tei", {path.name for path in written})
