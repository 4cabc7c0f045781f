"""Drift: what lies between two articles that quote the same words, a translation or an editor; and who had it first.

Both are hypotheses with their evidence, and both can answer that the evidence does not tell.
"""

from __future__ import annotations

from dataclasses import dataclass

from quotealign.model.quotation import Span

TRANSLATION, EDITING, UNDETERMINED = "translation", "editing", "undetermined"


@dataclass(frozen=True, slots=True)
class Trace:
    """One piece of evidence.

    kind     what it is, by name: run, order, doubled-tag, mention, same-words …
    towards  what it speaks for: translation or editing
    weight   how much: in (0, 1], and 2 where the languages themselves tell; ordered, not calibrated
    text     the words as printed, `a → b` where two texts are compared
    why      one line of explanation
    places   where it stands: an article's id with a span of its text, one or two of them
    cluster  the id of the cluster in whose quotations it stands; empty for the reporter's own words
    side     the id of the article that it would make the translated one, None where it does not tell
    language the code of the language that it names as the one translated from, None where it names none
    """

    kind: str
    towards: str
    weight: float
    text: str
    why: str
    places: tuple[tuple[str, Span], ...] = ()
    cluster: str = ""
    side: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """What all quotations that articles `a` and `b` share say of the way between them.

    verdict     translation, editing or undetermined
    strength    by how much the evidence for the verdict outweighs the rest, in [0, 1); 0 where undetermined
    translated  the article that reads as the translated one, None where that is not known
    shared      ids of the clusters in which both stand
    traces      the evidence for both, the strongest first
    why         one sentence: what the verdict rests on, or what it lacks
    """

    a: str
    b: str
    verdict: str
    strength: float
    shared: tuple[str, ...]
    translated: str | None = None
    traces: tuple[Trace, ...] = ()
    why: str = ""

    @property
    def is_decided(self) -> bool:
        """Whether the evidence told."""
        return self.verdict != UNDETERMINED

    @property
    def named(self) -> str | None:
        """The language that the translated article says it was translated from; None where it names none or several."""
        if self.verdict != TRANSLATION or self.translated is None:
            return None
        own = (trace for trace in self.traces if trace.towards == TRANSLATION and trace.side == self.translated)
        found = {trace.language for trace in own if trace.language}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Descent:
    """Where one witness may have its words from.

    witness   the id of its quotation
    source    the quotation that it may have been taken from; None: no answer
    rivals    quotations that could as well be the source and are not told apart from it
    distance  how much of the witness the source (or the nearest rival) does not explain, in [0, 1]
    strength  how much speaks for the source, in [0, 1]; ordered, not calibrated
    through   the drift between the two articles: translation, editing or undetermined
    readings  rare readings that only the two share
    why       one sentence
    """

    witness: str
    source: str | None
    why: str
    rivals: tuple[str, ...] = ()
    distance: float | None = None
    strength: float = 0.0
    through: str = UNDETERMINED
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transmission:
    """Who in a cluster may have taken the words from whom: a descent for each witness, in the cluster's order.

    `first` is the earliest witness, None where dates do not tell.
    """

    cluster: str
    descents: tuple[Descent, ...]
    first: str | None = None
