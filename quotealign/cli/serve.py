"""`quotealign serve`: the local page."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quotealign.cli.options import language_data, learn_all
from quotealign.errors import LibraryMissing


@click.command(epilog="Example: quotealign serve sources/ news.db")
@click.argument("collections", nargs=-1, metavar="[DB|FOLDER]...")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 for any free one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine: 127.0.0.1 or ::1.")
@click.option(
    "--open/--no-open", "shown", default=None, help="Open it in the browser; where somebody watches by default."
)
@click.option("--jobs", type=click.IntRange(1, 32), default=2, show_default=True, help="Processes that work at a time.")
@click.option(
    "--time-limit", type=click.FloatRange(1), default=120, show_default=True, help="Seconds after which a run is ended."
)
@language_data
def serve(
    collections: tuple[str, ...],
    port: int,
    host: str,
    shown: bool | None,
    jobs: int,
    time_limit: float,
    language_data: tuple[Path, ...],
) -> None:
    """Serve a page on this machine alone: paste a draft, see its verdicts beside the text, browse clusters.

    A DB made by corpus, or a FOLDER of articles, is a collection that drafts can be checked against. Nothing else is
    opened, nothing is written, and nothing leaves this machine. Ctrl-C ends it.
    """
    try:
        from quotealign.web.server import serve as run
    except ModuleNotFoundError as error:
        what = f"the local page needs starlette, uvicorn and python-multipart ({error.name} is not there)"
        raise LibraryMissing(what, do="run pip install 'quotealign[web]'") from None
    from quotealign.web.limits import Limits

    learn_all(language_data)

    def ready(address: str) -> None:
        click.echo(f"{address} (Ctrl-C ends it)", err=True)
        if shown or (shown is None and sys.stderr.isatty()):
            click.launch(address)

    run(collections, host=host, port=port, limits=Limits(processes=jobs, seconds=time_limit), ready=ready)
