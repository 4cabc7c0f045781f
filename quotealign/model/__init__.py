"""What things are: the nouns that all stages meet in.

Frozen dataclasses of the standard library: no input or output, no clock, no third-party library.
Every offset is a Unicode code point of the article's untouched text, every span is half-open.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from quotealign.model.article import Article, Origin
from quotealign.model.identifiers import digest, ncname
from quotealign.model.notice import Notice
from quotealign.model.problem import Problem
from quotealign.model.quotation import Kind, Passage, Quotation, Span
from quotealign.model.speaker import Alias, Speaker

if TYPE_CHECKING:
    from quotealign.model.alignment import Alignment
    from quotealign.model.apparatus import Apparatus, Reading, Token, Transposition, Witness
    from quotealign.model.cluster import Cluster, Link
    from quotealign.model.divergence import Divergence, Edit, Layer
    from quotealign.model.drift import Descent, Drift, Trace, Transmission
    from quotealign.model.finding import Finding, SourcePassage, Verdict
    from quotealign.model.graph import Edge, Node, Variant, VariantGraph, links_at, variant_graph, variants, words_of

__all__ = [
    "Alias",
    "Alignment",
    "Apparatus",
    "Article",
    "Cluster",
    "Descent",
    "Divergence",
    "Drift",
    "Edge",
    "Edit",
    "Finding",
    "Kind",
    "Layer",
    "Link",
    "Node",
    "Notice",
    "Origin",
    "Passage",
    "Problem",
    "Quotation",
    "Reading",
    "SourcePassage",
    "Span",
    "Speaker",
    "Token",
    "Trace",
    "Transmission",
    "Transposition",
    "Variant",
    "VariantGraph",
    "Verdict",
    "Witness",
    "digest",
    "links_at",
    "ncname",
    "variant_graph",
    "variants",
    "words_of",
]

_LATER = {
    "alignment": ("Alignment",),
    "apparatus": ("Apparatus", "Reading", "Token", "Transposition", "Witness"),
    "cluster": ("Cluster", "Link"),
    "divergence": ("Divergence", "Edit", "Layer"),
    "drift": ("Descent", "Drift", "Trace", "Transmission"),
    "finding": ("Finding", "SourcePassage", "Verdict"),
    "graph": ("Edge", "Node", "Variant", "VariantGraph", "links_at", "variant_graph", "variants", "words_of"),
}
"""Modules of what only later stages speak of, and their nouns: loaded when first named, since making a class takes time
that a run without it should not wait for."""


def __getattr__(name: str) -> object:
    """A noun of `_LATER` (PEP 562); it is kept here, so that this is asked for it only once."""
    module = next((module for module, nouns in _LATER.items() if name in nouns), None)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(importlib.import_module(f"{__name__}.{module}"), name)
    return found
