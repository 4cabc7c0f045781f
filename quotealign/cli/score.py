"""`quotealign score`: two texts, or pairs of them, to divergences."""

from __future__ import annotations

from pathlib import Path

import click

from quotealign.cli.options import Told, output, records, refuse_terminal, write_out
from quotealign.errors import InputEmpty
from quotealign.model import Notice


@click.command(epilog='Example: quotealign score "the bridge will be built" "the bridge will not be built"')
@click.argument("texts", nargs=-1, metavar="A B | FILE|-")
@click.option(
    "-f", "--to", type=click.Choice(["text", "jsonl", "csv"]), help="Format: text for two texts, jsonl for pairs."
)
@click.option("--lang", help="Language of the texts where nothing states it; identified by default.")
@output
def score(texts: tuple[str, ...], to: str | None, lang: str | None, output: str) -> int:
    """Say how far, how, and how gravely two texts differ.

    Two texts A and B, or a FILE of pairs {"id", "a", "b", "lang_a", "lang_b"} as JSON Lines, - for standard input.
    """
    from quotealign.formats.scores import WRITERS
    from quotealign.languages import named
    from quotealign.scoring import score as run

    told = Told()
    if lang is not None:
        named(lang)
    if len(texts) == 2:
        if all(Path(text).is_file() for text in texts):
            raise click.UsageError("A and B are files; collate compares files, score takes the texts themselves.")
        one, other = _languages(texts[0], texts[1], lang)
        rows = [("", texts[0], texts[1], run(texts[0], texts[1], lang_a=one, lang_b=other))]
        write_out(WRITERS[to or "text"](rows), output)
        return 0
    if len(texts) > 2:
        raise click.UsageError("score takes two texts, or one file of pairs; quote a text that has spaces.")
    refuse_terminal(texts)
    rows = []
    for record, place in records(texts[0] if texts else "-", told):
        a, b = record.get("a"), record.get("b")
        if not isinstance(a, str) or not isinstance(b, str):
            told.tell(
                Notice("record", place, "a pair needs two strings, a and b", "mend or remove this line", skipped=True)
            )
            continue
        one = str(record.get("lang_a") or lang or "en")
        other = str(record.get("lang_b") or record.get("lang_a") or lang or "en")
        rows.append((str(record.get("id", place)), a, b, run(a, b, lang_a=one, lang_b=other)))
    if not rows:
        raise InputEmpty("no pair could be read", where=texts[0] if texts else "-", do="see what was said above")
    write_out(WRITERS[to or "jsonl"](rows), output)
    return told.status


def _languages(a: str, b: str, lang: str | None) -> tuple[str, str]:
    """The languages of two texts: as told, else as identified; a text too short to tell is taken for the other's."""
    from quotealign.text.identification import identify

    one, other = lang or identify(a), lang or identify(b)
    known = next((code for code in (one, other) if code != "und"), "en")
    return (known if one == "und" else one), (known if other == "und" else other)
