"""An article: one source text with its header. The text is kept as received and never edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Article:
    """One source text; `published` is an ISO date as received, `extra` holds fields we only pass through."""

    id: str
    text: str
    lang: str = "und"
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, compare=True, hash=False)

    def with_lang(self, lang: str) -> Article:
        """A copy in which the language is stated."""
        return replace(self, lang=lang)

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """Line and column (both from 1) of a code point offset, as an editor counts them."""
        return self.text.count("\n", 0, offset) + 1, offset - self.text.rfind("\n", 0, offset)
