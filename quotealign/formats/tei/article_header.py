"""The header of an article: the report, the program and its settings, the closed lists, languages and speakers."""

from __future__ import annotations

from collections.abc import Sequence

from quotealign.formats.tei import header
from quotealign.formats.tei.edition import Edition
from quotealign.formats.tei.elements import UNENCODABLE, Element, character_id, tei
from quotealign.formats.tei.ids import local
from quotealign.formats.tei.source_text import checksum_of
from quotealign.model import Article, Kind, Quotation

_MEANINGS = {
    Kind.DIRECT: "a whole utterance in quotation marks",
    Kind.MIXED: "a fragment in quotation marks inside the reporter's own clause",
    Kind.INDIRECT: "speech reported without quotation marks",
    Kind.TERM: "a term in quotation marks; not speech",
    Kind.TITLE: "the title of a work in quotation marks; not speech",
}


def article_header(
    article: Article,
    own: dict[str, Quotation],
    prefix: str,
    *,
    version: str,
    settings: header.Settings,
    edition: Edition,
    rest: str | None,
) -> Element:
    """The header of an article; `rest` is JSON of what TEI has no place for."""
    hidden = [(match.start(), match.group()) for match in UNENCODABLE.finditer(article.text)] if edition.text else []
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
                edition,
            ),
            tei(
                "extent",
                tei(
                    "measure", f"Unicode code points: {len(article.text)}", unit="characters", quantity=_n(article.text)
                ),
                tei("measure", f"quotations of speech: {len(speech)}", unit="quotations", quantity=_n(speech)),
            ),
            header.publication_statement(edition=edition, identifier=prefix[:-1]),
            _unencodable_offsets(hidden),
            tei("sourceDesc", _source(article)),
        ),
        tei(
            "encodingDesc",
            header.application(version, settings, prefix),
            _editorial_declaration(edition),
            tei(
                "refsDecl",
                tei("citeStructure", unit="paragraph", match="/TEI/text/body/p", use="@n"),
                default="true",
                n="paragraphs",
            ),
            _classes(own, prefix),
            _characters(hidden, prefix),
        ),
        header.profile(
            (article.lang, *(quotation.lang for quotation in own.values())),
            header.participants((quotation.speaker for quotation in own.values() if quotation.speaker), prefix),
        ),
        tei("xenoData", rest, type="quotealign") if rest else None,
    )


def _n(sized: Sequence[object]) -> str:
    return str(len(sized))


def _source(article: Article) -> Element:
    return tei(
        "biblStruct",
        tei(
            "analytic",
            tei("title", article.title or header.NOT_STATED, level="a"),
            tei("idno", article.id, type="article"),
            tei("idno", checksum_of(article.text), type="sha256"),
        ),
        tei(
            "monogr",
            tei("title", article.outlet or header.NOT_STATED, level="j"),
            tei("imprint", header.dated(article.published)),
        ),
        header.address(article.url),
        type="newsArticle",
    )


def _unencodable_offsets(hidden: Sequence[tuple[int, str]]) -> Element | None:
    """Where code points stood that XML cannot hold, so that the text can be restored."""
    found = ", ".join(f"U+{ord(character):04X} at {start}" for start, character in hidden)
    return tei("notesStmt", tei("note", found, type="unencodable")) if found else None


_WHOLE = (
    "None: the string value of body is the source text, code point for code point. A code point that XML cannot hold "
    "is a g with U+FFFD in it; notesStmt lists them with their offsets (code points, from 0). The SHA-256 in "
    "sourceDesc is that of the source text in UTF-8, before this."
)
_LEFT_OUT = (
    "The text is left out, as rights in it are others'. Offsets count its code points from 0; its length is in extent, "
    "its SHA-256 (in UTF-8) in sourceDesc."
)
_MARKS = "Quotation marks are kept, inside the quoting element; a span of type words leaves them out."
_MARKS_OUTSIDE = "Quotation marks are kept in the text; the target of an annotation leaves them out."


def _editorial_declaration(edition: Edition) -> Element:
    inline = edition.text and not edition.standoff
    return tei(
        "editorialDecl",
        tei("correction", tei("p", "None: errors of the source are kept."), status="unknown"),
        tei("normalization", tei("p", _WHOLE if edition.text else _LEFT_OUT)),
        tei("quotation", tei("p", _MARKS if inline else _MARKS_OUTSIDE), marks="all") if edition.text else None,
        tei("segmentation", tei("p", "A p for each line that is not blank; line ends stay between the p elements."))
        if edition.text
        else None,
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


def _characters(hidden: Sequence[tuple[int, str]], prefix: str) -> Element | None:
    """A description of each character of the text that XML cannot hold."""
    found = sorted({character for _, character in hidden})
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
