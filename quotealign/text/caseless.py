"""Scripts without capital letters, and scripts without spaces: what stands in for both.

Elsewhere a capital shows a name and a space shows a word. Here the words that a language's data knows show both:
a run of characters is cut at them, and a word that is none of them, beside a title or a verb of saying, is a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from quotealign.languages import Language, language
from quotealign.text.tokens import Piece

_MARKS = str.maketrans("，、；：。！？（）،؛؟۔", ",,;:.!?(),;?.")
_SIGNS = re.compile("[\u0640\u064b-\u065f\u0670]")
_INSIDE_NAMES = "·・‧＝"
# 10日, 3月; a row of characters of one script; a foreign name with its dots
_STRETCH = re.compile(
    rf"\d+(?:[.,:]\d+)*[年月日号號时時分秒人名岁歳回]?|[A-Za-z\u00c0-\u024f]+|[\u3041-\u309f]+"
    rf"|[\u30a1-\u30fa\u30fc\u30fd{_INSIDE_NAMES}]+|[^\W\d\u3041-\u30ffA-Za-z\u00c0-\u024f]+(?:[{_INSIDE_NAMES}]\w+)*|\S"
)
_PROCLITICS = re.compile("^[وف]?(?:[بلك]?ال|لل|[بلك])?")
_LONGEST_NAME = 5
_WORDS_OF_A_NAME = 5


def is_caseless(text: str) -> bool:
    """Whether most letters of a text belong to a script without capitals: Arabic, Hebrew, Chinese, Thai.

    >>> is_caseless("قال الوزير"), is_caseless("他说 OK"), is_caseless("said Müller"), is_caseless("12:30")
    (True, False, False, False)
    """
    letters = [c for c in text if c.isalpha()]
    return 2 * sum(not (c.isupper() or c.islower()) for c in letters) > len(letters)


def plain(mark: str) -> str:
    """A mark of another script as its Latin counterpart; anything else as it is.

    >>> plain("，"), plain("؟"), plain("。"), plain("word")
    (',', '?', '.', 'word')
    """
    return mark.translate(_MARKS) if len(mark) == 1 else mark


def split_known(text: str, known: Collection[str]) -> list[tuple[int, int]]:
    """Spans of an unspaced run cut at the known words, longest first, left to right; the rest stays whole.

    Linear: for each first letter only the lengths of the known words that begin with it are tried.

    >>> split_known("副部长林海说", {"部长", "副部长", "说"})
    [(0, 3), (3, 5), (5, 6)]
    >>> split_known("他说，好", {"他", "说"})
    [(0, 1), (1, 2), (2, 3), (3, 4)]
    """
    return list(_cut_at(text, known, _lengths(frozenset(known))))


@lru_cache(maxsize=16)
def _lengths(known: frozenset[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in known:
        if word:
            found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}


def _cut_at(text: str, known: Collection[str], lengths: dict[str, tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    at = begin = 0
    while at < len(text):
        length = next((n for n in lengths.get(text[at], ()) if text[at : at + n] in known), 0)
        single = not length and not text[at].isalnum() and text[at] not in _INSIDE_NAMES
        if length or single:
            if begin < at:
                yield begin, at
            yield at, at + max(length, 1)
            begin = at = at + max(length, 1)
        else:
            at += 1
    if begin < at:
        yield begin, at


@lru_cache(maxsize=None)
def _known(code: str) -> frozenset[str]:
    rules = language(code)
    grammar: tuple[Collection[str], ...] = (
        *(rules.speech, rules.stance, rules.auxiliaries, rules.complementizers, rules.conjunctions, rules.pronouns),
        *(rules.determiners, rules.relatives, rules.topics, rules.source_ends, rules.honorifics),
    )
    others: tuple[Collection[str], ...] = (
        *(rules.speech_nouns, rules.titles, rules.offices, rules.roles, rules.bodies, rules.anonymous),
        *(rules.documents, rules.demonyms, rules.title_cues, rules.function_words, rules.negations, rules.modals),
        *(rules.quantifiers, rules.intensifiers, rules.months, rules.weekdays),
    )
    phrases = (*rules.according, *rules.asides, *rules.term_cues, *rules.cue_phrases)
    words = {word for words in grammar for word in words} | {word for phrase in phrases for word in phrase.split()}
    # A single Chinese character stands in names, too: only those that hold the clause together count as words.
    words |= {word for words in others for word in words if len(word) > 1 or word < "\u3400"}
    return frozenset(word for word in words if word not in rules.names)


@lru_cache(maxsize=None)
def _without_capitals(code: str) -> bool:
    return is_caseless("".join(language(code).function_words))


def writes_without_capitals(rules: Language) -> bool:
    """Whether a language is written in a script without capitals, as its own words show."""
    return _without_capitals(rules.code)


def ends_clause(text: str) -> bool:
    """Whether a Japanese string ends as a clause does, in the inflection of its verb, and not as a noun does.

    >>> ends_clause("交渉を続ける"), ends_clause("極めて遺憾"), ends_clause("go")
    (True, False, False)
    """
    return "\u3041" <= text[-1:] <= "\u309f"


def cut(pieces: Sequence[Piece], rules: Language) -> Sequence[Piece]:
    """The tokens as reporting clauses need them: runs of an unspaced script cut, vowel signs left out of `n`."""
    if not writes_without_capitals(rules):
        return pieces
    if not rules.unspaced:
        return [p._replace(n=_SIGNS.sub("", p.n) or p.n) for p in pieces]
    known = _known(rules.code)
    lengths = _lengths(known)
    found: list[Piece] = []
    for piece in _joined(pieces):
        if not piece.is_word:
            found.append(piece)
            continue
        for start, end in _cut_at(piece.text, known, lengths):
            word = piece.text[start:end]
            spans = [(0, len(word))] if word in known else [m.span() for m in _STRETCH.finditer(word)]
            for a, b in spans:
                part = word[a:b]
                at = piece.start + start
                found.append(Piece(at + a, at + b, part, part.casefold(), any(c.isalnum() for c in part)))
    return found


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The parts of a foreign name and the dots between them as one run: 安娜·史密斯."""
    found: list[Piece] = []
    for piece in pieces:
        last = found[-1] if found else None
        adjoins = last is not None and last.end == piece.start and last.is_word
        if last and adjoins and (piece.text in _INSIDE_NAMES or last.text[-1] in _INSIDE_NAMES):
            found[-1] = Piece(last.start, piece.end, last.text + piece.text, last.n + piece.n, True)
        else:
            found.append(piece)
    return found


def stand_out(words: Sequence[str], rules: Language) -> list[bool]:
    """Which words of a paragraph are parts of names: what a capital says elsewhere. Marks are empty words.

    A name is a strange word (none that the data knows) behind a title or a person's role, behind or before a verb of
    saying, before an honorific, or one that the data knows as a name; and the strange words that follow it.
    """
    flags: list[bool] = []
    run = 0
    for i, word in enumerate(words):
        strange = _is_strange(word, rules)
        begins = strange and _begins_name(words, i, rules)
        goes_on = strange and 0 < run < _WORDS_OF_A_NAME and not rules.unspaced
        joins = run > 0 and word in rules.particles and i + 1 < len(words) and _is_strange(words[i + 1], rules)
        flags.append(begins or goes_on or joins)
        run = run + 1 if flags[-1] else 0
    return flags


def _is_strange(word: str, rules: Language) -> bool:
    if not word or not word[0].isalpha() or any(c.isdigit() for c in word):
        return False
    known = _known(rules.code)
    return word not in known and (rules.unspaced or _PROCLITICS.sub("", word) not in known)


def _is_title(word: str, rules: Language) -> bool:
    return word in rules.titles or word in rules.honorifics or word in rules.roles


def _begins_name(words: Sequence[str], i: int, rules: Language) -> bool:
    word = words[i]
    before = words[i - 1] if i else ""
    following = words[i + 1] if i + 1 < len(words) else ""
    if not rules.unspaced:
        if word in rules.names or word in rules.particles or rules.is_cue(before):
            return True
        return not word.startswith("ال") and before not in rules.anonymous and _follows_title(words, i, rules)
    if len(word) > _LONGEST_NAME and not any(dot in word for dot in _INSIDE_NAMES) and word[0] < "\u30a0":
        return False
    if re.match("[\u3041-\u309f]", word):
        return False
    if _is_title(before, rules) or _is_title(following, rules) or any(dot in word for dot in _INSIDE_NAMES):
        return True
    if 2 <= len(word) <= 4 and any(word[:k] in rules.names for k in (1, 2, 3) if k <= len(word)):
        return True
    clause = not before or before in rules.complementizers or before in rules.conjunctions or before in rules.according
    return clause and (not following or following in rules.auxiliaries or rules.is_cue(following))


def _follows_title(words: Sequence[str], i: int, rules: Language) -> bool:
    """Whether a title stands before, its department or its country between them."""
    k = i - 1
    while k >= 0 and (words[k] in rules.offices or words[k] in rules.demonyms or words[k] in rules.bodies):
        if _is_title(words[k], rules):
            return True
        k -= 1
    return k >= 0 and _is_title(words[k], rules)
