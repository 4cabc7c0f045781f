"""`quotealign languages`."""

from __future__ import annotations

import click

from quotealign.cli.options import write_out


@click.command(epilog="Example: quotealign languages")
def languages() -> None:
    """List the languages there is data for; texts in others are read with what holds for all."""
    from quotealign.languages import codes, language

    for code in codes():
        rules = language(code)
        verbs = len(set(rules.speech.values()) | set(rules.stance.values()))
        write_out(f"{code:4} {rules.name:14} {verbs:4} reporting verbs, {len(rules.marks)} pairs of marks\n", "-")
