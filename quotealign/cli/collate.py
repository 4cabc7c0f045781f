"""`quotealign collate`: witnesses to an apparatus."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotealign import __version__
from quotealign.cli.options import Told, colour, output, refuse_terminal, wants_colour, write_out
from quotealign.errors import OutputRefused

if TYPE_CHECKING:
    from quotealign.model import Apparatus

FORMATS = ("json", "text", "html", "csv", "tei", "dot", "graphml", "svg")
SINGLE = ("tei", "graphml", "svg")
"""Formats of which a file holds one collation only."""
_NAMED = {f".{name}": name for name in FORMATS} | {
    ".txt": "text",
    ".htm": "html",
    ".xml": "tei",
    ".gv": "dot",
    ".jsonl": "json",
}
"""Formats that the name of an output asks for."""


@click.command(epilog="Example: quotealign collate A.txt B.txt C.txt")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "-f",
    "--to",
    type=click.Choice(FORMATS),
    help="Format of the output; by the name of the output, else text for plain files and json for JSON.",
)
@click.option("--encoding", help="Encoding of the input; detected by default, UTF-8 first.")
@click.option(
    "--lang", default="und", show_default=True, help="Language of the witnesses, for spelling and inflection."
)
@click.option("--segment/--no-segment", default=None, help="Whether words that always go together make one unit.")
@click.option(
    "--near/--exact", default=None, help="Whether words that are only alike may stand in one unit.  [default: near]"
)
@click.option(
    "--transpositions",
    type=click.Choice(["mark", "resolve", "ignore"]),
    default="mark",
    show_default=True,
    help="Link words that changed places, show them in one unit as well, or leave them.",
)
@click.option(
    "--lemma",
    type=click.Choice(["none", "majority", "earliest", "longest"]),
    default="none",
    show_default=True,
    help="Which readings are the base text.",
)
@click.option("--base", metavar="SIGIL", help="The witness that is the base text, instead of a policy.")
@click.option("--subwords", is_flag=True, help="Cut scripts without spaces into subwords learnt from the witnesses.")
@click.option(
    "--max-tokens",
    "longest",
    type=click.IntRange(1),
    default=10_000,
    show_default=True,
    help="Longest witness, in words and marks.",
)
@colour
@click.option("--width", type=click.IntRange(20), help="Width of the table; the terminal's by default.")
@output
def collate(
    files: tuple[str, ...],
    to: str | None,
    encoding: str | None,
    lang: str,
    segment: bool | None,
    near: bool | None,
    transpositions: str,
    lemma: str,
    base: str | None,
    subwords: bool,
    longest: int,
    colour: str,
    width: int | None,
    output: str,
) -> int:
    """Collate variants word by word.

    FILE is a plain text a witness, or one CollateX JSON file (a document, or one a line), - for standard input.
    """
    from quotealign.collation import by_subwords, witness
    from quotealign.collation import collate as run
    from quotealign.formats.collatex import Reader
    from quotealign.languages import language, named, well_formed

    # A language without data is still the language of the text: its words are compared by what holds for all.
    rules = language(lang) if well_formed(lang) else named(lang)
    refuse_terminal(files)
    told = Told()
    documents, plain = Reader(witness, told.tell, longest, encoding).documents(files or ("-",))
    chosen = to or _NAMED.get(Path(output).suffix.lower()) or ("text" if plain else "json")
    if chosen in SINGLE and len(documents) > 1:
        what = f"-f {chosen} holds one collation, and the input has {len(documents)}"
        raise OutputRefused(what, do="give one document, or take json, csv, html, text or dot")
    settings = (
        ("lang", lang),
        ("segment", "as given" if segment is None else str(segment)),
        ("near", "as given" if near is None else str(near)),
        ("transpositions", transpositions),
        ("lemma", base or lemma),
        ("subwords", str(subwords)),
    )
    apparatuses = [
        run(
            by_subwords(document.witnesses) if subwords else document.witnesses,
            language=rules,
            identifier=document.id,
            segmentation=document.segmentation if segment is None else segment,
            near=document.near if near is None else near,
            base=base,
            lemma=lemma,
            transpositions=transpositions,
        )
        for document in documents
    ]
    bright = output == "-" and wants_colour(colour)
    write_out(_writer(chosen, lang, width, bright, settings)(apparatuses), output)
    return told.status


def _writer(
    name: str, lang: str, width: int | None, bright: bool, settings: tuple[tuple[str, str], ...]
) -> Callable[[Sequence[Apparatus]], str]:
    """What writes a format; each from the room it belongs to."""
    from quotealign.formats.collatex import dump_tables
    from quotealign.formats.graphs import dot, graphml
    from quotealign.formats.readings import table_csv
    from quotealign.formats.tei.apparatus import apparatus_file
    from quotealign.report.collation import draw, render, tables

    columns = width or shutil.get_terminal_size((100, 24)).columns
    writers: dict[str, Callable[[Sequence[Apparatus]], str]] = {
        "json": dump_tables,
        "text": partial(tables, width=columns, colour=bright),
        "html": partial(render, version=__version__, lang=lang),
        "csv": table_csv,
        "tei": lambda one: apparatus_file(one[0], version=__version__, lang=lang, settings=settings),
        "dot": dot,
        "graphml": lambda one: graphml(one[0]),
        "svg": lambda one: draw(one[0]),
    }
    return writers[name]
