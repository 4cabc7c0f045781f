"""A quotation as it is compared: its words by number, how much they tell, who said it and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quotealign.clustering.vocabulary import Row
from quotealign.languages import Language, language
from quotealign.model import Quotation
from quotealign.text.normalization import fold, fold_accents


@dataclass(slots=True)
class Shape:
    """`row` are words of a vocabulary and `told` the bits they tell. `speaker` is a key, the same for one speaker:
    None where a source was given that names nobody, "" where none was given. `day` counts from year 1, 0 if unknown."""

    quotation: Quotation
    row: Row
    speaker: str | None
    day: int
    told: float = 0.0


def shape(quotation: Quotation, row: Row) -> Shape:
    """The shape of one quotation; what its words tell is known when all have been counted."""
    return Shape(quotation, row, _speaker(quotation), _day(quotation.published))


def _speaker(quotation: Quotation) -> str | None:
    """By the resolved speaker's id, else by the last word of the name in the source. Who is told by a role only, as a
    deputy or officials, may be whoever another names."""
    if quotation.speaker:
        return None if quotation.speaker.kind == "group" else quotation.speaker.id
    if quotation.source is None or not quotation.source.text.strip():
        return ""
    return _last_name(quotation.source.text, language(quotation.lang))


def _last_name(source: str, rules: Language) -> str | None:
    """The name in an apposition: *Ada Miller, the minister*, *the minister, Ada Miller*; a pronoun names nobody."""
    for part in source.split(","):
        words = [word.strip(".'\"’()[]") for word in part.split()]
        words = [word for word in words if word]
        if words and words[-1][0].isupper() and fold(words[-1]) not in rules.pronouns:
            return fold_accents(words[-1])
    return None


def _day(published: str | None) -> int:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return 0
