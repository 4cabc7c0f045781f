"""Pages as they were looked at and approved, without their style. `python tests/test_report_golden.py` writes anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from test_report_findings import _finding
from test_report_parts import _arrow

from quotealign.report import render, verdicts

GOLDEN = Path(__file__).parent / "golden" / "report"


def _findings() -> str:
    draft, source, finding = _finding()
    return verdicts([("draft.md", finding, False)], version="1", drafts=[("draft.md", draft)], sources={"s1": source})


PAGES: dict[str, Callable[[], str]] = {"report": lambda: render(_arrow(), version="1"), "findings": _findings}


def _body(name: str) -> str:
    return PAGES[name]().partition("</head>\n")[2]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_as_it_was_looked_at_and_approved(name: str) -> None:
    """Two languages, a denial, an arrow and a line that is undetermined; a finding with its draft and its source."""
    assert _body(name) == (GOLDEN / f"{name}.html").read_text(encoding="utf-8")


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for name in PAGES:
        (GOLDEN / f"{name}.html").write_text(_body(name), encoding="utf-8")
