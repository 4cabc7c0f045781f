"""`quotealign validate`: whether TEI files are what they say they are."""

from __future__ import annotations

import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotealign.cli.options import refuse_terminal, write_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotealign.model import Problem


@click.command(epilog="Example: quotealign align seeds/ -o out/ && quotealign validate out/tei/")
@click.argument("inputs", nargs=-1, metavar="FILE...")
@click.option(
    "-f",
    "--to",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Format of the output.",
)
def validate(inputs: tuple[str, ...], to: str) -> int:
    """Check TEI files against the schema of quotealign, and beyond it: ids, pointers, dates, languages, checksums.

    FILE is a TEI file, a folder, or - for one file on standard input. What a file includes is checked with it. Of a
    package (a bag, or a folder with manifest-sha256.txt) every file is compared with its checksum. Nothing is read
    outside its folder. The exit status is 0 where all is well, and 2 where a file is not valid.
    """
    from quotealign.formats import packages
    from quotealign.formats.files import read_all
    from quotealign.formats.tei.validation import Checked, check, check_text, files

    refuse_terminal(inputs)
    packed: list[Path] = []
    if not inputs or tuple(inputs) == ("-",):
        name = "standard input"
        found: Iterable[Checked] = [Checked(name, check_text(read_all(sys.stdin.buffer), name))]
        number = 1
    else:
        packed = [Path(name) for name in inputs if packages.is_package(Path(name))]
        # Not every package holds TEI.
        paths = files(name for name in inputs if Path(name) not in packed or any(Path(name).rglob("*.xml")))
        number = len(paths)
        found = chain(*map(packages.check, packed), check(paths))
    problems: list[Problem] = []
    files_checked = 0
    with click.progressbar(
        found, length=None if packed else number, label="checking", file=sys.stderr, hidden=not sys.stderr.isatty()
    ) as checked:
        for one in checked:
            files_checked += not one.again
            problems += one.problems
    if to == "json":
        write_out(_document(files_checked, problems), "-")
    else:
        write_out("".join(f"{problem}\n" for problem in problems), "-")
        wrong = len({problem.file for problem in problems})
        told = f"{wrong} not valid" if wrong else "all valid"
        click.echo(f"{files_checked} file{'s' * (files_checked != 1)} checked, {told}", err=True)
    return 2 if problems else 0


def _document(number: int, problems: list[Problem]) -> str:
    import json
    from dataclasses import asdict

    document = {"files": number, "valid": not problems, "problems": [asdict(problem) for problem in problems]}
    return json.dumps(document, ensure_ascii=True, indent=1) + "\n"
