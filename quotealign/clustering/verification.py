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
FEWEST_BITS = 25.0
"""Bits in common below which a pair is a chance, whatever the balance: what two content words tell, or a run of four
or five function words. Speaker, date and stock phrases count eightfold here."""
_TIMES = 8.0


@dataclass(frozen=True, slots=True)
class Check:
    """A score in [0, 1], and what it rests on: `balance`, the bits in common, the words that are common, and those
    of each that are not; how the speakers agree, and the days between."""

    score: float
    bits: float
    common: int
    alone: tuple[int, int]
    speaker: str
    days: int | None

    def evidence(self, shorter: Shape, longer: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
        """The reasons in a form that can be printed, conflicts of figures and negation among them."""
        said: dict[str, Any] = {
            "common": self.common,
            "bits": round(self.bits, 1),
            "alone": list(self.alone),
            "speaker": self.speaker,
        }
        if self.days is not None:
            said["days"] = self.days
        ours, theirs = set(shorter.row), set(longer.row)
        for name, words in (("figures", vocabulary.figures), ("negation", vocabulary.negations)):
            only = sorted(vocabulary.stems[k] for k in (ours - theirs) & words)
            lacks = sorted(vocabulary.stems[k] for k in (theirs - ours) & words)
            # A fragment need not hold all figures of the whole; what it has and the whole has not is a conflict.
            if only:
                said[name] = {"only": only, "lacks": lacks}
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
    speaker = _speakers(shorter, longer)
    days = abs(shorter.day - longer.day) if shorter.day and longer.day else None
    moved = SPEAKER[speaker] + _days(days) + (STOCK if voices >= VOICES else 0.0)
    if bits + _TIMES * moved < FEWEST_BITS:
        return Check(0.0, bits, common, alone, speaker, days)
    inside = last - first - common
    balance = COMMON * log2(1 + bits) - ALONE * log2((1 + alone[0]) * (1 + alone[1])) + INSIDE * log2(1 + inside)
    balance += SHARE * common / len(row) + moved
    return Check(round(1 / (1 + 2 ** (BALANCE - balance)), 4), bits, common, alone, speaker, days)


def _speakers(a: Shape, b: Shape) -> str:
    if "" in (a.speaker, b.speaker):
        return "not given"
    if a.speaker is None or b.speaker is None:
        return "unknown"
    return "same" if a.speaker == b.speaker else "different"


def _days(days: int | None) -> float:
    if days is None:
        return 0.0
    return next((weight for most, weight in DAYS if days <= most), LATER)
