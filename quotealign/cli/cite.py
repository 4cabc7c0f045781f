"""`quotealign cite`."""

from __future__ import annotations

import click

from quotealign import __version__
from quotealign.cli.options import write_out


@click.command(epilog="Example: quotealign cite --to bibtex")
@click.option("-f", "--to", type=click.Choice(["text", "bibtex"]), default="text", show_default=True)
def cite(to: str) -> None:
    """Say how to cite quotealign in the version that made your figures."""
    if to == "bibtex":
        fields = (
            "author = {{The quotealign developers}}, title = {quotealign}, version = {"
            + __version__
            + "}, license = {MIT}"
        )
        write_out(f"@software{{quotealign, {fields}}}\n", "-")
    else:
        write_out(f"The quotealign developers: quotealign, version {__version__} (MIT licence). Software.\n", "-")
