"""A divergence: a measured difference between two witnesses, its edits, and the layers that explain them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quotealign.model.quotation import Span

MARKED = "marked by an ellipsis"
"""How the explanation of a declared omission ends."""
DENIES_MORE = "what stays may deny more than was denied"
"""How that of an omission under a denial ends."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One typed difference. Spans are code points of the two compared texts; `severity` lies in [0, 1].

    `a_text` and `b_text` are the words as printed, `why` one line of explanation; `source` says where the severity
    comes from: `news edits` where readers of annotated news edits gave the order, `by order` where its place is ours.
    """

    kind: str
    a: tuple[Span, ...]
    b: tuple[Span, ...]
    severity: float
    a_text: str = ""
    b_text: str = ""
    why: str = ""
    source: str = ""

    @property
    def is_marked(self) -> bool:
        """Whether an ellipsis stands in the place of words that are left out."""
        return self.why.endswith(MARKED)

    @property
    def denies_more(self) -> bool:
        """Whether words are left out without which a denial that stays says more."""
        return self.why.endswith(DENIES_MORE)


@dataclass(frozen=True, slots=True)
class Layer:
    """What a layer of the comparison did: the edits that it explains, and both texts without them and those before."""

    name: str
    a: str
    b: str
    explained: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Divergence:
    """How far witness `b` stands from witness `a`.

    divergence  how much changed, in [0, 1]; 0 says the same words
    severity    the worst edit's, in [0, 1]; says nothing of how many edits there are
    label       the class: verbatim, cosmetic, spelling, trimmed, reworded, altered, translated, undetermined
    metrics     named figures; `signature` holds the settings that make them repeatable
    """

    cluster: str
    a: str
    b: str
    divergence: float
    severity: float
    label: str
    metrics: Mapping[str, float] = field(default_factory=dict, hash=False)
    edits: tuple[Edit, ...] = ()
    evidence: Mapping[str, Any] = field(default_factory=dict, hash=False)
    signature: str = ""
