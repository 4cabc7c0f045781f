"""Quotations in the formats of annotation tools, each read back by a reader of somebody else's where there is one."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import webanno_reader
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotealign.cli import main
from quotealign.formats.annotations import Annotated, brat, conllu, webanno, webannotation
from quotealign.formats.files import utf8
from quotealign.languages import language
from quotealign.model import Article, Kind, Passage, Quotation, Span, Speaker
from quotealign.text.sentences import words_by_sentence

BRIEFLY = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

PIECES = (
    "“ ” « » we will not leave, said Ólafur. Mr. Ní don’t 3,000 😀 👩‍👧 שלום \u202eسلام\u202c a|b [x] _ * -> \\ \\t ; "
    "#Text= T1 1-1 x=y C:\\new |] # \x01 \x1b e\u0301 \u200b 我们"
).split(" ")
SPACES = [" ", " ", " ", "", "  ", "\t", "\n", "\n\n", "\r\n", "\r", "\u00a0", "\u2028", "\x85", "\x0b", "\x0c"]
NAMES = st.sampled_from(
    ["Ólafur Ní", "a|b", "Lee, Ann", "x=y", "[1]", "*", "_", "-> \\", "שלום", "😀", "A\tB\nC", "\\"]
)


@st.composite
def annotated(draw: st.DrawFn) -> Annotated:
    """An article of hostile pieces with quotations at any place in it, some in pieces, some over others."""
    parts = draw(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(SPACES)), min_size=1, max_size=14))
    text = draw(st.sampled_from(["", "\n ", "\ufeff"])) + "".join(word + space for word, space in parts)

    def spans(most: int) -> list[Span]:
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=2 * most)))
        return list(zip(cuts[::2], cuts[1::2], strict=False))

    quotations = []
    for number in range(draw(st.integers(0, 3)) if len(text) > 1 else 0):
        own = tuple(spans(3))
        cue, source = (Passage(text[s:e], (s, e)) for s, e in (spans(1)[0], spans(1)[0]))
        name = draw(st.none() | NAMES)
        quotations.append(
            Quotation(
                f"a.q.{number}", "a", "en", draw(st.sampled_from(list(Kind))), " ".join(text[s:e] for s, e in own),
                own, cue=cue, source=source, speaker=None if name is None else Speaker("s", name), rule="kind=whole",
            )
        )  # fmt: skip
    return Annotated(Article("a", text, "en"), tuple(quotations), words_by_sentence(text, language("en")))


def trimmed(text: str, span: Span) -> Span | None:
    """The span without white space at its ends."""
    words = text[slice(*span)]
    return (span[0] + len(words) - len(words.lstrip()), span[0] + len(words.rstrip())) if words.strip() else None


def pieces(text: str, quotation: Quotation) -> list[Span]:
    return [found for span in quotation.spans if (found := trimmed(text, span))]


def one_line(name: str) -> str:
    return " ".join(name.split())


# -- words -------------------------------------------------------------------------------------------------------------


@BRIEFLY
@given(annotated())
def test_words_of_sentences_are_all_that_can_be_seen(given_one: Annotated) -> None:
    """No character but white space stands between the words that the formats write."""
    text, at = given_one.article.text, 0
    for start, end in (span for sentence in given_one.units() for span in sentence):
        assert at <= start < end
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


# -- brat --------------------------------------------------------------------------------------------------------------


def read_brat(files: Mapping[str, str]) -> Any:
    """A document as bioc reads it, held against its text as bioc does that."""
    reader = pytest.importorskip("bioc.brat", reason="needs bioc, a reader of brat's files")
    # Both line by line and as a file is opened: with line ends translated.
    text, ann = (io.TextIOWrapper(io.BytesIO(utf8(files[ending])), encoding="utf-8").read() for ending in files)
    return reader.loads(text, ann)


@BRIEFLY
@given(annotated())
def test_brat_has_each_quotation_at_its_place(given_one: Annotated) -> None:
    """bioc finds the words, kinds, speakers, cues and sources; no fragment holds what some reader takes for a break."""
    files, text = brat.files(given_one), given_one.article.text
    document = read_brat(files)
    assert len(document.text) == len(text)
    words = {}
    for entity in document.entities:
        spans = sorted((place.begin, place.end) for place in entity.locations)
        words[entity.id] = (entity.type, spans)
        assert entity.text == " ".join(document.text[s:e] for s, e in spans) == " ".join(text[s:e] for s, e in spans)
        assert len(entity.text.splitlines()) == 1
        assert "\t" not in entity.text
    notes = {(note.type, note.refid): note.text for note in document.notes}
    by_id = {told: entity for (kind, entity), told in notes.items() if kind == "Quotation"}
    for quotation in given_one.quotations:
        visible = {i for s, e in quotation.spans for i in range(s, e) if not text[i].isspace()}
        assert bool(visible) == (quotation.id in by_id)
        if not visible:
            continue
        kind, spans = words[by_id[quotation.id]]
        assert kind == quotation.kind.value.capitalize()
        assert visible <= {i for s, e in spans for i in range(s, e)}
        assert all(any(s <= x and y <= e for s, e in quotation.spans) for x, y in spans)
        speaker = quotation.speaker
        assert notes.get(("Speaker", by_id[quotation.id])) == (one_line(speaker.name) if speaker else None)
        for role, passage in (("Cue", quotation.cue), ("Source", quotation.source)):
            ends = [
                words[r.arguments["Arg2"]][1]
                for r in document.relations
                if r.type == f"Has{role}" and r.arguments["Arg1"] == by_id[quotation.id]
            ]
            assert passage is not None
            assert bool(passage.text.strip()) == bool(ends)
            assert not ends or {i for s, e in ends[0] for i in range(s, e)} <= set(range(*(passage.span or (0, 0))))


def test_brat_keeps_the_pieces_of_a_quotation_that_its_clause_splits() -> None:
    document = read_brat(brat.files(split_quotation()))
    direct, cue, source = document.entities
    assert (direct.type, direct.text) == ("Direct", "We will stay, and you know it.")
    places = sorted((place.begin, place.end) for place in direct.locations)
    assert [document.text[s:e] for s, e in places] == ["We will stay,", "and you know it."]
    assert (cue.text, source.text) == ("said", "Ólafur Ní")
    assert [(r.type, r.arguments["Arg1"], r.arguments["Arg2"]) for r in document.relations] == [
        ("HasCue", direct.id, cue.id),
        ("HasSource", direct.id, source.id),
    ]


def test_brat_knows_every_type_that_is_written() -> None:
    names_and_bodies = re.split(r"^\[(\w+)\]$", brat.CONFIGURATION, flags=re.MULTILINE)[1:]
    sections = dict(zip(names_and_bodies[::2], names_and_bodies[1::2], strict=True))
    entities = sections["entities"].split()
    assert entities == [*(kind.value.capitalize() for kind in Kind), "Cue", "Source"]
    assert {line.split("\t")[0] for line in sections["relations"].splitlines() if line} == {
        "HasCue",
        "HasSource",
        "<OVERLAP>",
    }
    assert list(sections) == ["entities", "relations", "events", "attributes"]


def split_quotation() -> Annotated:
    """A quotation that its clause splits, an astral character before it."""
    text = "😀 Here: “We will stay,” said Ólafur Ní, “and you know it.”\nThe end."
    at = text.index
    quotation = Quotation(
        "a.q.1", "a", "en", Kind.DIRECT, "We will stay, and you know it.",
        ((at("We"), at("”")), (at("and"), at("”\n"))), cue=Passage("said", (at("said"), at("said") + 4)),
        source=Passage("Ólafur Ní", (at("Ólafur"), at(", “"))), speaker=Speaker("olafur-ni", "Ólafur Ní"),
        confidence=0.95, rule="kind=whole",
    )  # fmt: skip
    return Annotated(Article("a", text, "en"), (quotation,), words_by_sentence(text, language("en")))


# -- WebAnno -----------------------------------------------------------------------------------------------------------


@BRIEFLY
@given(annotated())
def test_webanno_has_each_piece_at_its_place(given_one: Annotated) -> None:
    """Offsets in UTF-16 lead to the words; only white space between sentences is not the article's."""
    files = webanno.files(given_one)
    text = given_one.article.text
    if not files:
        assert not text.strip()
        return
    found = webanno_reader.read(utf8(files[".tsv"]).decode("utf-8"))
    assert len(found.text) <= len(text)
    assert [c for c in found.text if not c.isspace()] == [c for c in text if not c.isspace()]
    for start, end in found.sentences:
        assert found.text[start:end] == text[start:end]
    chains = {q.id: [] for q in given_one.quotations}
    for number, span in sorted(found.spans.items()):
        if span.features["role"] == "quotation":
            chains[str(span.features["identifier"])].append((number, span))
    for quotation in given_one.quotations:
        chain = chains[quotation.id]
        assert [(span.start, span.end) for _, span in chain] == pieces(text, quotation)
        for number, span in chain:
            speaker = quotation.speaker
            assert span.features["kind"] == quotation.kind.value
            assert span.features["speaker"] == (one_line(speaker.name) if speaker else None)
            assert found.text[span.start : span.end].split() == text[span.start : span.end].split()
            assert all(text[e].isspace() or e in (s for s, _ in found.tokens) for e in (span.end,) if e < len(text))
            assert number in found.spans
        joints = [(a, b) for (a, _), (b, _) in pairwise(chain)]
        assert [r for r in joints if ("continues", *r) in found.relations] == joints
        for role, passage in (("cue", quotation.cue), ("source", quotation.source)):
            assert passage is not None
            place = trimmed(text, passage.span or (0, 0))
            ends = {found.spans[b] and (found.spans[b].start, found.spans[b].end)
                    for r, a, b in found.relations if r == role and chain and a == chain[0][0]}  # fmt: skip
            assert ends == ({place} if place and chain else set())


def test_webanno_layers_are_a_uima_type_system() -> None:
    """dkpro-cassis, which reads what INCEpTION reads, knows both layers and their features."""
    cassis = pytest.importorskip("cassis", reason="needs dkpro-cassis, a reader of UIMA type systems")
    types = cassis.load_typesystem(webanno.TYPES)
    span, relation = types.get_type(webanno.SPAN), types.get_type(webanno.RELATION)
    assert [feature.name for feature in span.features] == list(webanno.FEATURES)
    ranges = {feature.name: feature.rangeType.name for feature in relation.features}
    assert ranges == {"Governor": webanno.SPAN, "Dependent": webanno.SPAN, "role": "uima.cas.String"}


# -- CoNLL-U -----------------------------------------------------------------------------------------------------------

_BACK = {"s": " ", "t": "\t", "n": "\n", "r": "\r", "p": "|", "c": ",", "e": "=", "\\": "\\"}


def unescaped(value: str) -> str:
    return re.sub(r"\\(u[0-9A-F]{4}|.)", lambda f: _BACK.get(f[1]) or chr(int(f[1][1:], 16)), value)


def read_conllu(content: str) -> tuple[str, list[Span], list[dict[str, Any]]]:
    """The text put together again, where each word stands in it, and what is said of each word."""
    reader = pytest.importorskip("conllu", reason="needs conllu, a reader of CoNLL-U")
    text, places, told = "", [], []
    for sentence in reader.parse(content):
        shown = ""
        for token in sentence:
            misc = token["misc"] or {}
            text += unescaped(misc.get("SpacesBefore", ""))
            places.append((len(text), len(text) + len(token["form"])))
            told.append(misc)
            after = "" if misc.get("SpaceAfter") == "No" else unescaped(misc.get("SpacesAfter", " "))
            text += token["form"] + after
            shown += token["form"] + (" " if after else "")
        assert " ".join(sentence.metadata["text"].split()) == " ".join(shown.split())
    return text, places, told


@BRIEFLY
@given(annotated())
def test_conllu_gives_the_text_back_and_each_quotation_in_it(given_one: Annotated) -> None:
    """conllu reads words and features; the words put together are the article, code point for code point."""
    given_text = given_one.article.text
    text, places, told = read_conllu(conllu.document([given_one], "1"))
    if not places:
        assert not given_text.strip()
        return
    assert text.rstrip(" ") == given_text.rstrip(" ")
    for quotation in given_one.quotations:
        found: dict[str, list[Span]] = {}
        for place, misc in zip(places, told, strict=True):
            names = misc.get("Quote", "").split(",")
            if quotation.id not in names:
                continue
            for column, name in enumerate(names):
                if name == quotation.id:
                    found.setdefault(misc["QuotePiece"].split(",")[column], []).append(place)
                    assert misc["QuoteKind"].split(",")[column] == quotation.kind.value
                    who = [unescaped(name) for name in (misc.get("Speaker") or "_").split(",")]
                    if quotation.speaker and misc.get("Speaker"):
                        assert who[column] == one_line(quotation.speaker.name)
        assert [(some[0][0], some[-1][1]) for _, some in sorted(found.items())] == pieces(given_text, quotation)


def test_conllu_names_documents_and_sentences() -> None:
    reader = pytest.importorskip("conllu", reason="needs conllu, a reader of CoNLL-U")
    sentences = reader.parse(conllu.document([split_quotation()], "1"))
    assert [s.metadata["sent_id"] for s in sentences] == ["a-1", "a-2"]
    assert sentences[0].metadata["newdoc id"] == "a"
    said = next(token for token in sentences[0] if token["form"] == "said")
    assert said["misc"] == {"Cue": "a.q.1"}
    first = next(token for token in sentences[0] if token["form"] == "We")
    assert first["misc"] == {"Quote": "a.q.1", "QuoteKind": "direct", "QuotePiece": "1", "Speaker": "Ólafur Ní"}


# -- Web Annotation ----------------------------------------------------------------------------------------------------

OA, RDF = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


def _term(name: str, kind: str | None = None) -> dict[str, str]:
    return {"@id": name} | ({"@type": kind} if kind else {})


CONTEXT: dict[str, Any] = {
    "oa": OA, "rdf": RDF, "as": "https://www.w3.org/ns/activitystreams#", "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/", "dctypes": "http://purl.org/dc/dcmitype/", "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@id": "@id", "@type": "@id"}, "type": {"@id": "@type", "@type": "@vocab"},
    **{name: f"oa:{name}" for name in ("Annotation", "TextualBody", "SpecificResource", "TextPositionSelector",
       "TextQuoteSelector", "classifying", "identifying", "describing", "linking", "exact", "prefix", "suffix")},
    "Text": "dctypes:Text", "Software": "as:Application", "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "body": _term("oa:hasBody", "@id"), "target": _term("oa:hasTarget", "@id"), "source": _term("oa:hasSource", "@id"),
    "selector": _term("oa:hasSelector", "@id"), "motivation": _term("oa:motivatedBy", "@vocab"),
    "purpose": _term("oa:hasPurpose", "@vocab"), "start": _term("oa:start", "xsd:nonNegativeInteger"),
    "end": _term("oa:end", "xsd:nonNegativeInteger"), "value": "rdf:value", "name": "foaf:name", "format": "dc:format",
    "language": "dc:language", "label": "rdfs:label", "creator": _term("dcterms:creator", "@id"),
    "generator": _term("as:generator", "@id"), "total": _term("as:totalItems", "xsd:nonNegativeInteger"),
    "startIndex": _term("as:startIndex", "xsd:nonNegativeInteger"), "first": _term("as:first", "@id"),
    "last": _term("as:last", "@id"), "partOf": _term("as:partOf", "@id"),
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
}  # fmt: skip
"""What the vocabulary (https://www.w3.org/TR/annotation-vocab/) says of the terms that we use; others are lost."""


def expanded(content: str) -> list[dict[str, Any]]:
    """The annotations of a collection as JSON-LD means them."""
    jsonld = pytest.importorskip("pyld.jsonld", reason="needs PyLD, a processor of JSON-LD")

    def loader(url: str, _: object = None) -> dict[str, Any]:
        assert url == webannotation.CONTEXT, "nothing else is fetched"
        return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}

    options = {"base": "https://example.org/out.json", "documentLoader": loader}
    (collection,) = jsonld.expand(json.loads(content), options)
    (page,) = collection["https://www.w3.org/ns/activitystreams#first"]
    found: list[dict[str, Any]] = page["https://www.w3.org/ns/activitystreams#items"][0]["@list"]
    assert collection["https://www.w3.org/ns/activitystreams#totalItems"][0]["@value"] == len(found)
    return found


def _body(annotation: dict[str, Any], purpose: str) -> list[str]:
    bodies = [b for b in annotation[OA + "hasBody"] if b[OA + "hasPurpose"][0]["@id"] == OA + purpose]
    return [b[RDF + "value"][0]["@value"] if RDF + "value" in b else b[OA + "hasSource"][0]["@id"] for b in bodies]


@settings(BRIEFLY, max_examples=15)
@given(annotated())
def test_a_json_ld_processor_finds_words_places_and_speakers(given_one: Annotated) -> None:
    """Each piece is a target, by code points and by its words; cue and source link to their quotations."""
    text, base = given_one.article.text, "https://example.org/out.json"
    found = {a["@id"]: a for a in expanded(webannotation.document([given_one], "1"))}
    for quotation in given_one.quotations:
        annotation = found[f"{base}#{quotation.id}"]
        spans = []
        for target in annotation[OA + "hasTarget"]:
            (source,) = target[OA + "hasSource"]
            assert source["@id"] == "https://example.org/a"
            position, words = target[OA + "hasSelector"]
            start, end = (position[OA + side][0]["@value"] for side in ("start", "end"))
            exact, prefix, suffix = (words[OA + part][0]["@value"] for part in ("exact", "prefix", "suffix"))
            assert text[start:end] == exact
            assert text[:start].endswith(prefix)
            assert text[end:].startswith(suffix)
            spans.append((start, end))
        assert spans == list(quotation.spans)
        assert _body(annotation, "classifying") == [quotation.kind.value]
        assert _body(annotation, "identifying") == ([quotation.speaker.name] if quotation.speaker else [])
        linked = [_body(a, "classifying") for a in found.values() if f"{base}#{quotation.id}" in _body(a, "linking")]
        assert linked in ([["cue"], ["source"]], [["source"], ["cue"]])


def test_every_term_of_a_web_annotation_is_one_of_the_vocabulary() -> None:
    """A key that the context does not know is lost to whoever reads JSON-LD."""

    def keys(value: object) -> set[str]:
        below: Sequence[Any] = (
            list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
        )
        return (set(value) if isinstance(value, dict) else set()).union(*map(keys, below))

    made = json.loads(webannotation.document([split_quotation()], "1"))
    assert keys(made) - {"@context"} <= set(CONTEXT)


# -- the command -------------------------------------------------------------------------------------------------------

ARTICLE = "“We will stay,” said Ann Miller, “and you know it.”\n"


def test_extract_writes_a_folder_and_one_article_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name in ("one", "two"):
        Path("in", f"{name}.txt").write_text(ARTICLE, encoding="utf-8")
    written = {
        "brat": ["annotation.conf", "one.ann", "one.txt", "two.ann", "two.txt"],
        "webanno": ["one.tsv", "two.tsv", "typesystem.xml"],
        "tei": ["article.one.xml", "article.two.xml"],
    }
    for form, names in written.items():
        assert main(["extract", "in", "-f", form, "-o", form]) == 0
        assert sorted(path.name for path in Path(form).iterdir()) == names
        capfdbinary.readouterr()
        assert main(["extract", "in/one.txt", "-f", form]) == 0
        assert capfdbinary.readouterr().out == Path(form, next(n for n in names if "one." in n)).read_bytes()
        assert main(["extract", "in", "-f", form]) == 2
        assert b"name a folder with -o" in capfdbinary.readouterr().err


def test_the_same_articles_give_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text(ARTICLE, encoding="utf-8")
    for form in ("conllu", "webannotation", "parquet"):
        assert main(["extract", "one.txt", "-f", form, "-o", "first"]) == 0
        assert main(["extract", "one.txt", "-f", form, "-o", "second"]) == 0
        assert Path("first").read_bytes() == Path("second").read_bytes()
    capfdbinary.readouterr()
