"""`quotealign completion`."""

from __future__ import annotations

import click

from quotealign.cli.options import write_out


@click.command(epilog='Example: eval "$(quotealign completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for SHELL."""
    from click.shell_completion import get_completion_class

    from quotealign.cli.main import group

    found = get_completion_class(shell)
    assert found is not None
    write_out(found(group, {}, "quotealign", "_QUOTEALIGN_COMPLETE").source() + "\n", "-")
