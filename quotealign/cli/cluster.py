"""`quotealign cluster`: quotation records to clusters."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotealign.cli.options import (
    Told,
    common,
    encoder_of,
    engine,
    output,
    records,
    refuse_terminal,
    semantic,
    spark_of,
    write_out,
)
from quotealign.errors import InputEmpty, QuotealignError
from quotealign.formats.records import Record
from quotealign.model import Notice

if TYPE_CHECKING:
    from quotealign.engines.spark import Spark


@click.command(epilog="Example: quotealign extract articles/ | quotealign cluster -")
@click.argument("file", default="", metavar="[FILE|-]")
@click.option(
    "-f",
    "--to",
    type=click.Choice(["jsonl", "csv", "pairs", "text", "parquet"]),
    default="jsonl",
    show_default=True,
    help="Format of the output.",
)
@click.option("--explain", is_flag=True, help="Say of each quotation why it stands where it stands; as text.")
@semantic
@click.option(
    "--lexicon",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Words of two languages that say the same, with a tab between.",
)
@engine
@output
def cluster(
    file: str,
    to: str,
    explain: bool,
    semantic: bool,
    encoder: str | None,
    lexicon: Path | None,
    engine: str,
    master: str | None,
    output: str,
) -> int:
    """Bring together the quotations of one utterance.

    FILE holds quotation records (JSON Lines), - is standard input. A line a cluster of two or more comes out.
    -f pairs writes every two of a cluster, for quotealign score. With --engine spark, FILE may be a folder of
    Parquet, and so may what comes out.
    """
    with spark_of(engine, master) as spark:
        if to == "parquet" and (spark is None or output == "-"):
            raise click.UsageError("-f parquet needs --engine spark and a folder: -o FOLDER")
        return _cluster(file, to, explain, encoder or ("" if semantic else None), lexicon, spark, output)


def _cluster(
    file: str, to: str, explain: bool, encoder: str | None, lexicon: Path | None, spark: Spark | None, output: str
) -> int:
    from quotealign.clustering import cluster as run
    from quotealign.formats.clusters import WRITERS, for_people
    from quotealign.formats.lexicon import read_lexicon
    from quotealign.formats.parquet import CLUSTER, cluster_rows, is_parquet
    from quotealign.formats.records import quotation_of
    from quotealign.text.subwords import train_unspaced

    refuse_terminal(file)
    reader = None if encoder is None else encoder_of(True, encoder or None)
    words = read_lexicon(lexicon) if lexicon else None
    told, file = Told(), file or "-"
    quotations = []
    for record, place in _rows(file, spark) if spark and is_parquet(file) else records(file, told):
        if record.get("type", "quotation") != "quotation":
            continue
        try:
            quotations.append(quotation_of(record, place))
        except QuotealignError as error:
            told.tell(Notice("record", error.where, error.what, error.do, skipped=True))
    if not quotations:
        raise InputEmpty("no quotation record", where=file, do="give the records that extract writes")
    clusters = run(
        quotations,
        subwords=train_unspaced(q.text for q in quotations),
        encoder=reader,
        lexicon=words,
        engine=spark,
        left_out=lambda features, holders: told.tell(common(file, features, holders)),
    )
    if spark and to == "parquet":
        spark.store(cluster_rows(clusters), output, CLUSTER)
        return told.status
    by_id = {q.id: q for q in quotations}
    if explain or to == "text":
        columns = min(shutil.get_terminal_size((100, 24)).columns, 120)
        write_out(for_people(clusters, by_id, width=columns, explain=explain), output)
    elif to == "pairs":
        from quotealign.formats.pairs import pair_record
        from quotealign.formats.records import dump_all
        from quotealign.scoring import pairs_of

        pairs = ((c.id, pair) for c in clusters for pair in pairs_of(c, [by_id[name] for name in c.quotations]))
        write_out(dump_all(pair_record(a, b, name) for name, (a, b) in pairs), output)
    else:
        write_out(WRITERS[to](clusters, by_id), output)
    return told.status


def _rows(folder: str, spark: Spark) -> Iterator[tuple[Record, str]]:
    """Records from Parquet, in the order of their ids: it has none of its own."""
    from quotealign.formats.parquet import record_of_row

    for line in spark.records(folder, "SELECT * FROM records ORDER BY article, id"):
        yield record_of_row(json.loads(line)), folder
