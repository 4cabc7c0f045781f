"""Findings in their files: what each format of findings is written of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from quotealign.model import Article, Finding, Origin, SourcePassage, Verdict

LEVELS = {
    Verdict.VERBATIM: "none",
    Verdict.COSMETIC: "note",
    Verdict.TRIMMED: "note",
    Verdict.TRANSLATED: "warning",
    Verdict.REWORDED: "warning",
    Verdict.ALTERED: "error",
    Verdict.STITCHED: "error",
    Verdict.MISATTRIBUTED: "error",
    Verdict.UNSUPPORTED: "error",
}
"""How grave each verdict is, in the words of SARIF."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A finding in its file, as a person is told it. `accepted` says that somebody has looked at it and lets it stand.

    origin   where the draft was read, None where that is `file`
    sources  articles by their ids: in which files the passages stand
    """

    file: str
    finding: Finding
    accepted: bool = False
    origin: Origin | None = None
    sources: Mapping[str, Article] = field(default_factory=dict)

    @property
    def places(self) -> tuple[tuple[SourcePassage, str], ...]:
        """The passages, each with `file:line:column` as a person opens it; with its article's id where no file is
        known."""
        found = ((p, self.sources.get(p.article)) for p in self.finding.passages)
        return tuple((p, f"{(a and a.file) or p.article}:{p.line}:{p.column}") for p, a in found)
