"""Rows of tokens → the columns in which tokens of several rows stand together."""

from quotealign.text.alignment.rows import Column, Row, align, align_pairs
from quotealign.text.alignment.sliding import slid

__all__ = ["Column", "Row", "align", "align_pairs", "slid"]
