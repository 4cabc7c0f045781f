"""Readers of articles: files, folders, JSON Lines, standard input. One bad input costs no other article."""

from quotealign.formats.articles.given import ENDINGS, read_given
from quotealign.formats.articles.reading import FORMATS, Reading, count, read

__all__ = ["ENDINGS", "FORMATS", "Reading", "count", "read", "read_given"]
