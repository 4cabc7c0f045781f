"""An article as TEI: its text as received, with quoted speech marked in it or beside it."""

from __future__ import annotations

from collections.abc import Sequence

from quotealign.formats.tei import header
from quotealign.formats.tei.article_header import article_header
from quotealign.formats.tei.body import Markup, body
from quotealign.formats.tei.edition import PLAIN, Edition
from quotealign.formats.tei.elements import Element, document, indent, tei
from quotealign.formats.tei.ids import article_prefix, language_tag, local, quotation_id, speaker_id
from quotealign.formats.tei.marks import with_marks
from quotealign.formats.tei.reading import rest_of
from quotealign.formats.tei.standoff import standoff
from quotealign.model import Article, Kind, Quotation, Span

ELEMENTS = {Kind.TERM: "soCalled", Kind.TITLE: "title"}
"""The element of a kind; of all others `said`."""


def article_tree(
    article: Article,
    quotations: Sequence[Quotation],
    *,
    version: str,
    settings: header.Settings = (),
    edition: Edition = PLAIN,
) -> Element:
    """One TEI document: the header, what is said from outside, and the text, with inline `said` unless told otherwise.

    The string value of `body` is the article's text, with U+FFFD for each code point that XML cannot hold; nothing
    where the edition leaves the text out. Quotations of other articles are left out. Article and quotations can be read
    back as they were: what TEI has no place for stands as JSON in `xenoData`.
    """
    prefix = article_prefix(article.id)
    own = _once(article, quotations)
    inline = edition.text and not edition.standoff
    made = body(article.text, _markups(article, own) if inline else (), prefix=prefix) if edition.text else None
    beside = standoff(article, own, made.pieces if made else {}, prefix, edition=edition)
    lang = language_tag(article.lang)
    # Neither `text` nor `body` is laid out: white space in them is the article's own.
    text = tei("text", made.element if made else _left_out(article, prefix), xml_lang=lang)

    def whole(rest: str | None) -> Element:
        top = article_header(article, own, prefix, version=version, settings=settings, edition=edition, rest=rest)
        outside = indent(beside) if len(beside) else None
        return document("TEI", prefix, indent(top), outside, text, xml_lang=lang)

    tree = whole(None)
    rest = rest_of(tree, article, own)
    return tree if rest is None else whole(rest)


def _once(article: Article, quotations: Sequence[Quotation]) -> dict[str, Quotation]:
    """This article's quotations by xml:id; the first where two have the same."""
    own: dict[str, Quotation] = {}
    for quotation in quotations:
        if quotation.article == article.id:
            own.setdefault(quotation_id(article.id, quotation.id), quotation)
    return own


def _left_out(article: Article, prefix: str) -> Element:
    gap = tei("gap", reason="rights", unit="characters", quantity=str(len(article.text)))
    return tei("body", tei("p", gap, xml_id=f"{prefix}p1", n="1"), xml_id=f"{prefix}body", xml_space="preserve")


def _markups(article: Article, own: dict[str, Quotation]) -> list[Markup]:
    prefix = article_prefix(article.id)
    places = {name: _inside(article.text, quotation.spans) for name, quotation in own.items()}
    marked = with_marks(article.text, (s for n, q in own.items() if q.kind is not Kind.INDIRECT for s in places[n]))
    markups: list[Markup] = []
    cues: dict[tuple[int, int], list[str]] = {}
    sources: dict[tuple[int, int], list[str]] = {}
    for name, quotation in own.items():
        attributes = {}
        if quotation.kind.is_speech:
            if quotation.speaker:
                attributes["who"] = f"#{speaker_id(article.id, quotation.speaker.id)}"
            attributes["direct"] = "false" if quotation.kind is Kind.INDIRECT else "true"
        rule = f" #{prefix}rule.{local(quotation.rule)}" if quotation.rule else ""
        attributes["ana"] = f"#{prefix}kind.{quotation.kind.value}{rule}"
        attributes["resp"] = f"#{prefix}resp"
        lang = language_tag(quotation.lang)
        if lang not in ("und", language_tag(article.lang)):
            attributes["xml_lang"] = lang
        spans = places[name]
        if quotation.kind is not Kind.INDIRECT:
            spans = tuple(marked[span] for span in spans)
        markups.append(Markup(name, ELEMENTS.get(quotation.kind, "said"), spans, attributes))
        for passage, found in ((quotation.cue, cues), (quotation.source, sources)):
            if passage and passage.span:
                found.setdefault(passage.span, []).append(name)
    for span, names in sources.items():
        speakers = [speaker for name in names if (speaker := own[name].speaker)]
        who = dict.fromkeys(f"#{speaker_id(article.id, speaker.id)}" for speaker in speakers)
        attributes = {"type": "source"} | ({"ref": " ".join(who)} if who else {})
        markups.append(Markup(f"{names[0]}-source", "rs", (span,), attributes, about=tuple(names)))
    for span, names in cues.items():
        markups.append(Markup(f"{names[0]}-cue", "seg", (span,), {"type": "cue"}, about=tuple(names)))
    return markups


def _inside(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans as far as they lie in the text."""
    clipped = ((max(start, 0), min(end, len(text))) for start, end in spans)
    return tuple((start, end) for start, end in clipped if start <= end)
