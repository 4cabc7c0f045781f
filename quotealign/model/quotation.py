"""A quotation: words reported as somebody's, with the place where they stand."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quotealign.model.speaker import Speaker

Span = tuple[int, int]
"""Start and end of a stretch of text: code points of the untouched text, half-open."""


class Kind(str, enum.Enum):
    """What a marked (or, for indirect speech, unmarked) string is. Terms and titles are not speech."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"
    TERM = "term"
    TITLE = "title"

    @property
    def is_speech(self) -> bool:
        """Whether strings of this kind are somebody's words, and so are aligned."""
        return self not in (Kind.TERM, Kind.TITLE)


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of an article; `span` is None where only the words are known."""

    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words reported as somebody's.

    spans       between the marks, the marks themselves excluded, one span a piece
    text        the pieces, joined by one space
    content     the whole reported content, where it reaches beyond the marks (mixed)
    cue         the reporting expression; `source` the words that name who spoke
    speaker     whom the source resolves to, or None: rather nobody than the wrong one
    confidence  of the speaker, in [0, 1]; ordered, not calibrated
    rule        how the quotation, its cue and its speaker were found
    """

    id: str
    article: str
    lang: str
    kind: Kind
    text: str
    spans: tuple[Span, ...] = ()
    content: tuple[Span, ...] | None = None
    cue: Passage | None = None
    source: Passage | None = None
    speaker: Speaker | None = None
    confidence: float | None = None
    rule: str | None = None
    outlet: str | None = None
    published: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
