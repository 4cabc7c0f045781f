"""`check` against a kept corpus: the same findings as from files, byte for byte, and a file that others can use."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from check_builders import collection, misquoted
from hypothesis import given, settings
from hypothesis import strategies as st

from quotealign import checking, corpus
from quotealign.cli import main
from quotealign.model import Article, Notice, Verdict
from quotealign.text import places
from quotealign.text.concordance import Concordance
from quotealign.text.gathering import Gathered
from quotealign.text.numbering import Given, Numbering, compared

KINDS = "verbatim trimmed ellipsis stitched misattributed cosmetic altered reworded".split()
OTHERS = {
    "ferry": "« Le bac de Brennhaven a vendu 4500 billets en 1987, et Castellan l'a peint », a déclaré Ana Torvald.\n",
    "mill": "林海说：“我们明年春天会修好这座老桥，大家都可以走过去。”\n",
    "paint": "“The Brennhaven council organised the colour of five theatres,” said Ana Torvald. The defense paid.\n",
    "notes-2": "The old mill. The old mill. It is, and it is, and it is what it is.\n",
}
DRAFT = """“The Brennhaven ferry sold 4500 tickets in 1987, and Castellan painted it again,” said Ana Torvald.

“我们明年春天会修好这座老桥”，林海说。

“The Brennhaven council organized the color of 5 theaters,” said Ana Torvald.

“It is,” she said. “Nobody has ever seen a purple walrus in this town hall.”
"""

Run = Callable[..., tuple[int, bytes, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with sources, a draft that was made from them, and a corpus of the sources."""
    folder = tmp_path_factory.mktemp("made")
    texts, said = collection(12)
    (folder / "sources" / "more").mkdir(parents=True)
    for number, (name, text) in enumerate({**texts, **OTHERS}.items()):
        (folder / "sources" / ("more" if number % 3 else "") / f"{name}.txt").write_text(text, encoding="utf-8")
    draft = ""
    for number, one in enumerate(said[: 2 * len(KINDS)]):
        text, who = misquoted(one, said[number // 4 * 4 + (number + 2) % 4], KINDS[number % len(KINDS)])
        draft += f"“{text},” said {who}.\n\n"
    (folder / "draft.txt").write_text(draft + DRAFT, encoding="utf-8")
    assert main(["corpus", "init", str(folder / "kept.duckdb")]) == 0
    assert main(["corpus", "add", str(folder / "kept.duckdb"), str(folder / "sources")]) == 0
    return folder


@pytest.fixture
def run(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """A command in a copy of this folder."""
    shutil.copytree(made, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")

    def call(*arguments: str) -> tuple[int, bytes, str]:
        status = main(list(arguments))
        out, err = capfdbinary.readouterr()
        return status, out, err.decode("utf-8")

    return call


def checked(run: Run, *against: str) -> bytes:
    """The JSON of the draft checked against some sources."""
    status, out, _ = run(
        "check", "draft.txt", "-f", "json", *(word for name in against for word in ("--against", name))
    )
    assert status == 1
    return found_in(out)


def found_in(out: bytes) -> bytes:
    """The findings of a document, without the files of the sources, of which a corpus knows none."""
    return out.partition(b'\n], "sources": ')[0].removesuffix(b"\n]}\n")


def test_a_corpus_and_its_files_give_the_same_findings(run: Run) -> None:
    """Byte for byte, whatever was done to the words, in several languages and scripts."""
    found = checked(run, "sources")
    assert all(f'"{verdict.value}"'.encode() in found for verdict in Verdict)
    assert checked(run, "kept.duckdb") == found


def test_who_wants_to_know_is_told_after_each_quotation(run: Run) -> None:
    """How many are done, and of how many: against files as against a corpus."""
    draft = Article("draft", Path("draft.txt").read_text(encoding="utf-8"))
    articles = [Article(path.stem, path.read_text(encoding="utf-8")) for path in Path("sources").rglob("*.txt")]
    for sources in (checking.Sources(articles), corpus.Sources(["kept.duckdb"])):
        told: list[tuple[int, int]] = []
        findings, _ = sources.check(draft, progress=lambda done, of, told=told: told.append((done, of)))
        assert told == [(number, len(findings)) for number in range(1, len(findings) + 1)]


def test_corpora_and_folders_mix(run: Run) -> None:
    """Articles that lie in two corpora and a folder are one collection; one that lies in two of them counts once."""
    found = checked(run, "sources")
    for name, part in (("one.db", "sources/more"), ("two.db", "sources")):
        run("corpus", "init", name)
        run("corpus", "add", name, part)
    assert checked(run, "one.db", "sources") == found
    assert checked(run, "sources", "two.db", "one.db", "kept.duckdb") == found


def test_words_that_were_not_kept_or_are_of_another_text_are_read(run: Run) -> None:
    """A corpus of an earlier version gives the same findings, and takes articles; of a later one's words none count."""
    found = checked(run, "sources")
    with duckdb.connect("kept.duckdb") as database:
        database.execute("UPDATE words SET hash = 'of another text' WHERE article < 'article110'")
        database.execute("UPDATE words SET version = 'another' WHERE article > 'article115'")
    assert checked(run, "kept.duckdb") == found
    with duckdb.connect("kept.duckdb") as database:
        database.execute("DROP TABLE words")
        database.execute("DROP TABLE vocabulary")
    assert checked(run, "kept.duckdb") == found
    Path("sources/article100.txt").write_text("“All of it is new,” said Ida Lund.\n", encoding="utf-8")
    assert run("corpus", "add", "kept.duckdb", "sources")[0] == 0
    assert checked(run, "kept.duckdb") == checked(run, "sources") != found


def test_what_was_replaced_or_removed_supports_nothing(run: Run) -> None:
    """A corpus is checked as it is now."""
    text = Path("sources/article100.txt").read_text(encoding="utf-8")
    Path("draft.txt").write_text(text, encoding="utf-8")
    assert run("check", "draft.txt", "--against", "kept.duckdb")[0] == 0
    Path("sources/article100.txt").write_text("Nothing of it.\n", encoding="utf-8")
    run("corpus", "add", "kept.duckdb", "sources")
    assert checked(run, "kept.duckdb").count(b'"unsupported"') == 4
    Path("sources/article100.txt").write_text(text, encoding="utf-8")
    run("corpus", "add", "kept.duckdb", "sources")
    assert run("check", "draft.txt", "--against", "kept.duckdb")[0] == 0
    run("corpus", "remove", "kept.duckdb", "article100")
    assert checked(run, "kept.duckdb").count(b'"unsupported"') == 4


def test_a_draft_that_is_in_the_corpus_does_not_support_itself(run: Run) -> None:
    """As one that lies among the sources does not."""
    Path("draft.txt").rename("sources/draft.txt")
    assert run("corpus", "add", "kept.duckdb", "sources")[0] == 0
    of_files = run("check", "sources/draft.txt", "--against", "sources", "-f", "json")
    assert run("check", "sources/draft.txt", "--against", "kept.duckdb", "-f", "json")[0] == of_files[0] == 1
    assert found_in(run("check", "sources/draft.txt", "--against", "kept.duckdb", "-f", "json")[1]) == found_in(
        of_files[1]
    )
    assert of_files[1].count(b'"unsupported"')


def test_another_article_of_an_id_is_told_and_read_too(run: Run) -> None:
    """Of many ten are told singly."""
    Path("own").mkdir()
    for number in range(100, 112):
        Path(f"own/article{number}.txt").write_text(f"“The walrus has {number} eggs,” said Ida Lund.\n")
    Path("draft.txt").write_text("“The walrus has 111 eggs,” said Ida Lund.\n")
    status, out, err = run("check", "draft.txt", "--against", "kept.duckdb", "--against", "own", "-f", "json")
    assert status == 0
    assert b'"article111.2"' in out
    assert err.count("a second article has this id") == 10
    assert "2 more articles have an id" in err


def test_a_corpus_without_articles_is_told(run: Run) -> None:
    """In one sentence; beside other sources it costs only itself."""
    run("corpus", "init", "none.db")
    status, _, err = run("check", "draft.txt", "--against", "none.db")
    assert status == 2
    assert err.splitlines() == ["quotealign: none.db: a corpus without articles; add some with quotealign corpus add."]
    Path("draft.txt").write_text("Nobody speaks.\n")
    status, _, err = run("check", "draft.txt", "--against", "none.db", "--against", "sources")
    assert status == 3
    assert "none.db: a corpus without articles" in err


def test_a_corpus_is_free_between_two_checks(run: Run) -> None:
    """Whoever keeps sources at hand, as the local page does, keeps nobody from adding an article."""
    sources = corpus.Sources(["kept.duckdb"])
    draft = Article("d", "“Seven herons are as good as a clock,” said Ida Lund.", "en")
    assert [f.verdict for f in sources.check(draft)[0]] == [Verdict.UNSUPPORTED]
    corpus.add("kept.duckdb", [Article("clock", f"At noon. {draft.text}", "en")])
    assert [f.verdict for f in sources.check(draft)[0]] == [Verdict.VERBATIM]
    assert sources.check(Article("d", "Nobody speaks.", "en")) == ((), ())


def test_from_python_a_corpus_stands_where_articles_do(run: Run) -> None:
    """The same length, findings and notices; what a person should know is told."""
    articles = [Article(path.stem, path.read_text("utf-8")) for path in Path("sources").rglob("*.txt")]
    draft = Article("draft", Path("draft.txt").read_text("utf-8"))
    told: list[Notice] = []
    kept = corpus.Sources(["kept.duckdb"], articles[:3], tell=told.append)
    read = checking.Sources(articles)
    assert len(kept) == len(read) == 16
    assert kept.check(draft, support=0.8) == read.check(draft, support=0.8)
    assert not told
    assert checking.Sources(reversed(articles)).check(draft) == read.check(draft)
    french = corpus.Sources(["kept.duckdb"], lang="fr").check(Article("d", OTHERS["ferry"], "fr"))[0]
    assert [f.passage.lang for f in french if f.passage] == ["fr"]


WORDS = st.lists(st.sampled_from("a b c d é 桥 老桥 well-kept 7.5 . ,".split()), max_size=40).map(" ".join)


@given(st.lists(WORDS, max_size=6), st.lists(WORDS, min_size=1, max_size=4), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_what_is_gathered_answers_as_a_whole_concordance(texts: list[str], sought: list[str], fewest: int) -> None:
    """Whatever the texts hold, however common the words are, and whichever part of them comes from where."""
    before = places._FEWEST
    places._FEWEST = fewest
    try:
        whole = Concordance(texts)
        numbered = list(enumerate(texts))
        parts = [Given(numbered[::2]), Given(numbered[1::2][::-1])]
        lengths = {number: length for part in parts for number, length in part.lengths.items()}
        gathered = Gathered(sought, [lengths[k] for k in range(len(texts))], parts, texts.__getitem__)
        assert gathered.size == whole.size
        for text in sought:
            mine, theirs = gathered.words(text), whole.words(text)
            assert [word[1:] for word in mine] == [word[1:] for word in theirs]
            for one, other in zip(mine, theirs, strict=True):
                assert (one.number == 0) == (other.number == 0)
                assert gathered.information(one.number) == whole.information(other.number)
                assert gathered.bits(one.number) == whole.bits(other.number)
            for within in (None, *range(min(2, len(texts)))):
                rows = [word.number for word in mine], [word.number for word in theirs]
                found = gathered.stretches(rows[0], 5, within=within)
                assert found == whole.stretches(rows[1], 5, within=within)
                for stretch in found:
                    here = range(stretch.first, stretch.last)
                    assert list(map(gathered.span, here)) == list(map(whole.span, here))
                    numbers = gathered.numbers(stretch.first, stretch.last), whole.numbers(stretch.first, stretch.last)
                    assert [[n == word for n in numbers[0]] for word in rows[0] if word] == [
                        [n == word for n in numbers[1]] for word in rows[1] if word
                    ]
    finally:
        places._FEWEST = before


@given(
    st.lists(st.sampled_from([*"aé桥1©\u0301\u200d\ufe0f\u20e3👩🇫 ’-.,()\n\r\x0b\x85\u2028", "\n\n", "ab"])).map(
        "".join
    )
)
@settings(max_examples=150, deadline=None)
def test_words_are_kept_as_they_are_looked_up(text: str) -> None:
    """What `corpus add` keeps of a text are the words that a check reads in it."""
    numbering = Numbering()
    numbers = numbering.read(text)[0].tolist()
    forms = list(numbering.of_form)
    assert compared(text) == [forms[number - 1] for number in numbers]
