"""`quotealign corpus`: a collection that is kept, in one file."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotealign.cli.options import (
    Told,
    aliases,
    articles,
    common,
    encoder_of,
    engine,
    language_data,
    learn_all,
    reading_articles,
    refuse_terminal,
    semantic,
    settings_of,
    spark_of,
    write_out,
)
from quotealign.cli.progress import bar, clear_line, watched
from quotealign.errors import NameUnknown
from quotealign.model import Notice

if TYPE_CHECKING:
    from quotealign.corpus import Added

database = click.argument("database", metavar="DB")


class _Tally(Told):
    """Tells, and counts; of many notices it keeps one, so that memory stays flat."""

    skipped = 0

    def tell(self, notice: Notice) -> None:
        clear_line()
        self.skipped += notice.skipped
        super().tell(notice)
        del self.notices[1:]

    @property
    def status(self) -> int:
        return 3 if self.skipped else 0


@click.group(
    epilog="Example: quotealign corpus init news.db && quotealign corpus add news.db articles/ && quotealign corpus "
    "link news.db"
)
def corpus() -> None:
    """Keep a collection of articles in one file DB (DuckDB): add to it, link it, export it.

    Every command may be interrupted and given again; what was finished before is kept.
    """


@corpus.command(epilog="Example: quotealign corpus init news.db")
@database
def init(database: str) -> None:
    """Make an empty corpus in a new file DB."""
    from quotealign.corpus import init as run

    click.echo(f"{run(database)}: an empty corpus; quotealign corpus add puts articles into it", err=True)


@corpus.command(epilog="Example: quotealign corpus add news.db articles/")
@database
@reading_articles
@click.option("--indirect", is_flag=True, help="Take in words reported without marks.")
@click.option(
    "--unit",
    type=click.Choice(["whole", "part"]),
    default="part",
    show_default=True,
    help="Whether all that one reporting clause governs is one quotation, or each sentence and fragment, as in align.",
)
@click.option("--jobs", type=click.IntRange(1), default=1, show_default=True, help="Processes that find quotations.")
@click.option("--batch", type=click.IntRange(1), default=200, show_default=True, help="Articles written at a time.")
def add(
    database: str,
    inputs: tuple[str, ...],
    min_confidence: float,
    indirect: bool,
    unit: str,
    jobs: int,
    batch: int,
    language_data: tuple[Path, ...],
    **how: Any,
) -> int:
    """Add articles to DB, and find their quotations.

    INPUT is a file (.txt, .jsonl), a folder, or - for JSON Lines articles on standard input. An article that is there
    already costs a look-up; one whose text or header has changed replaces the old one, known by its id.
    """
    from quotealign.corpus import add as run
    from quotealign.formats.articles import Reading, count

    refuse_terminal(inputs)
    learn_all(language_data)  # before the settings are made, which have its digest
    told = _Tally()
    settings = settings_of(min_confidence, None, how["lang"], indirect=indirect, whole=unit == "whole")
    length = count(inputs or ("-",), Reading(**how)) if watched() else None
    with bar("adding", length) as advance:
        found = articles(inputs, told, **how)
        done = run(database, found, settings=settings, jobs=jobs, batch=batch, tell=told.tell, progress=advance)
    click.echo(f"{database}: {_counted(done)}{f', {told.skipped:,} skipped' if told.skipped else ''}", err=True)
    return told.status


def _counted(done: Added) -> str:
    parts = [f"{_plural(done.added, 'article')} added"]
    parts += [f"{done.replaced:,} replaced"] if done.replaced else []
    parts += [f"{done.unchanged:,} there already"] if done.unchanged else []
    return f"{', '.join(parts)}; {_plural(done.quotations, 'quotation')} found"


def _plural(number: int, thing: str) -> str:
    return f"{number:,} {thing}" + ("s" if number != 1 else "")


@corpus.command(epilog="Example: quotealign corpus remove news.db 001_translated")
@database
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
def remove(database: str, ids: tuple[str, ...]) -> int:
    """Remove articles from DB by their ids, with their quotations; - reads ids from standard input, one a line.

    Clusters that lose a quotation are taken apart, until the corpus is linked again.
    """
    from quotealign.corpus import remove as run

    told = _Tally()
    wanted = list(_lines()) if ids == ("-",) else ids
    number = run(database, wanted, tell=told.tell)
    if not number:
        raise NameUnknown(
            "none of these articles is in the corpus", where=database, do="see the ids with corpus export"
        )
    click.echo(f"{database}: {_plural(number, 'article')} removed", err=True)
    return told.status


def _lines() -> Iterator[str]:
    refuse_terminal(())
    for line in sys.stdin.buffer:
        if name := line.decode("utf-8", "replace").strip("\r\n"):
            yield name


@corpus.command(epilog="Example: quotealign corpus link news.db")
@database
@language_data
@aliases
@semantic
@engine
@click.option("--again", is_flag=True, help="Even where nothing has changed since the last time.")
def link(
    database: str,
    language_data: tuple[Path, ...],
    aliases: Path | None,
    semantic: bool,
    encoder: str | None,
    engine: str,
    master: str | None,
    again: bool,
) -> None:
    """Bring together the quotations of one utterance over the whole corpus, and the names of one person."""
    from quotealign.corpus import link as run

    learn_all(language_data)
    settings = settings_of(0.5, aliases, None, encoder=encoder_of(semantic, encoder))
    stages = {"reading": 0, "linking": 1, "writing": 2}
    with spark_of(engine, master) as spark, bar("linking", len(stages)) as advance:
        done = run(
            database,
            settings=settings,
            again=again,
            engine=spark,
            progress=lambda stage: advance(min(stages[stage], 1)),
        )
        advance(1)
    if done.left_out[1]:
        Told().tell(common(database, *done.left_out))
    what = "" if done.fresh else "nothing new; "
    counts = (_plural(done.quotations, "quotation"), _plural(done.clusters, "cluster"), _plural(done.links, "link"))
    click.echo(f"{database}: {what}{', '.join(counts)}", err=True)


@corpus.command(epilog="Example: quotealign corpus status news.db")
@database
@click.option("-f", "--to", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Format.")
def status(database: str, to: str) -> None:
    """Say what is in DB: how much, what is not linked yet, with which settings it was made."""
    from quotealign.corpus import in_words
    from quotealign.corpus import status as run

    found = run(database)
    write_out(json.dumps(found.record(), ensure_ascii=False) + "\n" if to == "json" else in_words(found), "-")


@corpus.command(epilog="Example: quotealign corpus export news.db -f parquet -o out/")
@database
@click.option(
    "-f",
    "--to",
    type=click.Choice(["jsonl", "parquet", "csv", "tei"]),
    default="jsonl",
    show_default=True,
    help="Format of the output.",
)
@click.option("--articles", is_flag=True, help="Write the articles as well; in TEI they always are.")
@click.option(
    "-o", "--output", default="-", metavar="DIR", help="Folder for the files; jsonl goes to standard output by default."
)
def export(database: str, to: str, articles: bool, output: str) -> int:
    """Write what is in DB for other programs: quotations, with speakers and clusters as they were linked."""
    from quotealign.corpus import export as run
    from quotealign.corpus import records
    from quotealign.formats.records import dump

    told = _Tally()
    if output != "-":
        if not output:
            raise click.UsageError("an empty name was given for the folder; say -o . to mean this one.")
        files = run(database, output, form=to, articles=articles, tell=told.tell)
        click.echo(f"written to {output}: {_plural(len(files), 'file')}", err=True)
        return told.status
    if to != "jsonl":
        raise click.UsageError(f"{to} needs a folder; name it with -o.")
    stream = map(dump, records(database, articles=articles, tell=told.tell))
    while lines := "".join(islice(stream, 1000)):
        write_out(lines, "-")
    return told.status
