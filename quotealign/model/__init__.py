"""What things are: the nouns that all stages meet in.

Frozen dataclasses of the standard library: no input or output, no clock, no third-party library.
Every offset is a Unicode code point of the article's untouched text, every span is half-open.
"""

from quotealign.model.alignment import Alignment
from quotealign.model.apparatus import Apparatus, Reading, Token, Transposition, Witness
from quotealign.model.article import Article
from quotealign.model.cluster import Cluster, Link
from quotealign.model.divergence import Divergence, Edit, Layer
from quotealign.model.drift import Descent, Drift, Trace, Transmission
from quotealign.model.graph import Edge, Node, Variant, VariantGraph, links_at, variant_graph, variants, words_of
from quotealign.model.identifiers import digest, ncname
from quotealign.model.notice import Notice
from quotealign.model.quotation import Kind, Passage, Quotation, Span
from quotealign.model.speaker import Alias, Speaker

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
    "Kind",
    "Layer",
    "Link",
    "Node",
    "Notice",
    "Passage",
    "Quotation",
    "Reading",
    "Span",
    "Speaker",
    "Token",
    "Trace",
    "Transmission",
    "Transposition",
    "Variant",
    "VariantGraph",
    "Witness",
    "digest",
    "links_at",
    "ncname",
    "variant_graph",
    "variants",
    "words_of",
]
