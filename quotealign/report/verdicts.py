"""Findings as one page: what the draft has above what the source has, each verdict with its reason and its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from quotealign.model import Finding, SourcePassage, Verdict
from quotealign.report.environment import environment
from quotealign.report.findings import STYLES, summary
from quotealign.report.wording import one_line, printable

if TYPE_CHECKING:
    from jinja2 import Template

SIGNS = dict(zip(Verdict, "=·…⇄~≠⧺@?", strict=True))
"""A sign for each verdict, which needs no colour."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some words of one side, and the kinds of edit that they take part in; none where both sides have them."""

    text: str
    kinds: str = ""
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as shown: the words of both sides with what differs marked, and the passages."""

    anchor: str
    place: str
    sign: str
    finding: Finding
    accepted: bool
    grave: bool
    draft: tuple[_Stretch, ...]
    source: tuple[_Stretch, ...]
    passages: tuple[SourcePassage, ...]


def verdicts(rows: Sequence[tuple[str, Finding, bool]], *, version: str) -> str:
    """One self-contained page with findings (file, finding, whether accepted): no script, no network."""
    shown = [row_of(number, *row) for number, row in enumerate(rows, 1)]
    total = summary([finding for _, finding, _ in rows])
    return printable(_template().render(rows=shown, total=total, version=version))


def row_of(number: int, file: str, finding: Finding, accepted: bool = False) -> Row:
    """A finding as the page shows it; `number` makes its anchor."""
    passages = tuple(p for p in (finding.passage, *finding.further) if p is not None)
    return Row(
        anchor=f"finding-{number}",
        place=f"{one_line(file)}:{finding.line}:{finding.column}",
        sign=SIGNS[finding.verdict],
        finding=finding,
        accepted=accepted,
        grave=finding.verdict not in STYLES,
        draft=tuple(_marked(finding.quotation.text, finding, "b")),
        source=tuple(_marked(" ".join(p.text for p in passages), finding, "a")),
        passages=passages,
    )


def _marked(text: str, finding: Finding, side: str) -> Iterator[_Stretch]:
    spans = sorted(
        ((span, edit) for edit in finding.edits for span in (edit.a if side == "a" else edit.b)),
        key=lambda pair: pair[0],
    )
    place = 0
    for (start, end), edit in spans:
        if start < place:
            continue
        yield _Stretch(text[place:start])
        yield _Stretch(text[start:end], edit.kind, edit.severity >= 0.5)
        place = end
    yield _Stretch(text[place:])


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment().get_template("findings.html")
