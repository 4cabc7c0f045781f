"""Rows of tokens → the columns in which tokens of several rows stand together."""

from quotealign.text.alignment.rows import Column, Row, align, align_pairs

__all__ = ["Column", "Row", "align", "align_pairs"]
