"""Extraction: from an article to its quotations.

`STEPS`: paragraphs, marks paired in each, sentences of the reporter, reporting clauses, kinds, and pieces of one
utterance joined. Nothing is trained and nothing is looked up outside the language's data.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from quotealign.extraction.kinds import decide
from quotealign.extraction.layout import Sentence, lay_out
from quotealign.extraction.marks import Marked, OddMark, pair
from quotealign.extraction.tags import Governed, Place, tag_all
from quotealign.languages import language
from quotealign.model import Article, Kind, Notice, Passage, Quotation, Span, digest, ncname
from quotealign.text.paragraphs import paragraphs


@dataclass(frozen=True, slots=True)
class _Draft:
    place: Place
    marked: tuple[Marked, ...]
    kind: Kind
    evidence: str
    governed: Governed | None


def extract(article: Article) -> tuple[tuple[Quotation, ...], tuple[Notice, ...]]:
    """The strings in marks of an article, typed, with cue and source; speakers are left to attribution.

    The notices tell of marks that found no partner; what could be mended beside them has been.
    """
    rules = language(article.lang)
    spans = paragraphs(article.text)
    marked, odd = pair(article.text, spans, rules)
    sentences = lay_out(article.text, spans, marked, rules)
    governed = tag_all(sentences, rules)
    drafts = []
    for number, sentence in enumerate(sentences):
        for position in sentence.marked:
            tag = governed.get((number, position))
            kind, evidence = decide(article.text, sentence, position, tag.tag if tag else None, rules)
            m = sentence.items[position].marked
            assert m is not None
            drafts.append(_Draft((number, position), (m,), kind, evidence, tag))
    drafts = _join(drafts, sentences)
    return _quotations(article, drafts, sentences), tuple(_notice(article, mark) for mark in odd)


def _join(drafts: list[_Draft], sentences: list[Sentence]) -> list[_Draft]:
    """Pieces of one utterance made one: “…,” she said, “…”, and paragraphs that reopen."""
    joined: list[_Draft] = []
    for draft in drafts:
        last = joined[-1] if joined else None
        if last and (_is_split(last, draft, sentences) or last.marked[-1].continues):
            joined[-1] = replace(last, marked=last.marked + draft.marked, evidence="split")
        else:
            joined.append(draft)
    return joined


def _is_split(a: _Draft, b: _Draft, sentences: list[Sentence]) -> bool:
    (number, i), (other, j) = a.place, b.place
    i = max((p for p in sentences[number].marked if sentences[number].items[p].marked == a.marked[-1]), default=i)
    if number != other or a.governed is None or a.kind != Kind.DIRECT or not b.kind.is_speech:
        return False
    tag, items = a.governed.tag, sentences[number].items
    beside = tag.firm and tag.rule in ("inverted", "subject-after", "inverted-pronoun") and i < tag.cue[0] < j
    # …, he said, “…”: only the reporting clause stands between, and a comma or a colon ends it.
    return beside and items[j - 1].text in (",", ":", "—", "–", "--", "-", ";") and j - i <= 16


def _quotations(article: Article, drafts: list[_Draft], sentences: list[Sentence]) -> tuple[Quotation, ...]:
    seen: Counter[str] = Counter()
    made = []
    for draft in drafts:
        spans = tuple((m.start, m.end) for m in draft.marked)
        text = " ".join(article.text[s:e] for s, e in spans)
        seen[text] += 1
        cue = source = None
        rule = f"kind={draft.evidence}"
        if draft.governed and (draft.kind.is_speech or draft.governed.tag.firm):
            items, tag = sentences[draft.governed.sentence].items, draft.governed.tag
            cue = (
                _passage(article, items[tag.cue[0]].start, items[tag.cue[1] - 1].end)
                if tag.cue[0] < len(items)
                else None
            )
            if tag.source:
                source = _passage(article, items[tag.source[0]].start, items[tag.source[1] - 1].end)
            rule += f" tag={tag.rule}"
        made.append(
            Quotation(
                id=f"{ncname(article.id)}.q.{digest(text, str(seen[text]))}",
                article=article.id,
                lang=article.lang,
                kind=draft.kind,
                text=text,
                spans=spans,
                cue=cue,
                source=source,
                confidence=draft.governed.tag.strength if source and draft.governed else None,
                rule=rule,
                outlet=article.outlet,
                published=article.published,
            )
        )
    return tuple(made)


def _passage(article: Article, start: int, end: int) -> Passage:
    span: Span = (start, end)
    return Passage(article.text[start:end], span)


def _notice(article: Article, mark: OddMark) -> Notice:
    line, column = article.line_and_column(mark.at)
    return Notice(
        "odd-mark",
        f"{article.id}:{line}:{column}",
        f"the mark {mark.mark} {mark.lack} in its paragraph",
        "the others there were paired without it",
    )
