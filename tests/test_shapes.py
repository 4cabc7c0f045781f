"""The JSON Schema of the records: what commands write is what it says, and it requires what our readers require."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from quotealign.cli import main
from quotealign.errors import InputMalformed, QuotealignError
from quotealign.formats import records
from quotealign.formats.drifts import drift_of, transmission_of
from quotealign.formats.findings import finding_of
from quotealign.formats.shapes import RECORDS, json_schema, known

ROOT = Path(__file__).parents[1]
DRAFT = "“The Kattenburg bridge will cost 44 million euros,” Ingrid Solheim said. “It will not be ready,” she said.\n"
PAPERS = {
    "english": "“The Kattenburg bridge will cost 42 million euros and open in March 2031,” Ingrid Solheim said.\n",
    "french": "« Le pont de Kattenburg coûtera 42 millions d’euros et ouvrira en mars 2031 », a dit Ingrid Solheim.\n",
    "late": "Ingrid Solheim said: “The Kattenburg bridge will cost 43 million euros,” and praised the “new” plan.\n",
}

Records = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Records:
    """What every command writes, by the file's name."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "papers").mkdir()
    for name, text in PAPERS.items():
        (folder / "papers" / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "draft.txt").write_text(DRAFT, encoding="utf-8")
    papers, draft, files = folder / "papers", folder / "draft.txt", {}
    for arguments in (
        ["align", papers, "-o", folder / "out"],
        ["extract", papers, "--indirect", "-o", folder / "extract.jsonl"],
        ["cluster", folder / "extract.jsonl", "-o", folder / "cluster.jsonl"],
        ["cluster", folder / "out" / "quotations.jsonl", "-f", "pairs", "-o", folder / "pairs.jsonl"],
        ["score", folder / "pairs.jsonl", "--layers", "-o", folder / "score.jsonl"],
        ["check", draft, "--against", papers, "-f", "json", "-o", folder / "check.json", "--fail-on", "never"],
        ["tei", "write", papers, "-o", folder / "tei"],
        ["tei", "read", folder / "tei", "-f", "articles", "-o", folder / "articles.jsonl"],
        ["tei", "read", folder / "tei", "-o", folder / "tei.jsonl"],
        ["tei", "write", papers, "-o", folder / "bare", "--no-text"],
        ["tei", "read", folder / "bare", "-f", "articles", "-o", folder / "withheld.jsonl"],
        ["corpus", "init", folder / "db"],
        ["corpus", "add", folder / "db", papers],
        ["corpus", "link", folder / "db"],
        ["corpus", "export", folder / "db", "--articles", "-o", folder / "corpus"],
    ):  # fmt: skip
        assert main(list(map(str, arguments))) == 0, arguments
    for path in sorted(folder.rglob("*.jsonl")):
        files[path.relative_to(folder).as_posix()] = [json.loads(x) for x in path.read_text("utf-8").split("\n") if x]
    files["check.json"] = json.loads((folder / "check.json").read_text("utf-8"))["findings"]
    return files


def test_what_every_command_writes_is_what_the_schema_says(written: Records) -> None:
    """Each record is valid as one of any kind and of its own, and has no field that the schema does not name."""
    anything = jsonschema.Draft202012Validator(json_schema())
    seen = set()
    for name, rows in written.items():
        assert rows, name
        for row in rows:
            anything.validate(row)
            jsonschema.Draft202012Validator(json_schema(row["type"])).validate(row)
            assert set(row) <= known(row["type"]), name
            seen.add(row["type"])
    assert seen == set(RECORDS)


@pytest.mark.parametrize("record", [None, *RECORDS])
def test_the_schema_is_a_schema(record: str | None) -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema(record))


READERS: dict[str, Callable[[dict[str, Any], str], object]] = {
    "article": records.article_of,
    "quotation": records.quotation_of,
    "cluster": records.cluster_of,
    "apparatus": records.apparatus_of,
    "divergence": records.divergence_of,
    "drift": drift_of,
    "transmission": transmission_of,
    "finding": finding_of,
}


def reads(record: dict[str, Any]) -> bool:
    try:
        READERS[record["type"]](record, "here")
    except QuotealignError:
        return False
    return True


def without_a_field(record: Any) -> Iterator[tuple[str, Any]]:
    """The record without each of its fields, those of what is in it too; of a list the first is enough."""
    for key in record if isinstance(record, dict) else range(min(1, len(record))) if isinstance(record, list) else ():
        if isinstance(record, dict) and key not in ("type", "schema"):
            yield key, {name: value for name, value in record.items() if name != key}
        if key not in ("metrics", "evidence"):
            for path, below in without_a_field(record[key]):
                changed = copy.copy(record)
                changed[key] = below
                yield f"{key}.{path}", changed


def fullest(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return max(rows, key=lambda row: len(json.dumps(row)) - 9999 * sum(not value for value in row.values()))


@pytest.mark.parametrize("kind", READERS)
def test_the_schema_requires_what_the_reader_requires(written: Records, kind: str) -> None:
    """A record that lacks a field is refused by both or by none."""
    rows = [row for some in written.values() for row in some if row["type"] == kind]
    validator = jsonschema.Draft202012Validator(json_schema(kind))
    whole = fullest(rows)
    assert reads(whole)
    refused = set()
    for path, less in without_a_field(whole):
        assert validator.is_valid(less) == reads(less), path
        if not validator.is_valid(less):
            refused.add(path)
    # An article whose text a file leaves out is a record; who works on text needs it.
    text = {"text"} if kind == "article" else set()
    assert {path for path in refused if "." not in path} == {*json_schema(kind)["required"], *text}


def test_a_field_of_a_wrong_kind_is_refused() -> None:
    """`quotealign cluster` says what the schema says of quotations that others write."""
    validator = jsonschema.Draft202012Validator(json_schema("quotation"))
    good = {"id": "a", "article": "b", "lang": "en", "kind": "direct", "text": "c", "page": 7}
    for wrong in ({"kind": "shouted"}, {"text": None}, {"spans": [[1]]}, {"spans": [1, 2]}, {"cue": {"span": [1, 2]}},
                  {"speaker": {"id": "x"}}, {"lang": 3}):  # fmt: skip
        assert validator.is_valid(good)
        assert not validator.is_valid(good | wrong), wrong
        assert not reads({"type": "quotation"} | good | wrong), wrong


SAID = {"id": "q", "article": "a", "lang": "en", "kind": "direct", "text": "We will stay"}
LINK = {"type": "cluster", "id": "c", "quotations": ["q", "r"]}


@pytest.mark.parametrize(
    ("record", "said"),
    [
        ({"type": "quotation"} | SAID | {"text": " "}, "quotation q holds no words"),
        (LINK | {"quotations": ["q"]}, "cluster c has fewer than two quotations"),
        ({"type": "quotation"} | SAID | {"spans": [[-1, 2]]}, "a span from -1"),
    ],
)
def test_what_says_nothing_is_refused_by_schema_and_reader(record: dict[str, Any], said: str) -> None:
    """Words of nothing but space, a cluster of one, a place before the text."""
    assert not jsonschema.Draft202012Validator(json_schema(record["type"])).is_valid(record)
    with pytest.raises(InputMalformed, match=f"^here: {said}; .*\\.$"):
        READERS[record["type"]](record, "here")


@pytest.mark.parametrize("field", ["spans", "content", "cue", "source"])
def test_a_span_that_runs_backwards_is_told_on_reading(field: str) -> None:
    """JSON Schema cannot compare two numbers, and says so in its comment."""
    value: Any = [[9, 3]] if field in ("spans", "content") else {"span": [9, 3], "text": "said"}
    with pytest.raises(InputMalformed, match=r"^here: the span \[9, 3\] ends before it begins; give "):
        records.quotation_of(SAID | {field: value}, "here")
    assert "cannot compare" in json_schema("quotation")["$comment"]


def test_input_without_a_type_is_valid_as_what_commands_take_it_for() -> None:
    """Articles, quotations and pairs may leave `type` out; what is none of them is not valid, and of no other type."""
    anything = jsonschema.Draft202012Validator(json_schema())
    for good in ({"id": "a", "text": "Rain."}, SAID, {"a": "Rain.", "b": "Snow."}):
        assert anything.is_valid(good)
    for wrong in (
        {},
        {"id": "a"},
        {"id": "a", "text": "\n"},
        {"type": "note"} | SAID,
        {"type": "quotation", "id": "q"},
    ):
        assert not anything.is_valid(wrong), wrong


def test_the_documents_name_the_fields_of_the_schema() -> None:
    """The table of each record in docs/records.md has a row for each field, and for no other."""
    text = (ROOT / "docs/records.md").read_text(encoding="utf-8")
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        table = re.search(r"^\| field \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", body, re.MULTILINE)
        if table and title.lower() in RECORDS:
            cells = (row.split("|")[1] for row in table[1].splitlines())
            assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == known(title.lower()), title
    assert set(RECORDS) <= {title.lower() for title in re.findall(r"^## (\w+)$", text, re.MULTILINE)}


def test_the_command_prints_it(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["schema", "cluster"]) == 0
    assert json.loads(capfdbinary.readouterr().out) == json_schema("cluster")
    assert main(["schema", "clusters"]) == 2
    assert b"'quotation'" in capfdbinary.readouterr().err
