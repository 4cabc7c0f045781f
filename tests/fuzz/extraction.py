"""Coverage-guided fuzzing of extraction and attribution (atheris), run by hand and not by the tests.

    pip install atheris
    python tests/fuzz/extraction.py -max_total_time=600 -max_len=4000

Bytes are read as a row of pieces of news: marks of all conventions, reporting clauses, names, line ends, odd
characters. Nothing may raise, every span has to fit its text, and a text may not cost more than its length allows.
"""

from __future__ import annotations

import sys
import time

import atheris

with atheris.instrument_imports(include=["quotealign.extraction", "quotealign.attribution", "quotealign.text"]):
    from quotealign.languages import codes
    from quotealign.model import Article
    from quotealign.pipeline import Settings, quotations_of

PIECES = [
    *"“”\"'‘’«»‹›„‚「」『』—–-…[]().,;:?!\n",
    *(
        " ",
        "\n\n",
        "''",
        "``",
        "\u00a0",
        "\u202f",
        "\u200b",
        "\u0301",
        "\u2028",
        "😀",
        "\x00",
        "[sic]",
        "5'10\"",
        "Q: ",
        "A: ",
    ),
    *(
        "said",
        "says",
        "that",
        "according to",
        "told",
        "he",
        "she",
        "they",
        "his",
        "the minister",
        "by",
        "not",
        "and",
        "who",
    ),
    *(
        "Ann",
        "Weber",
        "Dr.",
        "Ms",
        "de la",
        "O’Brien",
        "UN",
        "JANE DOE: ",
        "Reuters",
        "its",
        "statement",
        "bridge",
        "2,000",
    ),
    *(
        "a dit",
        "selon",
        "que",
        "qu’il",
        "dit-il",
        "sagte",
        "dass",
        "laut",
        "so",
        "sei",
        "dijo",
        "según",
        "ha detto",
        "disse",
    ),
    *("zei", "сказал", "قال", "说", "と述べた", "市長", "المدير"),
]
LANGUAGES = [*sorted(codes()), "und", "xx"]
SECONDS = 2.0
"""What any text of the length that is tried may cost, with room for the instruments and a slow machine."""


def text_of(data: bytes) -> str:
    """A text of pieces, a byte each; bytes beyond the table stand for themselves."""
    return "".join(PIECES[b] + " " * (b % 2) if b < len(PIECES) else chr(b) for b in data)


def try_one(data: bytes) -> None:
    """One article: any language, any settings, any text."""
    if len(data) < 2:
        return
    text = text_of(data[2:])
    article = Article("fuzz", text, lang=LANGUAGES[data[0] % len(LANGUAGES)])
    begun = time.process_time()
    found, _ = quotations_of(article, settings=Settings(indirect=bool(data[1] & 1), whole=bool(data[1] & 2)))
    spent = time.process_time() - begun
    assert spent < SECONDS, f"{len(text)} characters took {spent:.1f} s"
    for quotation in found:
        for start, end in quotation.spans:
            assert 0 <= start < end <= len(text), quotation
        assert " ".join(text[start:end] for start, end in quotation.spans)


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
