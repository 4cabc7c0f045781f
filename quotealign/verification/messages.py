"""Messages: one sentence on a finding, for the editor."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotealign.model import Divergence, Edit, Finding, Quotation, SourcePassage, Verdict
from quotealign.model.divergence import DENIES_MORE
from quotealign.verification.passages import Compared

_LONGEST, _SPARED = 60, 15
"""Code points of words that are told, and fewer than which are not left out."""
_TELLING = 0.4
"""The severity from which an edit is told of a quotation that is not called altered."""
_FEW = 3
"""Edits up to which the one that changed a word is what is wrong with an unsupported quotation."""
_SIC = re.compile(r"\s*\[sic\]")


def message(
    verdict: Verdict,
    quotation: Quotation,
    compared: Compared,
    divergence: Divergence,
    marked: bool | None,
    other_speaker: bool,
) -> str:
    """One sentence: what differs, and where the passage stands."""
    passage = compared.passages[0]
    where = f"{passage.article}:{passage.line}"
    said = _says(verdict, compared, divergence, marked, where) + _wrong_sic(quotation.text, divergence.edits)
    if verdict == Verdict.MISATTRIBUTED or (other_speaker and verdict != Verdict.UNSUPPORTED):
        said = _speakers(quotation, compared, where) + ("" if verdict == Verdict.MISATTRIBUTED else f"; {said}")
    if compared.told and verdict.rank < Verdict.STITCHED.rank:
        said += "; it stands outside marks there"
    return said[:1].upper() + said[1:] + "."


def taken_out(finding: Finding, edit: Edit) -> str:
    """The message of a fragment without what its clause says of it in the source."""
    said = finding.message[:-1]
    return f"{said}; there “{_short(edit.a_text)}” stands with it ({edit.why})."


def _says(verdict: Verdict, compared: Compared, divergence: Divergence, marked: bool | None, where: str) -> str:
    if verdict == Verdict.UNSUPPORTED:
        told = f"no source has these words; the closest, at {where}, has {compared.score:.0%} of what they tell"
        changed = [edit for edit in divergence.edits if edit.a and edit.b and edit.severity >= _TELLING]
        return f"{told}; {_change(changed[0])}" if len(changed) == 1 and len(divergence.edits) <= _FEW else told
    if verdict == Verdict.STITCHED:
        put = (f"“{_short(p.text)}” ({p.article}:{p.line})" for p in compared.passages)
        return f"put together from {' and '.join(put)}"
    if verdict == Verdict.VERBATIM:
        return f"as printed at {where}"
    edits = divergence.edits
    worst = _worst(edits)
    if verdict == Verdict.TRIMMED:
        gone = " … ".join(_short(edit.a_text) for edit in divergence.edits if edit.a and not edit.b and _has_word(edit))
        told = f"words of {where} left out{', marked' if marked else ' in silence'}" + (f": “{gone}”" if gone else "")
        denied = not marked and any(edit.denies_more for edit in divergence.edits)
        return f"{told}; {DENIES_MORE}" if denied else told
    wording = {
        Verdict.COSMETIC: f"the words of {where}" + (", printed otherwise" if edits else ""),
        Verdict.REWORDED: f"other words than at {where}",
        Verdict.ALTERED: f"an edit may change the meaning of {where}",
        Verdict.TRANSLATED: f"a translation, it seems, of {where}",
    }
    return wording.get(verdict, f"at {where}") + worst


def _speakers(quotation: Quotation, compared: Compared, where: str) -> str:
    mine = quotation.speaker.name if quotation.speaker else "nobody"
    passage = compared.passages[0]
    theirs = passage.speaker.name if passage.speaker else "nobody"
    return f"given to {mine}, and said by {theirs} at {where}"


def otherwise(finding: Finding, passage: SourcePassage, edits: Sequence[Edit]) -> str:
    """The message of a finding, with a further passage that has it with another meaning."""
    return f"{finding.message[:-1]}; {passage.article}:{passage.line} has it otherwise{_worst(edits)}."


def _worst(edits: Sequence[Edit]) -> str:
    worst = max(edits, key=lambda edit: edit.severity, default=None)
    return f"; {_change(worst)}" if worst is not None else ""


def _change(edit: Edit) -> str:
    a, b = _short(edit.a_text), _short(edit.b_text)
    what = f"“{a}” became “{b}”" if a and b else f"“{a}” is missing" if a else f"“{b}” is added"
    return f"{what} ({edit.why})" if edit.why else what


def _wrong_sic(text: str, edits: Sequence[Edit]) -> str:
    """What is to be said where [sic] stands behind a word that the source has not so."""
    for edit in edits:
        if edit.kind != "bracket" and edit.a and edit.b and _SIC.match(text, edit.b[-1][1]):
            return f"; [sic] says that “{edit.b_text}” stands there so, and “{edit.a_text}” does"
    return ""


def _has_word(edit: Edit) -> bool:
    return any(c.isalnum() for c in edit.a_text)


def _short(text: str) -> str:
    text = " ".join(text.split())
    text = text.strip(".,;: ") or text
    if len(text) <= _LONGEST + _SPARED:
        return text
    head, tail = text[: _LONGEST // 2], text[-_LONGEST // 2 :]
    return f"{head.rpartition(' ')[0] or head} … {tail.partition(' ')[2] or tail}"
