"""Verification: whether two quotations report one utterance, and the evidence for it.

Their words are aligned in order (longest common subsequence). What is common counts by the information it carries,
what only one of them has counts against it, both on a logarithmic scale: that a hundred words stand beside a common
passage says hardly more than that fifty do. Speaker and date move the balance; neither vetoes, since the same sentence
under two names is a misattribution to be seen.

The weights are set by hand, in steps of a half or so, and are no probabilities.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

from quotealign.clustering.shapes import Shape
from quotealign.clustering.vocabulary import Vocabulary
from quotealign.text.edits import common_runs

COMMON, ALONE, INSIDE, SHARE = 1.5, 1.0, 0.8, 6.0
"""What the bits in common weigh; the words that only one has; what of this is taken back for words of the shorter one
that stand between common ones (reworded, not added); and the share of the shorter one's words that is common."""

SPEAKER = {"same": 0.5, "not given": 0.0, "unknown": -1.0, "different": -4.0}
DAYS = ((3, 0.0), (14, -1.0))
LATER = -2.0
"""What speaker and dates add to the balance: news repeats an utterance within days."""

VOICES, STOCK = 3, -4.0
"""What as many named speakers say is a stock phrase, and nobody's; what that adds to the balance."""

BALANCE = 7.75
"""The balance at which the score is a half."""
FEWEST_BITS = 22.0
"""Bits in common below which a pair is a chance, whatever the balance: what two content words tell, or a run of four
or five function words. Speaker, date and stock phrases count eightfold here."""
_TIMES = 8.0


@dataclass(frozen=True, slots=True)
class Grounds:
    """What speaks for a pair beside its words: how the speakers agree, the days between the articles where both are
    dated, and whether many say so; `balance` is what all this adds."""

    speaker: str
    days: int | None
    balance: float

    def evidence(self) -> dict[str, Any]:
        """The reasons in a form that can be printed."""
        return {"speaker": self.speaker} | ({} if self.days is None else {"days": self.days})


@dataclass(frozen=True, slots=True)
class Check:
    """A score in [0, 1], and what it rests on: the bits and words in common, the words that only one has, and the
    grounds beside the words."""

    score: float
    bits: float
    common: int
    alone: tuple[int, int]
    grounds: Grounds

    def evidence(self, shorter: Shape, longer: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
        """The reasons in a form that can be printed, conflicts of figures and negation among them."""
        said: dict[str, Any] = {
            "common": self.common,
            "bits": round(self.bits, 1),
            "alone": list(self.alone),
            **self.grounds.evidence(),
        }
        ours, theirs = set(shorter.row), set(longer.row)
        for name, words in (("figures", vocabulary.figures), ("negation", vocabulary.negations)):
            # A fragment need not hold all figures of the whole; what it has and the whole has not is a conflict.
            if only := (ours - theirs) & words:
                lacks = (theirs - ours) & words
                said[name] = {
                    "only": sorted(vocabulary.stems[k] for k in only),
                    "lacks": sorted(vocabulary.stems[k] for k in lacks),
                }
        return said


def verify(shorter: Shape, longer: Shape, information: Sequence[float], voices: int = 0) -> Check:
    """Hold `shorter` against `longer`. `information` are the bits that each word of the vocabulary tells, `voices` the
    named speakers who use even the rarest of what both share."""
    row = shorter.row
    bits, common, first, last = 0.0, 0, -1, 0
    for start, _, length in common_runs(row, longer.row):
        common += length
        first, last = (start if first < 0 else first), start + length
        bits += sum([information[k] for k in row[start:last]])
    alone = len(row) - common, len(longer.row) - common
    why = grounds(shorter, longer, voices)
    if bits + _TIMES * why.balance < FEWEST_BITS:
        return Check(0.0, bits, common, alone, why)
    inside = last - first - common
    balance = COMMON * log2(1 + bits) - ALONE * log2((1 + alone[0]) * (1 + alone[1])) + INSIDE * log2(1 + inside)
    return Check(score(balance + SHARE * common / len(row) + why.balance - BALANCE), bits, common, alone, why)


def score(balance: float) -> float:
    """A balance as a score in [0, 1]: a half where it is even."""
    return round(1 / (1 + 2**-balance), 4) if balance > -1000 else 0.0


def grounds(a: Shape, b: Shape, voices: int = 0) -> Grounds:
    """What speaks for a pair beside its words."""
    if "" in (a.speaker, b.speaker):
        speaker = "not given"
    elif a.speaker is None or b.speaker is None:
        speaker = "unknown"
    else:
        speaker = "same" if a.speaker == b.speaker else "different"
    days = abs(a.day - b.day) if a.day and b.day else None
    moved = SPEAKER[speaker] + (STOCK if voices >= VOICES else 0.0)
    if days is not None:
        moved += next((weight for most, weight in DAYS if days <= most), LATER)
    return Grounds(speaker, days, moved)
