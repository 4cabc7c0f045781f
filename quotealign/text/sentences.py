"""Sentences of a paragraph: where one ends, so far as reporting clauses need to know."""

from __future__ import annotations

import re

from quotealign.languages import Language
from quotealign.text.paragraphs import paragraphs
from quotealign.text.tokens import row_between

# One set of marks first, so that the search goes from mark to mark.
_END = re.compile(r"[.!?…؟۔。！？](?:(?<=[.!?…؟۔])[.!?…؟۔]*[\"”’»'\)\]]*(?=\s|$)|(?<=[。！？])[。！？]*[」』”]?)")
_WORD_BACKWARDS = re.compile(r"\n?([\w.]+)")
_LONGEST_WORD = 24


def sentences(text: str, language: Language, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences of `text[start:end]`, white space around them left out.

    A stop ends no sentence after an abbreviation or a single initial, nor before a lower-case word.
    """
    end = len(text) if end is None else end
    spans, begin = [], start
    for match in _END.finditer(text, start, end):
        if not _ends_sentence(text, match, language, end):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    spans.append((begin, end))
    return [span for span in [_trim(text, *span) for span in spans] if span[0] < span[1]]


def words_by_sentence(text: str, language: Language) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Spans of all words and marks of a text, those of each sentence together: what is left out is white space."""
    found = []
    for paragraph in paragraphs(text):
        for span in sentences(text, language, *paragraph):
            row = row_between(text, *span)
            found.append(tuple((s, s + len(word)) for s, word in zip(row.starts, row.texts, strict=True)))
    return tuple(sentence for sentence in found if sentence)


def _ends_sentence(text: str, match: re.Match[str], language: Language, end: int) -> bool:
    at, behind = match.span()
    following = text[behind : min(end, behind + 8)].lstrip(" \t\r\n\u00a0\u202f\"'“‘«([")
    if following[:1].islower():
        return False
    if text[at] != "." or text.startswith("..", at, behind):
        return True
    before = text[max(0, at - _LONGEST_WORD) : at]
    word = before.rpartition(" ")[2]
    if not word.isalnum():
        # Read backwards, so that only the word itself is read.
        found = _WORD_BACKWARDS.match(before[::-1])
        if not found:
            return True
        word = found.group(1)[::-1]
    last = word.casefold().strip(".")
    is_initial = len(last) == 1 and last.isalpha() and word[0].isupper()
    return last not in language.abbreviations and not is_initial


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
