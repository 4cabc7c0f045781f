"""Findings as one page: what the draft has beside what the source has, each verdict with its reason and its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from quotealign.model import Article, Finding, SourcePassage, Verdict
from quotealign.report import originals, wording
from quotealign.report.articles import LETTERS, TOGETHER, name_of
from quotealign.report.environment import environment
from quotealign.report.findings import STYLES, summary
from quotealign.report.places import Place, places
from quotealign.report.wording import one_line, printable

if TYPE_CHECKING:
    from jinja2 import Template

SIGNS = dict(zip(Verdict, "=·…⇄~≠⧺@?", strict=True))
"""A sign for each verdict, which needs no colour."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some words of one side, and the kinds of edit that they take part in; none where both sides have them."""

    text: str
    kinds: str = ""
    heavy: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A finding as shown: the words of both sides with what differs marked, and the passages."""

    anchor: str
    file: str
    place: str
    sign: str
    finding: Finding
    accepted: bool
    grave: bool
    draft: tuple[_Stretch, ...]
    source: tuple[_Stretch, ...]
    passages: tuple[SourcePassage, ...]
    quoted: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage in its sentence: the sentence in pieces, those of the passage told by True; whose article it is, as far
    as that is known, its file, and a link to the words as published, empty where there is none."""

    passage: SourcePassage
    sentence: tuple[tuple[str, bool], ...]
    name: str
    date: str
    url: str
    file: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as shown: its text in pieces, from its beginning; `cut` where that is not all of it."""

    anchor: str
    file: str
    lang: str
    places: tuple[Place, ...]
    cut: bool


def verdicts(
    rows: Sequence[tuple[str, Finding, bool]],
    *,
    version: str,
    drafts: Iterable[tuple[str, Article]] = (),
    sources: Mapping[str, Article] | None = None,
) -> str:
    """One self-contained page with findings (file, finding, whether accepted): no script, no network.

    The texts of `drafts` (file, article) follow with the quotations marked, each leading to its finding and back; of
    long ones the beginning. `sources` are articles by their ids, whose headers tell what passages are from.
    """
    shown = [row_of(number, *row, sources=sources) for number, row in enumerate(rows, 1)]
    total = summary([finding for _, finding, _ in rows], sum(accepted for _, _, accepted in rows))
    texts = tuple(_drafts(drafts, rows))
    to_read = [row for row in shown if row.finding.verdict.rank >= Verdict.TRIMMED.rank and not row.accepted]
    to_read.sort(key=lambda row: not row.grave)
    others = [row for row in shown if row.finding.verdict.rank < Verdict.TRIMMED.rank and not row.accepted]
    aside = Counter(row.finding.verdict.value for row in others)
    aside["accepted"] = sum(row.accepted for row in shown)
    given = {
        "rows": shown,
        "total": total,
        "drafts": texts,
        "row_of": {(file, row.finding.quotation.id): row for (file, _, _), row in zip(rows, shown, strict=True)},
        "placed": {(draft.file, q.id) for draft in texts for place in draft.places for q in place.opens},
        "letters": LETTERS,
        "grave": to_read,
        "aside": ", ".join(f"{number:,} {name}" for name, number in aside.items() if number),
        "signs": SIGNS,
        "styles": STYLES,
    }
    return printable(_template().render(given, version=version))


def _drafts(drafts: Iterable[tuple[str, Article]], rows: Sequence[tuple[str, Finding, bool]]) -> Iterator[Draft]:
    room = TOGETHER
    for number, (file, article) in enumerate(drafts, 1):
        letters = min(LETTERS, room)
        if not letters:
            return
        quotations = [finding.quotation for name, finding, _ in rows if name == file]
        text = article.text[:letters]
        room -= len(text)
        yield Draft(f"draft-{number}", file, article.lang, places(text, quotations), len(article.text) > letters)


def row_of(
    number: int,
    file: str,
    finding: Finding,
    accepted: bool = False,
    *,
    sources: Mapping[str, Article] | None = None,
) -> Row:
    """A finding as the page shows it; `number` makes its anchor, `sources` tell whose the passages are."""
    passages = finding.passages
    return Row(
        anchor=f"finding-{number}",
        file=file,
        place=f"{one_line(file)}:{finding.line}:{finding.column}",
        sign=SIGNS[finding.verdict],
        finding=finding,
        accepted=accepted,
        grave=finding.verdict not in STYLES,
        draft=tuple(_marked(finding.quotation.text, finding, "b")),
        source=tuple(_marked(" ".join(p.text for p in passages), finding, "a")),
        passages=passages,
        quoted=tuple(_quoted(passage, (sources or {}).get(passage.article)) for passage in passages),
    )


def _quoted(passage: SourcePassage, article: Article | None) -> Quoted:
    start = passage.sentence_span[0]
    spans = [(low - start, high - start) for low, high in passage.spans if start <= low]
    pieces: list[tuple[str, bool]] = []
    place = 0
    for low, high in sorted(spans):
        pieces += [(passage.sentence[place : max(place, low)], False), (passage.sentence[max(place, low) : high], True)]
        place = max(place, high)
    pieces.append((passage.sentence[place:], False))
    first = next((text for text, marked in pieces if marked and text), passage.text)
    return Quoted(
        passage,
        tuple(piece for piece in pieces if piece[0]),
        name_of(article) if article else passage.article,
        wording.day(article.published) if article else "",
        originals.pointed(article.url, first) if article else "",
        (article.file if article else None) or "",
    )


def _marked(text: str, finding: Finding, side: str) -> Iterator[_Stretch]:
    spans = sorted(
        ((span, edit) for edit in finding.edits for span in (edit.a if side == "a" else edit.b)),
        key=lambda pair: pair[0],
    )
    place = 0
    for (start, end), edit in spans:
        if start < place:
            continue
        yield _Stretch(text[place:start])
        yield _Stretch(text[start:end], edit.kind, edit.severity >= 0.5)
        place = end
    yield _Stretch(text[place:])


@lru_cache(maxsize=1)
def _template() -> Template:
    return environment().get_template("findings.html")
