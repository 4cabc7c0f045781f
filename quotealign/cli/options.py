"""What several commands share: how inputs are named and read, how output is opened, how notices are told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quotealign.errors import InputBinary, InputEmpty, InputMissing, NameUnknown, OutputRefused, QuotealignError
from quotealign.formats.articles import Reading, read
from quotealign.formats.files import noted, read_all, read_text, refuse_input, store, utf8
from quotealign.formats.records import Record, parse_line
from quotealign.model import Article, Notice

if TYPE_CHECKING:
    from quotealign.engines.spark import Spark
    from quotealign.pipeline import Settings
    from quotealign.scoring import Encoder

F = TypeVar("F", bound=Callable[..., Any])
_LOOKED_AT = 10
"""Records of a file by which it is told whether it holds articles."""

language_data = click.option(
    "--language-data",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Data of your own for a language, named after its code: sv.toml.",
)
aliases = click.option(
    "--aliases",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Names you know: alias, name, authority id, with tabs between.",
)


def reading(command: F) -> F:
    """The options of every command that reads articles and names speakers across them."""
    return reading_articles(aliases(command))


def reading_articles(command: F) -> F:
    """The options of every command that reads articles."""
    return reading_of("INPUT...")(command)


def reading_of(metavar: str, *, speakers: bool = True) -> Callable[[F], F]:
    """The options of a command whose articles go by this name in its help; without `speakers` it names none."""
    return lambda command: _with_reading(command, metavar, speakers)


def _with_reading(command: F, metavar: str, speakers: bool) -> F:
    least = click.option(
        "--min-confidence",
        type=click.FloatRange(0, 1),
        default=0.5,
        show_default=True,
        help="Below it no speaker is named.",
    )
    for option in reversed(
        (
            click.argument("inputs", nargs=-1, metavar=metavar),
            click.option(
                "--from",
                "format",
                type=click.Choice(["txt", "jsonl", "tei", "html", "docx", "odt", "pdf"]),
                help="Format of the input, whatever its name.",
            ),
            click.option("--encoding", help="Encoding of the input; detected by default, UTF-8 first."),
            click.option("--lang", help="Language of all articles (en, fr, de …); identified by default."),
            click.option(
                "--max-bytes",
                "largest",
                type=click.IntRange(1),
                default=5_000_000,
                show_default=True,
                help="Largest article.",
            ),
            *((least,) if speakers else ()),
            language_data,
        )
    ):
        command = option(command)
    return command


def engine(command: F) -> F:
    """The options of every command that can run on a cluster of machines; `spark_of` reads them."""
    for option in reversed(
        (
            click.option(
                "--engine",
                type=click.Choice(["embedded", "spark"]),
                default="embedded",
                show_default=True,
                help="Where to work: here, or on a Spark cluster (needs an extra).",
            ),
            click.option("--master", metavar="URL", help="The cluster's URL, such as spark://host:7077."),
        )
    ):
        command = option(command)
    return command


@contextmanager
def spark_of(engine: str, master: str | None) -> Iterator[Spark | None]:
    """The Spark cluster that was asked for, for as long as it is needed; None where none was."""
    if engine != "spark":
        if master is not None:
            raise click.UsageError("--master goes with --engine spark")
        yield None
        return
    if master is None:
        raise click.UsageError("--engine spark needs --master URL; local[*] is this machine alone")
    from quotealign.engines.spark import Spark

    with Spark(master) as session:
        yield session


def settings_of(least: float, aliases: Path | None, lang: str | None, **further: Any) -> Settings:
    """The settings that the options of `reading` stand for."""
    from quotealign.formats.aliases import read_aliases
    from quotealign.pipeline import Settings

    names = read_aliases(aliases) if aliases else ()
    return Settings(least=least, aliases=names, guess=lang != "und", **further)


def semantic(command: F) -> F:
    """The options of every command that may let an encoder read the meaning; `encoder_of` reads them."""
    for option in (
        click.option(
            "--encoder",
            metavar="NAME",
            help="--semantic with a model of your own for sentence-transformers: name or folder.",
        ),
        click.option("--semantic", is_flag=True, help="Let an encoder compare meanings, across languages too (extra)."),
    ):
        command = option(command)
    return command


def encoder_of(semantic: bool, name: str | None) -> Encoder | None:
    """The encoder asked for, None where none was. Raises `LibraryMissing` with the line that installs it."""
    from quotealign.scoring.encoders import OURS, encoder

    return encoder(name or OURS) if semantic or name is not None else None


class Told:
    """Tells notices on standard error as they come, and remembers whether an input was skipped."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def tell(self, notice: Notice) -> None:
        """One sentence on standard error."""
        self.notices.append(notice)
        label = "skipped" if notice.skipped else "warning"
        click.echo(f"{label}: {notice}", err=True)

    @property
    def status(self) -> int:
        """0, or 3 where something was skipped."""
        return 3 if any(n.skipped for n in self.notices) else 0


def refuse_terminal(given: object) -> None:
    """Raises `InputEmpty` where nothing was named and nothing is piped in: a silent wait tells nobody anything."""
    if not given and sys.stdin.isatty():
        raise InputEmpty("no input", do="name files, or pipe JSON Lines in; --help shows an example")


def learn_all(language_data: Iterable[Path]) -> None:
    """Take in the user's own data for languages."""
    from quotealign.languages import learn

    for path in language_data:
        learn(path.stem.lower(), read_text(path), where=str(path))


def articles(
    inputs: Iterable[str], told: Told, *, language_data: tuple[Path, ...] = (), **how: Any
) -> Iterator[Article]:
    """The articles of the inputs. Raises `InputEmpty` where there is not one."""
    learn_all(language_data)
    if how.get("lang"):
        from quotealign.languages import has_data, well_formed

        if not well_formed(how["lang"]):
            raise NameUnknown(f"{how['lang']!r} is no language tag", do="use one such as en, fr-CA or und")
        if not has_data(how["lang"]):
            do = "it is read with what holds for all languages; see quotealign languages"
            told.tell(Notice("language", how["lang"], "no data for this language", do))
    names = list(inputs)
    refuse_terminal(names)
    _refuse_articles(names, Reading(**how))
    found = False
    # Where the only input is at fault, one sentence says so: the first is kept until there is another.
    first: Notice | None = None
    for item in read(names or ["-"], Reading(**how)):
        if first is not None:
            told.tell(first)
            first = None
        if isinstance(item, Article):
            found = True
            yield item
        elif found or told.notices or not item.skipped:
            told.tell(item)
        else:
            first = item
    if first is not None:
        raise InputEmpty(first.what, where=first.where, do=first.do)
    if not found:
        raise InputEmpty("no article could be read", where=", ".join(names), do="see what was said above")


def _refuse_articles(names: Sequence[str], how: Reading) -> None:
    """Raises `OutputRefused` where a file to be written lies in a folder to be read, and holds an article: what an
    earlier run has written there is not read again, and what is no result of ours is not written over."""
    folders = [Path(name).resolve() for name in names if os.path.isdir(name)]
    for path in how.besides:
        inside = any(path.resolve().is_relative_to(folder) for folder in folders)
        looked_at = islice(read([path], how), _LOOKED_AT) if inside and path.is_file() else ()
        if path.suffix.lower() in how.endings and any(isinstance(found, Article) for found in looked_at):
            refuse_input(noted(path))


def records(name: str, told: Told) -> Iterator[tuple[Record, str]]:
    """The records of a JSON Lines file or of standard input, each with its place; bad lines are told and skipped."""
    try:
        data = read_all(sys.stdin.buffer) if name == "-" else noted(Path(name)).read_bytes()
    except OSError as error:
        raise InputMissing(f"cannot be read ({error.strerror})", where=name, do="check the path") from None
    where = "standard input" if name == "-" else name
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputBinary(f"not UTF-8 at byte {error.start}", where=where, do="convert it to UTF-8") from None
    if not text.strip():
        raise InputEmpty("holds no record", where=where, do="give JSON Lines")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            place = f"{where}:{number}"
            try:
                yield parse_line(line, place), place
            except QuotealignError as error:
                told.tell(Notice("record", error.where, error.what, error.do, skipped=True))


def write_out(text: str, output: str) -> None:
    """Text to a file, or to standard output for `-`; always UTF-8."""
    if output != "-":
        store(utf8(text), Path(output))
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(utf8(text))
        sys.stdout.buffer.flush()
    except OSError as error:
        # What could not be written must not be tried again at shutdown.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise click.exceptions.Exit(0) from None  # the reader has seen enough (| head): no reason for a word
        raise OutputRefused(
            f"cannot be written ({error.strerror})", where="standard output", do="make room, or name a file with -o"
        ) from None


def wants_colour(choice: str, stream: Any = None) -> bool:
    """Whether to colour: as told, else on a terminal where NO_COLOR is not set."""
    stream = stream or sys.stdout
    return choice == "always" or (choice == "auto" and stream.isatty() and not os.environ.get("NO_COLOR"))


colour = click.option(
    "--color",
    "colour",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colour on the terminal.",
)
output = click.option("-o", "--output", default="-", metavar="FILE", help="Where to write; standard output by default.")


def common(where: str, features: int, holders: int) -> Notice:
    """What is told where words were too common for all quotations that hold them to be compared."""
    what = f"{features:,} words and pairs of words are so common that {holders:,} times a quotation was not asked"
    return Notice("common", where, what, "short phrases of common words may be missing from their clusters")
