"""`quotealign extract`: articles to quotations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from quotealign.cli.options import (
    Told,
    articles,
    colour,
    engine,
    output,
    reading,
    settings_of,
    spark_of,
    wants_colour,
    write_out,
)
from quotealign.model import Article


@click.command(epilog="Example: quotealign extract article.txt -f text")
@reading
@click.option(
    "-f",
    "--to",
    type=click.Choice(["jsonl", "csv", "tsv", "text"]),
    default="jsonl",
    show_default=True,
    help="Format of the output.",
)
@click.option("--indirect", is_flag=True, help="Take in words reported without marks.")
@click.option(
    "--unit",
    type=click.Choice(["whole", "part"]),
    help="Whether all that one reporting clause governs is one quotation, or each sentence and fragment, as in align."
    " Not said: as is usual in the language.",
)
@click.option("--explain", is_flag=True, help="Say of each quotation how it was found; as text.")
@colour
@engine
@output
def extract(
    inputs: tuple[str, ...],
    to: str,
    output: str,
    min_confidence: float,
    aliases: Path | None,
    indirect: bool,
    unit: str | None,
    explain: bool,
    colour: str,
    engine: str,
    master: str | None,
    **how: Any,
) -> int:
    """Find the quotations of articles: kind, place, words, cue, source, speaker.

    INPUT is a file (.txt, .jsonl, TEI as .xml), a folder, or - for JSON Lines articles on standard input.
    With --engine spark a folder of Parquet comes out, named with -o.
    """
    from quotealign.formats.quotations import WRITERS, in_sentences
    from quotealign.pipeline import extract_all

    told = Told()
    whole = None if unit is None else unit == "whole"
    settings = settings_of(min_confidence, aliases, how["lang"], indirect=indirect, whole=whole)
    with spark_of(engine, master) as spark:
        if spark is not None:
            from quotealign.partitions import extract_to

            if output == "-" or explain or to != "jsonl":
                raise click.UsageError("--engine spark writes Parquet: name a folder with -o, without -f and --explain")
            for notice in extract_to(spark, articles(inputs, told, **how), output, settings=settings):
                told.tell(notice)
            return told.status
    texts: dict[str, str] = {}
    people = explain or to == "text"

    def remembered() -> Iterator[Article]:
        for article in articles(inputs, told, **how):
            if people:
                texts[article.id] = article.text
            yield article

    quotations, notices = extract_all(remembered(), settings=settings)
    for notice in notices:
        told.tell(notice)
    if people:
        import shutil

        bright = output == "-" and wants_colour(colour)
        columns = min(shutil.get_terminal_size((100, 24)).columns, 120)
        write_out(in_sentences(quotations, texts, width=columns, colour=bright, explain=explain), output)
    else:
        write_out(WRITERS[to](quotations), output)
    return told.status
