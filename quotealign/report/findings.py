"""Findings on the terminal: a line for each quotation, and for those that are not as said what the source has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from quotealign.model import Article, Finding, Verdict
from quotealign.report.columns import Piece, wrapped
from quotealign.report.pair import side_by_side
from quotealign.report.wording import count, one_line

STYLES = {
    Verdict.VERBATIM: "good",
    Verdict.COSMETIC: "good",
    Verdict.TRIMMED: "slight",
    Verdict.TRANSLATED: "open",
    Verdict.REWORDED: "notable",
}
"""The style of each verdict; the others are grave."""
_INDENT = 3


def listed(
    rows: Sequence[tuple[str, Finding, bool]],
    *,
    width: int,
    colour: bool,
    sources: Mapping[str, Article] | None = None,
) -> str:
    """Findings (file, finding, whether accepted) as text for people, no line wider than `width` columns (40 to 200).

    `sources` are articles by their ids: a passage is told with the file of its own, so far as it is known.
    """
    width = max(40, min(width, 200))
    lines: list[str] = []
    for file, finding, accepted in rows:
        lines += _finding(file, finding, accepted, width, colour, sources or {})
    total = Piece(summary([finding for _, finding, _ in rows], sum(accepted for _, _, accepted in rows)), "strong")
    return "\n".join([*lines, *wrapped([total], width, indent=_INDENT, colour=colour)]) + "\n"


def summary(findings: Sequence[Finding], accepted: int = 0) -> str:
    """How many quotations got which verdict, and how many findings are accepted, in one line."""
    if not findings:
        return "no quotation"
    counts = Counter(finding.verdict for finding in findings)
    told = ", ".join(f"{counts[verdict]} {verdict.value}" for verdict in Verdict if counts[verdict])
    return f"{count(len(findings), 'quotation')}: {told}" + (f" ({accepted:,} accepted)" if accepted else "")


def _finding(
    file: str, finding: Finding, accepted: bool, width: int, colour: bool, sources: Mapping[str, Article]
) -> Iterator[str]:
    verdict = finding.verdict
    head = [
        Piece(f"{one_line(file)}:{finding.line}:{finding.column}:", "faint"),
        Piece(verdict.value, STYLES.get(verdict, "grave")),
        *([Piece("(accepted)", "faint")] if accepted else []),
    ]
    speaker = finding.quotation.speaker
    head += [Piece(f"· {one_line(speaker.name)}", "faint")] if speaker else []
    if verdict == Verdict.VERBATIM or accepted:
        yield from wrapped(
            [*head, Piece(f"“{one_line(finding.quotation.text)}”")], width, indent=_INDENT, most=1, colour=colour
        )
        return
    yield from wrapped(head, width, indent=_INDENT, colour=colour)
    yield from _indented([Piece(one_line(finding.message))], width, colour)
    passage = finding.passage
    if passage is None:
        yield from _indented([Piece(f"“{one_line(finding.quotation.text)}”")], width, colour)
    else:
        text = " ".join(p.text for p in (passage, *finding.further))
        if verdict == Verdict.UNSUPPORTED and not finding.edits:
            yield from _indented([Piece(f"“{one_line(finding.quotation.text)}”")], width, colour)
        else:
            yield ""
            yield from side_by_side(text, finding.quotation.text, finding.edits, width=width, colour=colour)
            yield ""
        for one in (passage, *finding.further):
            who = one.speaker.name if one.speaker else one.source
            article = sources.get(one.article)
            where = f"{(article and article.file) or one.article}:{one.line}:{one.column}" + (
                f" · {who}" if who else ""
            )
            yield from _indented([Piece(one_line(where), "faint")], width, colour)
            yield from _indented([Piece(one_line(one.sentence))], width, colour)
    yield ""


def _indented(pieces: list[Piece], width: int, colour: bool) -> Iterator[str]:
    lines = wrapped(pieces, width, first=_INDENT, indent=_INDENT, colour=colour)
    yield " " * _INDENT + lines[0]
    yield from lines[1:]
