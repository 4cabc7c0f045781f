"""Cluster → Apparatus: n-way alignment, segmentation, lemma."""

from quotealign.collation.collate import collate
from quotealign.collation.witnesses import witness

__all__ = ["collate", "witness"]
