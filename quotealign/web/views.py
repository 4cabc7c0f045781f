"""Templates: those of this page, and the report's. Everything that comes from outside is escaped by them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.resources import files
from typing import Any

from quotealign.formats.files import utf8
from quotealign.report.environment import environment
from quotealign.report.page import with_cards
from quotealign.report.wording import printable


@lru_cache(maxsize=None)
def _template(name: str) -> Callable[..., str]:
    return with_cards(environment("quotealign.web")).get_template(name).render


def page(template: str, **given: Any) -> str:
    """A whole page."""
    return printable(_template(template)(given))


def fragment(template: str, **given: Any) -> bytes:
    """The middle of a page, made by a process that works."""
    return utf8(page(template, **given))


@lru_cache(maxsize=1)
def style() -> bytes:
    """The style sheet: the report's, and what this page has besides."""
    ours, theirs = files("quotealign.web"), files("quotealign.report")
    return theirs.joinpath("templates/style.css").read_bytes() + ours.joinpath("static/serve.css").read_bytes()


@lru_cache(maxsize=1)
def script() -> bytes:
    """The only script: it looks whether a run has ended, so that the page need not be loaded again and again."""
    return files("quotealign.web").joinpath("static/serve.js").read_bytes()
