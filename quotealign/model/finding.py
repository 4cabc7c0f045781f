"""A finding: the verdict on one quotation of a draft, with the passage that supports or contradicts it."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from quotealign.model.divergence import Edit
from quotealign.model.identifiers import digest
from quotealign.model.quotation import Quotation, Span
from quotealign.model.speaker import Speaker


class Verdict(str, enum.Enum):
    """What is to be said of a quotation of a draft, from harmless to grave."""

    VERBATIM = "verbatim"
    COSMETIC = "cosmetic"
    TRIMMED = "trimmed"
    TRANSLATED = "translated"
    REWORDED = "reworded"
    ALTERED = "altered"
    STITCHED = "stitched"
    MISATTRIBUTED = "misattributed"
    UNSUPPORTED = "unsupported"

    @property
    def rank(self) -> int:
        """Its place in the order, 0 for verbatim."""
        return list(Verdict).index(self)

    @property
    def meaning(self) -> str:
        """What it says of the quotation, in one sentence."""
        return _MEANINGS[self]


_MEANINGS = {
    Verdict.VERBATIM: "The words as they stand in the source.",
    Verdict.COSMETIC: "Only marks, case, spacing, spelling or contractions differ.",
    Verdict.TRIMMED: "Words are left out, the rest is as said.",
    Verdict.TRANSLATED: "A source in another language has the same, so far as names and figures tell.",
    Verdict.REWORDED: "Other words than those of the source.",
    Verdict.ALTERED: "At least one edit may change the meaning.",
    Verdict.STITCHED: "Two passages were made one.",
    Verdict.MISATTRIBUTED: "The source gives the words to somebody else.",
    Verdict.UNSUPPORTED: "No source has these words.",
}


@dataclass(frozen=True, slots=True)
class SourcePassage:
    """Words of a source that a quotation of a draft was found to have, or comes nearest to.

    spans     of the words that are compared, one span a piece: what the reporter says between them is left out
    text      the pieces, joined by one space
    sentence  the sentence or sentences in which they stand, `sentence_span` where; both in the source
    speaker   who says so there; `source` the words of the source that name who spoke
    line, column  of the first word, both from 1
    quoted    whether the words stand in marks there
    """

    article: str
    lang: str
    spans: tuple[Span, ...]
    text: str
    sentence: str
    sentence_span: Span
    line: int
    column: int
    speaker: Speaker | None = None
    source: str | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one quotation of a draft.

    passage   what it was compared with; of an unsupported one the closest passage, or None
    further   where it was put together from several places: the other places
    edits     from the passage (`a`) to the quotation (`b`); spans in their texts
    label     the class of the divergence
    score     how much of the quotation's information stands at the passage, in its order, in [0, 1]
    marked    whether every edit of wording is owned up to by an ellipsis or a bracket; None where there is none
    line, column  of the quotation in the draft's own text, both from 1; `end` where it ends, line and column
    message   one sentence for the editor
    """

    quotation: Quotation
    verdict: Verdict
    message: str
    line: int = 1
    column: int = 1
    end: tuple[int, int] = (1, 1)
    passage: SourcePassage | None = None
    further: tuple[SourcePassage, ...] = ()
    edits: tuple[Edit, ...] = ()
    label: str | None = None
    divergence: float | None = None
    severity: float | None = None
    score: float = 0.0
    marked: bool | None = None

    @property
    def id(self) -> str:
        """Stays as long as quotation, verdict and passage stay, whatever stands around them."""
        return f"{self.quotation.id}.{digest(self.verdict.value, *(p.text for p in self.passages))}"

    @property
    def fingerprint(self) -> str:
        """What somebody accepts who lets the finding stand: these words, given to this speaker, with this verdict for
        these passages, in whatever draft. A speaker goes by the last name, so that a first name more is nobody else."""
        speaker = self.quotation.speaker
        names = speaker.name.casefold().split()[-1:] if speaker else []
        words = (" ".join(text.split()) for text in (self.quotation.text, *(p.text for p in self.passages)))
        return digest(self.verdict.value, *(names or [""]), *words, length=20)

    @property
    def passages(self) -> tuple[SourcePassage, ...]:
        """All places that it was compared with; none where there is none."""
        return () if self.passage is None else (self.passage, *self.further)
