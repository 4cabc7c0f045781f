"""`quotealign tei`: articles written as TEI, file by file, and TEI read back to records."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotealign import __version__
from quotealign.cli.options import (
    Told,
    articles,
    output,
    reading,
    refuse_terminal,
    settings_of,
    write_out,
)
from quotealign.cli.publishing import publishing
from quotealign.errors import InputEmpty, QuotealignError
from quotealign.formats.files import noted, read_all, storing, utf8
from quotealign.model import Article, Notice, Quotation

if TYPE_CHECKING:
    from quotealign.formats.records import Record
    from quotealign.formats.tei.edition import Edition


@click.group(epilog="Example: quotealign tei write seeds/ -o tei/ && quotealign tei read tei/")
def tei() -> None:
    """Write articles as TEI, file by file, and read TEI back to records."""


@tei.command(epilog="Example: quotealign tei write seeds/ -o tei/ --publisher 'City Archive'")
@reading
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder for the files.")
@click.option("--indirect", is_flag=True, help="Take in words reported without marks.")
@publishing
def write(
    inputs: tuple[str, ...],
    output: str,
    min_confidence: float,
    aliases: Path | None,
    indirect: bool,
    edition: Callable[[], Edition],
    **how: Any,
) -> int:
    """Write each article as a TEI file, as it comes.

    An archive of any size takes the memory of its largest article. INPUT is a file (.txt, .jsonl, TEI as .xml), a
    folder, or - for JSON Lines articles on standard input. Speakers are those within each article; quotealign align
    compares articles.
    """
    from quotealign.formats.files import make_folder
    from quotealign.formats.tei import left_over
    from quotealign.formats.tei.stream import write_each
    from quotealign.pipeline import extract_all, with_language

    published = edition()
    if not output:
        raise click.UsageError("an empty name was given for the folder of files; say -o . to mean this one.")
    folder = make_folder(Path(output))
    settings = settings_of(min_confidence, aliases, how["lang"], indirect=indirect)
    told = _Counted()

    def found() -> Iterator[tuple[Article, tuple[Quotation, ...]]]:
        for article in articles(inputs, told, besides=(folder,), **how):
            known = with_language(article, settings=settings)
            quotations, notices = extract_all((known,), settings=settings)
            for notice in notices:
                told.tell(notice)
            yield known, quotations

    written = write_each(found(), folder, version=__version__, settings=settings.rows(), edition=published)
    with click.progressbar(written, label="writing", file=sys.stderr, hidden=not sys.stderr.isatty()) as files:
        names = {path.name for path in files}
    for notice in left_over(folder, names):
        told.tell(notice)
    click.echo(f"written to {folder}: {len(names)} TEI files", err=True)
    return told.status


class _Counted(Told):
    """Keeps no notice once it is told, only whether an input was skipped."""

    def tell(self, notice: Notice) -> None:
        super().tell(notice)
        self.notices = [one for one in self.notices if one.skipped][:1]


@tei.command(epilog="Example: quotealign tei write seeds/ -o tei/ && quotealign tei read tei/ -f articles")
@click.argument("inputs", nargs=-1, metavar="FILE...")
@click.option(
    "-f",
    "--to",
    type=click.Choice(["articles", "quotations", "clusters", "divergences", "apparatus", "collatex"]),
    default="quotations",
    show_default=True,
    help="What to read: records of a kind, or apparatus of any editor as CollateX JSON.",
)
@output
def read(inputs: tuple[str, ...], to: str, output: str) -> int:
    """Read TEI back to JSON Lines or CollateX JSON.

    Our own files give the records they were made of, those of others what they tell: articles, and the tables of a
    parallel segmentation. FILE is a TEI file, a folder, or - for one file on standard input.
    """
    refuse_terminal(inputs)
    told = Told()
    found = _read(inputs, to, told)
    some = False
    with _writing(output) as write:
        for lines in found:
            some = True
            write(lines)
    # Nothing was done where every file was skipped.
    return 2 if told.status and not some else told.status


@contextmanager
def _writing(output: str) -> Iterator[Callable[[str], object]]:
    """What writes text piece by piece: to standard output, or to a file that is there when it is whole."""
    if output == "-":
        yield lambda text: write_out(text, "-")
        return
    with storing(Path(output)) as file:
        yield lambda text: file.write(utf8(text))


def _read(inputs: tuple[str, ...], to: str, told: Told) -> Iterator[str]:
    """The lines of all inputs; a file that cannot be read is told. Raises `InputEmpty` where none holds any."""
    from quotealign.formats.tei.corpus import as_included
    from quotealign.formats.tei.parsing import parse
    from quotealign.formats.tei.validation import files

    standard = not inputs or tuple(inputs) == ("-",)
    holds = False
    for path in [Path("standard input")] if standard else as_included(files(inputs)):
        try:
            data = read_all(sys.stdin.buffer) if standard else noted(path).read_bytes()
            documents = list(_documents(parse(data, str(path)), str(path), path.stem, to, told))
        except OSError as error:
            told.tell(Notice("unreadable", str(path), f"cannot be read ({error.strerror})", "check it", skipped=True))
        except QuotealignError as error:
            told.tell(Notice("unreadable", error.where, error.what, error.do, skipped=True))
        else:
            holds = holds or bool(documents)
            yield from documents
    if not holds and not told.status:
        what = {
            "collatex": "an apparatus by parallel segmentation",
            "articles": "an article",
            "quotations": "an article",
        }
        do = f"give TEI files with {what.get(to, 'a cluster, as quotealign align writes them')}"
        raise InputEmpty(f"no {to} in the input", where=", ".join(inputs), do=do)


def _of_clusters(root: Any, where: str, to: str, told: Told) -> Iterator[list[Record]]:
    """For each cluster in a document its records of one kind; an apparatus that somebody has changed is told."""
    from quotealign.formats.tei.cluster_reading import apparatus_of, cluster_of, clusters_in, divergences_of

    for tree in clusters_in(root):
        if to != "apparatus":
            yield [cluster_of(tree)] if to == "clusters" else divergences_of(tree)
        elif found := apparatus_of(tree):
            yield [found]
        else:
            what = "the words of this apparatus are no longer those that were compared"
            told.tell(Notice("apparatus", where, what, "read it with -f collatex, as it stands", skipped=True))
            yield []


def _documents(root: Any, where: str, stem: str, to: str, told: Told) -> Iterator[str]:
    """For each text in a document what is asked of it, as lines of JSON: one text has several quotations, or none."""
    from quotealign.collation import witness
    from quotealign.formats.collatex import dump_tables
    from quotealign.formats.records import dump
    from quotealign.formats.tei.input import lacks, records_in
    from quotealign.formats.tei.segmentation import apparatus_in

    if to in ("clusters", "divergences", "apparatus"):
        yield from ("".join(map(dump, records)) for records in _of_clusters(root, where, to, told))
        return
    if to == "collatex":
        yield from (
            dump_tables([one]) for one in apparatus_in(root, where, stem, lambda text: witness("", text).tokens)
        )
        return
    for article, quotations in records_in(root, stem):
        if to == "articles" and (lack := lacks(article)):
            told.tell(Notice("empty", where, *lack, skipped=True))
            continue
        yield "".join(dump(record) for record in ([article] if to == "articles" else quotations))
