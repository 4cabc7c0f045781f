"""Which language a text is in, by the share of its words that are function words of each language.

Good for whole articles, a coin for single words: below a handful of hits the answer is `und`.
"""

from __future__ import annotations

from quotealign.languages import codes, language
from quotealign.text.tokens import words

_SAMPLE = 20_000
_FEWEST = 4
_SHARE = 0.15


def identify(text: str) -> str:
    """The code of the language, `und` where none of those we have data for is clearly seen."""
    found = words(text[:_SAMPLE])
    counts = {code: sum(word in language(code).function_words for word in found) for code in codes() if code != "und"}
    if not counts:
        return "und"
    best = max(sorted(counts), key=lambda code: counts[code])
    return best if counts[best] >= max(_FEWEST, _SHARE * len(found)) else "und"
