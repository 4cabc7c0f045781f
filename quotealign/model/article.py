"""An article: one source text with its header. The text is kept as received and never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article was read: the `file` as it was named, `-` for standard input; its `line` in a file of records;
    the `key` of the file, which is the same under all its names, None where it is no file."""

    file: str
    line: int | None = None
    key: tuple[int, int] | None = None

    def is_same(self, other: Origin) -> bool:
        """Whether it is the same place: of one file, under whatever names."""
        return self.key is not None and (self.key, self.line) == (other.key, other.line)


@dataclass(frozen=True, slots=True)
class Article:
    """One source text; `published` is an ISO date as received, `extra` holds fields we only pass through. Its `origin`
    is no part of it: the same article may lie in several files."""

    id: str
    text: str
    lang: str = "und"
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, compare=True, hash=False)
    origin: Origin | None = field(default=None, compare=False, repr=False)

    @property
    def file(self) -> str | None:
        """What a person opens to see it: a file, one of records with its id behind; None where none is known."""
        if self.origin is None or self.origin.file == "-":
            return None
        return self.origin.file if self.origin.line is None else f"{self.origin.file}#{self.id}"

    def with_lang(self, lang: str) -> Article:
        """A copy in which the language is stated."""
        return replace(self, lang=lang)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1) of a code point offset, as an editor counts them."""
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)
