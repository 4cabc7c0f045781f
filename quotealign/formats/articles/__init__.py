"""Readers of articles: files, folders, JSON Lines, standard input. One bad input costs no other article."""

from quotealign.formats.articles.reading import FORMATS, Reading, count, read

__all__ = ["FORMATS", "Reading", "count", "read"]
