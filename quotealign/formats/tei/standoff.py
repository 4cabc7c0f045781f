"""What is said of an article from outside its text: exact places, pieces that are one, how sure a speaker is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from quotealign.formats.records import sha256_of
from quotealign.formats.tei.edition import Edition
from quotealign.formats.tei.elements import NAMESPACES, XML_ID, Element, tei
from quotealign.formats.tei.ids import language_tag, local, speaker_id
from quotealign.formats.tei.places import check_value, touch
from quotealign.formats.tei.source_text import SORTS
from quotealign.model import Article, Kind, Passage, Quotation, Span

Pieces = Mapping[str, Sequence[str]]
"""For each quotation that stands inline, by xml:id, the ids of its pieces."""


def standoff(
    article: Article, own: Mapping[str, Quotation], pieces: Pieces, prefix: str, *, edition: Edition
) -> Element:
    """The `standOff` of an article; quotations without inline element become annotations. Empty where nothing is."""
    made = tei("standOff")
    annotations = _annotations(article, own, pieces, prefix)
    places = _places(article, own, pieces, prefix, edition)
    if not edition.text:
        _add_check_values(article, annotations, places)
    made.extend(group for group in (*_joins(own, pieces), annotations, *places) if len(group))
    links = [
        tei("link", target=f"#{name} #{speaker_id(article.id, quotation.speaker.id)}")
        for name, quotation in own.items()
        if quotation.speaker and name in pieces and not quotation.kind.is_speech
    ]
    if links:
        # A title has no @who, though its clause may say whose words it stands among.
        made.append(tei("linkGrp", *links, type="speaker", targFunc="quotation speaker"))
    for name, quotation in own.items():
        if quotation.confidence is not None and _is_degree(quotation.confidence):
            # Without a speaker the figure is that of the evidence for the reporting clause, which @ana names.
            match = "@ana"
            if quotation.speaker and name not in pieces:
                match = "*[@type='speaker']/@target"
            elif quotation.speaker and quotation.kind.is_speech:
                match = "@who"
            made.append(
                tei(
                    "certainty",
                    target=_hash(pieces.get(name, (name,))),
                    match=match,
                    locus="value",
                    degree=repr(float(quotation.confidence)),
                    resp=f"#{prefix}resp",
                )
            )
    return made


def _joins(own: Mapping[str, Quotation], pieces: Pieces) -> list[Element]:
    """Which pieces are one, a group for each element."""
    groups: dict[str, list[Element]] = {}
    for name, quotation in own.items():
        if len(pieces.get(name, ())) > 1:
            element = {Kind.TERM: "soCalled", Kind.TITLE: "title"}.get(quotation.kind, "said")
            groups.setdefault(element, []).append(tei("join", target=_hash(pieces[name])))
    order = sorted(groups, key=lambda element: (element != "said", element))
    return [tei("joinGrp", *groups[element], type="pieces", result=element) for element in order]


def _annotations(article: Article, own: Mapping[str, Quotation], pieces: Pieces, prefix: str) -> Element:
    made = tei("listAnnotation", type="quotations")
    for name, quotation in own.items():
        if name in pieces:
            continue
        target = _ranges(quotation.spans, article.text, prefix)
        words = words_of(quotation, article)
        lang = language_tag(quotation.lang)
        speaker = quotation.speaker
        made.append(
            tei(
                "annotation",
                tei("ptr", type="speaker", target=f"#{speaker_id(article.id, speaker.id)}") if speaker else None,
                tei("note", words, type="words"),
                xml_id=name,
                motivation="identifying",
                target=target or f"#{prefix}body",
                ana=analysis(quotation, prefix),
                resp=f"#{prefix}resp",
                xml_lang=lang if lang not in ("und", language_tag(article.lang)) else None,
            )
        )
    return made


def words_of(quotation: Quotation, article: Article) -> str:
    """The words of a quotation: those at its places, its own where it has none in the text."""
    inside = tuple(_inside(quotation.spans, article.text))
    return _words_at(inside, article.text) if inside else quotation.text


def analysis(quotation: Quotation, prefix: str) -> str:
    """The pointers of `ana`: the kind of a quotation, and the rule that found it."""
    rule = f" #{prefix}rule.{local(quotation.rule)}" if quotation.rule else ""
    return f"#{prefix}kind.{quotation.kind.value}{rule}"


def _places(
    article: Article, own: Mapping[str, Quotation], pieces: Pieces, prefix: str, edition: Edition
) -> list[Element]:
    """Where words, content, cue and source of each quotation stand, a group for each; inline elements are coarser."""
    groups: dict[str, list[Element]] = {sort: [] for sort in SORTS}

    def add(sort: str, name: str, target: str, text: str | None = None) -> None:
        if target or text:
            groups[sort].append(tei("span", text, corresp=f"#{name}", target=target or None))

    def add_passage(sort: str, name: str, passage: Passage | None) -> None:
        if passage is not None:
            spans = (passage.span,) if passage.span else ()
            target = _ranges(spans, article.text, prefix)
            add(sort, name, target, _words_at(spans, article.text) if target else passage.text)

    for name, quotation in own.items():
        if name in pieces:
            target = _ranges(quotation.spans, article.text, prefix)
            add("words", name, target, _words_at(quotation.spans, article.text))
        content = quotation.content or ()
        inside = tuple(_inside(quotation.spans, article.text))
        # What has nothing to do with the words is no content of theirs; it is kept as JSON.
        if not inside or touch(_inside(content, article.text), inside):
            # Beyond the words quoted, these are the article's.
            words = _words_at(content, article.text) if edition.text else None
            add("content", name, _ranges(content, article.text, prefix), words)
        add_passage("cue", name, quotation.cue)
        add_passage("source", name, quotation.source)
    return [tei("spanGrp", *spans, type=sort) for sort, spans in groups.items()]


def _add_check_values(article: Article, annotations: Element, places: Sequence[Element]) -> None:
    """Gives each annotation a check value: without the text nothing else would show that a place is another."""
    spans: dict[str, list[tuple[str, str, str]]] = {}
    for group in places:
        for span in group:
            found = (group.get("type") or "", span.get("target") or "", span.text or "")
            spans.setdefault(span.get("corresp") or "", []).append(found)
    checksum = sha256_of(article.text)
    for annotation in annotations:
        words = annotation.findtext("t:note[@type='words']", "", NAMESPACES)
        own = ("words", annotation.get("target") or "", words)
        check = check_value(checksum, (own, *spans.get(f"#{annotation.get(XML_ID)}", ())))
        annotation.append(tei("note", check, type="check"))


def _ranges(spans: Sequence[Span], text: str, prefix: str) -> str:
    """Pointers to stretches of the body; those that do not lie in the text are left out."""
    return " ".join(f"#string-range({prefix}body,{start},{end - start})" for start, end in _inside(spans, text))


def _words_at(spans: Sequence[Span], text: str) -> str:
    """The words at the same stretches, a space between two."""
    return " ".join(text[start:end] for start, end in _inside(spans, text))


def _inside(spans: Sequence[Span], text: str) -> Iterator[Span]:
    return ((start, end) for start, end in spans if 0 <= start <= end <= len(text))


def _is_degree(confidence: float) -> bool:
    return isinstance(confidence, int | float) and math.isfinite(confidence) and 0 <= confidence <= 1


def _hash(names: Sequence[str]) -> str:
    return " ".join(f"#{name}" for name in names)
