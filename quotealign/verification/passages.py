"""Passages: what a source says where the words of a quotation were found, made ready to be compared with them.

Words in marks are read without what the reporter says between them. A direct quotation claims whole sentences, so it is
compared with whole sentences: a beginning or an end that is missing shows. Between words that stand apart in the source
a sentence may have been left out, or two passages have been made one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quotealign.languages import Language
from quotealign.model import Article, Kind, Quotation, SourcePassage, Span
from quotealign.text.sentences import sentences
from quotealign.text.tokens import words as words_of
from quotealign.verification.links import Link, is_parted, link
from quotealign.verification.locating import Located, Match
from quotealign.verification.sources import Source
from quotealign.verification.speakers import bare

_WORDS = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_NEAR = 300
"""Code points around a sentence in which a name may be who is meant, if the speaker is not named beside the words."""
_WORD = re.compile(r"\w+")
_LITTLE = 2
"""Function words up to which a run tells nothing by itself."""
_LONGEST = 3000
"""Code points on each side in which the sentence of a word begins and ends."""
_SURE = 0.75
"""The confidence from which a speaker is named, and not only meant."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a quotation is compared with.

    passages  in the order of the quotation; more than one where it was put together
    text      their words, joined by one space
    left_out  whether whole sentences between the words were left out; `in_silence` whether some of them were
              without an ellipsis in their place
    score     as located
    missing   words of the quotation that were not located, each with its share of what they tell
    beside    compared words of the reporter in the sentence of the passage, and in that which names the speaker
    near      and in those around it
    surely    whether the speaker of the passage is named there, and not only meant
    pieces    of the text, one for each span of the passages
    told      whether the reporter says it there, in a source that quotes others
    """

    passages: tuple[SourcePassage, ...]
    text: str
    left_out: bool
    score: float
    missing: tuple[tuple[Span, float], ...] = ()
    beside: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    surely: bool = False
    pieces: tuple[str, ...] = ()
    told: bool = False
    in_silence: bool = False

    @property
    def stitched(self) -> bool:
        """Whether it comes from several places."""
        return len(self.passages) > 1


def assemble(
    located: Located,
    quotation: Quotation,
    draft: Article,
    rules: Language,
    sources: Mapping[int, Source],
    *,
    whole: bool = False,
) -> Compared:
    """The passages of a quotation at a place where it was located. `sources` are numbered as in the concordance.

    draft, rules  where the quotation stands, and what is known of its language
    whole         whether a fragment, too, is compared with the whole sentence that it was taken from
    """
    runs = _told_by(located, quotation, rules, sources)
    groups: list[tuple[int, list[Span], list[Match]]] = []
    left_out = in_silence = False
    for number, (source, match) in enumerate(runs):
        how = Link.APART
        if number:
            how = link(runs[number - 1], (source, match), quotation.text, located, sources)
        if how == Link.APART:
            groups.append((source, [match.span], [match]))
            continue
        spans = groups[-1][1]
        left_out = left_out or how != Link.ON
        in_silence = in_silence or how == Link.LEFT_OUT
        if how == Link.OVER:
            spans.append(match.span)
        else:
            spans[-1] = (spans[-1][0], match.span[1])
        groups[-1][2].append(match)
    passages = []
    for source, spans, matches in groups:
        if len(groups) == 1:
            before, behind = matches[0].words[0], len(located.words) - matches[-1].words[1]
            claimed = whole or is_whole(quotation, draft, rules)
            spans = _widened(spans, sources[source], before, behind, claimed)
        passages.append(passage_at(spans, matches, sources[source]))
    text = " ".join(p.text for p in passages)
    return Compared(
        tuple(passages),
        text,
        left_out,
        located.score,
        located.missing,
        *_reporter(passages[0], sources[groups[0][0]]),
        pieces=tuple(
            sources[source].article.text[s:e]
            for passage, (source, *_) in zip(passages, groups, strict=True)
            for s, e in passage.spans
        ),
        told=not passages[0].quoted and any(q.kind != Kind.INDIRECT for q in sources[groups[0][0]].quotations),
        in_silence=in_silence,
    )


def _told_by(
    located: Located, quotation: Quotation, rules: Language, sources: Mapping[int, Source]
) -> list[tuple[int, Match]]:
    """The runs of words that tell, each with its source: a function word or two in another sentence are there by
    chance, by themselves or at the end of a run."""
    text, kept = quotation.text, []
    runs = [(part.source, match) for part in located.parts for match in part.matches]

    def are_little(first: int, last: int) -> bool:
        spans = located.words[first:last]
        return len(spans) <= _LITTLE and all(words_of(text[s:e])[-1:][0] in rules.function_words for s, e in spans)

    for number, (source, match) in enumerate(runs):
        article = sources[source].article.text
        alone = are_little(*match.words)
        beside = [runs[k][1] for k in (number - 1, number + 1) if 0 <= k < len(runs) and runs[k][0] == source]
        if alone and all(is_parted(article[slice(*sorted(_gap(match, other)))]) for other in beside):
            continue
        first, last = match.words
        at = next((k for k in range(last - 1, max(first, last - _LITTLE - 1), -1) if _is_break(located, text, k)), last)
        if at < last and are_little(at, last) and number + 1 < len(runs):
            ends = [found.end() for found in _WORD.finditer(article, *match.span)]
            match = Match((first, at), (match.span[0], ends[at - last - 1] if len(ends) > last - at else match.span[1]))
        kept.append((source, match))
    return kept or runs


def _gap(one: Match, other: Match) -> Span:
    return (one.span[1], other.span[0]) if one.span < other.span else (other.span[1], one.span[0])


def _is_break(located: Located, text: str, k: int) -> bool:
    return is_parted(text[located.words[k - 1][1] : located.words[k][0]])


def is_whole(quotation: Quotation, draft: Article, rules: Language) -> bool:
    """Whether a quotation claims to be whole sentences: direct speech, and whatever begins a sentence of the draft."""
    if quotation.kind == Kind.DIRECT or not quotation.spans:
        return True
    start = quotation.spans[0][0]
    first = max(draft.text.rfind("\n", 0, start) + 1, start - _LONGEST)
    begin = max((s for s, _ in sentences(draft.text, rules, first, start)), default=start)
    return not any(c.isalnum() for c in draft.text[begin:start])


def _widened(spans: list[Span], source: Source, before: int, behind: int, whole: bool) -> list[Span]:
    """The spans with the sentences in which they begin and end; of a fragment with as many words as have no match."""
    text = source.article.text
    start, end = spans[0][0], spans[-1][1]
    left, right = _room(start, source), _room(end - 1, source)
    if before or whole:
        begin = max((s for s, _ in sentences(text, source.rules, *left) if s <= start), default=start)
        start = begin if whole else _back(text, begin, start, before)
    if behind or whole:
        stop = min((e for _, e in sentences(text, source.rules, *right) if e >= end), default=end)
        end = stop if whole else _on(text, end, stop, behind)
    spans = list(spans)
    spans[0] = (start, spans[0][1])
    spans[-1] = (spans[-1][0], end)
    return spans


def _back(text: str, begin: int, start: int, amount: int) -> int:
    places = [m.start() for m in re.finditer(r"\S+", text[begin:start])]
    return begin + places[-amount] if len(places) >= amount else begin


def _on(text: str, end: int, stop: int, amount: int) -> int:
    places = [m.end() for m in re.finditer(r"\S+", text[end:stop])]
    return end + places[amount - 1] if len(places) >= amount else stop


def _room(at: int, source: Source) -> Span:
    """The marks around a place, or its paragraph."""
    for s, e, _ in source.inside(at, at + 1):
        return s, e
    text = source.article.text
    last = min(len(text), at + _LONGEST)
    stop = text.find("\n", at, last)
    return max(text.rfind("\n", 0, at) + 1, at - _LONGEST), last if stop < 0 else stop


def passage_at(spans: list[Span], matches: Sequence[Match], source: Source) -> SourcePassage:
    """The passage of some words that match; what the reporter says between marks is left out."""
    text, article = source.article.text, source.article
    marks = source.inside(spans[0][0], spans[-1][1])
    inside = sum(max(0, min(e, match.span[1]) - max(s, match.span[0])) for s, e, _ in marks for match in matches)
    quoted = 2 * inside >= sum(match.span[1] - match.span[0] for match in matches)
    if quoted:
        spans = _in_marks(spans, matches, marks, text)
    begin, end = spans[0][0], spans[-1][1]
    own = source.at(begin, end)
    around = source.sentence(begin, end)
    line, column = article.line_and_column(begin)
    return SourcePassage(
        article=article.id,
        lang=article.lang,
        spans=tuple(spans),
        text=" ".join(text[s:e] for s, e in spans),
        sentence=text[slice(*around)],
        sentence_span=around,
        line=line,
        column=column,
        speaker=own.speaker if own else None,
        source=own.source.text if own and own.source else None,
        quoted=quoted,
    )


def _in_marks(
    spans: Sequence[Span], matches: Sequence[Match], marks: Sequence[tuple[int, int, Quotation]], text: str
) -> list[Span]:
    """What stands in marks, and what the quotation has of the reporter's words beside it."""
    found: list[Span] = []
    for start, end in spans:
        pieces = [(max(s, start), min(e, end)) for s, e, _ in marks if max(s, start) < min(e, end)]
        pieces += [
            piece
            for match in matches
            for piece in _outside((max(match.span[0], start), min(match.span[1], end)), marks, text)
        ]
        found += sorted(pieces)
    return found


def _outside(span: Span, marks: Sequence[tuple[int, int, Quotation]], text: str) -> list[Span]:
    """The words of a span that no marks hold."""
    found, at = [], span[0]
    for s, e in [*((s, e) for s, e, _ in marks), (span[1], span[1])]:
        if s >= at:
            found += [(at + m.start(), at + m.end()) for m in [_WORDS.search(text[at : min(s, span[1])])] if m]
        at = max(at, e)
        if at >= span[1]:
            break
    return found


def _reporter(passage: SourcePassage, source: Source) -> tuple[frozenset[str], frozenset[str], bool]:
    """The reporter's words beside a passage and near it, and whether who speaks is named there."""
    own = source.at(passage.spans[0][0], passage.spans[-1][1])
    spans = [passage.sentence_span]
    if own and own.source and own.source.span:
        spans.append(source.sentence(*own.source.span))
    beside = frozenset(word for span in spans for word in _compared(source.reporters_words(span)))
    near = _compared(source.reporters_words((max(0, spans[0][0] - _NEAR), spans[0][1] + _NEAR)))
    surely = bool(own and own.confidence and own.confidence >= _SURE)
    return beside, beside | frozenset(near), surely


def _compared(words: Sequence[str]) -> list[str]:
    return [part for word in words for part in bare(word).split("-")]
