"""`quotealign extract`: articles to quotations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from quotealign.cli.options import Told, articles, output, reading, settings_of, write_out


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
    default="whole",
    show_default=True,
    help="Whether all that one reporting clause governs is one quotation, or each sentence and fragment, as in align.",
)
@output
def extract(
    inputs: tuple[str, ...],
    to: str,
    output: str,
    min_confidence: float,
    aliases: Path | None,
    indirect: bool,
    unit: str,
    **how: Any,
) -> int:
    """Find the quotations of articles: kind, place, words, cue, source, speaker.

    INPUT is a file (.txt, .jsonl), a folder, or - for JSON Lines articles on standard input.
    """
    from quotealign.formats.quotations import WRITERS
    from quotealign.pipeline import extract_all

    told = Told()
    settings = settings_of(min_confidence, aliases, how["lang"], indirect=indirect, whole=unit == "whole")
    quotations, notices = extract_all(articles(inputs, told, **how), settings=settings)
    for notice in notices:
        told.tell(notice)
    write_out(WRITERS[to](quotations), output)
    return told.status
