"""`quotealign align`: the main job."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotealign import __version__
from quotealign.cli.options import (
    Told,
    articles,
    colour,
    encoder_of,
    reading,
    semantic,
    settings_of,
    wants_colour,
    write_out,
)
from quotealign.cli.publishing import publishing

if TYPE_CHECKING:
    from quotealign.formats.tei.edition import Edition


@click.command(epilog="Example: quotealign align seeds/ -o out/")
@reading
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="DIR",
    help="Folder for all results.",
)
@click.option("--unmarked", is_flag=True, help="Seek the words of quotations in the other articles' unmarked text too.")
@semantic
@publishing
@colour
@click.option("--width", type=click.IntRange(30), help="Width of the table; the terminal's by default.")
def align(
    inputs: tuple[str, ...],
    output: str,
    colour: str,
    width: int | None,
    min_confidence: float,
    aliases: Path | None,
    unmarked: bool,
    semantic: bool,
    encoder: str | None,
    edition: Callable[[], Edition],
    **how: Any,
) -> int:
    """Read articles and leave in DIR: quotations, clusters, apparatus, divergences, drift and transmission as JSON
    Lines, TEI files, and report.html; print a short table.

    INPUT is a file (.txt, .jsonl, TEI as .xml), a folder, or - for JSON Lines articles on standard input.
    """
    from quotealign.formats.files import make_folder
    from quotealign.formats.results import write
    from quotealign.pipeline import align as run
    from quotealign.report import render, table

    if not output:
        raise click.UsageError("an empty name was given for the folder of results; say -o . to mean this one.")
    # Before the work, so that a refusal costs nothing.
    reader = encoder_of(semantic, encoder)
    published = edition()
    folder = make_folder(Path(output))
    told = Told()
    found = list(articles(inputs, told, besides=(folder,), **how))
    settings = settings_of(min_confidence, aliases, how["lang"], encoder=reader, unmarked=unmarked)
    alignment = run(found, settings=settings, notices=told.notices)
    for notice in alignment.notices[len(told.notices) :]:
        told.tell(notice)
    page = render(alignment, version=__version__, texts=published.text)
    for notice in write(alignment, folder, page=page, version=__version__, edition=published):
        told.tell(notice)
    columns = width or min(shutil.get_terminal_size((100, 24)).columns, 140)
    write_out(table(alignment, width=columns, colour=wants_colour(colour)).rstrip("\n") + "\n", "-")
    files = len(alignment.articles) + len(alignment.clusters) + 1
    click.echo(f"written to {folder}: report.html, 6 record files, {files} TEI files", err=True)
    return told.status
