"""`quotealign package`: results handed to an archive."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quotealign import __version__
from quotealign.cli.options import Told
from quotealign.cli.publishing import terms

if TYPE_CHECKING:
    from quotealign.formats.tei.edition import Edition


@click.command(epilog="Example: quotealign align seeds/ -o out/ && quotealign package out/ -o package/")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, metavar="PACKAGE", help="Folder for the package.")
@click.option(
    "-f",
    "--to",
    type=click.Choice(["bag", "crate", "checksums"]),
    default="bag",
    show_default=True,
    help="BagIt with an RO-Crate in it, an RO-Crate, or checksums only.",
)
@terms
@click.option("--replace", is_flag=True, help="Put it in the place of a package that stands there.")
def package(folder: Path, output: str, to: str, replace: bool, edition: Callable[[], Edition]) -> int:
    """Copy DIR, as align, tei write or corpus export made it, into a PACKAGE that an archive can take in and check.

    Who publishes it, on which conditions, and with which settings it was made, is read from its corpus.xml; options
    and a header template go before that. quotealign validate checks the package, and so do sha256sum and any program
    for BagIt.
    """
    from quotealign.formats.packages import FORMS
    from quotealign.formats.packages import package as run

    if not output:
        raise click.UsageError("an empty name was given for the package.")
    told = Told()
    target = Path(output)
    done = run(folder, target, version=__version__, form=to, edition=edition(), replace=replace, tell=told.tell)
    files = f"{done.files:,} file{'s' * (done.files != 1)}, {done.octets:,} octets"
    click.echo(f"written to {target}: {files}; {FORMS[to]}", err=True)
    return told.status
