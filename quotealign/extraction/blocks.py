"""Block quotations: paragraphs that stand for somebody's words without marks, since they are set in or led by `>`.

Markdown, e-mail and what we read of web pages and documents lead them so. Behind a sentence that announces them they
are speech; without one they are where they read as prose, and are neither a note nor what the article says elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quotealign.extraction.marks import Marked
from quotealign.languages import Language
from quotealign.text.normalization import DASHES
from quotealign.text.paragraphs import leader, without_leaders
from quotealign.text.tokens import is_unspaced, tokens_between, words

STYLE, UNTOLD = "¶", "¶¶"
"""In place of the mark that opens a string; the second where a block lies in a block, or goes on behind one, and so is
not of those whom the words before it name."""

_SET_IN = 2
_PROSE = 8
"""Words of a block that ends without a stop, and is a sentence all the same."""
_FEWEST = 3
_TOGETHER = 3
"""Words in a row by which a block is found to repeat the article."""
_SIGNED = 14
_IN_MARKS = 0.5
_ITEM = re.compile(r"[-*+•]\s|\d{1,3}[.)]\s")
_FENCE = re.compile(r"[ \t]*(?:`{3,}|~{3,})[ \t]*[\w.+#-]*[ \t]*")
_CALLOUT = re.compile(r"\[!\w")
_LABEL = re.compile(r"[\W_]*([^:*_\n]{1,40})[:*_]")
_LINK = re.compile(r"https?://|\]\(")
_SIGNATURE = re.compile(rf"(?:--|[{re.escape(DASHES)}])\s?(?=[^\W\d_])")
_SIGNED_BEHIND = re.compile(rf"(?<=[.!?…])[\"”’»]?\s+(?:--|[{re.escape(DASHES)}])\s?(?=[^\W\d_a-z])")
_CUT = re.compile(r"[.!?…]+|\[\s*(?:…|\.\.\.)\s*\]")
_FINAL = ".!?…。！？؟"

Spans = Sequence[tuple[int, int]]


def without_code(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The paragraphs of a text that are not in a fence of code, as Markdown has it."""
    if "```" not in text and "~~~" not in text:
        return list(spans)
    kept: list[tuple[int, int]] = []
    waiting: list[tuple[int, int]] = []
    fenced = False
    for start, end in spans:
        fences = sum(_FENCE.fullmatch(line) is not None for line in text[start:end].splitlines())
        (waiting if fenced or fences else kept).append((start, end))
        fenced ^= fences % 2 == 1
        if not fenced:
            waiting.clear()
    return kept + waiting  # what is never closed is no fence


def is_block(string: Marked) -> bool:
    """Whether a string stands without marks since it is a block of its own."""
    return string.style in (STYLE, UNTOLD)


def is_signature(text: str, start: int, end: int, language: Language) -> bool:
    """Whether a paragraph is a dash, a name, and at most what its owner is: — Anna Smith, mayor of Norhaven"""
    match = _SIGNATURE.match(text, start, end)
    if match is None or text[end - 1] in _FINAL + ":":
        return False
    pieces = tokens_between(text, match.end(), end)
    if not 0 < len(pieces) <= _SIGNED or any(p.n in language.speech or p.text in DASHES for p in pieces):
        return False
    return pieces[0].text[:1].isupper() or not pieces[0].text[:1].islower()


def without_signs(text: str, string: Marked) -> Iterator[Marked]:
    """A marked string in the pieces that the `>` of its lines leave."""
    pieces = without_leaders(text, string.start, string.end)
    if len(pieces) < 2:
        yield string
        return
    for k, (start, end) in enumerate(pieces):
        opening = string.opening if not k else start
        last = k == len(pieces) - 1
        yield string._replace(
            opening=opening,
            start=start,
            end=end,
            closing=string.closing if last else end,
            continues=string.continues if last else True,
        )


def blocks(text: str, spans: Spans, marked: Sequence[Marked], language: Language) -> Iterator[Marked]:
    """The block quotations of a text whose paragraphs are `spans`, each paragraph a string, `marked` those in marks."""
    margins = [leader(text, start, spans[k - 1][1] if k else 0) for k, (start, _) in enumerate(spans)]
    if ">" in "".join(margins):
        yield from _led(text, spans, margins, marked, language)
    yield from _set_in(text, spans, margins)


def _set_in(text: str, spans: Spans, margins: Sequence[str]) -> Iterator[Marked]:
    """Paragraphs two columns and more from the margin behind one that ends with a colon and is not."""
    announced = False
    for k, (start, end) in enumerate(spans):
        if not _is_set_in(margins[k]):
            announced = text[end - 1] in ":：" and ">" not in margins[k]
        elif announced:
            yield _block(start, end, k + 1 < len(spans) and _is_set_in(margins[k + 1]))


def _is_set_in(margin: str) -> bool:
    return ">" not in margin and len(margin.expandtabs(4)) >= _SET_IN


def _block(start: int, end: int, continues: bool, style: str = STYLE) -> Marked:
    return Marked(start, start, end, end, style, continues=continues)


def _led(
    text: str, spans: Spans, margins: Sequence[str], marked: Sequence[Marked], language: Language
) -> Iterator[Marked]:
    made: list[tuple[list[Marked], bool]] = []
    announced = False
    for first, last in _runs(text, spans, margins):
        if _is_note(text, spans[first], language):
            continue
        level = _level(margins, last - 1)
        above = _level(margins, first - 1)
        own = first > 0 and text[spans[first - 1][1] - 1] in ":："
        own = own and not text[spans[first - 1][1] : spans[first][0]].strip("> \t\r\n")
        if above < level:
            announced = own or (announced and above > 0)
        # Who says what is led once more is told by the reporter, though it stands in a block, too
        upto = last - (_level(margins, last) > level and text[spans[last - 1][1] - 1] in ":：")
        signed = upto - first > 1 and is_signature(text, *spans[upto - 1], language)
        run = [spans[k] for k in range(first, upto - signed)]
        if run and (stop := _signed_behind(text, run[-1], language)):
            run[-1], signed = (run[-1][0], stop), True
        if not run or _in_marks(run, marked) or text[run[0][0]] in language.dialogue or _is_list(text, run):
            continue
        below = last < len(spans) and not _level(margins, last) and is_signature(text, *spans[last], language)
        certain = announced or signed or below
        if certain or _is_prose(text, run):
            style = UNTOLD if level != (above or 1) and not (own and 0 < above < level) else STYLE
            pieces = [piece for span in run for piece in without_leaders(text, *span)]
            strings = [_block(*piece, k + 1 < len(pieces), style) for k, piece in enumerate(pieces)]
            made.append((strings, certain))
    if not made:
        return
    said = set() if all(certain for _, certain in made) else set(_grams(text, spans, margins))
    for strings, certain in made:
        if certain or not _repeats(" ".join(text[m.start : m.end] for m in strings), said):
            yield from strings


def _level(margins: Sequence[str], k: int) -> int:
    return margins[k].count(">") if 0 <= k < len(margins) else 0


def _runs(text: str, spans: Spans, margins: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and the one behind the last paragraph of each row that is led as often, nothing unled between."""
    first: int | None = None
    for k in range(len(spans) + 1):
        if first is not None and (k == len(spans) or not _goes_on(text, spans, margins, k)):
            yield first, k
            first = None
        if first is None and k < len(spans) and ">" in margins[k]:
            first = k


def _goes_on(text: str, spans: Spans, margins: Sequence[str], k: int) -> bool:
    between = text[spans[k - 1][1] : spans[k][0]]
    together = all(">" in line for line in between.splitlines()[1:])
    return together and _level(margins, k) == _level(margins, k - 1)


def _is_note(text: str, span: tuple[int, int], language: Language) -> bool:
    """Whether a block is one that Markdown frames, or begins with a label that says so: > **Note:** …"""
    if _CALLOUT.match(text, *span):
        return True
    label = _LABEL.match(text, *span)
    return label is not None and not language.notes.isdisjoint(words(label[1]))


def _signed_behind(text: str, span: tuple[int, int], language: Language) -> int | None:
    """Where the words of a paragraph end that goes on with who said them: We won. | — Anna Smith"""
    for match in _SIGNED_BEHIND.finditer(text, *span):
        dash = match.start() + len(match.group()) - len(match.group().lstrip('"”’» \t\r\n'))
        if is_signature(text, dash, span[1], language):
            return match.start() + (match.group()[:1] in '"”’»')
    return None


def _in_marks(run: Spans, marked: Sequence[Marked]) -> bool:
    """Whether most of a block stands in marks of its own, which then tell what is said."""
    start, end = run[0][0], run[-1][1]
    inside = sum(m.closing - m.opening for m in marked if m.depth == 0 and start <= m.opening and m.closing <= end)
    return inside >= _IN_MARKS * sum(e - s for s, e in run)


def _is_list(text: str, run: Spans) -> bool:
    """Whether lines in a row are items: none a sentence, each with a sign or a small letter before it."""
    lines = [text[s:e] for span in run for s, e in without_leaders(text, *span)]
    return len(lines) > 1 and all(line[-1] not in _FINAL and (line[0].islower() or _ITEM.match(line)) for line in lines)


def _is_prose(text: str, run: Spans) -> bool:
    """Whether a block that nothing announces reads as somebody's sentences: no list, no link, no line of code."""
    if any(_LINK.search(text, *span) for span in run):
        return False
    first = text[run[0][0]]
    opens = first.isupper() or not first.isalpha()
    spoken = [_said(text[s:e]) for s, e in run]
    if not opens or sum(map(len, spoken)) < _FEWEST:
        return False
    if text[run[-1][1] - 1] in _FINAL or text[run[-1][1] - 2 : run[-1][1] - 1] in tuple(_FINAL):
        return True
    return len(run) == 1 and len(spoken[0]) >= _PROSE


def _grams(text: str, spans: Spans, margins: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Words in a row of all paragraphs that nothing leads."""
    for (start, end), margin in zip(spans, margins, strict=True):
        if ">" not in margin:
            yield from _in_a_row(_said(text[start:end]))


def _repeats(block: str, said: set[tuple[str, ...]]) -> bool:
    """Whether the article has the words of a block, what an ellipsis or a stop parts each by itself: a pull quote."""
    grams = [gram for piece in _CUT.split(block) for gram in _in_a_row(_said(piece))]
    return bool(grams) and said.issuperset(grams)


def _said(text: str) -> list[str]:
    return list(filter(str.isalnum, text)) if is_unspaced(text) else words(text)


def _in_a_row(row: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(row[k:] for k in range(_TOGETHER)), strict=False)
