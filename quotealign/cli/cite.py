"""`quotealign cite`: how to cite the program, and the articles that were read."""

from __future__ import annotations

from typing import Any

import click

from quotealign import __version__
from quotealign.cli.options import Told, articles, output, reading_of, write_out


@click.command(epilog="Example: quotealign cite articles/ -o sources.bib")
@reading_of("[INPUT]...", speakers=False)
@click.option(
    "-f", "--to", type=click.Choice(["text", "bibtex"]), help="Format: text for quotealign, bibtex for articles."
)
@output
def cite(inputs: tuple[str, ...], to: str | None, output: str, **how: Any) -> int:
    """Say how to cite quotealign in the version that made your figures; with INPUT, write its articles as BibTeX.

    INPUT is what quotealign extract reads: files, folders, or - for JSON Lines articles on standard input.
    """
    if inputs:
        if to == "text":
            raise click.UsageError("articles are cited as BibTeX; leave -f text out.")
        from quotealign.formats.bibtex import bibtex
        from quotealign.pipeline import Settings, with_language

        told = Told()
        settings = Settings(guess=how["lang"] != "und")
        found = articles(inputs, told, **how)
        write_out(bibtex(with_language(article, settings=settings) for article in found), output)
        return told.status
    if to == "bibtex":
        fields = (
            "author = {{The quotealign developers}}, title = {quotealign}, version = {"
            + __version__
            + "}, license = {MIT}"
        )
        write_out(f"@software{{quotealign, {fields}}}\n", output)
    else:
        write_out(f"The quotealign developers: quotealign, version {__version__} (MIT licence). Software.\n", output)
    return 0
