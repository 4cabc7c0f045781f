"""Progress: a bar on standard error with rate and time left, where somebody watches; nothing elsewhere."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import click

Advance = Callable[[int], None]
_MANY = 100
"""Quotations from which on a check takes long enough for somebody to wonder."""


def watched() -> bool:
    """Whether standard error is a terminal."""
    return sys.stderr.isatty()


@contextmanager
def bar(label: str, length: int | None) -> Iterator[Advance]:
    """A bar for so many things, None where that is not known; what it gives is called with how many are done since."""
    if not watched():
        yield lambda done: None
        return

    def rate(_: object) -> str | None:
        seconds = shown.time_per_iteration
        return f"{1 / seconds:,.0f}/s" if 0 < seconds <= 1 else None

    shown = click.progressbar(
        None if length else itertools.count(),
        length=length or None,
        label=label,
        show_pos=True,
        item_show_func=rate,
        file=sys.stderr,
    )
    with shown:
        yield lambda done: shown.update(done, 0)


@contextmanager
def counted(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar for what tells itself how many are done and of how many; there is none where it is soon over."""
    before = 0
    advance: Advance | None = None
    with ExitStack() as stack:

        def tell(done: int, of: int) -> None:
            nonlocal advance, before
            if of < _MANY:
                return
            advance = advance or stack.enter_context(bar(label, of))
            advance(done - before)
            before = done

        yield tell


def clear_line() -> None:
    """Make room for a sentence where a bar may stand."""
    if watched():
        click.echo("\r\x1b[K", nl=False, err=True)
