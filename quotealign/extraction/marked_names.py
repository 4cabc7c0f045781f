"""Names in marks that may speak: schrieb die „Neue Zeit“, laut „Nordpost“."""

from __future__ import annotations

from quotealign.extraction.layout import Sentence
from quotealign.languages import Language

_LONGEST = 5


def named_sources(sentence: Sentence, language: Language) -> frozenset[int]:
    """Positions of marked strings that name a body, by what stands right before and behind them.

    Only of languages that say what leads such a name (`naming.name_articles`).
    """
    if not language.clauses.name_articles:
        return frozenset()
    return frozenset(
        i for i in sentence.marked if is_capitalised(sentence.items[i].text, language) and _named(sentence, i, language)
    )


def is_capitalised(text: str, language: Language) -> bool:
    """Whether a marked string is short, and all its words but small ones have a capital, as in a name."""
    words = text.strip("„“”\"'‚‘»«›‹").split()
    counted = [w for w in words if w.casefold() not in language.function_words]
    capitals = all(w[:1].isupper() or not w[:1].isalpha() for w in counted)
    return (
        0 < len(words) <= _LONGEST and words[0][:1].isupper() and capitals and text[-2:-1] not in (".", "!", "?", ",")
    )


def _named(sentence: Sentence, i: int, language: Language) -> bool:
    items = sentence.items
    before = items[i - 1] if i else None
    after = items[i + 1] if i + 1 < len(items) else None
    if before is None:
        return False
    if before.is_capital and (language.means_somebody(before.word) or before.word in language.title_cues):
        return True  # die Zeitung „Neue Zeit“
    article = before.word in language.determiners and before.word not in language.clauses.indefinite and i > 1
    lead = items[i - 2] if article else before
    beside = after is not None and language.is_cue(after.word) and not after.is_capital
    led = lead.word in language.according or (language.is_cue(lead.word) and article and not lead.is_capital)
    return led or (beside and (article or before.word in language.likewise))
