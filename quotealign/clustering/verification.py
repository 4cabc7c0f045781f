"""Verification: whether two quotations report one utterance, and the evidence for it.

Words are aligned in order; what counts is the share of the shorter one's content that is found again, and how
densely it lies in the longer one. Few words in common are enough only from one and the same speaker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quotealign.clustering.features import Shape
from quotealign.text.edits import common_places
from quotealign.text.normalization import fold_accents

_FUNCTION_WEIGHT = 0.2
_FEW_WORDS = 3
_NEARLY_ALL = 0.8


@dataclass(frozen=True, slots=True)
class Check:
    """A score in [0, 1], whether it is enough, and what it rests on."""

    score: float
    holds: bool
    evidence: dict[str, Any]


def verify(
    shorter: Shape, longer: Shape, *, threshold: float, fewest: int, fewest_unknown: int, fewest_conflict: int
) -> Check:
    """Hold `shorter` against `longer`. The three `fewest` are content words in common that are asked for where the
    speaker is the same, unknown, or another."""
    pairs = common_places(shorter.stems, longer.stems)
    content = [(i, j) for i, j in pairs if shorter.content[i] and longer.content[j]]
    whole = _mass(shorter, 0, len(shorter.stems))
    covered = sum(_weight(shorter, i) for i, _ in pairs) / whole if whole else 0.0
    if content:
        first, last = content[0][1], content[-1][1] + 1
        window = _mass(longer, first, last)
        dense = sum(_weight(longer, j) for _, j in pairs if first <= j < last) / window
    else:
        dense = 0.0
    score = round(covered * (0.4 + 0.6 * dense), 4)
    relation = same_speaker(shorter, longer)
    needed = {"same": fewest, "unknown": fewest_unknown, "different": fewest_conflict}[relation]
    identical = shorter.stems == longer.stems
    enough = len(content) >= (min(needed, fewest_unknown) if identical and relation != "different" else needed)
    # We will go / We will not go: hardly a content word, but nearly all words, and one speaker
    enough = enough or (relation == "same" and len(pairs) >= _FEW_WORDS and bool(content) and covered >= _NEARLY_ALL)
    evidence = {
        "common": [shorter.stems[i] for i, _ in content],
        "covered": round(covered, 4),
        "dense": round(dense, 4),
        "speaker": relation,
    }
    return Check(score, enough and score >= threshold, evidence)


def same_speaker(a: Shape, b: Shape) -> str:
    """same, different or unknown: by the speaker's id, else by the last name word of the sources."""
    x, y = a.quotation.speaker, b.quotation.speaker
    if x and y:
        return "same" if x.id == y.id else "different"
    s, t = _last_name(a), _last_name(b)
    if s is None or t is None:
        return "unknown"
    return "same" if s == t else "different"


def _last_name(shape: Shape) -> str | None:
    quotation = shape.quotation
    text = quotation.speaker.name if quotation.speaker else quotation.source.text if quotation.source else ""
    names = [word for word in text.replace(",", " ").split() if word[:1].isupper()]
    return fold_accents(names[-1]).strip(".'\"’") if names else None


def _weight(shape: Shape, i: int) -> float:
    return 1.0 if shape.content[i] else _FUNCTION_WEIGHT


def _mass(shape: Shape, start: int, end: int) -> float:
    return sum(_weight(shape, i) for i in range(start, end))
