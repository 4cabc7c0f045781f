"""Messages: one sentence on a finding, for the editor."""

from __future__ import annotations

from quotealign.model import Divergence, Edit, Quotation, Verdict
from quotealign.verification.passages import Compared

_LONGEST = 60


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
    said = _says(verdict, compared, divergence, marked, where)
    if verdict == Verdict.MISATTRIBUTED or (other_speaker and verdict != Verdict.UNSUPPORTED):
        said = _speakers(quotation, compared, where) + ("" if verdict == Verdict.MISATTRIBUTED else f"; {said}")
    return said[:1].upper() + said[1:] + "."


def _says(verdict: Verdict, compared: Compared, divergence: Divergence, marked: bool | None, where: str) -> str:
    if verdict == Verdict.UNSUPPORTED:
        return f"no source has these words; the closest, at {where}, has {compared.score:.0%} of what they tell"
    if verdict == Verdict.STITCHED:
        places = " and ".join(dict.fromkeys(f"{p.article}:{p.line}" for p in compared.passages))
        return f"put together from passages at {places}"
    if verdict == Verdict.VERBATIM:
        return f"as printed at {where}"
    edits = sorted(divergence.edits, key=lambda edit: -edit.severity)
    worst = f"; {_change(edits[0])}" if edits else ""
    if verdict == Verdict.TRIMMED:
        gone = " … ".join(_short(edit.a_text) for edit in divergence.edits if edit.a and not edit.b and _has_word(edit))
        return f"words of {where} left out{', marked' if marked else ' in silence'}" + (f": “{gone}”" if gone else "")
    wording = {
        Verdict.COSMETIC: f"the words of {where}, printed otherwise",
        Verdict.REWORDED: f"other words than at {where}",
        Verdict.ALTERED: f"an edit may change the meaning of {where}",
        Verdict.TRANSLATED: f"a translation, it seems, of {where}",
    }
    return wording.get(verdict, f"at {where}") + worst


def _speakers(quotation: Quotation, compared: Compared, where: str) -> str:
    mine = quotation.speaker.name if quotation.speaker else "nobody"
    passage = compared.passages[0]
    theirs = compared.elsewhere or (passage.speaker.name if passage.speaker else "nobody")
    return f"given to {mine}, and said by {theirs} at {where}"


def _change(edit: Edit) -> str:
    a, b = _short(edit.a_text), _short(edit.b_text)
    what = f"“{a}” became “{b}”" if a and b else f"“{a}” is missing" if a else f"“{b}” is added"
    return f"{what} ({edit.why})" if edit.why else what


def _has_word(edit: Edit) -> bool:
    return any(c.isalnum() for c in edit.a_text)


def _short(text: str) -> str:
    text = " ".join(text.split()).rstrip(".,;")
    return text if len(text) <= _LONGEST else text[: _LONGEST // 2].rstrip() + " … " + text[-_LONGEST // 2 :].lstrip()
