"""Cluster → Apparatus: n-way alignment, transpositions, segmentation, lemma."""

from quotealign.collation.collate import TRANSPOSITIONS, collate
from quotealign.collation.lemma import POLICIES
from quotealign.collation.resolution import resolve
from quotealign.collation.witnesses import by_subwords, witness

__all__ = ["POLICIES", "TRANSPOSITIONS", "by_subwords", "collate", "resolve", "witness"]
