"""Readers of articles: files, folders, JSON Lines, standard input. One bad input costs no other article."""

from quotealign.formats.articles.reading import FORMATS, Reading, read

__all__ = ["FORMATS", "Reading", "read"]
