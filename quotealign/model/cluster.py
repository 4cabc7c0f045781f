"""A cluster: the quotations held to report one utterance, and why they are held together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Link:
    """Why quotation `a` stands with the longer quotation `b`: a score in [0, 1] and its evidence."""

    a: str
    b: str
    score: float
    evidence: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Two or more quotations of one utterance, by id, in a fixed order; `lemma` is the base text."""

    id: str
    quotations: tuple[str, ...]
    lemma: str | None = None
    links: tuple[Link, ...] = ()
