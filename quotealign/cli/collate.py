"""`quotealign collate`: witnesses to an apparatus."""

from __future__ import annotations

import click

from quotealign.cli.options import Told, output, refuse_terminal, write_out


@click.command(epilog="Example: quotealign collate A.txt B.txt C.txt")
@click.argument("files", nargs=-1, metavar="FILE...")
@click.option(
    "-f", "--to", type=click.Choice(["json", "text"]), help="Format of the output: text for plain files, else json."
)
@click.option(
    "--lang", default="und", show_default=True, help="Language of the witnesses, for spelling and inflection."
)
@click.option("--segment/--no-segment", default=None, help="Whether words that always go together make one unit.")
@output
def collate(files: tuple[str, ...], to: str | None, lang: str, segment: bool | None, output: str) -> int:
    """Collate variants word by word.

    FILE is a plain text a witness, or one CollateX JSON file (a document, or one a line), - for standard input.
    """
    from quotealign.collation import collate as run
    from quotealign.collation import witness
    from quotealign.formats.collatex import dump_table, read_documents, table_text
    from quotealign.languages import language, named

    rules = language("und") if lang == "und" else named(lang)
    refuse_terminal(files)
    told = Told()
    documents, plain = read_documents(files or ("-",), witness, told.tell)
    chosen = to or ("text" if plain else "json")
    parts = []
    for document in documents:
        wanted = document.segmentation if segment is None else segment
        apparatus = run(
            document.witnesses, language=rules, identifier=document.id, segmentation=wanted, near=document.near
        )
        parts.append(dump_table(apparatus) if chosen == "json" else table_text(apparatus))
    write_out("".join(parts), output)
    return told.status
