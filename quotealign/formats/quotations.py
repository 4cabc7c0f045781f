"""Quotations as a table or as lines for people. `WRITERS` is the table of names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from quotealign.formats.records import dump_all, quotation_record
from quotealign.formats.spreadsheet import csv_of, tsv_of
from quotealign.model import Quotation

_ON, _OFF = "\x01", "\x02"  # where emphasis begins and ends, until lines are broken
_NEAR = 90
_INDENT = " " * 11
COLUMNS = ("id", "article", "lang", "kind", "start", "end", "speaker", "cue", "source", "confidence", "text")


def _row(quotation: Quotation) -> tuple[str, ...]:
    first, last = (quotation.spans[0][0], quotation.spans[-1][1]) if quotation.spans else ("", "")
    return (
        quotation.id,
        quotation.article,
        quotation.lang,
        quotation.kind.value,
        str(first),
        str(last),
        quotation.speaker.name if quotation.speaker else "",
        quotation.cue.text if quotation.cue else "",
        quotation.source.text if quotation.source else "",
        "" if quotation.confidence is None else str(quotation.confidence),
        quotation.text,
    )


def _jsonl(quotations: Sequence[Quotation]) -> str:
    return dump_all(map(quotation_record, quotations))


def _csv(quotations: Sequence[Quotation]) -> str:
    return csv_of(COLUMNS, map(_row, quotations))


def _tsv(quotations: Sequence[Quotation]) -> str:
    return tsv_of(COLUMNS, map(_row, quotations))


def _text(quotations: Sequence[Quotation]) -> str:
    return in_sentences(quotations, {})


def in_sentences(
    quotations: Sequence[Quotation],
    texts: Mapping[str, str],
    *,
    width: int = 100,
    colour: bool = False,
    explain: bool = False,
) -> str:
    """Each quotation in its sentence, for people: who, what kind, the words with what stands around them.

    `texts` are the articles' texts by id; a quotation without one stands alone. With `explain`, a line says how it
    was found: kind, cue, source, how the speaker was reached, confidence.
    """
    import textwrap

    lines: list[str] = []
    article = None
    for quotation in quotations:
        if quotation.article != article:
            article = quotation.article
            lines += ["", article] if lines else [article]
        lines.append(f"  {quotation.kind.value:8} {_who(quotation)}")
        shown = _around(quotation, texts.get(quotation.article))
        block = textwrap.wrap(shown, width, initial_indent=_INDENT, subsequent_indent=_INDENT)
        on, off = ("\x1b[1m", "\x1b[0m") if colour else ("[", "]")
        lines += "\n".join(block).replace(_ON, on).replace(_OFF, off).split("\n")
        if explain:
            lines += textwrap.wrap(_explained(quotation), width, initial_indent=_INDENT, subsequent_indent=_INDENT)
    return "\n".join(lines) + "\n" if lines else "no quotation found\n"


def _who(quotation: Quotation) -> str:
    if quotation.speaker:
        return quotation.speaker.name
    return f"({quotation.source.text})" if quotation.source else "—"


def _around(quotation: Quotation, text: str | None) -> str:
    """The words, marked for emphasis, with the rest of their line or as much of it as is near."""
    if text is None or not quotation.spans:
        return f"“{_ON}{quotation.text}{_OFF}”"
    first, last = quotation.spans[0][0], quotation.spans[-1][1]
    line, stop = text.rfind("\n", 0, first) + 1, text.find("\n", last)
    stop = len(text) if stop < 0 else stop
    start = line if first - line <= _NEAR else text.find(" ", first - _NEAR, first) + 1 or first
    end = stop if stop - last <= _NEAR else max(last, text.rfind(" ", last, last + _NEAR))
    shown, at = ("" if start == line else "…"), start
    for s, e in quotation.spans:
        shown += f"{text[at:s]}{_ON}{text[s:e]}{_OFF}"
        at = e
    shown += text[at:end] + ("" if end == stop else "…")
    return " ".join("".join(c if c.isprintable() or c in (_ON, _OFF) else " " for c in shown).split(" "))


def _explained(quotation: Quotation) -> str:
    parts = [quotation.rule or "no rule"]
    if quotation.cue:
        parts.append(f"cue “{quotation.cue.text}”")
    if quotation.source:
        parts.append(f"source “{quotation.source.text}”")
    if quotation.confidence is not None:
        parts.append(f"confidence {quotation.confidence:.2f}")
    return "↳ " + " · ".join(parts)


WRITERS: dict[str, Callable[[Sequence[Quotation]], str]] = {"jsonl": _jsonl, "csv": _csv, "tsv": _tsv, "text": _text}
