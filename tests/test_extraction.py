"""Extraction held against hard input: odd marks, mark soup, deep nesting, long lines, long articles.

What a reader finds in ordinary prose stands in `golden/`; here stand the laws and the costs.
"""

from __future__ import annotations

import gc
import itertools
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from quotealign.extraction import extract
from quotealign.languages import codes, language
from quotealign.model import Article, Kind, Notice
from quotealign.pipeline import Settings, extract_all, quotations_of

BRIEFLY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AT_LENGTH = settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))

# -- odd marks -------------------------------------------------------------------------------------------------------


def _odd(text: str, lang: str = "en") -> list[Notice]:
    return [n for n in extract_all([Article("daily", text, lang)])[1] if n.code == "odd-mark"]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("The council met on Monday” to vote.", "daily:1:26"),
        ("All was quiet.\nThe council met” on Monday.", "daily:2:16"),
        ("All was quiet.\r\n\r\nOwen Tarrant said “the deal stands. Nobody cancelled it.", "daily:3:19"),
        ("👩‍👩‍👧 met” here.", "daily:1:10"),
        ("“We found it, said Clara Whitfield.", "daily:1:1"),
    ],
    ids=["stray", "on the second line", "not closed", "columns are code points", "at the start"],
)
def test_a_notice_of_an_odd_mark_carries_article_line_and_column(text: str, where: str) -> None:
    """A mark without a partner is told of once, as article:line:column, both counted from 1 in code points."""
    assert [n.where for n in _odd(text)] == [where]


def test_a_notice_of_an_odd_mark_shows_the_mark_and_what_it_lacks() -> None:
    """The sentence of a notice names the mark itself, says what is wrong, and skips nothing."""
    (notice,) = _odd("The council met on Monday” to vote.")
    assert "”" in notice.what
    assert notice.do
    assert not notice.skipped


def test_many_odd_marks_are_told_of_in_few_notices() -> None:
    """Of a thousand odd marks only the first are told one by one; one notice more says how many others there are."""
    notices = _odd("Nobody” came.\n" * 1000)
    placed = [n for n in notices if n.where != "daily"]
    assert [n.where for n in placed] == [f"daily:{line}:7" for line in range(1, len(placed) + 1)]
    assert len(placed) < 100
    (others,) = (n for n in notices if n.where == "daily")
    assert str(1000 - len(placed)) in others.what


@pytest.mark.parametrize("lang", codes())
def test_paired_marks_apostrophes_and_inches_are_no_odd_marks(lang: str) -> None:
    """Marks in order, contractions, possessives, inches and paragraphs that reopen call for no notice."""
    opening, closing = language(lang).marks[0]
    texts = [
        f"{opening}It is done{closing}, Ann Miller 12. {opening}All of it{closing}.",
        "The farmers' union doesn't meet in Ann Miller's barn.",
        'The shelf is 6" deep and 12" wide.',
        f"{opening}One paragraph.\n\n{opening}And another{closing}.",
    ]
    assert [_odd(text, lang) for text in texts] == [[]] * len(texts)


def test_an_odd_mark_never_reaches_beyond_its_paragraph() -> None:
    """A mark left open in one paragraph leaves the quotations of the next exactly as they are without it."""
    clean = "“We found the money,” said Clara Whitfield.\n\n“It was lost,” said Owen Tarrant."
    broken = "Nothing “was said. Nobody came.\n\nAll was quiet.\n\n" + clean
    alone = [q.text for q in extract_all([Article("a", clean, "en")])[0]]
    beside = [q.text for q in extract_all([Article("a", broken, "en")])[0]]
    assert beside[-2:] == alone
    assert len(beside) <= len(alone) + 1


# -- laws over mark soup ---------------------------------------------------------------------------------------------

MARKS = sorted({mark for code in codes() for pair in language(code).marks for mark in pair})
SIGNS = ["'", "’", "\N{PRIME}", "\N{DOUBLE PRIME}", "—", "–", "--", "…", "...", ",", ".", "?", "!", ":", ";", "(", "]"]
PLAIN_WORDS = (
    "we the bridge will not said Smith told she he according to Ann Miller, minister don't Smith’s O'Brien 6' 12\" "
    "selon a-t-elle d' dit-il sagte laut er habe disse по сказал 表示 「 قال U.S. Mr. [sic] <b> </b> who which 3,000"
).split()
EMOJI = ["👩‍👩‍👧", "🇲🇦", "e\u0301"]
CONTROLS = ["\x00", "\x07", "\x1b[0m", "\ufeff", "\u200b", "\u202e", "\u00ad", "\ud800", "\udfff"]
SPACES = ["", "", " ", " ", " ", "\n", "\n\n", "\r\n", "\r", "\t", "\u00a0", "\u202f", "\u2028", "\x0b", "\x85"]

PIECES = st.tuples(
    st.one_of(*map(st.sampled_from, (MARKS, MARKS, PLAIN_WORDS, PLAIN_WORDS, SIGNS, EMOJI + CONTROLS))),
    st.sampled_from(SPACES),
)
SOUP = st.one_of(st.lists(PIECES, max_size=12), st.lists(PIECES, min_size=20, max_size=80)).map(
    lambda pieces: "".join(itertools.chain.from_iterable(pieces))
)


def _check_laws(text: str, lang: str) -> None:
    article = Article("a", text, lang)
    for whole in (False, True):
        settings_ = Settings(whole=whole, indirect=True)
        quotations, notices = quotations_of(article, settings=settings_)
        for quotation in quotations:
            ends = list(itertools.chain.from_iterable(quotation.spans))
            assert ends
            assert ends[0] >= 0
            assert ends[-1] <= len(text)
            assert all(start < end for start, end in quotation.spans)
            assert all(a <= b for a, b in itertools.pairwise(ends)), "pieces overlap or stand in disorder"
            assert quotation.text == " ".join(text[s:e] for s, e in quotation.spans)
            for passage in (quotation.source, quotation.cue):
                assert passage is None or passage.span is None or text[slice(*passage.span)] == passage.text
            for start, end in quotation.content or ():
                assert 0 <= start < end <= len(text)
        assert len({q.id for q in quotations}) == len(quotations)
        assert sum(notice.where == "a" for notice in notices) <= 1, "more than one summary of odd marks"
        for notice in (n for n in notices if n.where != "a"):
            _, line, column = notice.where.rsplit(":", 2)
            assert 1 <= int(line) <= text.count("\n") + 1
            assert int(column) >= 1


@pytest.mark.parametrize("lang", codes())
def test_no_text_of_marks_and_words_raises_or_breaks_a_law(lang: str) -> None:
    """Whatever marks, words, newlines, emoji, control characters and lone surrogates make, spans, ids and notices
    hold together, and nothing raises."""

    @settings(BRIEFLY, max_examples=60)
    @given(SOUP)
    @example("we\"''Mr. ''")  # what is recovered for an unclosed mark ended inside another string
    def check(text: str) -> None:
        _check_laws(text, lang)

    check()


@BRIEFLY
@given(st.text(max_size=200), st.sampled_from(codes()))
def test_no_text_at_all_raises(text: str, lang: str) -> None:
    """Any string of code points can be extracted from, whatever its language is said to be."""
    _check_laws(text, lang)


@BRIEFLY
@given(SOUP, st.sampled_from(codes()))
def test_quotations_stand_in_the_order_of_the_text_and_apart(text: str, lang: str) -> None:
    """Quotations come in the order of their openings, and no two of them share a character."""
    quotations, _ = extract(Article("a", text, lang))
    starts = [q.spans[0][0] for q in quotations]
    assert starts == sorted(starts)
    assert len(set(starts)) == len(starts)
    spans = sorted(span for q in quotations for span in q.spans)
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


@BRIEFLY
@given(st.lists(SOUP, min_size=2, max_size=4))
def test_ids_are_unique_and_stay_when_another_article_is_added(texts: list[str]) -> None:
    """An id depends on its own article alone: neither articles before nor articles behind it change it."""
    articles = [Article(f"a{i}", text, "en") for i, text in enumerate(texts)]
    together = [q.id for q in extract_all(articles)[0]]
    assert len(set(together)) == len(together)
    alone = [q.id for article in articles for q in extract_all([article])[0]]
    assert together == alone
    assert [q.id for q in extract_all(articles[::-1])[0] if q.article == "a0"] == [
        q.id for q in extract_all(articles[:1])[0]
    ]


def test_the_same_words_twice_have_two_ids() -> None:
    """Two quotations of the same words in one article are told apart, and the first keeps its id without the second."""
    once = "“It is done,” said Ann Miller."
    first, second = (q.id for q in extract_all([Article("a", f"{once} {once}", "en")])[0])
    assert first != second
    assert [q.id for q in extract_all([Article("a", once, "en")])[0]] == [first]


# -- unit ------------------------------------------------------------------------------------------------------------

ROW = "“We lost the harvest,” said Owen Tarrant. “The barn is gone.” Clara Whitfield left early."


def test_the_unit_is_a_part_unless_told_otherwise() -> None:
    """Two sentences in marks around one reporting clause are two quotations; each knows the whole content."""
    quotations, _ = extract_all([Article("a", ROW, "en")])
    assert [q.text for q in quotations] == ["We lost the harvest,", "The barn is gone."]
    assert {q.content for q in quotations} == {tuple(span for q in quotations for span in q.spans)}


def test_the_unit_whole_takes_all_that_one_clause_governs() -> None:
    """With `whole`, what one reporting clause governs is one quotation of several spans."""
    (quotation,) = extract_all([Article("a", ROW, "en")], settings=Settings(whole=True))[0]
    assert quotation.text == "We lost the harvest, The barn is gone."
    assert len(quotation.spans) == 2
    assert quotation.kind == Kind.DIRECT


def test_the_unit_whole_leaves_two_clauses_two() -> None:
    """With `whole`, quotations of two reporting clauses stay apart, even where one person speaks in both."""
    text = "“We lost the harvest,” said Owen Tarrant. “The barn is gone,” said Owen Tarrant."
    quotations, _ = extract_all([Article("a", text, "en")], settings=Settings(whole=True))
    assert [q.text for q in quotations] == ["We lost the harvest,", "The barn is gone,"]


def test_a_split_quotation_is_one_whatever_the_unit() -> None:
    """A quotation split by its reporting clause is one of two spans, as a part and as a whole."""
    article = Article("a", "“The plan is bold,” Clara Whitfield admitted, “but we have the means.”", "en")
    parts, wholes = (extract_all([article], settings=Settings(whole=whole))[0] for whole in (False, True))
    assert [q.spans for q in parts] == [q.spans for q in wholes]
    assert [len(q.spans) for q in parts] == [2]


GERMAN = "Jonas Thaler sagte, das Vorhaben sei „viel zu teuer“ und niemand habe „an die Nachbarn gedacht“."


def test_german_takes_a_fragment_by_itself() -> None:
    """A German clause in the Konjunktiv is the reporter's wording: each fragment is a quotation, its own content."""
    quotations, _ = extract_all([Article("a", GERMAN, "de")], settings=Settings(whole=None))
    assert [(q.kind, q.text, q.content) for q in quotations] == [
        (Kind.MIXED, "viel zu teuer", None),
        (Kind.MIXED, "an die Nachbarn gedacht", None),
    ]


def test_a_german_clause_around_fragments_is_indirect_speech() -> None:
    """With `indirect`, the reported clause is given once, around the fragments that stand in it."""
    quotations, _ = extract_all([Article("a", GERMAN, "de")], settings=Settings(whole=None, indirect=True))
    assert [q.kind for q in quotations] == [Kind.INDIRECT, Kind.MIXED, Kind.MIXED]
    assert quotations[0].text == "das Vorhaben sei „viel zu teuer“ und niemand habe „an die Nachbarn gedacht“"
    assert {q.source.text for q in quotations if q.source} == {"Jonas Thaler"}


# -- cost ------------------------------------------------------------------------------------------------------------


def _cost(texts: Iterable[str], lang: str = "en") -> float:
    """CPU seconds that some articles cost from text to speakers, as in the command: it collects no garbage meanwhile,
    which would cost the more the more the tests before have left."""
    articles = [Article(f"a{i}", text, lang) for i, text in enumerate(texts)]
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        extract_all(articles)
        return time.process_time() - start
    finally:
        gc.enable()


def _grows_linearly(make: Callable[[int], str], most: int, lang: str = "en") -> None:
    """Four times the text costs about four times as much, not sixteen, up to `most` characters. It gives up at the
    first size that shows otherwise, so that a quadratic program fails soon instead of running for hours."""
    _cost([make(1000)], lang)
    last = 0.0
    for size in (most // 64, most // 16, most // 4, most):
        text = make(size)
        now = _cost([text], lang)
        if last and now > (allowed := max(8 * last, 1.0)):
            now = min(now, _cost([text], lang))  # the machine may have been busy
            assert now <= allowed, f"{size:,} characters: {now:.2f} s after {last:.2f} s for a quarter"
        last = now


def _repeated(unit: str) -> Callable[[int], str]:
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def _nested(openers: str, closers: str) -> Callable[[int], str]:
    def make(size: int) -> str:
        depth = (size - 1) // (len(openers) + len(closers)) + 1
        return openers * depth + "x" + closers * depth

    return make


def _soup_of(size: int) -> str:
    rng = random.Random(size)
    pieces: list[str] = []
    length = 0
    pool = [w for w in (*MARKS, *MARKS, *PLAIN_WORDS, *SIGNS) if "\n" not in w]
    while length < size:
        pieces.append(rng.choice(pool) + rng.choice(["", " "]))
        length += len(pieces[-1])
    return "".join(pieces)


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "fr", "de", "und"])
def test_a_megabyte_of_mark_soup_on_one_line_ends_in_linear_time(lang: str) -> None:
    """Marks of every style, words and signs at random on one line of 1 MB: no exception, no square."""
    _grows_linearly(_soup_of, 1_000_000, lang)


@pytest.mark.long
@pytest.mark.parametrize(
    "make",
    [
        _nested("“", "”"),
        _nested("«", "»"),
        _nested("“‘", "’”"),
        _nested("„‚", "‘“"),
        _repeated("“"),
        _repeated("”"),
        _repeated("“‘«"),
        _repeated("([{“"),
    ],
    ids=["one style", "guillemets", "two styles", "low marks", "never closed", "only closers", "mixed", "brackets"],
)
def test_ten_thousand_levels_of_marks_end_in_linear_time(make: Callable[[int], str]) -> None:
    """Marks nested 10,000 deep and deeper raise nothing (no recursion) and cost what their length costs."""
    _grows_linearly(make, 40_001)


@pytest.mark.long
@pytest.mark.parametrize(
    "unit",
    [
        "\"'",
        "\"' ",
        "“a” he said, ",
        "“A b c d,” ",
        "according to Ann, “x” ",
        "“dogs’ ",
        "he said that ",
        '<a href="x">“b” ',
        "<a ",
        "Ann, who said, ",
        "“Hi there. \n",
        "Ann Miller: ",
        "Monday” ",
        "ANN: “Yes” to that.\n",
    ],
)
def test_two_hundred_kilobytes_of_one_pattern_end_in_linear_time(unit: str) -> None:
    """One short pattern repeated to 200 kB, on one line or many, costs what its length costs."""
    _grows_linearly(_repeated(unit), 200_000)


@pytest.mark.parametrize("text", ["\"'" * 500, "“" * 10_000, "“" * 10_000 + "x" + "”" * 10_000, "«\u00a0" * 5_000])
def test_deep_and_alternating_marks_raise_nothing(text: str) -> None:
    """Ten thousand levels need no recursion, and marks in turn are some quotations or none."""
    _check_laws(text, "en")


GIVEN = "Ada Bela Cora Dina Edda Fina Gero Hanno Ivo Jorin Kano Lino Mirko Nando Odo Pero Quirin Rocco Silo".split()
FRONT = "Bar Cal Dor Fen Gar Hol Jar Kel Lor Mar Nor Par Quen Ros Sal Tor Ver Wil Yar Zel".split()
BACK = "bach bert dorn feld gard ham kamp land mont nard quist rath shaw stead ton vale well wick worth yard".split()
PARAGRAPHS = [
    "“The bridge will open before the summer,” said {name}, who has run the works since spring. “It was never late.”",
    "{name} told reporters on Monday that the plan was “a waste of money” and that nobody “had thought of the town.”",
    "The council met in the afternoon. It had little to decide, and the two members who were absent were not missed.",
    "According to {name}, farmers are going through “the worst year in two decades.” The minister did not answer.",
    "“Who is going to pay for all this?” asked {name}. “We have,” {family} added, “no answer from the county.”",
    "{name} and the others walked to the river. “The water came up in minutes,” she said. “Nobody was asleep.”",
]


def _articles(count: int, size: int) -> list[str]:
    rng = random.Random(7)
    made = []
    for _ in range(count):
        parts: list[str] = []
        length = 0
        while length < size:
            family = rng.choice(FRONT) + rng.choice(BACK)
            parts.append(rng.choice(PARAGRAPHS).format(name=f"{rng.choice(GIVEN)} {family}", family=family))
            length += len(parts[-1]) + 2
        made.append("\n\n".join(parts)[:size])
    return made


@pytest.mark.long
def test_a_long_article_costs_what_many_short_ones_cost(tmp_path: Path) -> None:
    """One article of 10 MB costs at most 1.6 times as much a character as a thousand of 10 kB of the same prose, each
    in a process of its own: what earlier tests left in memory is no part of it."""
    short = _articles(1000, 10_000)
    whole = "\n\n".join(short)
    assert len(whole) >= 10_000_000
    many, one = _cost_alone(short, tmp_path) / sum(map(len, short)), _cost_alone([whole], tmp_path) / len(whole)
    assert one <= 1.6 * many, f"{one * 1e6:.2f} µs a character in one article, {many * 1e6:.2f} in a thousand"


def _cost_alone(texts: list[str], folder: Path) -> float:
    file = folder / "articles.jsonl"
    lines = (json.dumps({"id": f"a{i}", "lang": "en", "text": text}) for i, text in enumerate(texts))
    file.write_text("\n".join(lines), encoding="utf-8")
    before = os.times()
    command = [sys.executable, "-m", "quotealign", "extract", str(file), "--max-bytes", "99000000", "-o", os.devnull]
    subprocess.run(command, check=True, capture_output=True)
    after = os.times()
    return after.children_user - before.children_user


@pytest.mark.long
@AT_LENGTH
@given(SOUP, st.sampled_from(codes()))
def test_fuzz_of_mark_soup(text: str, lang: str) -> None:
    """Two thousand soups, each in some language, break no law."""
    _check_laws(text, lang)
