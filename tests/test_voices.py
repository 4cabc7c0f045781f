"""Voices: short invented news, and who speaks in each of its quotations, told by hand before anything was run.

`voices/<code>.toml` holds the paragraphs of one language, one for each usual way of naming or pointing at a speaker;
`fails = true` marks one that is known to be read wrongly, until somebody takes the mark away.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from quotealign.attribution import identify
from quotealign.model import Article, Quotation, Speaker
from quotealign.pipeline import extract_all
from quotealign.verification.speakers import differ

_FILES = sorted((Path(__file__).parent / "voices").glob("*.toml"))


def _cases() -> list[Any]:
    found = []
    for path in _FILES:
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            slug = "-".join(re.findall(r"\w+", case["why"].lower())[:9])
            marks = [pytest.mark.xfail(strict=True, reason="known to fail")] if case.get("fails") else []
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{slug}", marks=marks))
    return found


def _spoken(text: str, lang: str = "en") -> list[Quotation]:
    quotations, _ = extract_all([Article("case", text, lang)])
    return [q for q in quotations if q.kind.is_speech]


def _names(text: str, lang: str = "en") -> list[str]:
    return [q.speaker.name if q.speaker else "" for q in _spoken(text, lang)]


@pytest.mark.parametrize(("lang", "case"), _cases())
def test_the_speaker_is_who_a_reader_would_name(lang: str, case: dict[str, Any]) -> None:
    """Each quotation of a paragraph has the speaker that a reader names, and where he names none it has none."""
    assert _names(case["text"], lang) == case["speakers"], case["why"]


# -- short forms -----------------------------------------------------------------------------------------------------

_SHORT = [
    *[("Joseph Harrow", "Joe Harrow"), ("William Harrow", "Bill Harrow"), ("Katherine Harrow", "Kate Harrow")],
    *[("Robert Harrow", "Bob Harrow"), ("Johannes Wendt", "Hans Wendt"), ("Jean-Pierre Vachet", "J.-P. Vachet")],
    *[("Francisco Orozco", "Paco Orozco"), ("Frédéric Vachet", "Fred Vachet"), ("Bärbel Wendt", "Barbara Wendt")],
]
_OTHERS = [("Joseph Harrow", "Kate Harrow"), ("Robert Harrow", "Bill Harrow"), ("Joe Harrow", "Joe Vetch")]


def _person(name: str) -> Speaker:
    return Speaker("-".join(re.findall(r"\w+", name.lower())), name, "person")


@pytest.mark.parametrize(("full", "short"), _SHORT)
def test_a_usual_short_form_is_the_same_person(full: str, short: str) -> None:
    """A draft that calls somebody by a usual short form contradicts no source, and articles give both one name."""
    assert not differ(_person(full), _person(short))
    said = [f"“The wall held all night,” said {name}." for name in (full, short)]
    quotations, _ = extract_all([Article(f"a{i}", text, "en") for i, text in enumerate(said)])
    assert len({q.speaker for q in identify(quotations)}) == 1


@pytest.mark.parametrize(("one", "other"), _OTHERS)
def test_another_given_or_family_name_is_another_person(one: str, other: str) -> None:
    """Only short forms of the same name, with the same family name, are one person's."""
    assert differ(_person(one), _person(other))


# -- sources ---------------------------------------------------------------------------------------------------------


def test_an_adverb_before_a_pronoun_is_no_part_of_the_source() -> None:
    """Of *Yesterday she called it* the source is *she*, and *On May 3 he said* has *he*."""
    sources = [q.source for q in _spoken("Yesterday she called it “a scandal”. On May 3 he said “no”.")]
    assert [source.text for source in sources if source] == ["she", "he"]


@pytest.mark.parametrize("pronoun", ["he", "she"])
def test_nobody_is_named_where_a_pronoun_could_only_mean_a_body(pronoun: str) -> None:
    """A body before *he said* is not who said it, whether a paper, a station or a society."""
    for body in ("the Wendheim Post", "Radio Wendheim", "the Press Guild"):
        assert _names(f"Callers rang {body} on Monday. “It was loud,” {pronoun} said.") == [""], body


def test_short_words_for_bodies_are_names_of_people_behind_a_given_name() -> None:
    """Families that are called by a word for a body, a department, a month or a rank keep their given names."""
    for family in ("Banks", "Public", "Rural", "Urban", "May", "Junior"):
        assert _names(f"“It was loud,” said Anna {family}. “Very loud,” {family} said.") == [f"Anna {family}"] * 2
