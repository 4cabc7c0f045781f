"""Which language a text is in, by the share of its words that are function words of each language.

Good for whole articles, a coin for single words: below a handful of hits the answer is `und`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from quotealign.languages import Language, codes, language
from quotealign.text.caseless import cut
from quotealign.text.tokens import is_unspaced, tokenize, words

_SAMPLE = 20_000
_FEWEST = 4
_SHARE = 0.15
_FEW = 40
_CLEARLY = 2
_MARGIN = 1.5
_SHORTEST, _SHORTEST_UNSPACED, _PASSAGE = 24, 10, 8
"""Code points, in scripts with spaces and without, and words from which a passage may tell its language."""
_LOOK = 400
"""Code points of which the script is asked."""
_OWN = 0.2
"""The share of function words from which a passage is in the language of its text."""


def identify(text: str) -> str:
    """The code of the language, `und` where none of those we have data for is clearly seen."""
    sample = text[:_SAMPLE]
    found = words(sample)
    unspaced = is_unspaced(sample)
    candidates = [code for code in codes() if code != "und" and language(code).unspaced == unspaced]
    if unspaced:
        # Cut at the words that each language knows: what the other does not know stays whole.
        return max(candidates, key=lambda code: _share(sample, code), default="und")
    counts = {code: sum(map(language(code).function_words.__contains__, found)) for code in candidates}
    if not counts:
        return "und"
    best = max(sorted(counts), key=lambda code: counts[code])
    if counts[best] >= max(_FEWEST, _SHARE * len(found)):
        return best
    return _of_few_words(found, candidates) if len(found) <= _FEW else "und"


def of_passage(text: str, lang: str) -> str:
    """The language of a passage in a text whose language is `lang`: that one, unless the passage has eight words or
    more and another one clearly has more of them. Of a passage in another script, `und` where none is seen."""
    unspaced = is_unspaced(text)
    if len(text) < (_SHORTEST_UNSPACED if unspaced else _SHORTEST):
        return lang
    found, rules = words(text), language(lang)
    own = sum(word in rules.function_words for word in found)
    few = len(found) < _PASSAGE and not unspaced
    if few or own >= _OWN * len(found) or (unspaced and rules.unspaced):
        return lang
    other = identify(text)
    if rules.function_words and _script(text) != _own_script(rules):
        return other if other != lang else "und"
    if other in ("und", lang):
        return lang
    there = sum(word in language(other).function_words for word in found)
    return other if language(other).unspaced or there >= max(_FEWEST, _CLEARLY * own) else lang


@lru_cache(maxsize=64)
def _own_script(rules: Language) -> str:
    return _script("".join(sorted(rules.function_words)))


def _script(text: str) -> str:
    """The script of most letters, by the first word of their names in Unicode: LATIN, GREEK."""
    names = Counter(unicodedata.name(c, "").partition(" ")[0] for c in text[:_LOOK] if c.isalpha())
    return max(names, key=lambda name: (names[name], name), default="")


def _of_few_words(found: list[str], candidates: list[str]) -> str:
    """The language of a line or two: verbs of saying count double, since few languages share one, and no other may
    come near."""
    counts = {}
    for code in candidates:
        rules = language(code)
        cues = sum(rules.is_cue(word) for word in set(found))
        known = sum(word in rules.function_words or rules.is_cue(word) for word in set(found))
        counts[code] = known + cues if known >= _CLEARLY else 0
    best, *others = sorted(counts, key=lambda code: (-counts[code], code))
    return best if counts[best] and counts[best] >= _MARGIN * counts[others[0]] else "und"


def _share(text: str, code: str) -> float:
    """The share of a text's characters that stand in function words of a language without spaces."""
    pieces = [piece for piece in cut(tokenize(text), language(code)) if piece.is_word]
    known = sum(len(piece.text) for piece in pieces if piece.n in language(code).function_words)
    return known / max(1, sum(len(piece.text) for piece in pieces))
