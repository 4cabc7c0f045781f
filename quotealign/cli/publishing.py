"""How TEI files are published: the options of every command that writes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

if TYPE_CHECKING:
    from quotealign.formats.tei.edition import Edition

F = TypeVar("F", bound=Callable[..., Any])


_FILES = (
    click.option("--standoff", is_flag=True, help="In TEI, quotations beside the text, not in it."),
    click.option(
        "--no-text", is_flag=True, help="TEI without the articles' text: quotations, offsets and hashes only."
    ),
)
_TERMS = (
    click.option("--publisher", metavar="NAME", help="Who publishes the TEI files."),
    click.option(
        "--availability",
        metavar="TEXT|URL",
        help="Conditions of the annotation: words, or a licence's address.",
    ),
    click.option("--idno", metavar="TEXT", help="Number of the TEI files; {id} in it stands for each file's own id."),
    click.option(
        "--header",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Template in TOML for the TEI headers: publisher, rights, responsibility.",
    ),
)
_NAMES = ("standoff", "no_text", "publisher", "availability", "idno", "header")


def publishing(command: F) -> F:
    """The options of every command that writes TEI files. What they say arrives as one, `edition`: called, it reads the
    template, so that a command has the say over when."""
    return _with(command, (*_FILES, *_TERMS))


def terms(command: F) -> F:
    """Those of them that say who publishes files that are there, and on which conditions."""
    return _with(command, _TERMS)


def _with(command: F, options: Sequence[Callable[[Any], Any]]) -> F:
    @wraps(command)
    def taking(*inputs: Any, **given: Any) -> Any:
        said = {name: given.pop(name) for name in _NAMES if name in given}
        return command(*inputs, edition=partial(_edition, **said), **given)

    made: Any = taking
    for option in reversed(options):
        made = option(made)
    return cast(F, made)


def _edition(
    *,
    publisher: str | None,
    availability: str | None,
    idno: str | None,
    header: Path | None,
    standoff: bool = False,
    no_text: bool = False,
) -> Edition:
    """The edition that the options stand for; what they say goes before the template."""
    from quotealign.formats.tei.edition import PLAIN, read_template

    template = read_template(header) if header else PLAIN
    return template.said(standoff=standoff, text=not no_text, publisher=publisher, availability=availability, idno=idno)
