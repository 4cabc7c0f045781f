"""Readers of articles: files, folders, JSON Lines, standard input. One bad input costs no other article."""

from quotealign.formats.articles.given import ENDINGS, read_given
from quotealign.formats.articles.reading import FORMATS, Reading, count, read
from quotealign.formats.articles.versions import is_before

__all__ = ["ENDINGS", "FORMATS", "Reading", "count", "is_before", "read", "read_given"]
