"""Cluster → Apparatus: n-way alignment, transpositions, segmentation, lemma."""

from quotealign.collation.collate import TRANSPOSITIONS, collate
from quotealign.collation.lemma import POLICIES
from quotealign.collation.resolution import resolve
from quotealign.collation.witnesses import witness

__all__ = ["POLICIES", "TRANSPOSITIONS", "collate", "resolve", "witness"]
