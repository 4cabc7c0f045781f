"""Indirect speech: where what is reported without marks begins and ends, and whose it is."""

from __future__ import annotations

import pytest

from quotealign.model import Article, Kind
from quotealign.pipeline import Settings, extract_all


def _reported(text: str) -> list[tuple[str, str]]:
    quotations, _ = extract_all([Article("a", text, "en")], settings=Settings(indirect=True))
    return [(q.text, q.source.text if q.source else "") for q in quotations if q.kind == Kind.INDIRECT]


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("Owen Tarrant said the mill would close.", [("the mill would close", "Owen Tarrant")]),
        (
            "While Owen Tarrant said the mill would close, the farmers went home.",
            [("the mill would close", "Owen Tarrant")],
        ),
        (
            "Owen Tarrant said the farmers had taken the offer, which few had read.",
            [("the farmers had taken the offer", "Owen Tarrant")],
        ),
        (
            "Owen Tarrant said the mill, which opened in May, would close.",
            [("the mill, which opened in May, would close", "Owen Tarrant")],
        ),
        ("Owen Tarrant told the council on Monday it would close.", [("it would close", "Owen Tarrant")]),
        ("Owen Tarrant wrote in the paper.", []),
        (
            "The farmers will sell the mill, said Owen Tarrant, the miller.",
            [("The farmers will sell the mill", "Owen Tarrant")],
        ),
        ("The plan was called a disgrace by Owen Tarrant.", [("a disgrace", "Owen Tarrant")]),
        ("A survey found the river clean.", [("the river clean", "A survey")]),
        ("Owen Tarrant found the river.", []),
        ("Owen Tarrant continued to wait.", []),
        (
            "“The mill will close,” Owen Tarrant told the council, and Clara Whitfield said the farmers knew.",
            [("the farmers knew", "Clara Whitfield")],
        ),
    ],
    ids=[
        "behind its verb",
        "a clause that hangs on another ends at its comma",
        "a relative clause at the end stays outside",
        "a relative clause in the middle belongs to it",
        "whom it was told and when stay outside",
        "a place is nothing reported",
        "before a verb that turns",
        "between a passive and its agent",
        "a document finds",
        "a person finds things",
        "a verb that reports only with marks",
        "beside words in marks",
    ],
)
def test_indirect_speech_is_what_was_said_and_no_more(text: str, reported: list[tuple[str, str]]) -> None:
    """Indirect speech begins behind its verb and its addressee, and ends with its clause."""
    assert _reported(text) == reported
