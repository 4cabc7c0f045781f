"""Parts of the report that a reader goes by: places and links, dates, kinds of edit, pictures; each test one fact."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from report_builders import ADA, BEN, LONG, Page, alignment_of, article_of, contrast, hostile, squeezed, tokens, town

from quotealign.collation import collate
from quotealign.model import (
    Alignment,
    Descent,
    Kind,
    Transmission,
    Witness,
)
from quotealign.report import render, wording
from quotealign.report.articles import WHOLE, shown_articles
from quotealign.report.cards import Card, cards
from quotealign.report.descents import between_articles, stemma
from quotealign.report.grid import alone, grids
from quotealign.report.heatmap import FIGURES, SHOWN, heatmap
from quotealign.report.running import runs, shortened

TOLD = "We will mend the quay before the first frost and the town will pay for the stones"
DENIED = TOLD.replace("will mend", "will not mend")
GERMAN = "Wir werden den Kai vor dem ersten Frost ausbessern und die Stadt wird die Steine bezahlen, auch die teuren"


def _quay(*, base: int = 0, dates: tuple[str | None, ...] = ("2022-11-01", "2022-11-02", "2022-11-03")) -> Alignment:
    """A German witness and two English ones, of which one denies what the other says."""
    parts = [
        article_of("de1", (GERMAN, Kind.DIRECT, ADA), lang="de", outlet="Der Kai", published=dates[0]),
        article_of(
            "en1", (TOLD, Kind.DIRECT, ADA), outlet="Quay News", published=dates[1], url="https://quay.example/1"
        ),
        article_of("en2", (DENIED, Kind.DIRECT, BEN), outlet="The Lamp", published=dates[2]),
    ]
    made = alignment_of(parts, [["de1-q0", "en1-q0", "en2-q0"]], base=base)
    witnesses = [Witness(q.id, tuple(tokens(q.text))) for q in made.quotations]
    apparatus = collate(witnesses, identifier="c0", base=witnesses[base].sigil, lemma="base")
    return replace(made, apparatuses=(apparatus,))


def _taken(alignment: Alignment, *descents: Descent) -> Alignment:
    return replace(alignment, transmissions=(Transmission(alignment.clusters[0].id, descents),))


# --- what the page may do ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [town, hostile], ids=["town", "hostile"])
def test_the_page_allows_itself_its_one_style_sheet_and_nothing_else(made: object) -> None:
    """The policy names the style by its digest, and no element has a style of its own, which it would forbid."""
    source = render(made(), version="1")  # type: ignore[operator]
    (style,) = re.findall(r"<style>(.*?)</style>", source, re.S)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in source
    assert not Page(source).all("style")


def test_nothing_moves() -> None:
    """Who asked for less motion gets none, as everybody else."""
    assert not re.search(r"(animation|transition|scroll-behavior)\s*:", render(town(), version="1"))


# --- places --------------------------------------------------------------------------------------------------------


def test_every_witness_leads_to_its_place_and_back() -> None:
    """From the card to the quotation in its article, from there to the witness in the card."""
    page = Page(render(town(), version="1"))
    hrefs = page.all("href")
    for quotation in ("n1-q0", "n3-q1", "n5-q0"):
        assert f"#quotation-{quotation}" in hrefs
        assert f"#witness-{quotation}" in hrefs


def test_beyond_the_articles_shown_whole_a_quotation_stands_in_its_surroundings() -> None:
    """Of many articles the page has excerpts, and every quotation of a card is found in one."""
    filler = "Nobody said a word in the long hall that day. " * 60
    parts = []
    for n in range(WHOLE + 20):
        article, found = article_of(f"a{n}", ("We meet again here tomorrow", Kind.DIRECT, ADA))
        parts.append((replace(article, text=article.text + filler), found))
    clusters = [[f"a{n}-q0", f"a{n + 1}-q0"] for n in range(0, WHOLE + 20, 2)]
    alignment = alignment_of(parts, clusters)
    page = Page(render(alignment, version="1"))
    last = f"a{WHOLE + 19}-q0"
    assert f"quotation-{last}" in page.all("id")
    assert f"#quotation-{last}" in page.all("href")
    excerpt = shown_articles(alignment, {a.id for a in alignment.articles}, {last})[-1]
    text = "".join(place.text for part in excerpt.parts for place in part)
    assert not excerpt.whole
    assert excerpt.cut
    assert text in alignment.articles[-1].text
    assert "We meet again here tomorrow" in text
    assert len(text) < 500


def test_a_card_leads_to_the_words_as_published() -> None:
    """Where the article's address is known, the link carries the first and the last words."""
    links = [href for href in Page(render(_quay(), version="1")).all("href") if ":~:text=" in href]
    assert unquote(links[0]) == "https://quay.example/1#:~:text=We will mend the quay,will pay for the stones"


# --- dates ---------------------------------------------------------------------------------------------------------


def test_witnesses_stand_by_the_time_of_day_and_undated_ones_last() -> None:
    """Hours in one time zone decide within a day; who has no date is told to have none."""
    published = ("2022-11-02T11:00:00+02:00", "2022-11-02T09:30:00Z", None)
    alignment = _quay(dates=published)
    assert [w.quotation.article for w in cards(alignment)[0].witnesses] == ["de1", "en1", "en2"]
    late = cards(_quay(dates=("2022-11-02T12:00:00+02:00", *published[1:])))[0]
    assert [w.quotation.article for w in late.witnesses] == ["en1", "de1", "en2"]
    text = squeezed(Page(render(alignment, version="1")).text)
    assert "Witnesses by date, those without a date last" in text
    assert "The Lamp no date" in text


def test_what_is_no_date_stands_behind_the_dates() -> None:
    """A word in the place of a date is shown as it is and orders nothing."""
    card = cards(_quay(dates=("soon", "2022-11-02", "2022-11-01")))[0]
    assert [w.date for w in card.witnesses] == ["2022-11-01", "2022-11-02", "soon"]


# --- kinds of edit -------------------------------------------------------------------------------------------------


def test_every_kind_of_edit_has_a_family() -> None:
    """No kind is coloured as something that it is not, and no two families share a sign."""
    known = [kind for _, kinds in wording.FAMILIES for kind in kinds]
    assert len(known) == len(set(known))
    assert set(wording._EDITS) == set(known)
    assert len({named.sign for named, _ in wording.FAMILIES}) == len(wording.FAMILIES)


def test_the_collation_tells_the_kind_by_colour_sign_and_name() -> None:
    """A denial has the ground of its family, and beside it the sign and the word; a legend says what they mean."""
    source = render(_quay(base=1), version="1")
    cell = re.search(r'<td class="in-sense heavy">(.*?)</td>', source, re.S)
    assert cell
    assert squeezed(Page(cell[1]).text) == "not! negation"
    assert "! sense: a denial" in squeezed(Page(source).text)


def test_the_colours_of_the_collation_can_be_read() -> None:
    """Every ground of a family carries text and sign at 4.5 to 1 at least, in both schemes."""
    source = render(town(), version="1")
    blocks = re.findall(r":root \{(.*?)\}", source, re.S)
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[0]))
    dark = {**light, **dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[1]))}
    for colours in (light, dark):
        for ground in ("v1", "v2", "v3", "v4", "v5", "panel", "paper"):
            assert contrast(colours["ink"], colours[ground]) >= 4.5
        # What is drawn is no text: 3 to 1 (WCAG 2.2, 1.4.11).
        for line in ("ink", "soft", "accent"):
            assert contrast(colours[line], colours["paper"]) >= 3


# --- languages -----------------------------------------------------------------------------------------------------


def test_witnesses_of_another_language_are_read_beside_each_other() -> None:
    """A denial between two English papers is marked, though the base text is German."""
    card = cards(_quay())[0]
    english = next(w for w in card.witnesses if w.quotation.article == "en1")
    assert card.base.quotation.lang == "de"
    assert [(run.gone, run.text) for run in runs(card, english) if run.state != "same"] == [("not", "")]
    (grid,) = grids(card)
    assert grid.lang == "en"
    assert [w.quotation.article for w, _ in grid.rows] == ["en1", "en2"]
    assert [w.quotation.article for w in alone(card)] == ["de1"]
    text = squeezed(Page(render(_quay(), version="1")).text)
    assert "words are marked against The Lamp, ≠ altered" in text
    assert "In no table, being alone in their language: Der Kai (de)" in text


def test_a_table_gives_its_rows_back() -> None:
    """Words of a row, read in order, are the witness's."""
    for card in cards(town()):
        for grid in grids(card):
            for witness, cells in grid.rows:
                assert "".join("".join(cell.text for cell in cells).split()) == "".join(witness.quotation.text.split())


# --- length --------------------------------------------------------------------------------------------------------


def test_a_speech_is_folded() -> None:
    """The base text waits behind its beginning, and of what does not differ only the ends are shown."""
    long = " ".join(f"{LONG}, {n}" for n in range(9))
    other = long.replace(", 4 ", ", four ")
    parts = [article_of("a", (long, Kind.DIRECT, ADA)), article_of("b", (other, Kind.DIRECT, ADA))]
    source = render(alignment_of(parts, [["a-q0", "b-q0"]]), version="1")
    running = re.search(r'<p class="running".*?</p>', source, re.S)
    assert running
    assert len(Page(running[0]).text.split()) < 80
    assert re.search(r'<details class="long">\s*<summary>[\d,]+ words: ', source)
    assert source.count(LONG) == 3 * 9  # the base text and two articles, whole


def test_a_shortened_text_counts_what_it_leaves_out() -> None:
    """The number of words between the ends is told."""
    assert shortened(" ".join(map(str, range(100))), 2) == "0 1 [… 96 words …] 98 99"
    assert shortened("too short to be cut", 2) == "too short to be cut"


# --- pictures ------------------------------------------------------------------------------------------------------


def _arrow() -> Alignment:
    return _taken(
        _quay(),
        Descent("de1-q0", None, "nobody is earlier"),
        Descent("en1-q0", None, "two are as near", ("de1-q0",)),
        Descent("en2-q0", "en1-q0", "the only earlier one", strength=0.2),
    )


def test_the_picture_of_a_cluster_points_from_the_source_to_the_taker() -> None:
    """An arrow where there is an answer, a line without a head where there is none; the caption says the same."""
    drawn = stemma(cards(_arrow())[0])
    assert drawn
    assert [(drawn.rows[line.start][0], drawn.rows[line.end][0], line.arrow) for line in drawn.lines] == [
        ("Der Kai", "Quay News", False),
        ("Quay News", "The Lamp", True),
    ]
    assert drawn.caption == (
        "The Lamp may have its words from Quay News.",
        "Quay News: undetermined; nearest Der Kai.",
    )
    source = render(_arrow(), version="1")
    page = Page(source)
    assert page.unbalanced == []
    assert {"cluster-c0-stemma-name", "cluster-c0-stemma-desc", "transmission-picture-desc"} <= set(page.all("id"))
    assert "An arrow leads from the one that may be the source" in squeezed(page.text)
    assert "The Lamp may have 1 quotation from Quay News." in page.text


def test_over_articles_what_is_near_both_ways_is_one_line() -> None:
    """Two undated witnesses that name each other as nearest are joined once, and counted once."""
    made = _taken(_quay(), Descent("en1-q0", None, "no date", ("en2-q0",)), Descent("en2-q0", None, "", ("en1-q0",)))
    drawn = between_articles(made)
    assert drawn
    assert [(line.number, line.arrow) for line in drawn.lines] == [(1, False)]
    assert len(drawn.caption) == 1


def test_without_transmission_there_is_no_picture() -> None:
    """Results of an earlier version have none."""
    assert between_articles(town()) is None
    assert stemma(cards(town())[0]) is None
    assert 'id="transmission"' not in render(town(), version="1")


def test_names_from_right_to_left_do_not_turn_a_sentence() -> None:
    """In a caption they are isolated."""
    assert wording.isolated("The Lamp") == "The Lamp"
    assert wording.isolated("جريدة") == "\u2068جريدة\u2069"


@pytest.mark.parametrize("number", [5, FIGURES + 1, SHOWN + 10])
def test_the_heat_map_holds_few_and_many(number: int) -> None:
    """Few articles have their figures in the cells and a table like the picture, many a list of pairs."""
    parts = [
        article_of(f"a{n}", (TOLD if n % 2 else DENIED, Kind.DIRECT, ADA), published=f"2022-11-{30 - n % 30:02}")
        for n in range(number)
    ]
    alignment = alignment_of(parts, [[f"a{n}-q0", f"a{n + 1}-q0"] for n in range(number - 1)])
    heat = heatmap(alignment)
    assert heat
    assert len(heat.articles) == min(number, SHOWN)
    assert [a.published for a in heat.articles] == sorted(str(a.published) for a in heat.articles)
    assert heat.has_figures == (number <= FIGURES)
    page = Page(render(alignment, version="1"))
    assert ("Pairs of articles, the farthest apart first" in squeezed(page.text)) == (number > FIGURES)
    assert heat.shades[0] == (0, "0.00 to 0.05")
    assert heat.width < 800 or number <= FIGURES


def test_a_card_can_stand_alone() -> None:
    """A base is found for each row of each card, whatever its languages."""
    found: tuple[Card, ...] = (*cards(town()), *cards(_quay()), *cards(hostile()))
    assert all(card.at(w.against).quotation.lang[:2] == w.quotation.lang[:2] for card in found for w in card.witnesses)
