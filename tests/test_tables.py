"""Tables: what spreadsheets, csv readers and DuckDB find in them is what our records say."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotealign.cli import main
from quotealign.engines.parquet import parquet
from quotealign.formats.parquet import QUOTATION, quotation_row, record_of_row
from quotealign.formats.quotations import COLUMNS, WRITERS
from quotealign.formats.records import quotation_of, quotation_record
from quotealign.formats.spreadsheet import plain, safe
from quotealign.model import Kind, Passage, Quotation, Speaker

BRIEFLY = settings(max_examples=40, deadline=None)
HOSTILE = st.text(st.sampled_from("=+-@\t\r\n'\",; \u2028\x85😀שa"), max_size=8)
FORMULA = ("=", "+", "-", "@", "\t", "\r")

SPLIT = Quotation(
    "a.q.1", "a", "en", Kind.DIRECT, "We will stay, and you know it.", ((7, 20), (40, 56)), content=((7, 20), (40, 56)),
    cue=Passage("said", (22, 26)), source=Passage("he"), speaker=Speaker("olafur-ni", "Ólafur Ní", "person", "gnd:1"),
    confidence=0.9, rule="kind=whole", published="2020-10-02", extra={"page": 3},
)  # fmt: skip


@BRIEFLY
@given(HOSTILE)
def test_no_cell_is_a_formula_and_each_can_be_read_back(words: str) -> None:
    assert not safe(words).startswith(FORMULA)
    assert plain(safe(words)) == words


@BRIEFLY
@given(st.lists(st.tuples(HOSTILE, HOSTILE), max_size=3))
def test_csv_holds_every_word_and_tsv_all_but_white_space(said: list[tuple[str, str]]) -> None:
    quotations = [replace(SPLIT, text=text, speaker=Speaker("s", name)) for text, name in said]
    rows = list(csv.DictReader(io.StringIO(WRITERS["csv"](quotations), newline="")))
    assert [(plain(row["text"]), plain(row["speaker"])) for row in rows] == said
    tsv = WRITERS["tsv"](quotations)
    assert tsv.count("\n") == len(said) + 1
    flat = list(csv.DictReader(io.StringIO(tsv, newline=""), delimiter="\t"))
    assert all(set(row) == set(COLUMNS) for row in flat)
    assert [plain(row["text"]).split() for row in flat] == [text.split() for text, _ in said]


def test_duckdb_reads_the_tables(tmp_path: Path) -> None:
    words = ['"Never" he said, "ever"', "=1+1", "a\nb"]
    quotations = [replace(SPLIT, text=text) for text in words]
    for form, kept in (("csv", words), ("tsv", [words[0], "=1+1", "a b"])):
        (tmp_path / "q").write_text(WRITERS[form](quotations), encoding="utf-8", newline="")
        delimiter = "\t" if form == "tsv" else ","
        read = f"SELECT text, speaker FROM read_csv('{tmp_path / 'q'}', delim = '{delimiter}', header = true)"
        assert [(plain(text), who) for text, who in duckdb.sql(read).fetchall()] == [
            (text, "Ólafur Ní") for text in kept
        ]


SPANS = st.lists(st.tuples(st.integers(0, 49), st.integers(50, 99)), max_size=3)


@settings(BRIEFLY, max_examples=5)
@given(said=st.lists(st.tuples(st.text(max_size=6).filter(str.strip), SPANS)))
def test_parquet_keeps_the_records(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, list[tuple[int, int]]]]
) -> None:
    """DuckDB gives back each record, its spans as lists of whole numbers, its cue and speaker as structures."""
    quotations = [replace(SPLIT, text=text, spans=tuple(spans), content=None) for text, spans in said] + [SPLIT]
    path = tmp_path_factory.mktemp("parquet") / "q.parquet"
    path.write_bytes(b"".join(parquet(map(quotation_row, quotations), QUOTATION)))
    read = duckdb.sql(f"SELECT * FROM '{path}'")
    kinds = dict(zip(read.columns, map(str, read.types), strict=True))
    assert kinds["spans"] == kinds["content"] == "INTEGER[][]"
    assert (kinds["confidence"], kinds["schema"]) == ("DOUBLE", "INTEGER")
    rows = [dict(zip(read.columns, row, strict=True)) for row in read.fetchall()]
    assert [quotation_of(record_of_row(row), "") for row in rows] == quotations


def test_parquet_of_no_quotation_has_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "q.parquet"
    path.write_bytes(b"".join(parquet((), QUOTATION)))
    assert duckdb.sql(f"SELECT id, spans FROM '{path}'").fetchall() == []


def test_parquet_replaces_half_a_character() -> None:
    line = quotation_row(replace(SPLIT, text="a\ud800b"))
    assert json.loads(line)["text"] == "a\N{REPLACEMENT CHARACTER}b"
    assert b"".join(parquet([line], QUOTATION))


def test_extract_says_what_a_table_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("one.txt").write_text("“We will stay,” said Ann Miller.\n", encoding="utf-8")
    assert main(["extract", "one.txt", "-f", "parquet"]) == 2
    assert b"name it with -o" in capfdbinary.readouterr().err
    assert main(["extract", "one.txt", "-f", "parquet", "-o", "missing/q.parquet"]) == 2
    assert b"cannot be written" in capfdbinary.readouterr().err
    assert main(["extract", "one.txt", "-f", "csv", "--bom"]) == 0
    assert capfdbinary.readouterr().out.startswith(b"\xef\xbb\xbfid,")
    assert main(["extract", "one.txt", "--bom"]) == 2
    assert b"--bom goes with" in capfdbinary.readouterr().err
    assert main(["extract", "one.txt", "-f", "parquet", "-o", "q.parquet"]) == 0
    (row,) = duckdb.sql("SELECT text, spans, speaker.name FROM 'q.parquet'").fetchall()
    assert row == ("We will stay,", [[1, 14]], "Ann Miller")
    assert main(["extract", "one.txt"]) == 0
    assert quotation_record(quotation_of(json.loads(capfdbinary.readouterr().out), ""))["text"] == row[0]
