"""Golden cases: invented news prose of each language, and the quotations that a reader finds in it.

`golden/<code>.toml` holds the cases of one language. A case lists all its quotations in order; `fails = true` marks
one that the program is known to get wrong: it has to go on failing until somebody takes the mark away.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from quotealign.languages import codes
from quotealign.model import Article, Quotation
from quotealign.pipeline import extract_all

_FOLDER = Path(__file__).parent / "golden"
_FILES = sorted(_FOLDER.glob("*.toml"))
_FIELDS = ("kind", "text", "source", "speaker")

Row = dict[str, str]


def _cases() -> list[Any]:
    found = []
    for path in _FILES:
        cases = tomllib.loads(path.read_text(encoding="utf-8")).get("case", [])
        for number, case in enumerate(cases, 1):
            slug = "-".join(re.findall(r"\w+", case["why"].lower())[:9])
            marks = [pytest.mark.xfail(strict=True, reason="known to fail")] if case.get("fails") else []
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{number:02}-{slug}", marks=marks))
    return found


def _found(quotation: Quotation) -> Row:
    source, speaker = quotation.source, quotation.speaker
    return {
        "kind": quotation.kind.value,
        "text": quotation.text,
        "source": source.text if source else "",
        "speaker": speaker.name if speaker else "",
    }


def _wanted(row: Row) -> Row:
    return {field: row.get(field, "") for field in _FIELDS}


@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_a_golden_file_is_of_a_known_language_and_well_formed(path: Path) -> None:
    """Each file is named after a language that has data, and its cases hold what a case holds, nothing else."""
    assert path.stem in codes()
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
        assert set(case) <= {"why", "text", "quotations", "fails"}, case["why"]
        for row in case["quotations"]:
            assert set(row) <= set(_FIELDS), case["why"]
            assert row["kind"] in ("direct", "mixed", "indirect", "term", "title"), case["why"]


@pytest.mark.parametrize(("lang", "case"), _cases())
def test_golden(lang: str, case: dict[str, Any]) -> None:
    """All quotations of the text are found, in order, with kind, words, source and speaker, and no others."""
    quotations, _ = extract_all([Article(id="case", text=case["text"], lang=lang)])
    assert [_found(q) for q in quotations] == [_wanted(row) for row in case["quotations"]], case["why"]
