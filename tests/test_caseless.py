"""Scripts without capitals and without spaces: runs cut at known words, names that stand out by their places."""

from __future__ import annotations

import doctest
import time

import pytest

from quotealign.text import caseless
from quotealign.text.caseless import is_caseless, plain, split_known


def test_the_examples_in_the_docstrings_hold() -> None:
    """What the docstrings show is what happens."""
    assert doctest.testmod(caseless).failed == 0


@pytest.mark.parametrize("text", ["قال الوزير", "אמר השר", "他说", "首相は述べた", "รัฐมนตรี", "मंत्री ने कहा"])
def test_scripts_without_capitals_are_told(text: str) -> None:
    """Arabic, Hebrew, Chinese, Japanese, Thai and Hindi have no capitals."""
    assert is_caseless(text)


@pytest.mark.parametrize("text", ["said", "сказал", "είπε", "ասաց", "", "12:30", "“…”", "IBM 说"])
def test_scripts_with_capitals_and_texts_without_letters_are_not(text: str) -> None:
    """Latin, Cyrillic, Greek and Armenian have capitals; numbers and marks have no say."""
    assert not is_caseless(text)


def words(text: str, known: set[str]) -> list[str]:
    """The pieces of a text cut at known words."""
    return [text[a:b] for a, b in split_known(text, known)]


def test_the_longest_known_word_wins() -> None:
    """副部长 is one word though 部长 is one, too."""
    assert words("副部长林海说", {"部长", "副部长", "说"}) == ["副部长", "林海", "说"]


def test_what_nobody_knows_stays_whole() -> None:
    """Without a known word the run is one piece; an empty run is none."""
    assert words("林海会见客人", set()) == ["林海会见客人"]
    assert words("", {"说"}) == []


def test_every_mark_is_a_piece_of_its_own() -> None:
    """Marks are single, but the dot inside a foreign name is none."""
    assert words("他说，“好”", {"他", "说"}) == ["他", "说", "，", "“", "好", "”"]
    assert words("安娜·史密森说", {"说"}) == ["安娜·史密森", "说"]


@pytest.mark.parametrize("text", ["副部长林海说：“好。”", "首相は、10日「続ける」と述べた。", "a b\tc", "说说说"])
def test_nothing_is_lost(text: str) -> None:
    """The pieces in a row give the text back."""
    known = {"部长", "副部长", "说", "は", "と", "述べた", "首相"}
    spans = split_known(text, known)
    assert "".join(text[a:b] for a, b in spans) == text
    assert all(a < b for a, b in spans)


def test_cutting_is_linear() -> None:
    """A run of a million characters is cut in the time that its length asks for."""
    known = {"说", "部长", "副部长", "国务委员", *(chr(0x4E00 + i) * 3 for i in range(5000))}
    begun = time.process_time()
    split_known("林海说副部长" * 5_000, known)
    short = time.process_time() - begun
    begun = time.process_time()
    split_known("林海说副部长" * 50_000, known)
    assert time.process_time() - begun < 40 * short + 0.5


def test_marks_of_other_scripts_have_latin_counterparts() -> None:
    """Full-width and Arabic marks are read as the Latin ones; words are left alone."""
    assert [plain(mark) for mark in "，：。؟،"] == [",", ":", ".", "?", ","]
    assert plain("说：") == "说："
