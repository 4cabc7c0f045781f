"""`quotealign score`: two texts, or pairs of them, to divergences."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotealign import __version__
from quotealign.cli.options import (
    Told,
    colour,
    encoder_of,
    output,
    records,
    refuse_terminal,
    semantic,
    wants_colour,
    write_out,
)
from quotealign.errors import InputEmpty
from quotealign.model import Notice

if TYPE_CHECKING:
    from quotealign.scoring import Texts


@click.command(epilog='Example: quotealign score "the bridge will be built" "the bridge will not be built"')
@click.argument("texts", nargs=-1, metavar="A B | FILE|-")
@click.option(
    "-f",
    "--to",
    type=click.Choice(["text", "jsonl", "csv", "tsv", "latex", "tmx", "pharaoh", "tokens"]),
    help="Format: text for two texts, jsonl for pairs.",
)
@click.option("--metrics", metavar="NAMES", help="Figures wanted, with commas between; see quotealign metrics.")
@semantic
@click.option("--layers", is_flag=True, help="Show what each layer of the comparison explains (text, jsonl).")
@click.option("--lang", help="Language of the texts where nothing states it; identified by default.")
@colour
@output
def score(
    texts: tuple[str, ...],
    to: str | None,
    metrics: str | None,
    semantic: bool,
    encoder: str | None,
    layers: bool,
    lang: str | None,
    colour: str,
    output: str,
) -> int:
    """Say how far, how, and how gravely two texts differ.

    Two texts A and B, or a FILE of pairs {"id", "a", "b", "lang_a", "lang_b"} as JSON Lines, - for standard input;
    quotealign cluster -f pairs makes one. -f tmx takes the pairs of two languages, -f pharaoh says which words stand
    together, counted in those that -f tokens prints.
    """
    from quotealign.formats.scores import WRITERS, with_layers
    from quotealign.languages import named
    from quotealign.report import compared
    from quotealign.scoring import layers_of, score_pairs

    told = Told()
    form = to or ("text" if len(texts) == 2 else "jsonl")
    if layers and form not in ("text", "jsonl"):
        raise click.UsageError(f"--layers has no place in {form}; use -f text or -f jsonl.")
    if lang is not None:
        named(lang)
    ids, run = _pairs(texts, lang, told)
    if form in ("pharaoh", "tokens"):
        from quotealign.formats.pairs import pharaoh, side_by_side
        from quotealign.scoring import words_of

        write_out((pharaoh if form == "pharaoh" else side_by_side)(map(words_of, run)), output)
        return told.status
    if form == "tmx":
        ids, run = _translated(ids, run, told)
    # A memory shows no metrics, so none are measured.
    names = _names("" if form == "tmx" else metrics, semantic or encoder is not None)
    found = score_pairs(run, names=names, encoder=encoder_of(semantic, encoder))
    rows = [(name, pair.a, pair.b, how) for name, pair, how in zip(ids, run, found, strict=True)]
    shown = [layers_of(*pair) for pair in zip(run, found, strict=True)] if layers else []
    if form == "text":
        width = min(shutil.get_terminal_size((100, 24)).columns, 120)
        coloured = wants_colour(colour) if output == "-" else colour == "always"
        write_out(compared(rows, width=width, colour=coloured, layers=shown), output)
    elif form == "tmx":
        from quotealign.formats.pairs import tmx

        units = [(n, (p.a, p.lang_a), (p.b, p.lang_b), d) for n, p, d in zip(ids, run, found, strict=True)]
        write_out(tmx(units, __version__), output)
    elif layers:
        write_out(with_layers(rows, shown), output)
    else:
        write_out(WRITERS[form](rows), output)
    return told.status


def _translated(ids: list[str], run: list[Texts], told: Told) -> tuple[list[str], list[Texts]]:
    """The pairs of two languages, with words on both sides; the others are told, together."""
    every = list(zip(ids, run, strict=True))
    kept = [(name, pair) for name, pair in every if pair.is_across and _has_words(pair)]
    alone = [name for name, pair in every if not pair.is_across]
    empty = [name for name, pair in every if pair.is_across and not _has_words(pair)]
    if not kept:
        raise InputEmpty("no pair of two languages with words in both", do="state lang_a and lang_b in each pair")
    for names, which, do in (
        (alone, "of one language", "state lang_a and lang_b where they are of two"),
        (empty, "without words in one of their languages", "a memory has no unit without words"),
    ):
        if names:
            what = f"{len(names)} pair{'s' if len(names) > 1 else ''} {which} left out of the translations"
            first = ", ".join(names[:10]) + (" …" if len(names) > 10 else "")
            told.tell(Notice("language", first, what, do))
    return [name for name, _ in kept], [pair for _, pair in kept]


def _has_words(pair: Texts) -> bool:
    return bool(pair.a.strip() and pair.b.strip())


def _pairs(texts: tuple[str, ...], lang: str | None, told: Told) -> tuple[list[str], list[Texts]]:
    """The pairs to compare, each with its id: the two texts given, or those of a file."""
    from quotealign.scoring import Texts

    if len(texts) > 2:
        raise click.UsageError("score takes two texts, or one file of pairs; quote a text that has spaces.")
    if len(texts) == 2:
        if all(Path(text).is_file() for text in texts):
            raise click.UsageError("A and B are files; collate compares files, score takes the texts themselves.")
        return [""], [Texts(texts[0], texts[1], *_languages(texts[0], texts[1], lang))]
    refuse_terminal(texts)
    ids, run = [], []
    for record, place in records(texts[0] if texts else "-", told):
        a, b = record.get("a"), record.get("b")
        if not isinstance(a, str) or not isinstance(b, str):
            told.tell(
                Notice("record", place, "a pair needs two strings, a and b", "mend or remove this line", skipped=True)
            )
            continue
        one = str(record.get("lang_a") or lang or "en")
        other = str(record.get("lang_b") or record.get("lang_a") or lang or "en")
        ids.append(str(record.get("id", place)))
        run.append(Texts(a, b, one, other))
    if not run:
        raise InputEmpty("no pair could be read", where=texts[0] if texts else "-", do="see what was said above")
    return ids, run


def _names(metrics: str | None, semantic: bool) -> Sequence[str]:
    """The metrics asked for, each once and in the order in which they were named."""
    from quotealign.scoring import DEFAULT

    named = DEFAULT if metrics is None else tuple(name.strip() for name in metrics.split(",") if name.strip())
    return tuple(dict.fromkeys([*named, "semantic"] if semantic else named))


def _languages(a: str, b: str, lang: str | None) -> tuple[str, str]:
    """The languages of two texts: as told, else as identified; a text too short to tell is taken for the other's."""
    from quotealign.text.identification import identify

    one, other = lang or identify(a), lang or identify(b)
    known = next((code for code in (one, other) if code != "und"), "en")
    return (known if one == "und" else one), (known if other == "und" else other)
