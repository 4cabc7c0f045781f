"""The report: a page and a table, each test one fact."""

from __future__ import annotations

import itertools
import re

import pytest
from report_builders import ADA, BEN, LONG, Page, alignment_of, article_of, contrast, hostile, squeezed, town

from quotealign.model import Alignment, Article, Kind, Quotation, Speaker
from quotealign.report import render, table
from quotealign.report.cards import cards
from quotealign.report.columns import columns, cut, padded
from quotealign.report.places import places
from quotealign.report.running import base_runs, runs

ANSI = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def source() -> str:
    return render(town(), version="1.2.3")


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


# --- the page ------------------------------------------------------------------------------------------------------


def test_the_page_loads_nothing(source: str, page: Page) -> None:
    """No script, no font, no picture, no style sheet from anywhere: links are the only addresses."""
    assert not {"script", "link", "img", "iframe", "object", "embed", "base"} & {tag for tag, _ in page.tags}
    assert not page.all("src")
    assert "@import" not in source
    assert "url(" not in source
    elsewhere = {href.partition("#")[0] for href in page.all("href") if not href.startswith("#")}
    assert elsewhere == {"https://example.org/1"}


def test_tags_are_closed_in_order(page: Page) -> None:
    """The page is well nested, whatever quotations do."""
    assert page.unbalanced == []
    assert page.open == []


def test_hostile_strings_are_escaped() -> None:
    """Nothing of an article, a name or a setting becomes markup, style, template code or a script address."""
    found = Page(render(hostile(), version="1.2.3"))
    assert "script" not in {tag for tag, _ in found.tags}
    assert found.unbalanced == []
    assert found.open == []
    assert not any(href.startswith("javascript") for href in found.all("href"))
    assert "{{ 7*7 }}" in found.text
    assert not any(name.startswith("on") for _, attributes in found.tags for name in attributes)


def test_anchors_resolve_and_are_unique(page: Page) -> None:
    """Every link inside the page leads somewhere, every id stands once."""
    ids = page.all("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.all("href") if href.startswith("#")} <= set(ids)
    labels = " ".join(page.all("aria-labelledby")).split()
    assert set(labels) <= set(ids)


def test_hostile_anchors_resolve() -> None:
    """Ids made of any string are still ids."""
    found = Page(render(hostile(), version="1"))
    ids = found.all("id")
    assert len(ids) == len(set(ids))
    assert not any(re.search(r"\s", name) for name in ids)
    assert {href[1:] for href in found.all("href")} <= set(ids)


def test_the_page_is_the_same_every_time(source: str) -> None:
    """Same alignment, same version, same text."""
    assert render(town(), version="1.2.3") == source


def test_no_absolute_path_is_shown(page: Page) -> None:
    """Where somebody keeps their files is not told."""
    assert "/home" not in page.text
    assert "n3.txt:4:2" in page.text


def test_the_base_text_is_whole(page: Page) -> None:
    """The base text stands on the page uncut, however it is marked."""
    assert LONG in squeezed(page.text)


def test_every_article_is_whole(page: Page) -> None:
    """Taking our labels out of the marked text leaves the article's text."""
    alignment = town()
    for article in alignment.articles:
        own = [quotation for quotation in alignment.quotations if quotation.article == article.id]
        assert "".join(place.text for place in places(article.text, own)) == article.text


def test_headings_never_skip_a_level(page: Page) -> None:
    """A reader who goes by headings finds an outline without holes."""
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_tables_have_captions_and_scopes(page: Page) -> None:
    """Every table says what it is, every head cell what it heads."""
    names = [tag for tag, _ in page.tags]
    assert names.count("table") == names.count("caption") > 0
    assert all(attributes.get("scope") in ("row", "col") for tag, attributes in page.tags if tag == "th")


def test_kinds_are_told_without_colour(page: Page) -> None:
    """Each highlighted quotation is followed by its kind and its speaker in words."""
    text = squeezed(page.text)
    for words in ("D (direct) Ada Mill", "M (mixed) Ada Mill", "T (term)", "W (title)", "I (indirect) Ben Ode"):
        assert words in text


def _colours(source: str, dark: bool) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", source, re.S)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[0]))
    return {**found, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[1]))} if dark else found


@pytest.mark.parametrize("dark", [False, True])
def test_contrast_is_enough(source: str, dark: bool) -> None:
    """Text is readable on every ground it stands on (WCAG 2.2, 1.4.3: 4.5 to 1), in light and in dark."""
    c = _colours(source, dark)
    pairs = [(text, ground) for text in ("ink", "soft", "accent") for ground in ("paper", "panel", "wash")]
    pairs += [("ink", "mark"), ("soft", "mark"), ("on-accent", "accent"), ("t0", "h0"), ("t0", "h1"), ("t0", "h2")]
    pairs += [("t3", "h3"), ("t3", "h4")]
    assert {pair: contrast(c[pair[0]], c[pair[1]]) for pair in pairs if contrast(c[pair[0]], c[pair[1]]) < 4.5} == {}


def test_crossing_and_nested_quotations_are_shown() -> None:
    """Spans may nest, cross, coincide, be empty or reach beyond the text."""
    text = "He said “one ‘two three’ four five” and six."
    spans = [((9, 34),), ((14, 23),), ((25, 30), (36, 43)), ((9, 34),), ((20, 28),), ((5, 5),), ((40, 900),), ()]
    quotations = tuple(
        Quotation(f"x-{n}", "x", "en", Kind.DIRECT, "words", found, speaker=ADA) for n, found in enumerate(spans)
    )
    found = Page(render(Alignment((Article("x", text),), quotations), version="1"))
    assert found.unbalanced == []
    assert {f"quotation-x-{n}" for n in (0, 1, 2, 3, 4, 6)} <= set(found.all("id"))


def test_a_split_quotation_is_anchored_and_named_once() -> None:
    """A quotation in two pieces has one anchor, one closing label and a sign that it goes on."""
    quotation = Quotation("x-0", "x", "en", Kind.DIRECT, "yes we can", ((1, 4), (15, 21)), speaker=ADA)
    pieces = places("“yes”, he said “we can”.", [quotation])
    assert sum(quotation in p.opens for p in pieces) == sum(quotation in p.closes for p in pieces) == 1
    assert sum(quotation in p.pauses for p in pieces) == 1


def test_without_clusters_the_page_says_so() -> None:
    """Nothing to compare is an answer too."""
    assert "nothing to compare" in Page(render(Alignment(()), version="1")).text
    lonely, found = article_of("a", ("We are here", Kind.DIRECT, ADA))
    assert "One article holds one quotation" in Page(render(Alignment((lonely,), found), version="1")).text


def test_a_witness_shows_what_it_left_out_and_what_it_added() -> None:
    """Struck words stand only in the base, inserted ones only in the witness; the rest is shared."""
    card = cards(town())[0]
    altered = next(w for w in card.witnesses if w.quotation.article == "n3")
    found = runs(card, altered)
    assert "".join(run.text + run.space for run in found).split() == altered.quotation.text.split()
    assert [(run.gone, run.text) for run in found if run.state != "same"] == [("", "not"), ("nobody", "few")]


def test_a_missing_comma_stays_at_its_word() -> None:
    """Reading the struck out marks with the text around them gives the base text back."""
    parts = [
        article_of("a", ("Now, we go, all", Kind.DIRECT, ADA)),
        article_of("b", ("Now we go all", Kind.DIRECT, ADA)),
    ]
    card = cards(alignment_of(parts, [["a-q0", "b-q0"]]))[0]
    found = runs(card, next(witness for witness in card.witnesses if not witness.is_base))
    assert "".join((run.text or run.gone) + run.space for run in found) == "Now, we go, all"


def test_a_fragment_does_not_make_the_rest_of_the_base_vary() -> None:
    """Where a shorter witness has ended, nothing is marked as varying."""
    marked = [run.text for run in base_runs(cards(town())[0]) if run.state == "changed"]
    assert marked == ["share", "the", "nobody"]


def test_many_articles_are_capped_and_the_page_says_so() -> None:
    """Thousands of articles give a page that a browser can open."""
    parts = [
        article_of(f"a{n}", ("We meet again here tomorrow", Kind.DIRECT, ADA), (f"Only here {n}", Kind.DIRECT, BEN))
        for n in range(600)
    ]
    clusters = [[f"a{n}-q0", f"a{n + 1}-q0"] for n in range(0, 500, 2)]
    source = render(alignment_of(parts, clusters), version="1")
    found = Page(source)
    assert len(source) < 2_000_000
    told = squeezed(found.text)
    assert "50 articles whole, 350 articles in excerpts" in told
    assert "200 articles are left out" in told
    assert "50 clusters with smaller differences have no card" in told
    assert {href[1:] for href in found.all("href")} <= set(found.all("id"))


def test_lone_surrogates_do_not_stop_the_page() -> None:
    """A page can always be written as UTF-8."""
    article, found = article_of("a", ("bad \ud800 and \x00 and \x1b[31m", Kind.DIRECT, ADA))
    render(Alignment((article,), found), version="1").encode("utf-8")
    table(Alignment((article,), found), width=80, colour=False).encode("utf-8")


# --- the table -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("colour", [False, True])
def test_the_table_fits_its_width(width: int, colour: bool) -> None:
    """No line is wider than asked for, with wide characters and words longer than a line as well."""
    wide = "桥梁将于春季开放过桥费保持适中" * 6
    parts = [
        article_of("a" * 90, (wide, Kind.DIRECT, Speaker("s", "長" * 80)), lang="zh", outlet="報" * 50),
        article_of("b", ("x" * 300, Kind.DIRECT, ADA), lang="zh", outlet="é" * 60),
    ]
    strange = alignment_of(parts, [[f"{'a' * 90}-q0", "b-q0"]])
    for alignment in (town(), strange, hostile()):
        lines = table(alignment, width=width, colour=colour).split("\n")
        assert max(columns(ANSI.sub("", line)) for line in lines) <= width


def test_colour_changes_nothing_but_colour() -> None:
    """Without its codes, the coloured table is the plain one."""
    assert ANSI.sub("", table(town(), width=100, colour=True)) == table(town(), width=100, colour=False)


def test_the_plain_table_has_no_codes() -> None:
    """What an article holds cannot steer a terminal."""
    article, found = article_of("a", ("red \x1b[31m alarm \u202e", Kind.DIRECT, ADA))
    other, more = article_of("b", ("red \x1b[31m alert", Kind.DIRECT, ADA))
    text = table(alignment_of([(article, found), (other, more)], [["a-q0", "b-q0"]]), width=80, colour=False)
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_differences_read_from_base_to_witness() -> None:
    """Each witness says what it changed, with ∅ for nothing."""
    text = table(town(), width=120, colour=False)
    assert "∅→not, nobody→few" in text
    assert "share→split, the→a" in text


def test_a_base_that_is_not_first_turns_its_edits() -> None:
    """A divergence measured from another witness to the base is read the other way round."""
    parts = [
        article_of("a", ("We will not pay", Kind.DIRECT, ADA)),
        article_of("b", ("We will pay", Kind.DIRECT, ADA)),
    ]
    text = table(alignment_of(parts, [["a-q0", "b-q0"]], base=1), width=80, colour=False)
    assert "∅→not" in text
    assert "not→∅" not in text


def test_the_gravest_cluster_comes_first() -> None:
    """An editor sees what may have changed its meaning before anything else."""
    assert cards(town())[0].label == "altered"


def test_identical_witnesses_share_a_line() -> None:
    """The same words in several articles are said once."""
    assert "Harbour Gazette  base  = n3, River Post, Le Courrier" in table(town(), width=100, colour=False)


def test_a_disagreement_on_the_speaker_is_told() -> None:
    """Who spoke is part of what may differ."""
    assert "Witnesses disagree on who spoke: Ada Mill (3) and Ben Ode (1)." in table(town(), width=100, colour=False)


def test_the_last_line_counts() -> None:
    """The table ends with what went in and what came out."""
    last = table(town(), width=100, colour=False).split("\n")[-1]
    assert last == "6 articles, 13 quotations (11 speech), 3 clusters"


def test_without_clusters_the_table_says_so_in_one_sentence() -> None:
    """No clusters is no error."""
    text = table(Alignment(()), width=100, colour=False)
    assert text.startswith("No utterance is quoted more than once here, so there is nothing to compare.\n")


def test_columns_counts_what_a_terminal_shows() -> None:
    """Wide characters take two columns, combining marks none; cutting keeps both whole."""
    assert columns("橋a") == 3
    assert columns("e\u0301") == 1
    assert padded(cut("橋橋橋", 4), 4) == "橋… "
    assert cut("e\u0301e\u0301e\u0301", 2) == "e\u0301…"
