"""Typing of edits: what kind of change it is that one word stands where another stood.

`QUESTIONS` are asked in order; the first that explains the difference names it, and what it explains is not charged
again. The layers of form come first (`layers.py` shows them), then what a list or a rule says of the two words. Each
question answers with the name of a reason (`severity.REASONS`), or None. Figures are read before (`figures.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from quotealign.languages import Language, language
from quotealign.scoring.lexicon import lexicon, with_opposed_affixes, without_beginning
from quotealign.scoring.sounds import sound_alike
from quotealign.text.edits import word_similarity
from quotealign.text.normalization import fold, fold_accents, fold_typography, is_word
from quotealign.text.numerals import negates, ordinal
from quotealign.text.spelling import base_spelling
from quotealign.text.tokens import Piece

_RUN_OF_DIGITS = re.compile(r"\d+")


class Pair:
    """Two words in each other's place: as printed, as compared, and whether each may be a name by its capital."""

    __slots__ = ("_keys", "_listed", "a", "b", "known", "named", "rules", "x", "y")

    def __init__(self, a: str, b: str, x: str, y: str, named: tuple[bool, bool], rules: Language) -> None:
        self.a, self.b, self.x, self.y, self.named, self.rules = a, b, x, y, named, rules
        self.known = lexicon(rules)
        self._keys: list[tuple[str, str]] | None = None
        self._listed: list[tuple[str, str]] | None = None

    @property
    def keys(self) -> list[tuple[str, str]]:
        """The keys under which the lists know the two words (`Lexicon.pairs`)."""
        if self._keys is None:
            self._keys = self.known.pairs(self.x, self.y)
        return self._keys

    @property
    def listed(self) -> list[tuple[str, str]]:
        """Of `keys` those of which the lists say something, of both words: all that lists can relate."""
        if self._listed is None:
            is_listed = self.known.is_listed
            self._listed = [(x, y) for x, y in self.keys if is_listed(x) and is_listed(y)]
        return self._listed


Question = Callable[[Pair], str | None]


def _marks(pair: Pair) -> str | None:
    if not is_word(pair.a) and not is_word(pair.b):
        return "punctuation"
    return "punctuation" if fold_typography(pair.a) == fold_typography(pair.b) else None


def _letters(pair: Pair) -> str | None:
    """Ligatures, wide letters and digits: the same characters to whoever reads them."""
    one, other = (unicodedata.normalize("NFKC", fold_typography(word)) for word in (pair.a, pair.b))
    return "letters" if one == other else None


def _case(pair: Pair) -> str | None:
    return "case" if fold(pair.a) == fold(pair.b) else None


def _dots(pair: Pair) -> str | None:
    """E.U. and EU, p.m. and pm."""
    if pair.x != pair.y or "." not in pair.a + pair.b:
        return None
    one, other = pair.a.replace(".", ""), pair.b.replace(".", "")
    return "punctuation" if one == other else "case" if fold(one) == fold(other) else None


def _figure(pair: Pair) -> str | None:
    """5 % and five per cent, 3 March and March 3: what `writing.py` found to be one thing."""
    return "numeral" if pair.x == pair.y and (" " in pair.x or not is_word(pair.a + pair.b)) else None


def _contraction(pair: Pair) -> str | None:
    # Contractions are compared as the words that they stand for: equal here, though printed otherwise.
    return "contraction" if pair.x == pair.y and not _is_declared(pair) else None


def _is_declared(pair: Pair) -> bool:
    return any(c in "[(" for c in pair.a + pair.b)


def _spelling(pair: Pair) -> str | None:
    x, y = base_spelling(pair.x, pair.rules), base_spelling(pair.y, pair.rules)
    if _is_declared(pair):
        return None
    joined = x.replace("-", "") == y.replace("-", "") or fold_accents(x) == fold_accents(y)
    return "spelling" if joined else None


def _bracket(pair: Pair) -> str | None:
    if not _is_declared(pair):
        return None
    return "bracket" if pair.x == pair.y or pair.known.key(pair.x) == pair.known.key(pair.y) else None


def _shape(pair: Pair) -> str | None:
    """30-year-old and 50-year-old, 1970s and 1990s, EB-5 and EB-7, 21st and 22nd: other digits in the same word."""
    if pair.x[:1].isdigit() or pair.y[:1].isdigit():
        order = [int(w) if w.isdecimal() else ordinal(w, pair.rules) for w in (pair.x, pair.y)]
        if None not in order and not (pair.x.isdecimal() and pair.y.isdecimal()):
            return "shape" if order[0] != order[1] else "numeral"
    if not _RUN_OF_DIGITS.search(pair.x) or not _RUN_OF_DIGITS.search(pair.y):
        return None
    rest, other = (re.sub(r"\W", "", _RUN_OF_DIGITS.sub("", word)) for word in (pair.x, pair.y))
    digits = (_RUN_OF_DIGITS.findall(word) for word in (pair.x, pair.y))
    one, two = digits
    return "shape" if rest == other and one != two else None


def _date(pair: Pair) -> str | None:
    rules = pair.rules
    if pair.x in rules.months and pair.y in rules.months:
        return "spelling" if rules.months[pair.x] == rules.months[pair.y] else "date"
    return "date" if pair.x in rules.weekdays and pair.y in rules.weekdays else None


def _negation(pair: Pair) -> str | None:
    one, other = negates(pair.x, pair.rules), negates(pair.y, pair.rules)
    if one and other:
        return "function"
    return "negation" if one != other else None


def _mood(pair: Pair) -> str | None:
    """Il aurait frappé, il a frappé: hearsay in one, said in the other."""
    one, other = (_last(word) in pair.rules.relations.unreal for word in (pair.x, pair.y))
    known = pair.rules.relations.tenses
    said = pair.y if one else pair.x
    return (
        "modality"
        if one != other and (_last(said) in known or pair.known.key(pair.x) == pair.known.key(pair.y))
        else None
    )


def _last(word: str) -> str:
    """A word without what is elided before it: c'est, n'est."""
    return word.rpartition("'")[2]


def _antonym(pair: Pair) -> str | None:
    if any(pair.known.antonyms(x, y) for x, y in [*pair.listed, (pair.x, pair.y)]):
        return "antonym"
    for x, y in [*pair.keys, (pair.x, pair.y)]:
        if without_beginning(x, y, pair.rules) or with_opposed_affixes(x, y, pair.rules):
            return "antonym"
    return None


def _inflection(pair: Pair) -> str | None:
    known, of = pair.known, pair.rules.relations
    if known.key(pair.x) != known.key(pair.y):
        return None
    if pair.x in of.tenses and pair.y in of.tenses:
        return "inflection" if of.tenses[pair.x] == of.tenses[pair.y] else "tense"
    times = [_is_past(word, pair.rules) for word in (pair.x, pair.y)]
    finite = not any(word.endswith(ending) for word in (pair.x, pair.y) for ending in of.nonfinite)
    return "tense" if times[0] != times[1] and finite else "inflection"


def _is_past(word: str, rules: Language) -> bool:
    known = rules.relations.irregular.get(word)
    return known[1] > 0 if known else any(word.endswith(ending) for ending in rules.relations.past)


def _listed(pair: Pair) -> str | None:
    rules = pair.rules
    persons = rules.relations.persons
    if pair.x in persons and pair.y in persons:
        sides = {word in rules.relations.speaking: word in rules.relations.addressed for word in (pair.x, pair.y)}
        if sides == {True: False, False: True}:
            return "addressee"
        return "function" if persons[pair.x] == persons[pair.y] else "pronoun"
    for kind, words in (("modality", rules.modals), ("quantifier", rules.quantifiers), ("pronoun", rules.pronouns)):
        if pair.x in words and pair.y in words:
            return kind
    return "intensity" if pair.x in rules.intensifiers and pair.y in rules.intensifiers else None


def _tense(pair: Pair) -> str | None:
    """is and was, has and will: forms of auxiliaries that are no forms of one word."""
    tenses = pair.rules.relations.tenses
    if pair.x in tenses and pair.y in tenses and tenses[pair.x] != tenses[pair.y]:
        return "tense"
    return None


def _synonym(pair: Pair) -> str | None:
    return "synonym" if any(pair.known.synonyms(x, y) for x, y in pair.listed) else None


def _contrast(pair: Pair) -> str | None:
    known = pair.known
    return known.contrast(known.key(pair.x), known.key(pair.y))


def _function(pair: Pair) -> str | None:
    words = pair.rules.function_words
    return "function" if pair.x in words and pair.y in words else None


def _name(pair: Pair) -> str | None:
    if all(pair.named):
        return "spelling" if sound_alike(pair.a, pair.b) else "name"
    if any(pair.named):
        other = pair.x if pair.named[1] else pair.y
        known = pair.rules
        if other in known.pronouns or other in known.relations.persons:
            return "reference"
        return "name" if other in known.function_words and other not in known.determiners else None
    return None


def _unit(pair: Pair) -> str | None:
    one, other = pair.known.unit(pair.x), pair.known.unit(pair.y)
    if not one or not other:
        return None
    return "unit" if one != other else "spelling"


def _weaker(pair: Pair) -> str | None:
    """What lists say at one remove: the opposite of a synonym, a synonym of a synonym, tone, a verb that denies."""
    known, keys = pair.known, pair.listed
    if any(known.near_antonyms(x, y) for x, y in keys):
        return "near-antonym"
    if any(known.related(x, y) for x, y in keys):
        return "related"
    if any(known.tones(x, y) for x, y in keys):
        return "tone"
    return "denying-verb" if known.denies(pair.x) != known.denies(pair.y) else None


def _derivation(pair: Pair) -> str | None:
    x, y = fold_accents(pair.x), fold_accents(pair.y)
    same_root = len(x) > 4 and len(y) > 4 and x[:4] == y[:4] and word_similarity(x, y) >= 0.55
    return "derivation" if same_root else None


QUESTIONS: tuple[Question, ...] = (
    _marks,
    _letters,
    _case,
    _dots,
    _figure,
    _contraction,
    _spelling,
    _bracket,  # declared edits: agree(ing)
    _shape,  # before inflection: digits are near in letters only
    _date,
    _negation,
    _mood,
    _antonym,  # before inflection and derivation: legal and illegal share a root
    _inflection,
    _contrast,  # before synonyms: words of one field, of which one excludes the other
    _synonym,
    _listed,
    _tense,
    _name,  # before function words: a name may stand where none stood
    _function,
    _unit,
    _weaker,
    _derivation,
)


def reason(a: Piece, b: Piece, named: tuple[bool, bool], rules: Language) -> str:
    """The name of the reason why `b` is no `a`; `unrelated` where no question is answered.

    named  whether the capital of each word may be that of a name: not at the beginning of a sentence
    """
    return _reason(a.text, b.text, a.n, b.n, named, rules.code)


@lru_cache(maxsize=65536)
def _reason(a: str, b: str, x: str, y: str, named: tuple[bool, bool], code: str) -> str:
    pair = Pair(a, b, x, y, named, language(code))
    for question in QUESTIONS:
        name = question(pair)
        if name:
            return name
    return "unrelated"
