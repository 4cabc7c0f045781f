"""An article as TEI: its text as received, with quoted speech marked in it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

from quotealign.formats.tei import header
from quotealign.formats.tei.body import Body, Markup, body
from quotealign.formats.tei.elements import UNENCODABLE, Element, character_id, document, indent, tei
from quotealign.formats.tei.ids import article_prefix, language_tag, local, quotation_id, speaker_id
from quotealign.formats.tei.marks import with_marks
from quotealign.model import Article, Kind, Quotation, Span

_MEANINGS = {
    Kind.DIRECT: "a whole utterance in quotation marks",
    Kind.MIXED: "a fragment in quotation marks inside the reporter's own clause",
    Kind.INDIRECT: "speech reported without quotation marks",
    Kind.TERM: "a term in quotation marks; not speech",
    Kind.TITLE: "the title of a work in quotation marks; not speech",
}
_NAMES = {Kind.TERM: "soCalled", Kind.TITLE: "title"}


def article_tree(
    article: Article, quotations: Sequence[Quotation], *, version: str, settings: header.Settings = ()
) -> Element:
    """One TEI document: the header, stand-off joins and certainties, and the text with inline `said`.

    The string value of `body` is the article's text, with U+FFFD for each code point that XML cannot hold.
    Quotations of other articles are left out.
    """
    prefix = article_prefix(article.id)
    own = _once(article, quotations)
    made = body(article.text, _markups(article, own), prefix=prefix)
    standoff = _standoff(own, made, prefix)
    lang = language_tag(article.lang)
    return document(
        "TEI",
        prefix,
        indent(_header(article, own, prefix, version, settings)),
        indent(standoff) if len(standoff) else None,
        # Neither `text` nor `body` is laid out: white space in them is the article's own.
        tei("text", made.element, xml_lang=lang),
        xml_lang=lang,
    )


def _once(article: Article, quotations: Sequence[Quotation]) -> dict[str, Quotation]:
    """This article's quotations by xml:id; the first where two have the same."""
    own: dict[str, Quotation] = {}
    for quotation in quotations:
        if quotation.article == article.id:
            own.setdefault(quotation_id(article.id, quotation.id), quotation)
    return own


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
        markups.append(Markup(name, _NAMES.get(quotation.kind, "said"), spans, attributes))
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


def _standoff(own: dict[str, Quotation], made: Body, prefix: str) -> Element:
    """What is said about elements of the text: which pieces are one, and how sure a speaker is."""
    standoff = tei("standOff")
    for element in ("said", *sorted(set(_NAMES.values()))):
        joins = [
            tei("join", target=_pointers(made.pieces[name]))
            for name, quotation in own.items()
            if len(made.pieces.get(name, ())) > 1 and _NAMES.get(quotation.kind, "said") == element
        ]
        if joins:
            standoff.append(tei("joinGrp", *joins, type="pieces", result=element))
    for name, quotation in own.items():
        if quotation.kind.is_speech and quotation.speaker and name in made.pieces and _is_degree(quotation.confidence):
            standoff.append(
                tei(
                    "certainty",
                    target=_pointers(made.pieces[name]),
                    match="@who",
                    locus="value",
                    degree=format(quotation.confidence, ".2f"),
                    resp=f"#{prefix}resp",
                )
            )
    return standoff


def _is_degree(confidence: float | None) -> bool:
    return confidence is not None and math.isfinite(confidence) and 0 <= confidence <= 1


def _pointers(names: Sequence[str]) -> str:
    return " ".join(f"#{name}" for name in names)


def _header(
    article: Article, own: dict[str, Quotation], prefix: str, version: str, settings: header.Settings
) -> Element:
    speech = [quotation for quotation in own.values() if quotation.kind.is_speech]
    return tei(
        "teiHeader",
        tei(
            "fileDesc",
            header.title_statement(
                article.title or article.id,
                "TEI annotation of quoted speech",
                "automatic annotation of quotations and of who spoke",
                prefix,
            ),
            tei(
                "extent",
                tei(
                    "measure", f"Unicode code points: {len(article.text)}", unit="characters", quantity=_n(article.text)
                ),
                tei("measure", f"quotations of speech: {len(speech)}", unit="quotations", quantity=_n(speech)),
            ),
            header.publication_statement(),
            _unencodable_offsets(article.text),
            tei("sourceDesc", _source(article)),
        ),
        tei(
            "encodingDesc",
            header.application(version, settings, prefix),
            _editorial_declaration(),
            tei(
                "refsDecl",
                tei("citeStructure", unit="paragraph", match="/TEI/text/body/p", use="@n"),
                default="true",
                n="paragraphs",
            ),
            _classes(own, prefix),
            _characters(article.text, prefix),
        ),
        header.profile(
            (article.lang, *(quotation.lang for quotation in own.values())),
            header.participants((quotation.speaker for quotation in own.values() if quotation.speaker), prefix),
        ),
    )


def _n(sized: Sequence[object]) -> str:
    return str(len(sized))


def _source(article: Article) -> Element:
    sha = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()
    return tei(
        "biblStruct",
        tei(
            "analytic",
            tei("title", article.title or header.NOT_STATED, level="a"),
            tei("idno", article.id, type="article"),
            tei("idno", sha, type="sha256"),
        ),
        tei(
            "monogr",
            tei("title", article.outlet or header.NOT_STATED, level="j"),
            tei("imprint", header.dated(article.published)),
        ),
        header.address(article.url),
        type="newsArticle",
    )


def _unencodable_offsets(text: str) -> Element | None:
    """Where code points stood that XML cannot hold, so that the text can be restored."""
    found = ", ".join(f"U+{ord(match.group()):04X} at {match.start()}" for match in UNENCODABLE.finditer(text))
    return tei("notesStmt", tei("note", found, type="unencodable")) if found else None


def _editorial_declaration() -> Element:
    return tei(
        "editorialDecl",
        tei("correction", tei("p", "None: errors of the source are kept."), status="unknown"),
        tei(
            "normalization",
            tei(
                "p",
                "None: the string value of body is the source text, code point for code point. A code point that XML "
                "cannot hold is a g with U+FFFD in it; notesStmt lists them with their offsets (code points, from 0). "
                "The SHA-256 in sourceDesc is that of the source text in UTF-8, before this.",
            ),
        ),
        tei("quotation", tei("p", "Quotation marks are kept, inside the quoting element."), marks="all"),
        tei("segmentation", tei("p", "A p for each line that is not blank; line ends stay between the p elements.")),
        tei(
            "interpretation",
            tei("p", "What is quoted, of what kind, and who spoke were found by a program and checked by nobody."),
        ),
    )


def _classes(own: dict[str, Quotation], prefix: str) -> Element:
    rules = sorted({quotation.rule for quotation in own.values() if quotation.rule})
    return tei(
        "classDecl",
        header.taxonomy("kind", {kind.value: meaning for kind, meaning in _MEANINGS.items()}, prefix),
        header.taxonomy("rule", {local(rule): rule for rule in rules}, prefix) if rules else None,
    )


def _characters(text: str, prefix: str) -> Element | None:
    """A description of each character of the text that XML cannot hold."""
    found = sorted(set(UNENCODABLE.findall(text)))
    if not found:
        return None
    return tei(
        "charDecl",
        *(
            tei(
                "char",
                tei("localProp", name="codepoint", value=f"U+{ord(character):04X}"),
                xml_id=character_id(prefix, character),
            )
            for character in found
        ),
    )
