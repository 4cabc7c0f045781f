"""Traces of translation in an article's own words: what it says of it, and what a translation left in its prose.

Quoted words are left out: whoever is quoted may speak as they like. Every trace has its place in the article.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from quotealign.languages import Language, language
from quotealign.model import Article, Kind, Quotation, Span, Trace
from quotealign.model.drift import EDITING, TRANSLATION
from quotealign.text.normalization import fold
from quotealign.text.sentences import sentences
from quotealign.text.tokens import tokens_between

WEIGHTS: dict[str, tuple[str, float, float, str]] = {
    "languages": (TRANSLATION, 2.0, 2.0, "two languages: one of the two, or both, is a translation"),
    "mention": (TRANSLATION, 0.8, 0.8, "the article says that words were translated"),
    "doubled-tag": (TRANSLATION, 0.6, 0.9, "the reporting clause says it twice, in two orders"),
    "original-language": (TRANSLATION, 0.5, 0.8, "the words were spoken in another language"),
    "run": (TRANSLATION, 0.35, 0.7, "neighbouring words are others, the sense stays"),
    "tag-order": (TRANSLATION, 0.3, 0.5, "a reporting clause in an order that is foreign here"),
    "article": (TRANSLATION, 0.3, 0.5, "a country with an article that it does not take in this language"),
    "order": (TRANSLATION, 0.2, 0.4, "the same words in another order"),
    "elsewhere": (TRANSLATION, 0.2, 0.4, "the article words what it shares with others otherwise, too"),
    "coordination": (TRANSLATION, 0.15, 0.3, "a small word repeated before what “and” joins"),
    "calque": (TRANSLATION, 0.15, 0.3, "another language's idiom word for word"),
    "word": (TRANSLATION, 0.1, 0.3, "one word for another"),
    "same-words": (EDITING, 0.4, 1.2, "the same words, as nobody finds them twice"),
    "same-outlet": (EDITING, 0.4, 0.4, "one outlet printed both"),
    "own-language": (EDITING, 0.4, 0.4, "the words were spoken in the language of the article"),
    "cut": (EDITING, 0.3, 0.9, "words are left out, the others stay as they are"),
    "declared": (EDITING, 0.15, 0.3, "brackets or dots own up to an edit"),
}
"""Kinds of trace: what each speaks for, its weight, the most that its kind can weigh in one verdict, and why.

Ordered, not calibrated: the order is ours, by how easily somebody who edits in the same language would leave it.
"""

OF_ARTICLES = ("mention", "original-language", "doubled-tag", "tag-order", "article")
"""Kinds that make an article one with traces of its own; a calque alone is too weak for that."""

_NOTE = 25  # words: a paragraph up to this long may be a note on the text
LEFT_BEHIND = ("doubled-tag", "tag-order", "article", "calque")
"""Kinds that a translation leaves without telling; a copy of it has them as well."""

_SHOWN = 60  # code points of a clause
_PLAIN = 5  # words of a source
_LONG_LEAD = 3  # words: originally published in; shorter ones need a quotation beside them
_SPACES = " \u00a0\u202f"
_Words = list[tuple[int, int, str]]


def trace(
    kind: str,
    text: str,
    places: Sequence[tuple[str, Span]] = (),
    *,
    cluster: str = "",
    side: str | None = None,
    share: float = 1.0,
    language: str | None = None,
) -> Trace:
    """A trace of a known kind; `share` of its weight."""
    towards, weight, _, why = WEIGHTS[kind]
    return Trace(kind, towards, round(weight * share, 3), text, why, tuple(places), cluster, side, language)


def traces_of(article: Article, quotations: Iterable[Quotation]) -> tuple[Trace, ...]:
    """What the article's own words say, in the order of the text. `quotations` are the article's."""
    rules = language(article.lang)
    found = list(quotations)
    quoted = sorted(span for q in found if q.kind.is_speech for span in q.spans)
    cues = sorted(q.cue.span for q in found if q.kind.is_speech and q.cue and q.cue.span)
    made = [*_of_tags(article, found, rules), *_of_prose(article, quoted, cues, rules)]
    unique = {(t.kind, t.places): t for t in made}
    return tuple(sorted(unique.values(), key=lambda t: (t.places[0][1], t.kind)))


# -- reporting clauses ---------------------------------------------------------------------------------------------


def _of_tags(article: Article, quotations: Iterable[Quotation], rules: Language) -> Iterator[Trace]:
    for q in quotations:
        if not (q.cue and q.cue.span and q.source and q.source.span and q.spans):
            continue
        cue, source = q.cue.span, q.source.span
        end = max((e for _, e in q.spans if e <= cue[0] and e <= source[0]), default=None)
        if end is None:
            continue  # the clause stands before its words
        last = _doubled(article.text, q.cue.text, cue, source, rules)
        if last:
            yield _in(article, "doubled-tag", (min(cue[0], source[0]), last))
        elif _is_foreign(article.text, end, (cue[0], source), q, rules):
            begin = end + len(article.text[end:]) - len(article.text[end:].lstrip(" ,;:.”“\"'’»«\u00a0\u202f"))
            stop = max(cue[1], source[1])
            if stop > begin + _SHOWN:
                stop = max(article.text.rfind(" ", begin, begin + _SHOWN), cue[1])
            yield _in(article, "tag-order", (begin, stop))


def _doubled(text: str, cue: str, cue_at: Span, source_at: Span, rules: Language) -> int | None:
    """Where the same verb ends that comes again at once: said he said, Smith said said. None where it does not."""
    after = max(cue_at[1], source_at[1])
    ahead = [p for p in tokens_between(text, after, min(len(text), after + 40)) if p.start < after + 24]
    if not ahead or text[after : ahead[0].start].strip(_SPACES):
        return None
    if len(ahead) > 1 and ahead[1].n in rules.infinitives:
        return None  # said the man said to be their leader
    first, second = rules.speech.get(fold(cue).split()[-1]), rules.speech.get(ahead[0].n)
    return ahead[0].end if first is not None and first == second else None


def _is_foreign(text: str, end: int, at: tuple[int, Span], q: Quotation, rules: Language) -> bool:
    """Whether the clause behind the words, which end at `end`, has an order that is not at home.

    `at` is where its cue begins, and the place of its source.
    """
    cue, (source, source_end) = at
    name = fold(q.source.text) if q.source else ""
    between = text[end : min(cue, source)]
    bare = not any(c.isalnum() for c in between)
    if rules.translation.tag_order == "subject" and cue < source:
        if not bare:  # “…,” for her part added the mayor
            lead = " ".join(p.n for p in tokens_between(text, end, cue) if p.is_word)
            return lead in rules.asides and between.rstrip()[-1:] != ","
        gender, number = rules.pronouns.get(name, ("", ""))
        if not (gender in ("m", "f") or number == "pl"):
            return False  # said one of them
        behind = next((p for p in tokens_between(text, source_end, min(len(text), source_end + 40)) if p.is_word), None)
        if behind is None or text[source_end : behind.start].strip(_SPACES):
            return True  # “…,” said she.
        # “…,” claiming he had never been there: the pronoun has a verb of its own
        return behind.n in rules.function_words and behind.n not in rules.auxiliaries | rules.modals
    if rules.translation.tag_order == "verb" and source_end <= cue and q.kind is Kind.DIRECT:
        in_clause = "," in between or text[end - 1] == ","
        plain = "," not in name and len(name.split()) <= _PLAIN  # longer ones hold clauses of their own
        return bare and in_clause and plain and not text[source_end:cue].strip()
    return False


# -- prose ---------------------------------------------------------------------------------------------------------


def _of_prose(article: Article, quoted: Sequence[Span], cues: Sequence[Span], rules: Language) -> Iterator[Trace]:
    text, data = article.text, rules.translation
    mentions, calques, leads = (_by_first(p) for p in (data.mentions, data.calques, data.leads))
    names, taken_back = _by_first(tuple(data.languages)), _by_first(data.untranslated)
    if not (mentions or calques or leads or data.bare_names):
        return
    begin = 0
    for line in text.splitlines(keepends=True):
        for start, end in sentences(text, rules, begin, begin + len(line)):
            words = [w for w in _words(text, start, end) if not _inside(w[0], quoted)]
            if not words:
                continue
            note = len(line.split()) <= _NOTE
            reports = _begins_within(start, end, quoted) or _begins_within(start, end, cues)
            free = 0  # the first word behind the last trace
            for i in range(len(words)):
                if i < free:
                    continue
                if n := _match(mentions, words, i):
                    free = _named(words, i + n, names) + 1
                    codes = (_language_at(article, words, i + n + skip, names, rules)[0] for skip in (0, 1))
                    yield _in(article, "mention", (words[i][0], words[free - 1][1]), next(filter(None, codes), None))
                elif n := _match(calques, words, i):
                    free = i + n
                    yield _in(article, "calque", (words[i][0], words[free - 1][1]))
                elif (n := _match(leads, words, i)) and (reports or (note and n >= _LONG_LEAD)):
                    for found in _spoken(article, words, i, n, names, taken_back, rules):
                        free = i + n + 1
                        yield found
                if data.bare_names and words[i][2] == "the" and i + 1 < len(words):
                    yield from _with_article(article, words[i], words[i + 1], rules)
        begin += len(line)


def _spoken(
    article: Article,
    words: _Words,
    i: int,
    n: int,
    names: dict[str, list[tuple[str, ...]]],
    taken_back: dict[str, list[tuple[str, ...]]],
    rules: Language,
) -> Iterator[Trace]:
    """In French, where no noun follows that the language's name would go with; `n` words lead to the name."""
    code, after = _language_at(article, words, i + n, names, rules)
    if code is None or _match(taken_back, words, after):
        return
    own = code == article.lang.split("-")[0]
    span = (words[i][0], words[after - 1][1])
    yield _in(article, "own-language", span) if own else _in(article, "original-language", span, code)


def _language_at(
    article: Article, words: _Words, i: int, names: dict[str, list[tuple[str, ...]]], rules: Language
) -> tuple[str | None, int]:
    """The code of the language named at place `i`, and the place behind it; None where a noun follows that the name
    would go with, as in French politics."""
    after = i + _match(names, words, i)
    if after == i:
        return None, i
    joined = after < len(words) and not article.text[words[after - 1][1] : words[after][0]].strip()
    if joined and words[after][2] not in rules.function_words and not rules.is_cue(words[after][2]):
        return None, i
    return rules.translation.languages[" ".join(w[2] for w in words[i:after])], after


def _with_article(
    article: Article, the: tuple[int, int, str], name: tuple[int, int, str], rules: Language
) -> Iterator[Trace]:
    """The France, and nothing behind it that the article could belong to."""
    behind = article.text[name[1] : name[1] + 1]
    ends = not behind or behind in ".,;:!?)\n\r"
    if ends and name[2] in rules.translation.bare_names and article.text[name[0]].isupper():
        yield _in(article, "article", (the[0], name[1]))


def _in(article: Article, kind: str, span: Span, language: str | None = None) -> Trace:
    words = " ".join(article.text[slice(*span)].split())
    return trace(kind, words, ((article.id, span),), side=article.id, language=language)


def _words(text: str, start: int, end: int) -> _Words:
    """Words with their places; an elided word is one of its own: l', anglais."""
    found: _Words = []
    for p in tokens_between(text, start, end):
        if not p.is_word:
            continue
        head, mark, tail = p.n.partition("'")
        elided = mark and tail and (len(head) <= 2 or (len(head) <= 4 and len(tail) > 2))  # l'eau, dall'acqua
        if elided and len(p.n) == p.end - p.start:
            middle = p.start + len(head) + 1
            found += [(p.start, middle, head + "'"), (middle, p.end, tail)]
        else:
            found.append((p.start, p.end, p.n))
    return found


def _by_first(phrases: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by their first word, as `_words` cuts them; the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(w[2] for w in _words(phrase, 0, len(phrase)))
        if phrase.endswith("'") and words:
            words = (*words[:-1], words[-1] + "'")
        if words:
            found.setdefault(words[0], []).append(words)
    for same in found.values():
        same.sort(key=lambda words: (-len(words), words))
    return found


def _match(phrases: dict[str, list[tuple[str, ...]]], words: _Words, i: int) -> int:
    """How many words from place `i` one of the phrases takes up; 0 for none."""
    if i >= len(words):
        return 0
    for phrase in phrases.get(words[i][2], ()):
        if len(phrase) <= len(words) - i and all(words[i + k][2] == w for k, w in enumerate(phrase)):
            return len(phrase)
    return 0


def _named(words: _Words, i: int, names: dict[str, list[tuple[str, ...]]]) -> int:
    """The last word of a mention that ends before place `i`: the language behind it belongs to it."""
    for skip in (0, 1):
        if n := _match(names, words, i + skip):
            return i + skip + n - 1
    return i - 1


def _inside(place: int, quoted: Sequence[Span]) -> bool:
    k = bisect_left(quoted, (place + 1, 0)) - 1
    return k >= 0 and quoted[k][0] <= place < quoted[k][1]


def _begins_within(start: int, end: int, spans: Sequence[Span]) -> bool:
    k = bisect_left(spans, (start, 0))
    return k < len(spans) and spans[k][0] < end
