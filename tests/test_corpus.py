"""The kept corpus: what comes in, what is linked, what comes out, and that nothing depends on how it got there."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path

import duckdb
import pytest
from corpus_builders import article, articles, write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotealign import corpus
from quotealign.clustering import Linkage
from quotealign.formats.articles import read, reading, streams
from quotealign.formats.records import article_of, parse_line
from quotealign.formats.results import write as write_results
from quotealign.model import Alias, Article, Notice
from quotealign.pipeline import Settings, align

SEEDS = Path(__file__).parents[1] / "seeds"
SAID = "“We will build the bridge this year,” said Ann Miller.\n"

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a corpus of some articles, linked unless told otherwise."""
    made = []

    def build(given: Iterable[Article], *, linked: bool = True, **how: object) -> Path:
        path = corpus.init(tmp_path / f"corpus{len(made)}.db")
        made.append(path)
        corpus.add(path, given, **how)  # type: ignore[arg-type]
        if linked:
            corpus.link(path)
        return path

    return build


def seeds() -> list[Article]:
    """The articles of seeds/."""
    return [item for item in read([SEEDS]) if isinstance(item, Article)]


def everything(database: Path) -> list[dict[str, object]]:
    """All that a corpus holds."""
    return list(corpus.records(database, articles=True))


# -- what comes out ----------------------------------------------------------------------------------------------------


def test_a_corpus_of_the_seeds_is_what_align_makes_of_them(make: Make, tmp_path: Path) -> None:
    """Quotations, clusters and TEI of an export are those of the main job, byte for byte; only which article reads as a
    translation, which the main job alone finds out, is not in the corpus file."""
    database = make(seeds())
    write_results(align(seeds()), tmp_path / "align", page="", version=_version())
    files = [*corpus.export(database, tmp_path / "out"), *corpus.export(database, tmp_path / "out", form="tei")]
    assert len(files) == 2 + 5 + 4 + 1
    for file in files:
        name = file.relative_to(tmp_path / "out")
        made = (tmp_path / "align" / name).read_bytes()
        aligned = re.sub(rb' *<relation[^>]* name="isTranslat.*?</relation>\n', b"", made, flags=re.S)
        assert file.read_bytes() == aligned, name
    assert {p.name for p in (tmp_path / "align/tei").iterdir()} == {p.name for p in (tmp_path / "out/tei").iterdir()}


def test_an_export_says_who_may_have_copied_from_whom_as_align_does(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text of an article tells: the second names the outlet of the first."""
    said = "“We will keep the ferry running through the whole winter, and nobody will pay more,” Mayor Ann Berg "
    papers = [
        Article("tide", said + "said.", "en", outlet="Evening Tide", published="2021-03-02"),
        Article("post", said + "told the Evening Tide.", "en", outlet="Hill Post", published="2021-03-03"),
        *articles(9),
    ]
    monkeypatch.setattr(import_module("quotealign.corpus.export"), "_CHUNK", 2)
    write_results(align(sorted(papers, key=lambda a: a.id)), tmp_path / "align", page="", version=_version())
    corpus.export(make(papers), tmp_path / "out", form="tei")
    files = {path.name: path.read_text() for path in (tmp_path / "out/tei").iterdir()}
    assert files == {path.name: path.read_text() for path in (tmp_path / "align/tei").iterdir()}
    assert 'name="copiedFrom" active="#corpus.article-post" passive="#corpus.article-tide"' in files["corpus.xml"]
    assert sum('name="copiedFrom"' in text for text in files.values()) > 1


def _version() -> str:
    from quotealign import __version__

    return __version__


def test_neither_order_nor_batches_nor_jobs_matter(make: Make) -> None:
    """The same articles give the same corpus, in whatever order and by however many processes they came in."""
    plain = everything(make(articles(12)))
    assert everything(make(reversed(list(articles(12))), batch=1)) == plain
    assert everything(make(articles(12), batch=2, jobs=2)) == plain
    assert len([r for r in plain if r["type"] == "cluster"]) > 3


def test_every_form_of_export_holds_the_same_and_the_same_bytes_each_time(make: Make, tmp_path: Path) -> None:
    """JSON Lines, CSV and Parquet have a row a quotation, in one order; a second export is equal to the first."""
    database = make(articles(30))
    for form in corpus.FORMS:
        first = corpus.export(database, tmp_path / "a", form=form, articles=True)
        second = corpus.export(database, tmp_path / "b", form=form, articles=True)
        assert [f.read_bytes() for f in first] == [f.read_bytes() for f in second]
    out = tmp_path / "a"
    records = [json.loads(line) for line in (out / "quotations.jsonl").read_text("utf-8").splitlines()]
    with (out / "quotations.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    columns = "id, article, speaker_id, speaker, text, spans, cluster"
    rows = duckdb.sql(f"SELECT {columns} FROM '{out}/quotations.parquet'").fetchall()
    assert [r["id"] for r in records] == [r["id"] for r in table] == [row[0] for row in rows]
    assert [r["speaker"]["id"] for r in records] == [row[2] for row in rows]
    assert [r["speaker"]["name"] for r in records] == [r["speaker"] for r in table] == [row[3] for row in rows]
    assert [r["spans"] for r in records] == [row[5] for row in rows]
    clusters = [json.loads(line) for line in (out / "clusters.jsonl").read_text("utf-8").splitlines()]
    of_quotation = {q: c["id"] for c in clusters for q in c["quotations"]}
    assert [of_quotation.get(row[0]) for row in rows] == [row[6] for row in rows]
    with (out / "clusters.csv").open(encoding="utf-8", newline="") as stream:
        members = [(r["cluster"], r["quotation"]) for r in csv.DictReader(stream)]
    assert members == [(c["id"], q) for c in clusters for q in c["quotations"]]
    links = duckdb.sql(f"SELECT cluster, a, b, score FROM '{out}/links.parquet'").fetchall()
    assert links == [(c["id"], k["a"], k["b"], k["score"]) for c in clusters for k in c["links"]]


def test_a_table_is_safe_in_a_spreadsheet(make: Make, tmp_path: Path) -> None:
    """No cell of an exported table is taken for a formula."""
    database = make([Article("=1+1", "“=We will build the bridge,” said Ann Miller.\n", "en", title="@home")])
    corpus.export(database, tmp_path, form="csv", articles=True)
    for name in ("articles", "quotations"):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert "'=1+1" in cells
        assert not [cell for cell in cells if cell.startswith(("=", "@"))]


odd = st.text(st.characters(), max_size=40)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.builds(
            Article,
            id=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8),
            text=odd.map(lambda text: SAID + text),
            lang=st.sampled_from(["en", "fr", "und", "xx"]),
            title=st.none() | odd,
            extra=st.just({}) | st.dictionaries(odd.map("x".__add__), odd | st.integers(-9, 9), max_size=2),
        ),
        max_size=8,
        unique_by=lambda a: a.id,
    )
)
def test_articles_come_out_as_they_came_in(tmp_path: Path, given: list[Article]) -> None:
    """Text, header and fields that we only pass on are kept whatever characters they hold."""
    database = tmp_path / "corpus.db"
    database.unlink(missing_ok=True)
    corpus.init(database)
    corpus.add(database, given, settings=Settings(guess=False))
    corpus.export(database, tmp_path, articles=True)
    lines = (tmp_path / "articles.jsonl").read_text("utf-8").split("\n")[:-1]
    out = [article_of(parse_line(line, "here"), "here") for line in lines]
    assert out == sorted(given, key=lambda a: a.id)


def test_odd_characters_stop_no_form_of_export(make: Make, tmp_path: Path) -> None:
    """A lone surrogate, a NUL and a line end in the words, the name and the header."""
    text = "“We will \ud800 build\0 the bridge\u2028this year,” said Ann Mi\ud800ller."
    database = make([Article(i, text, "en", title="\ud800", extra={"x": "\ud800"}) for i in ("a\0", "b\n", "c\u2028")])
    for form in corpus.FORMS:
        assert corpus.export(database, tmp_path / "out", form=form, articles=True)
    assert [r["text"] for r in everything(database) if r["type"] == "article"] == [text] * 3


# -- what goes in ------------------------------------------------------------------------------------------------------


def test_an_article_that_is_there_already_costs_a_look_up(make: Make) -> None:
    """A second time nothing is added, nothing is extracted, and linking has nothing to do."""
    database = make(articles(9))
    before = everything(database)
    seen: list[int] = []
    again = corpus.add(database, articles(9), batch=4, progress=seen.append)
    assert (again.added, again.replaced, again.unchanged, again.quotations) == (0, 0, 9, 0)
    assert seen == [4, 4, 1]
    assert not corpus.link(database).fresh
    assert everything(database) == before


def test_a_changed_article_replaces_its_quotations(make: Make) -> None:
    """The corpus is then as if the first text had never been there, once it is linked again."""
    changed = Article("n000004", "“We will not be silent about the harbour,” said Lucia Marin.", "en")
    database = make(articles(9))
    done = corpus.add(database, [changed])
    assert (done.added, done.replaced, done.unchanged) == (0, 1, 0)
    assert corpus.status(database).waiting == 1
    ids = {q for c in everything(database) if c["type"] == "cluster" for q in c["quotations"]}  # type: ignore[attr-defined]
    assert ids <= {r["id"] for r in everything(database) if r["type"] == "quotation"}
    assert corpus.link(database).fresh
    plain = [changed if a.id == changed.id else a for a in articles(9)]
    assert everything(database) == everything(make(plain))


def test_a_changed_header_is_a_change(make: Make) -> None:
    """Another date is another article, and it is kept."""
    database = make([Article("a", SAID, "en", published="2026-01-05")])
    assert corpus.add(database, [Article("a", SAID, "en", published="2026-01-06")]).replaced == 1
    assert [r["published"] for r in everything(database) if r["type"] == "quotation"] == ["2026-01-06"]


def test_the_last_of_two_articles_with_one_id_is_kept(make: Make) -> None:
    """Whoever hands over an id twice gets what an added and then changed article gives."""
    two = [Article("a", SAID, "en"), Article("a", f"On Monday. {SAID}", "en")]
    for how in ({"batch": 1}, {"batch": 9}, {"batch": 1, "jobs": 2}):
        database = make(two, **how)
        assert [r.get("text") for r in everything(database) if r["type"] == "article"] == [two[1].text]
        assert len([r for r in everything(database) if r["type"] == "quotation"]) == 1


def test_a_removed_article_leaves_no_trace(make: Make) -> None:
    """Its quotations go, clusters that lose one are taken apart, and linking makes the corpus as without it."""
    database = make(articles(9))
    told: list[Notice] = []
    assert corpus.remove(database, ["n000004", "nobody"], tell=told.append) == 1
    assert [(n.where, n.skipped) for n in told] == [("nobody", True)]
    left = everything(database)
    ids = {r["id"] for r in left if r["type"] == "quotation"}
    assert all(set(c["quotations"]) <= ids for c in left if c["type"] == "cluster")  # type: ignore[call-overload]
    status = corpus.status(database)
    assert (status.articles, status.waiting, status.current) == (8, 0, False)
    corpus.link(database)
    assert corpus.status(database).current
    assert everything(database) == everything(make(a for a in articles(9) if a.id != "n000004"))


def test_other_settings_are_told_and_count_as_a_change(make: Make) -> None:
    """Whoever adds with other settings than before learns which, and articles given again are read anew."""
    database = make(articles(3))
    told: list[Notice] = []
    done = corpus.add(database, articles(2), settings=Settings(indirect=True), tell=told.append)
    assert done.replaced == 2
    assert "indirect was False, is True" in str(told[0])
    assert [articles for articles, _ in corpus.status(database).settings] == [2, 1]


def test_aliases_count_when_the_corpus_is_linked(make: Make) -> None:
    """Names that the user knows are joined; linking without them parts the names again."""
    two = [Article("a", SAID, "en"), Article("b", SAID.replace("Ann Miller", "Nan"), "en")]
    database = make(two)
    plain = everything(database)
    corpus.link(database, settings=Settings(aliases=(Alias("Nan", "Ann Miller", "Q1"),)))
    speakers = [r["speaker"] for r in everything(database) if r["type"] == "quotation"]
    assert {s["name"] for s in speakers} == {"Ann Miller"}  # type: ignore[index]
    assert corpus.link(database).fresh
    assert everything(database) == plain


def test_an_id_that_cannot_be_kept_is_told(make: Make) -> None:
    """Half a character in an id costs that article, and no other."""
    told: list[Notice] = []
    database = make([Article("a\ud800", SAID, "en"), Article("b", SAID, "en")], tell=told.append)
    assert [(n.where, n.skipped) for n in told] == [("'a\\ud800'", True)]
    assert corpus.status(database).articles == 1


def test_a_status_counts_what_is_there(make: Make) -> None:
    """Articles, quotations by kind and language, clusters, and what waits to be linked."""
    database = make(articles(6))
    corpus.add(database, [Article("z", "« Nous allons construire le pont », a déclaré Anne Meunier.", "fr")])
    status = corpus.status(database)
    assert (status.articles, status.quotations, dict(status.languages)) == (7, 19, {"en": 6, "fr": 1})
    assert status.kinds == {"en": {"direct": 18}, "fr": {"direct": 1}}
    assert (status.waiting, status.waiting_quotations, status.current) == (1, 1, False)
    assert status.clusters == len([r for r in everything(database) if r["type"] == "cluster"])
    words = corpus.in_words(status)
    assert "7 (en 6 · fr 1)" in words
    assert "1 article with 1 quotation" in words
    assert json.loads(json.dumps(status.record()))["settings"][0]["articles"] == 7


# -- large files of records --------------------------------------------------------------------------------------------


def test_a_large_file_of_records_is_read_as_a_small_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Line by line or whole: the same articles and the same notices, with the same places."""
    path = write(tmp_path / "a.jsonl", list(articles(5)))
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1:1] = [b'{"id": "broken\n', b"\r\n", b"[1]\n", b'{"id": 7}\n', b'{"id": "caf\xc3\xa9", "text": "x"}\r\n']
    path.write_bytes(b"\xef\xbb\xbf" + b"".join(lines).rstrip(b"\n"))
    how = reading.Reading(largest=2000)
    whole = list(read([path], how))
    monkeypatch.setattr(reading, "WHOLE", 100)
    with path.open("rb") as stream:
        assert list(read([path], how)) == whole
        assert len(list(read(["-"], how, stdin=stream))) == len(whole)
    assert len(whole) == 5 + 4


def test_a_line_of_a_large_file_that_is_too_long_or_no_text_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is told with its line."""
    monkeypatch.setattr(reading, "WHOLE", 100)
    monkeypatch.setattr(streams, "_PIECE", 300)
    path = write(tmp_path / "a.jsonl", list(articles(2)))
    long = json.dumps({"id": "long", "text": "word " * 2000}).encode()
    path.write_bytes(path.read_bytes() + long + b"\n" + b'{"id": "\xe9t\xe9", "text": "\xe9t\xe9"}\n' + b"\0\x01\x02\n")
    found = list(read([path], reading.Reading(largest=1500)))
    assert [item.id for item in found if isinstance(item, Article)] == ["n000000", "n000001", "été"]
    told = [(item.where.split(":")[1], item.skipped) for item in found if isinstance(item, Notice)]
    assert told == [("3", True), ("4", False), ("5", True)]


def test_how_many_articles_there_may_be_is_known_beforehand(tmp_path: Path) -> None:
    """Files count for one, records by their lines; of standard input nobody knows."""
    write(tmp_path / "a.jsonl", list(articles(5)))
    (tmp_path / "b.txt").write_text(SAID, encoding="utf-8")
    assert reading.count([tmp_path]) == 6
    assert reading.count([tmp_path, "-"]) is None
    assert reading.count([tmp_path / "nothing.jsonl"]) == 0


def test_each_command_is_a_function_of_the_same_name() -> None:
    """What the command line can do, a program can."""
    from quotealign.cli.corpus import corpus as group

    assert [name for name in group.commands if not callable(getattr(corpus, name, None))] == []
    assert article(1).id == "n000001"


def test_words_too_common_to_be_compared_are_counted(make: Make) -> None:
    """Whoever bounds the search is told how much it passed over."""
    database = make(articles(30))
    assert corpus.link(database, again=True, settings=Settings(linkage=Linkage(holders=1))).left_out[1] > 0
    assert corpus.link(database, again=True).left_out == (0, 0)
