"""`quotealign check`: the quotations of a draft against its sources."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quotealign import __version__
from quotealign.cli.options import (
    Told,
    aliases,
    articles,
    colour,
    output,
    reading_of,
    settings_of,
    wants_colour,
    write_out,
)
from quotealign.cli.progress import counted
from quotealign.errors import InputEmpty, InputMissing
from quotealign.model import Article, Notice, Verdict

if TYPE_CHECKING:
    from quotealign.formats.checked import Checked
    from quotealign.model import Finding

FORMATS = ("text", "line", "json", "csv", "sarif", "github", "html")
_NAMED = {".json": "json", ".csv": "csv", ".sarif": "sarif", ".html": "html", ".htm": "html"}
_KNOWN = {
    "against": list,
    "fail-on": str,
    "changes": str,
    "baseline": str,
    "to": str,
    "support": float,
    "lang": str,
    "aliases": str,
    "encoding": str,
    "min-confidence": float,
}
"""What `quotealign.toml` may say of this command."""


def _configured(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Options of the configuration go below those of the command line."""
    from quotealign.formats.configuration import find, read

    if value is not None and not value.is_file():
        raise InputMissing("no such file", where=str(value), do="check the path")
    path = value or find(Path.cwd())
    if path is not None and not ctx.resilient_parsing:
        options = read(path, "check", _KNOWN, frozenset({"against", "baseline", "aliases"}), partial(_fault, ctx))
        ctx.default_map = {**(ctx.default_map or {}), **options}
    return path


def _fault(ctx: click.Context, key: str, value: Any) -> str:
    """What an option of this command says against a value, in its own words; nothing where it takes it."""
    option = next(one for one in ctx.command.params if one.name == key.replace("-", "_"))
    try:
        option.type_cast_value(ctx, value)
    except click.BadParameter as error:
        return error.message.rstrip(".")
    return ""


@click.command(epilog="Example: quotealign check draft.txt --against sources/")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    is_eager=True,
    callback=_configured,
    expose_value=False,
    metavar="FILE",
    help="Options of a project, its table [check]; quotealign.toml here or above by default.",
)
@reading_of("DRAFT...")
@aliases
@click.option(
    "--against",
    multiple=True,
    metavar="PATH",
    help="Source, a folder of sources, or a corpus; as often as you like.",
)
@click.option(
    "-f", "--to", type=click.Choice(FORMATS), help="Format of the output; by the name of the output, else text."
)
@click.option(
    "--fail-on",
    type=click.Choice([*(v.value for v in Verdict), "never"]),
    default="altered",
    show_default=True,
    help="End with status 1 where a verdict is this one or graver.",
)
@click.option(
    "--changes",
    type=click.Choice(["accept", "reject", "both"]),
    default="accept",
    show_default=True,
    help="Tracked changes in a .docx or .odt; both checks it with them and as it was before.",
)
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Findings that you let stand.")
@click.option("--update-baseline", is_flag=True, help="Let all stand that would end with status 1: write --baseline.")
@click.option(
    "--support",
    type=click.FloatRange(0.1, 1),
    default=0.6,
    show_default=True,
    help="Share of a quotation's information that a passage must have to support it.",
)
@click.option("--bom", is_flag=True, help="Begin csv with a byte order mark, by which Excel knows UTF-8.")
@colour
@click.option("--width", type=click.IntRange(40), help="Width of the text; the terminal's by default.")
@output
def check(
    inputs: tuple[str, ...],
    against: tuple[str, ...],
    to: str | None,
    fail_on: str,
    baseline: Path | None,
    update_baseline: bool,
    support: float,
    bom: bool,
    colour: str,
    width: int | None,
    output: str,
    min_confidence: float,
    aliases: Path | None,
    language_data: tuple[Path, ...],
    format: str | None,
    **how: Any,
) -> int:
    """Say of each quotation of a draft whether the sources have it so: verbatim, cosmetic, trimmed, translated,
    reworded, altered, stitched, misattributed, unsupported.

    DRAFT is a file (.txt, .md, .html, .xml, .docx, .odt, .pdf, .jsonl), a folder, or - for JSON Lines on standard
    input; with several, each is checked. A draft that lies among the sources does not support itself. Status 0: clean;
    1: findings; 2: an error.
    """
    from quotealign import corpus
    from quotealign.checking import Sources, untold
    from quotealign.corpus import is_corpus
    from quotealign.formats.articles import is_before
    from quotealign.formats.baselines import Baseline
    from quotealign.formats.checked import Checked
    from quotealign.report import summary

    if not against and not inputs:
        do = "name both: quotealign check draft.txt --against sources/"
        raise InputEmpty("neither a draft nor sources are named", do=do)
    if not against:
        raise InputEmpty("no sources", do="name them with --against, or in quotealign.toml")
    if "-" in against and (not inputs or "-" in inputs):
        raise InputEmpty("both draft and source", where="standard input", do="name a file for one of them")
    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE.")
    chosen = to or _NAMED.get(Path(output).suffix.lower()) or "text"
    if bom and chosen != "csv":
        raise click.UsageError("--bom goes with -f csv")
    told = Told()
    settings = settings_of(min_confidence, aliases, how["lang"])
    known = Baseline(baseline, to_change=update_baseline) if baseline else None
    drafts = list(_drafts(inputs, told, language_data=language_data, format=format, **how))
    corpora = [path for path in against if path != "-" and is_corpus(path)]
    files = [path for path in against if path not in corpora]
    read = articles(files, told, format=None, documents=True, **how) if files else ()
    sources = (
        corpus.Sources(corpora, read, settings=settings, lang=how["lang"], tell=told.tell)
        if corpora
        else Sources(read, settings=settings)
    )
    checked: list[Checked] = []
    findings: tuple[Finding, ...] = ()
    for file, draft in drafts:
        last = findings if is_before(draft) else ()
        try:
            with counted("checking") as progress:
                findings, notices = sources.check(draft, support=support, progress=progress)
        except InputEmpty as error:
            if len(drafts) == 1:
                raise
            told.tell(Notice("alone", error.where, error.what, error.do, skipped=True))
            continue
        findings = untold(findings, last)
        for notice in notices:
            told.tell(notice)
        checked += [
            Checked(file, f, known is not None and known.holds(f), draft.origin, sources.given) for f in findings
        ]
    failing = [c for c in checked if not c.accepted and _fails(c, fail_on)]
    if update_baseline and known is not None:
        done = known.update(failing, checked, [file for file, _ in drafts])
        elsewhere = f", {done.elsewhere:,} of them in drafts not checked now" if done.elsewhere else ""
        what = f"{done.held:,} accepted ({done.added:,} added, {done.removed:,} removed){elsewhere}"
        click.echo(f"{baseline}: {what}", err=True)
        return told.status
    if chosen == "html":
        write_out(_page(checked, drafts, sources.given), output)
    else:
        bright = wants_colour(colour) if output == "-" else colour == "always"
        write_out("\ufeff" * bom + _written(chosen, checked, width, bright), output)
    if chosen != "text":
        click.echo(summary([c.finding for c in checked], sum(c.accepted for c in checked)), err=True)
    return 1 if failing else told.status


def _drafts(inputs: Sequence[str], told: Told, **how: Any) -> Iterator[tuple[str, Article]]:
    """The drafts with the names of their files; an article of a file that holds several has its id behind it, and a
    document as it was before its changes the word."""
    from quotealign.formats.articles import is_before

    names = list(inputs) or ["-"]
    for name in names:
        found = list(articles([name] if inputs else [], told, documents=True, **how))
        several = Counter(draft.origin for draft in found)
        for draft in found:
            origin = draft.origin
            if origin is None or origin.file == "-":
                file = "standard input"
            else:
                versions = sum(is_before(other) and other.origin == origin for other in found)
                is_one = len(found) == 1 or (origin.line is None and several[origin] == 1 + versions)
                file = origin.file if is_one else f"{origin.file}#{draft.id}"
            yield f"{file}#before" if is_before(draft) else file, draft


def _page(checked: list[Checked], drafts: list[tuple[str, Article]], headers: Mapping[str, Article]) -> str:
    from quotealign.report import verdicts

    rows = [(c.file, c.finding, c.accepted) for c in checked]
    return verdicts(rows, version=__version__, drafts=drafts, sources=headers)


def _fails(checked: Checked, fail_on: str) -> bool:
    return fail_on != "never" and checked.finding.verdict.rank >= Verdict(fail_on).rank


def _written(chosen: str, checked: list[Checked], width: int | None, bright: bool) -> str:
    from quotealign.formats.findings import WRITERS
    from quotealign.report import listed

    if chosen in WRITERS:
        return WRITERS[chosen](checked, __version__)
    rows = [(c.file, c.finding, c.accepted) for c in checked]
    sources = checked[0].sources if checked else {}
    columns = width or min(shutil.get_terminal_size((100, 24)).columns, 120)
    return listed(rows, width=columns, colour=bright, sources=sources)
