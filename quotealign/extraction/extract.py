"""Extraction: from an article to its quotations.

`STEPS`: paragraphs, marks paired in each, sentences of the reporter, reporting clauses, kinds, and pieces of one
utterance joined. Nothing is trained and nothing is looked up outside the language's data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from quotealign.extraction.blocks import is_block, without_code
from quotealign.extraction.content import indirect as indirect_speech
from quotealign.extraction.content import reported_range, span_of
from quotealign.extraction.cues import Reader, Tag
from quotealign.extraction.dialogue import with_dialogue
from quotealign.extraction.kinds import decide
from quotealign.extraction.layout import Item, Sentence, lay_out
from quotealign.extraction.marks import Marked, OddMark, pair
from quotealign.extraction.tags import Governed, Place, tag_all
from quotealign.languages import Language, language
from quotealign.model import Article, Kind, Notice, Passage, Quotation, Span, digest, ncname
from quotealign.text.identification import of_passage
from quotealign.text.paragraphs import paragraphs

_TOLD = 10


class _Draft(NamedTuple):
    place: Place
    marked: tuple[Marked, ...]
    kind: Kind
    evidence: str
    governed: Governed | None
    content: tuple[Span, ...] | None = None


def extract(
    article: Article, *, indirect: bool = False, whole: bool | None = False
) -> tuple[tuple[Quotation, ...], tuple[Notice, ...]]:
    """The strings in marks of an article, typed, with cue and source; speakers are left to attribution.

    With `whole`, all that one reporting clause governs is one quotation of several spans; else a new sentence in
    marks, and each marked fragment of a clause, is one of its own; with None it is as usual in the language. With
    `indirect`, words reported without marks come, too, and the clauses around fragments where a part is the usual
    unit. The notices tell of marks that found no partner; what could be mended beside them has been.
    """
    rules = language(article.lang)
    whole = rules.unit == "whole" if whole is None else whole
    spans = without_code(article.text, paragraphs(article.text))
    marked, odd = pair(article.text, spans, rules)
    marked = with_dialogue(article.text, spans, marked, rules)
    sentences = lay_out(article.text, spans, marked, rules, all_of_it=indirect)
    governed = tag_all(sentences, rules)
    drafts = []
    for number, sentence in enumerate(sentences):
        for position in sentence.marked:
            tag = governed.get((number, position))
            kind, evidence = decide(article.text, sentence, position, tag.tag if tag else None, rules)
            m = sentence.items[position].marked
            assert m is not None
            drafts.append(_Draft((number, position), (m,), kind, evidence, tag))
    drafts = _with_content(_join(drafts, sentences), sentences, rules)
    clauses = []
    if whole:
        drafts = _whole(drafts)
    elif rules.unit == "part":
        clauses = _clauses(drafts)
        drafts = [draft._replace(content=None) for draft in drafts]
    if indirect:
        drafts += clauses
        drafts = sorted(drafts + _indirect(drafts, sentences, rules), key=_position)
    return _quotations(article, drafts, sentences), _notices(article, odd)


def _join(drafts: list[_Draft], sentences: list[Sentence]) -> list[_Draft]:
    """Pieces of one utterance made one: “…,” she said, “…”, and paragraphs that reopen."""
    joined: list[_Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        if last and (_is_split(last, draft, sentences) or last.marked[-1].continues):
            # Paragraphs that reopen are often tagged behind the last only: the surer clause wins.
            governed = max((g for g in (last.governed, draft.governed) if g), key=_surety, default=None)
            joined[-1] = last._replace(marked=last.marked + draft.marked, evidence="split", governed=governed)
        else:
            joined.append(draft)
    return joined


def _surety(governed: Governed) -> tuple[bool, float]:
    return governed.tag.firm and governed.tag.source is not None, governed.tag.strength


def _is_split(a: _Draft, b: _Draft, sentences: list[Sentence]) -> bool:
    (number, i), (other, j) = a.place, b.place
    if number != other or a.governed is None or a.kind != Kind.DIRECT or not b.kind.is_speech:
        return False
    i = max((p for p in sentences[number].marked if sentences[number].items[p].marked == a.marked[-1]), default=i)
    tag, items = a.governed.tag, sentences[number].items
    beside = tag.firm and tag.rule in ("inverted", "subject-after", "inverted-pronoun") and i < tag.cue[0] < j
    # …, he said, “…”: only the reporting clause stands between, and a comma or a colon ends it.
    return beside and items[j - 1].text in (",", ":", "—", "–", "--", "-", ";") and j - i <= 16


def _with_content(drafts: list[_Draft], sentences: list[Sentence], rules: Language) -> list[_Draft]:
    """The whole content of each draft: its clause's where marks hold only a part, its speaker's where others follow."""
    whole: dict[tuple[int, tuple[int, int]], list[Span]] = {}
    for draft in drafts:
        if draft.kind == Kind.DIRECT and draft.governed:
            spans = whole.setdefault((draft.governed.sentence, draft.governed.tag.cue), [])
            spans += [(m.start, m.end) for m in draft.marked]
    readers: dict[int, Reader] = {}
    made = []
    for draft in drafts:
        if draft.governed and draft.kind == Kind.DIRECT:
            spans = whole[draft.governed.sentence, draft.governed.tag.cue]
            if len(spans) > len(draft.marked):
                draft = draft._replace(content=tuple(spans))
        elif draft.kind == Kind.MIXED and draft.governed and _reports_in_place(draft):
            number = draft.place[0]
            reader = readers.setdefault(number, Reader(sentences[number].items, rules))
            found = reported_range(reader, draft.governed.tag)
            if found and found[0] <= draft.place[1] < found[1]:
                draft = draft._replace(content=(span_of(reader.items, found),))
        made.append(draft)
    return made


def _whole(drafts: list[_Draft]) -> list[_Draft]:
    """Drafts of one clause made one: its sentences in a row, its fragments."""
    made: dict[object, _Draft] = {}
    for draft in drafts:
        key: object = draft.place
        block = is_block(draft.marked[0])  # one block is one quotation, whoever announces several
        if draft.governed and not block and draft.kind.is_speech and (draft.kind == Kind.DIRECT or draft.content):
            key = (draft.governed.sentence, draft.governed.tag.cue, draft.kind)
        if key in made:
            first = made[key]
            draft = first._replace(marked=first.marked + draft.marked, content=draft.content or first.content)
        made[key] = draft
    return list(made.values())


def _clauses(drafts: list[_Draft]) -> list[_Draft]:
    """The reported clauses that hold fragments, each as indirect speech of its own."""
    made: dict[tuple[Span, ...], _Draft] = {}
    for draft in drafts:
        if draft.kind == Kind.MIXED and draft.content:
            pieces = tuple(Marked(s, s, e, e, "") for s, e in draft.content)
            clause = _Draft(draft.place, pieces, Kind.INDIRECT, "around-fragment", draft.governed, draft.content)
            made.setdefault(draft.content, clause)
    return list(made.values())


def _reports_in_place(draft: _Draft) -> bool:
    """Whether a cue in the draft's own sentence governs it."""
    governed = draft.governed
    return governed is not None and governed.sentence == draft.place[0] and governed.tag.cue[0] < governed.tag.cue[1]


def _indirect(drafts: list[_Draft], sentences: list[Sentence], rules: Language) -> list[_Draft]:
    """What is reported without marks, by cues that govern nothing in marks."""
    taken: dict[int, list[Span]] = {}
    used: set[tuple[int, int]] = set()
    for draft in drafts:
        if draft.kind.is_speech:
            taken.setdefault(draft.place[0], []).extend(draft.content or [(m.start, m.end) for m in draft.marked])
            if draft.governed:
                used.add((draft.governed.sentence, draft.governed.tag.cue[0]))
    made = []
    for number, sentence in enumerate(sentences):
        known = taken.get(number, ())
        for found in indirect_speech(Reader(sentence.items, rules)):
            spans = tuple(span_of(sentence.items, piece) for piece in found.content)
            if (number, found.tag.cue[0]) in used or any(
                s < end and start < e for s, e in spans for start, end in known
            ):
                continue  # it has been read with the words in marks
            pieces = tuple(Marked(s, s, e, e, "") for s, e in spans)
            place = (number, found.content[0][0])
            made.append(_Draft(place, pieces, Kind.INDIRECT, "unmarked", Governed(number, found.tag), spans))
    return made


def _position(draft: _Draft) -> tuple[int, int]:
    return draft.marked[0].start, draft.marked[-1].end


def _quotations(article: Article, drafts: list[_Draft], sentences: list[Sentence]) -> tuple[Quotation, ...]:
    seen: Counter[str] = Counter()
    name = ncname(article.id)
    made = []
    for draft in drafts:
        spans = tuple((m.start, m.end) for m in draft.marked)
        text = " ".join(article.text[s:e] for s, e in spans)
        seen[text] += 1
        cue = source = None
        rule = f"kind={draft.evidence}"
        if draft.governed and (draft.kind.is_speech or draft.governed.tag.firm):
            items, tag = sentences[draft.governed.sentence].items, draft.governed.tag
            at = draft.governed.cue_sentence
            cue, source = _cue_and_source(article, items, tag, items if at is None else sentences[at].items)
            rule += f" tag={tag.rule}"
        made.append(
            Quotation(
                id=f"{name}.q.{digest(text, str(seen[text]))}",
                article=article.id,
                lang=of_passage(text, article.lang),
                kind=draft.kind,
                text=text,
                spans=spans,
                content=draft.content,
                cue=cue,
                source=source,
                confidence=draft.governed.tag.strength if source and draft.governed else None,
                rule=rule,
                outlet=article.outlet,
                published=article.published,
            )
        )
    return tuple(made)


def _cue_and_source(
    article: Article, items: Sequence[Item], tag: Tag, cue_items: Sequence[Item]
) -> tuple[Passage | None, Passage | None]:
    """The words of a tag; a pronoun written onto its verb (dit-elle) is told from it."""
    cue = source = None
    if tag.cue[0] < min(tag.cue[1], len(cue_items)):
        cue = _passage(article, cue_items[tag.cue[0]].start, cue_items[tag.cue[1] - 1].end)
    if tag.source:
        source = _passage(article, items[tag.source[0]].start, items[tag.source[1] - 1].end)
    if tag.rule == "inverted-pronoun" and source and source.span:
        hyphen = source.text.rfind("-") + 1
        source = _passage(article, source.span[0] + hyphen, source.span[1])
    return cue, source


def _passage(article: Article, start: int, end: int) -> Passage:
    span: Span = (start, end)
    return Passage(article.text[start:end], span)


def _notices(article: Article, odd: Sequence[OddMark]) -> tuple[Notice, ...]:
    """A notice an odd mark; of many only the first, and how many more there are."""
    told = [_notice(article, mark) for mark in odd[:_TOLD]]
    if len(odd) > _TOLD:
        what = f"{len(odd) - _TOLD} more marks without a partner"
        told.append(Notice("odd-mark", article.id, what, "see whether this text uses marks in a way of its own"))
    return tuple(told)


def _notice(article: Article, mark: OddMark) -> Notice:
    line, column = article.line_and_column(mark.at)
    return Notice(
        "odd-mark",
        f"{article.id}:{line}:{column}",
        f"the mark {mark.mark} {mark.lack} in its paragraph",
        "the others there were paired without it",
    )
