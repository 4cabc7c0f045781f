"""The laws of the house, each held against whatever hypothesis can think of."""

from __future__ import annotations

import filecmp
import io
import itertools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from quotealign.collation import POLICIES, TRANSPOSITIONS, collate, witness
from quotealign.formats import records
from quotealign.formats.articles import Reading, read
from quotealign.formats.shapes import json_schema
from quotealign.languages import language
from quotealign.model import (
    Apparatus,
    Article,
    Cluster,
    Divergence,
    Edit,
    Kind,
    Link,
    Notice,
    Passage,
    Quotation,
    Speaker,
    Token,
    Transposition,
    digest,
    ncname,
)
from quotealign.pipeline import align, extract_all, quotations_of
from quotealign.text.paragraphs import paragraphs
from quotealign.text.sentences import sentences
from quotealign.text.tokens import tokenize

SEEDS = Path(__file__).parents[1] / "seeds"
BRIEFLY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# -- texts like news, with everything in them that has ever gone wrong -----------------------------------------------

WORDS = st.sampled_from(
    "we the bridge will not build reaffirm(ing) [t]hey don’t Smith’s U.S. 3,000 1.5 “ ” état Straße e\u0301te\u0301 "
    "שלום \u202eسلام\u202c 我们 将 建桥 👩‍👩‍👧 🇲🇦 \u00ad ﬁnd co-operate Mr. \u200b … -- said he Ann "
    "Miller who minister".split(" ")
)
PHRASES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
ODD_PAIRS = [("“", '"'), ("«\u00a0", "\u00a0»"), ("", "”")]
PAIRS = [*language("und").marks, *language("fr").marks, *language("de").marks, *ODD_PAIRS]
SPLIT = st.builds("“{},” said Ann Miller, “{}.”".format, PHRASES, PHRASES)


@st.composite
def _marked(draw: st.DrawFn) -> str:
    opening, closing = draw(st.sampled_from(PAIRS))
    inner = draw(PHRASES)
    if draw(st.booleans()):
        a, b = draw(st.sampled_from(PAIRS))
        inner = f"{inner} {a}{draw(PHRASES)}{b}"
    stop = draw(st.sampled_from(["", ",", ".", "?", "…"]))
    return f"{opening}{inner}{stop}{closing}"


PIECES = st.one_of(
    SPLIT,
    _marked(),
    PHRASES,
    st.sampled_from(
        ["said Ann Miller.", "he told reporters,", "selon le ministre,", "sagte Merkel.", "according to officials"]
    ),
    st.sampled_from(["“", "”", '"', "'", "«", "’", "\x00", "\ud800", "\u2028"]),
)
BREAKS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\t", "", "\u00a0"])


@st.composite
def _texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(st.tuples(PIECES, BREAKS), max_size=12))
    return "".join(itertools.chain.from_iterable(pieces))


NEWS = _texts()
LANGUAGES = st.sampled_from(["und", "en", "fr", "de", "zh", "en-GB"])


# -- 1 spans are the text --------------------------------------------------------------------------------------------


@BRIEFLY
@given(NEWS, LANGUAGES)
def test_the_spans_of_a_quotation_are_its_text(text: str, lang: str) -> None:
    """What stands at a quotation's spans, its pieces joined by one space, is its text, in order and not overlapping."""
    article = Article("a", text, lang)
    for quotation in quotations_of(article)[0]:
        assert " ".join(text[s:e] for s, e in quotation.spans) == quotation.text
        assert all(s < e for s, e in quotation.spans)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(quotation.spans))
        for passage in (quotation.cue, quotation.source):
            if passage and passage.span:
                assert text[slice(*passage.span)] == passage.text


@BRIEFLY
@given(st.lists(NEWS, min_size=2, max_size=4))
def test_ids_are_unique_and_stay_when_other_articles_come_or_go(texts: list[str]) -> None:
    """A quotation's id is its own: the same among many articles as when its article stands alone."""
    articles = [Article(f"a{number}", text, "en") for number, text in enumerate(texts)]
    together = [q.id for q in extract_all(articles)[0]]
    assert len(set(together)) == len(together)
    assert together == [q.id for article in articles for q in extract_all([article])[0]]
    assert all(name == ncname(name) or name.startswith("a.") for name in together)


@BRIEFLY
@given(NEWS, LANGUAGES)
def test_tokens_sentences_and_paragraphs_are_places_in_the_text(text: str, lang: str) -> None:
    """No visible character is outside the tokens, and none is changed; sentences and paragraphs do not overlap."""
    pieces = tokenize(text)
    assert all(text[p.start : p.end] == p.text for p in pieces)
    assert "".join(p.text for p in pieces) == "".join(text.split())
    for spans in (paragraphs(text), sentences(text, language(lang))):
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))
        assert all(text[s:e] == text[s:e].strip() != "" for s, e in spans)


@BRIEFLY
@given(st.text(), st.text())
def test_names_of_different_things_differ(a: str, b: str) -> None:
    """Two strings that differ give two XML names that differ."""
    assert (ncname(a) == ncname(b)) == (a == b)


# -- 2 an apparatus gives its witnesses back -------------------------------------------------------------------------

FEW = st.lists(st.sampled_from(["peace", "bread", "roses", "and", "the", ",", "breads"]), max_size=8).map(" ".join)
VARIANTS = st.lists(PHRASES | FEW, min_size=1, max_size=5)
"""With the same few words in any order, so that words repeat and change places."""
WAYS = st.fixed_dictionaries(
    {
        "segmentation": st.booleans(),
        "near": st.booleans(),
        "transpositions": st.sampled_from(TRANSPOSITIONS),
        "lemma": st.sampled_from(sorted(POLICIES)),
    }
)
"""Every way in which a collation may be asked for."""


def _collated(texts: list[str], order: list[int] | None = None, **ways: Any) -> Apparatus:
    witnesses = [witness(f"w{number}", text) for number, text in enumerate(texts)]
    return collate([witnesses[i] for i in order or range(len(texts))], language=language("en"), **ways)


@BRIEFLY
@given(VARIANTS, WAYS)
def test_an_apparatus_gives_every_witness_back_whole(texts: list[str], ways: dict[str, Any]) -> None:
    """Row by row the readings are the text, words that are shown elsewhere included, and no unit was always empty."""
    apparatus = _collated(texts, **ways)
    assert [apparatus.text_of(row) for row in range(len(texts))] == texts
    left = {number for t in apparatus.transpositions if t.resolved for number in range(*t.there)}
    assert all(any(apparatus.column(number)) for number in range(apparatus.width) if number not in left)


@BRIEFLY
@given(VARIANTS.flatmap(lambda texts: st.tuples(st.just(texts), st.permutations(range(len(texts))))), WAYS)
def test_an_apparatus_does_not_depend_on_the_order_of_witnesses(
    drawn: tuple[list[str], list[int]], ways: dict[str, Any]
) -> None:
    """The same witnesses in another order make the same columns and the same links."""
    texts, order = drawn
    straight, turned = _collated(texts, **ways), _collated(texts, order, **ways)
    assert dict(zip(straight.witnesses, straight.table, strict=True)) == dict(
        zip(turned.witnesses, turned.table, strict=True)
    )
    assert _links(straight) == _links(turned)


def _links(apparatus: Apparatus) -> set[frozenset[tuple[tuple[int, int], frozenset[str]]]]:
    """Each link as the witnesses at the one place and those at the other."""
    return {
        frozenset(
            (place, frozenset(apparatus.witnesses[row] for row in rows))
            for place, rows in ((t.here, t.rows), (t.there, t.others))
        )
        for t in apparatus.transpositions
    }


@BRIEFLY
@given(PHRASES, st.integers(min_value=1, max_value=4), WAYS)
def test_a_text_collated_with_itself_is_one_unit(text: str, copies: int, ways: dict[str, Any]) -> None:
    """Nothing varies among copies, and nothing is moved."""
    apparatus = _collated([text] * copies, **(ways | {"segmentation": True}))
    assert apparatus.width == 1
    assert not apparatus.varies(0)
    assert not apparatus.transpositions


@BRIEFLY
@given(VARIANTS, WAYS.filter(lambda ways: ways["transpositions"] != "resolve"), st.data())
def test_a_copy_changes_no_column(texts: list[str], ways: dict[str, Any], data: st.DataObject) -> None:
    """A witness that says what another says adds a row and nothing else. (Resolved, words go where most have them.)"""
    copied = data.draw(st.integers(min_value=0, max_value=len(texts) - 1))
    before, after = _collated(texts, **ways), _collated([*texts, texts[copied]], **ways)
    assert after.table == (*before.table, before.table[copied])


@BRIEFLY
@given(VARIANTS, WAYS)
def test_words_that_changed_places_are_the_same_words(texts: list[str], ways: dict[str, Any]) -> None:
    """Both sides of a link have the same compared words, and no witness is on both."""
    apparatus = _collated(texts, **(ways | {"transpositions": "mark"}))
    for link in apparatus.transpositions:
        said = {
            tuple(token.n for unit in range(*place) for token in apparatus.table[row][unit] or ())
            for place, rows in ((link.here, link.rows), (link.there, link.others))
            for row in rows
        }
        assert len(said) == 1
        assert not set(link.rows) & set(link.others)


# -- 3 records come back as they went --------------------------------------------------------------------------------

ANY = st.text(max_size=12)
NAMES = st.text(min_size=1, max_size=12)
MAYBE = st.none() | ANY
SHARES = st.floats(min_value=0, max_value=1)
SPANS = st.tuples(st.integers(0, 9**9), st.integers(0, 9**9)).map(lambda ends: (min(ends), max(ends)))
JSON = st.none() | st.booleans() | st.integers(-(9**9), 9**9) | ANY | st.lists(ANY, max_size=3)
EXTRA = st.dictionaries(st.text(max_size=8).map("x-{}".format), JSON, max_size=3)

PASSAGES = st.builds(Passage, ANY, st.none() | SPANS)
SPEAKERS = st.builds(Speaker, ANY, ANY, ANY, MAYBE)
ARTICLES = st.builds(
    Article,
    id=NAMES,
    text=NEWS.filter(str.strip),
    lang=st.text(min_size=1, max_size=5),
    title=MAYBE,
    outlet=MAYBE,
    published=MAYBE,
    url=MAYBE,
    extra=EXTRA,
)
QUOTATIONS = st.builds(
    Quotation,
    id=NAMES,
    article=ANY,
    lang=ANY,
    kind=st.sampled_from(Kind),
    text=NAMES.filter(str.strip),
    spans=st.lists(SPANS, max_size=3).map(tuple),
    content=st.none() | st.lists(SPANS, max_size=2).map(tuple),
    cue=st.none() | PASSAGES,
    source=st.none() | PASSAGES,
    speaker=st.none() | SPEAKERS,
    confidence=st.none() | SHARES,
    rule=MAYBE,
    outlet=MAYBE,
    published=MAYBE,
    extra=EXTRA,
)
LINKS = st.builds(Link, ANY, ANY, SHARES, EXTRA)
CLUSTERS = st.builds(
    Cluster, NAMES, st.lists(ANY, min_size=2, max_size=3).map(tuple), MAYBE, st.lists(LINKS, max_size=2).map(tuple)
)
READINGS = st.none() | st.lists(st.builds(Token, ANY, ANY), min_size=1, max_size=2).map(tuple)
EDITS = st.builds(
    Edit, ANY, st.lists(SPANS, max_size=2).map(tuple), st.lists(SPANS, max_size=2).map(tuple), SHARES, ANY, ANY, ANY
)
DIVERGENCES = st.builds(
    Divergence,
    *(ANY, ANY, ANY, SHARES, SHARES, ANY),
    metrics=st.dictionaries(ANY, st.floats(0, 200), max_size=3),
    edits=st.lists(EDITS, max_size=2).map(tuple),
    evidence=EXTRA,
    signature=ANY,
)


@st.composite
def _apparatuses(draw: st.DrawFn) -> Apparatus:
    height, width = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    rows = st.lists(READINGS, min_size=width, max_size=width).map(tuple)
    table = tuple(draw(rows) for _ in range(height))
    lemma = draw(st.none() | st.lists(st.none() | st.integers(0, 2), min_size=width, max_size=width).map(tuple))
    sigla = draw(st.lists(ANY, min_size=height, max_size=height, unique=True))
    ranges = st.tuples(st.integers(0, 9), st.integers(0, 9))
    rows = st.lists(st.integers(0, height - 1), max_size=2).map(tuple) if height else st.just(())
    links = st.lists(st.builds(Transposition, ranges, ranges, rows, rows, st.booleans()), max_size=2).map(tuple)
    return Apparatus(draw(NAMES), tuple(sigla), table, lemma, draw(links))


@cache
def _valid(kind: str) -> Callable[[object], bool]:
    """Whether a record is what `quotealign schema` says of its kind."""
    return Draft202012Validator(json_schema(kind)).is_valid


def _through_a_file(record: dict[str, object]) -> dict[str, object]:
    line = records.dump(record).encode("utf-8").decode("utf-8")
    assert _valid(record["type"])(json.loads(line))
    assert line.count("\n") == 1
    return records.parse_line(line, "here")


@BRIEFLY
@given(ARTICLES)
def test_an_article_comes_back_as_it_was_written(article: Article) -> None:
    """Through its record, with every field that we do not know."""
    assert records.article_of(_through_a_file(records.article_record(article)), "here") == article


@BRIEFLY
@given(QUOTATIONS)
def test_a_quotation_comes_back_as_it_was_written(quotation: Quotation) -> None:
    """Through its record, with every field that we do not know."""
    assert records.quotation_of(_through_a_file(records.quotation_record(quotation)), "here") == quotation


@BRIEFLY
@given(CLUSTERS)
def test_a_cluster_comes_back_as_it_was_written(cluster: Cluster) -> None:
    """Through its record, links included."""
    assert records.cluster_of(_through_a_file(records.cluster_record(cluster)), "here") == cluster


@BRIEFLY
@given(_apparatuses())
def test_an_apparatus_comes_back_as_it_was_written(apparatus: Apparatus) -> None:
    """Through CollateX JSON, lemma and transpositions included."""
    assert records.apparatus_of(_through_a_file(records.apparatus_record(apparatus)), "here") == apparatus


@BRIEFLY
@given(DIVERGENCES)
def test_a_divergence_comes_back_as_it_was_written(divergence: Divergence) -> None:
    """Through its record, edits included."""
    assert records.divergence_of(_through_a_file(records.divergence_record(divergence)), "here") == divergence


# -- 4 same input, same bytes ----------------------------------------------------------------------------------------


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    """Two processes with different hash seeds, from two folders, write the same files and print the same table."""
    printed = []
    for seed in ("1", "4242"):
        here = tmp_path / seed
        here.mkdir()
        done = subprocess.run(
            [sys.executable, "-m", "quotealign", "align", str(SEEDS), "-o", "out"],
            cwd=here,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "1" else "UTC"},
            capture_output=True,
            check=True,
        )
        printed.append((done.stdout, done.stderr))
    first, second = tmp_path / "1" / "out", tmp_path / "4242" / "out"
    assert printed[0] == printed[1]
    assert _files(first) == _files(second) != []
    assert filecmp.cmpfiles(first, second, _files(first), shallow=False)[1:] == ([], [])
    assert not [name for name in _files(first) if str(tmp_path).encode() in (first / name).read_bytes()]


@settings(BRIEFLY, max_examples=40)  # each asks the store a dozen times
@given(st.lists(NEWS, min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_the_order_of_articles_decides_no_cluster(texts: list[str], random: object) -> None:
    """Which quotations stand together does not depend on which article was read first."""
    articles = [Article(f"a{number}", text, "en") for number, text in enumerate(texts)]
    shuffled = articles[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    straight, turned = align(articles), align(shuffled)
    assert {frozenset(c.quotations) for c in straight.clusters} == {frozenset(c.quotations) for c in turned.clusters}


# -- 5 no input loses an article -------------------------------------------------------------------------------------

FILES = st.binary(max_size=80) | NEWS.map(lambda text: text.encode("utf-8", "surrogatepass"))
LINES = st.one_of(
    st.binary(max_size=60).map(lambda b: b.replace(b"\n", b" ")),
    st.dictionaries(st.sampled_from(["id", "text", "lang", "type", "title", "x"]), JSON, max_size=5).map(
        lambda record: json.dumps(record).encode()
    ),
)


@BRIEFLY
@given(st.lists(FILES, max_size=4))
def test_no_file_costs_another_its_place(tmp_path_factory: object, contents: list[bytes]) -> None:
    """Of any files in a folder each gives an article or a notice that names it, and the good ones are all there."""
    folder = tmp_path_factory.mktemp("mixed")  # type: ignore[attr-defined]
    for number, content in enumerate(contents):
        (folder / f"{number}.txt").write_bytes(content)
    (folder / "good.txt").write_text("“All is well,” he said.", encoding="utf-8")
    found = list(read([folder]))
    articles = {item.id: item for item in found if isinstance(item, Article)}
    skipped = {Path(item.where).stem for item in found if isinstance(item, Notice) and item.skipped}
    assert articles["good"].text == "“All is well,” he said."
    assert {*articles, *skipped} == {"good", *map(str, range(len(contents)))}
    assert not skipped & set(articles)


@BRIEFLY
@given(st.lists(LINES, max_size=5), st.integers(0, 5))
def test_no_line_costs_another_its_place(lines: list[bytes], place: int) -> None:
    """Whatever stands on the other lines, the good record is read, and each other line is read, blank, or named."""
    good = json.dumps({"id": "the good one", "text": "words"}).encode()
    lines = [*lines[:place], good, *lines[place:]]
    # The encoding is named: bytes that are no UTF-8 would make us guess at the whole stream.
    found = list(read(["-"], Reading(encoding="latin-1"), stdin=io.BytesIO(b"\n".join(lines))))
    assert [item.text for item in found if isinstance(item, Article) and item.id == "the good one"] == ["words"]
    told = [item for item in found if isinstance(item, Article) or item.skipped]
    assert len(told) == sum(bool(line.decode("latin-1").strip()) for line in lines)


@BRIEFLY
@given(st.binary(max_size=200))
def test_text_is_kept_as_received(data: bytes) -> None:
    """Bytes that are UTF-8 are the article's text, code point for code point, line ends and all."""
    text = data.decode("utf-8", "ignore").replace("\x00", "").lstrip("\ufeff")
    found = list(read(["-"], Reading(format="txt"), stdin=io.BytesIO(text.encode())))
    for item in found:
        if isinstance(item, Article):
            assert item.text == text
        else:
            assert item.skipped


def test_an_id_is_made_of_content_and_not_of_place() -> None:
    """The parts of a digest cannot run into each other, and a changed word is another id."""
    assert digest("ab", "c") != digest("a", "bc")
    article = Article("a", "“We will build it now,” said Ann Miller.", "en")
    moved = replace(article, text=f"News.\n\n{article.text}")
    changed = replace(article, text=article.text.replace("now", "soon"))
    (one,), (other,), (third,) = (quotations_of(a)[0] for a in (article, moved, changed))
    assert one.id == other.id != third.id
