"""`quotealign extract`: articles to quotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotealign import __version__
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
from quotealign.model import Article, Quotation

if TYPE_CHECKING:
    from quotealign.pipeline import Settings


_FORMS = "jsonl csv tsv parquet text tei brat webannotation webanno conllu".split()


@click.command(epilog="Example: quotealign extract article.txt -f text")
@reading
@click.option("-f", "--to", type=click.Choice(_FORMS), default="jsonl", show_default=True, help="Format of the output.")
@click.option("--indirect", is_flag=True, help="Take in words reported without marks.")
@click.option(
    "--unit",
    type=click.Choice(["whole", "part"]),
    help="Whether all that one reporting clause governs is one quotation, or each sentence and fragment, as in align."
    " Not said: as is usual in the language.",
)
@click.option("--explain", is_flag=True, help="Say of each quotation how it was found; as text.")
@click.option("--bom", is_flag=True, help="Begin csv and tsv with a byte order mark, by which Excel knows UTF-8.")
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
    bom: bool,
    colour: str,
    engine: str,
    master: str | None,
    **how: Any,
) -> int:
    """Find the quotations of articles: kind, place, words, cue, source, speaker.

    INPUT is a file (.txt, .jsonl, TEI as .xml), a folder, or - for JSON Lines articles on standard input.
    Of tei, brat and webanno each article has its own files: name a folder with -o, or give one article. With
    --engine spark a folder of Parquet comes out, named with -o.
    """
    from quotealign.formats.quotations import WRITERS, in_sentences
    from quotealign.pipeline import extract_all, with_language

    if bom and to not in ("csv", "tsv"):
        raise click.UsageError("--bom goes with -f csv and -f tsv")
    if to == "parquet" and output == "-":
        raise click.UsageError("-f parquet needs a file: name it with -o")
    told = Told()
    whole = None if unit is None else unit == "whole"
    settings = settings_of(min_confidence, aliases, how["lang"], indirect=indirect, whole=whole)
    with spark_of(engine, master) as spark:
        if spark is not None:
            from quotealign.partitions import extract_to

            if output == "-" or explain or to not in ("jsonl", "parquet"):
                raise click.UsageError("--engine spark writes Parquet: name a folder with -o, without -f and --explain")
            for notice in extract_to(spark, articles(inputs, told, **how), output, settings=settings):
                told.tell(notice)
            return told.status
    kept: list[Article] = []
    people = explain or to == "text"
    besides = () if output == "-" else (Path(output),)

    def remembered() -> Iterator[Article]:
        for article in articles(inputs, told, besides=besides, **how):
            if people or to not in (*WRITERS, "parquet"):
                kept.append(with_language(article, settings=settings))
                yield kept[-1]
            else:
                yield article

    quotations, notices = extract_all(remembered(), settings=settings)
    for notice in notices:
        told.tell(notice)
    if people:
        import shutil

        bright = output == "-" and wants_colour(colour)
        columns = min(shutil.get_terminal_size((100, 24)).columns, 120)
        texts = {article.id: article.text for article in kept}
        write_out(in_sentences(quotations, texts, width=columns, colour=bright, explain=explain), output)
    elif to in WRITERS:
        write_out("\ufeff" * bom + WRITERS[to](quotations), output)
    elif to == "parquet":
        from quotealign.engines.parquet import parquet
        from quotealign.formats.files import store_pieces
        from quotealign.formats.parquet import QUOTATION, quotation_row

        store_pieces(parquet(map(quotation_row, quotations), QUOTATION), Path(output))
    else:
        _annotations(to, kept, quotations, settings, output)
    return told.status


def _annotations(
    to: str, kept: Sequence[Article], quotations: Sequence[Quotation], settings: Settings, output: str
) -> None:
    """Write the formats that hold articles with their quotations."""
    from quotealign.formats.annotations import DOCUMENTS, FOLDERS
    from quotealign.pipeline import annotated

    some = annotated(kept, quotations)
    if to in DOCUMENTS:
        write_out(DOCUMENTS[to](some, __version__), output)
    elif output == "-":
        write_out(FOLDERS[to](__version__, settings.rows()).single(some), output)
    elif not output:
        raise click.UsageError("an empty name was given for the folder; say -o . to mean this one.")
    else:
        files = FOLDERS[to](__version__, settings.rows()).write(some, Path(output))
        click.echo(f"written to {output}: {len(files)} files", err=True)
