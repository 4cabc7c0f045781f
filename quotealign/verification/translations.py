"""Translations: a quotation that no source has in its language may be a translation of what another one has.

Only names, figures and words that look alike can tell (scoring's comparison of two languages). They tell of few pairs,
so the answer is given where they agree well, or well enough and the speaker is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from quotealign.model import Article, Divergence, Finding, Quotation, SourcePassage, Verdict
from quotealign.text.places import Places
from quotealign.verification.locating import Match
from quotealign.verification.passages import passage_at
from quotealign.verification.sources import Source
from quotealign.verification.speakers import differ
from quotealign.verification.verdicts import unfound

_STRETCHES = 24
_NEAR, _NEAR_OF_SPEAKER = 0.45, 0.55
"""The divergence up to which one text may be a translation of the other; more where the same one speaks."""
_LONGER = 2.5
"""By how much one of the two may be longer."""


def shared_by(quotation: Quotation, sources: Places) -> tuple[int, ...]:
    """The numbers of the sources that share rare words with a quotation, whatever their language: names and figures."""
    numbers = [word.number for word in sources.words(quotation.text)]
    return tuple(dict.fromkeys(stretch.text for stretch in sources.stretches(numbers, _STRETCHES)))


def sayings(quotation: Quotation, source: Source) -> Iterator[Quotation]:
    """The quotations of a source that are about as long as one in another language."""
    for own in source.quotations:
        lengths = sorted((len(own.text), len(quotation.text)))
        if own.kind.is_speech and own.spans and lengths[1] <= _LONGER * lengths[0]:
            yield own


def translated(
    quotation: Quotation, draft: Article, own: Quotation, source: Source, divergence: Divergence
) -> Finding | None:
    """The finding that a quotation is a translation of one of a source; None where too little speaks for it."""
    mine, theirs = quotation.speaker, own.speaker
    same = mine is not None and theirs is not None and not differ(mine, theirs)
    if divergence.label != "translated" or divergence.divergence > (_NEAR_OF_SPEAKER if same else _NEAR):
        return None
    passage = passage_at(list(own.spans), [Match((0, 0), span) for span in own.spans], source)
    return replace(
        unfound(quotation, draft),
        verdict=Verdict.MISATTRIBUTED if differ(mine, theirs) else Verdict.TRANSLATED,
        message=_message(quotation, passage, divergence),
        passage=passage,
        edits=divergence.edits,
        label=divergence.label,
        divergence=divergence.divergence,
        severity=divergence.severity,
        score=round(1 - divergence.divergence, 4),
    )


def _message(quotation: Quotation, passage: SourcePassage, divergence: Divergence) -> str:
    shared = divergence.evidence.get("rests_on", {})
    words = [pair for name in ("names", "numbers", "cognates") for pair in shared.get(name, ())][:4]
    where = f"{passage.article}:{passage.line}"
    said = f"A translation, it seems, of {where} ({', '.join(words)})"
    if quotation.speaker and passage.speaker and differ(quotation.speaker, passage.speaker):
        said += f", where {passage.speaker.name} says it, not {quotation.speaker.name}"
    return said + "."
