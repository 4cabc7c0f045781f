"""The group of all commands, loaded one by one when named, and the exit statuses.

0 done and clean · 1 findings (`check` only) · 2 usage, input or run-time error · 3 done, some inputs skipped ·
130 interrupted.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence

import click

from quotealign import __version__
from quotealign.errors import QuotealignError
from quotealign.formats.files import sparing

COMMANDS = {
    "align": "The main job: extract, attribute, cluster, collate and score.",
    "extract": "Find the quotations of articles, and who said them.",
    "cluster": "Bring together the quotations of one utterance.",
    "collate": "Collate variants of a text word by word.",
    "corpus": "Keep a collection in one file: add to it, link it, export it.",
    "score": "Say how far, how, and how gravely two texts differ.",
    "check": "Check the quotations of a draft against its sources.",
    "serve": "Check drafts and browse collections on a page of this machine.",
    "tei": "Write articles as TEI file by file, and read TEI back.",
    "validate": "Check TEI files and packages: schema, ids, pointers, checksums.",
    "package": "Put a folder of results into a package for an archive.",
    "metrics": "List the metrics, and what each is good for.",
    "languages": "List the languages there is data for.",
    "schema": "Print the JSON Schema of the records.",
    "cite": "Say how to cite quotealign, or the articles as BibTeX.",
    "completion": "Print the completion script for a shell.",
}
"""Name and short help of every command; each lives in the module of its name, imported when it is called."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"quotealign.cli.{name}")
        command = getattr(module, name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        # The stock listing imports every command; help must answer at once.
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def group() -> None:
    """Quoted speech in the news: extracted, attributed, aligned, collated, scored, written as TEI.

    \b
    quotealign align articles/ -o out/
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status and never lets a traceback out."""
    # Our records are many small tuples, none in a cycle: the collector would walk them again and again for nothing.
    gc.disable()
    try:
        with sparing():
            status = group.main(args=arguments, prog_name="quotealign", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        return 130
    except KeyboardInterrupt:
        click.echo("interrupted", err=True)
        return 130
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except QuotealignError as error:
        click.echo(f"quotealign: {error}", err=True)
        return 2
    except MemoryError:
        click.echo("quotealign: not enough memory for this input; give fewer articles at a time.", err=True)
        return 2
    except Exception as error:
        if os.environ.get("QUOTEALIGN_DEBUG"):
            raise
        what = f"{type(error).__name__}: {error}"
        click.echo(
            f"quotealign: a fault of ours ({what}); set QUOTEALIGN_DEBUG=1 to see where, and report it.", err=True
        )
        return 2
    finally:
        if arguments is None and "duckdb" not in sys.modules:
            # The process ends here and takes all with it: the collector need not walk it once more. (Only duckdb would
            # see its own things left over, and say so.)
            gc.freeze()
        gc.enable()
