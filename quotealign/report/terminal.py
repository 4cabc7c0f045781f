"""The short table that `quotealign align` prints: what an editor should look at first, in as few lines as tell it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from quotealign.model import Alignment, Edit
from quotealign.model.drift import TRANSLATION
from quotealign.report import wording
from quotealign.report.between import names_of
from quotealign.report.cards import Card, Standing, cards, representative
from quotealign.report.columns import Piece, columns, cut, padded, styled, wrapped
from quotealign.report.running import CHANGED, base_runs, is_comparable
from quotealign.report.wording import one_line

SHOWN = 25  # clusters; the page has the others
WITNESSES = 20  # differing texts in a cluster
LINES = 3  # of base text
EQUALS = 8  # witnesses of one text that are named
SHORT = 30  # columns, up to which a difference is kept on one line
DECIDED = 5  # pairs of articles of which a verdict is told
TRACES = 2  # pieces of evidence for it
GRAVE = 0.5  # severity, from which a difference is printed bold
NARROW = 72  # columns, below which differences go below their witness instead of beside it

_STYLES = {"verbatim": "good", "altered": "grave", "reworded": "notable", "translated": "open", "undetermined": "open"}
_EMPTY = "∅"
_KEEP_ORDER = "\N{LEFT-TO-RIGHT MARK}"
_TIED = "\N{NO-BREAK SPACE}"


def table(alignment: Alignment, *, width: int, colour: bool) -> str:
    """The clusters of an alignment as text, without a newline at its end.

    The gravest clusters come first: by worst class, then severity, then divergence; their numbers are those of
    `report.html`. Of each: the base text, with the words in brackets on which witnesses differ and without the middle
    of long stretches that all share; then the witnesses by date, each compared with the base, as `base→witness`
    (∅ for nothing). Differences of mere print are counted where there are others. No line is wider than `width`
    columns (40 to 200), and nothing is told by colour (ANSI codes, `colour=True`) alone.
    """
    width = max(40, min(width, 200))
    shown = cards(alignment)
    blocks = ["\n".join(_cluster(card, width, colour)) for card in shown[:SHOWN]]
    if len(shown) > SHOWN:
        more = wording.count(len(shown) - SHOWN, "more cluster")
        blocks.append(_sentence(f"… and {more} with smaller differences; report.html shows them.", width))
    if not shown:
        blocks.append(_sentence("No utterance is quoted more than once here, so there is nothing to compare.", width))
    if alignment.drifts:
        blocks.append("\n".join(_drift(alignment, width, colour)))
    blocks.append("\n".join(wrapped([Piece(_summary(alignment), "strong")], width, colour=colour)))
    return "\n\n".join(blocks).replace(_TIED, " ")


def _sentence(text: str, width: int) -> str:
    return "\n".join(wrapped([Piece(text)], width))


def _summary(alignment: Alignment) -> str:
    speech = sum(quotation.kind.is_speech for quotation in alignment.quotations)
    return (
        f"{wording.count(len(alignment.articles), 'article')}, "
        f"{wording.count(len(alignment.quotations), 'quotation')} ({speech:,} speech), "
        f"{wording.count(len(alignment.clusters), 'cluster')}"
    )


def _drift(alignment: Alignment, width: int, colour: bool) -> Iterator[str]:
    """The pairs of articles with a verdict, the strongest first, each with what speaks for it; the rest counted."""
    names = {name: one_line(label) for name, label in names_of(alignment).items()}
    decided = sorted((d for d in alignment.drifts if d.is_decided), key=lambda d: -d.strength)
    for d in decided[:DECIDED]:
        line = [Piece(f"{names.get(d.a, d.a)} and {names.get(d.b, d.b)}:")]
        line.append(Piece(d.verdict, "open" if d.verdict == TRANSLATION else "slight"))
        line.append(Piece(f"({wording.figure(d.strength)}),"))
        if d.translated:
            line.append(Piece(f"{names.get(d.translated, d.translated)} reads as translated:"))
        found = [t for t in d.traces if t.towards == d.verdict]
        kinds = {t.kind: t for t in reversed(found)}  # the strongest of each kind
        told = [t for t in found if kinds[t.kind] is t][:TRACES]
        shown = ", ".join(f"{one_line(t.kind)} “{cut(one_line(t.text), SHORT)}”" for t in told)
        line.append(Piece(shown))
        if len(found) > len(told):
            line.append(Piece(f"(+{len(found) - len(told)} more)", "faint"))
        yield from wrapped(line, width, indent=4, colour=colour)
    if len(decided) > DECIDED:
        more = len(decided) - DECIDED
        yield _sentence(f"… and {wording.count(more, 'more pair')} of articles with a verdict; see report.html.", width)
    if rest := len(alignment.drifts) - len(decided):
        pairs = wording.count(rest, "pair of articles", "pairs of articles")
        yield _sentence(f"Translation or editing: undetermined for {pairs} with shared quotations.", width)


def _cluster(card: Card, width: int, colour: bool) -> Iterator[str]:
    number = f"{card.number:>2}  "
    severity = f", severity {wording.figure(card.worst.severity)}" if card.worst else ""
    head = [
        Piece(one_line(card.speaker), "strong"),
        Piece("·", "faint"),
        Piece(wording.count(len(card.witnesses), "witness", "witnesses")),
        Piece("·", "faint"),
        Piece(one_line(card.label), _style(card.label)),
        Piece(severity.strip(), tight=True),
    ]
    indent = len(number)
    yield from _beside(number, wrapped(head, width, first=indent, indent=indent, colour=colour))
    if card.conflict:
        yield from _beside(" " * indent, wrapped([Piece(one_line(card.conflict))], width, first=indent, indent=indent))
    base = list(_base_text(card))
    yield from _beside(" " * indent, wrapped(base, width, first=indent, indent=indent, most=LINES, colour=colour))
    shown = card.groups[:WITNESSES]
    room = max(8, min(28, width // 4))
    names = min(room, max(columns(one_line(representative(group).label)) for group in shown))
    classes = max(len(_class(representative(group))) for group in shown)
    for group in shown:
        yield from _witness(card, group, (names, classes), indent, width, colour)
    if len(card.groups) > WITNESSES:
        yield " " * indent + f"… and {wording.count(len(card.groups) - WITNESSES, 'more wording')}"
    if card.apart and card.worst:
        pair = [Piece(f"{one_line(card.apart[0].label)} against {one_line(card.apart[1].label)}:")]
        pair.append(Piece(wording.figure(card.worst.divergence)))
        pair.append(Piece(one_line(card.worst.label), _style(card.worst.label)))
        pair += _differences(card.worst.edits)
        yield from _beside(" " * indent, wrapped(pair, width, first=indent, indent=indent + 2, colour=colour))


def _beside(start: str, lines: list[str]) -> Iterator[str]:
    yield start + lines[0]
    yield from lines[1:]


def _base_text(card: Card) -> Iterator[Piece]:
    """The base text: varying words in brackets, long stretches without any shortened in their middle."""
    found = base_runs(card)
    # A text that all share is cut at its end only: its middle is as telling as its edges.
    shorten = len(found) > 1
    tight = True
    for place, run in enumerate(found):
        words = one_line(run.text).split(" ")
        if run.state == CHANGED:
            yield Piece("[" + " ".join(words) + "]", "underlined", tight)
        else:
            before, after = 4, 4 if place < len(found) - 1 else 6
            if shorten and len(words) > before + after + 3:
                words = [*words[:before], "…", *words[-after:]]
            yield Piece(" ".join(words), "", tight)
        tight = not run.space


def _witness(
    card: Card, group: tuple[Standing, ...], measure: tuple[int, int], indent: int, width: int, colour: bool
) -> Iterator[str]:
    witness = representative(group)
    others = [other for other in group if other is not witness]
    names, classes = measure
    start = " " * indent + padded(_label(witness, names), names) + "  "
    details = list(_details(card, witness))
    if others:
        labels = [one_line(other.label) for other in others[:EQUALS]]
        more = [f"and {len(others) - EQUALS} more"] if len(others) > EQUALS else []
        details.append(Piece("= " + ", ".join(labels + more), "faint"))
    if witness.is_base:
        hanging = columns(start) + 4
        start += styled("base", "strong", colour)
    else:
        divergence = witness.divergence
        start += wording.figure(divergence.divergence if divergence else None).rjust(4) + "  "
        hanging = columns(start) + classes
        start += styled(padded(_class(witness), classes), _style(_class(witness)), colour)
    if not details:
        yield start.rstrip()
    elif width < NARROW and not witness.is_base:
        yield start.rstrip()
        under = indent + 2
        yield from _beside(" " * under, wrapped(details, width, first=under, indent=under + 2, colour=colour))
    else:
        indent = hanging + 2
        yield from _beside(start + "  ", wrapped(details, width, first=indent, indent=indent, colour=colour))


def _label(witness: Standing, room: int) -> str:
    """The witness's name; of a long outlet's the article behind it is kept, which tells it from its neighbours."""
    label = one_line(witness.label)
    outlet, bracket, article = label.rpartition(" (")
    rest = room - columns(bracket + article)
    return label if columns(label) <= room or rest < 4 or not bracket else cut(outlet, rest) + bracket + article


def _class(witness: Standing) -> str:
    label = witness.divergence.label if witness.divergence else "not compared"
    return "base" if witness.is_base else cut(one_line(label), 14)


def _details(card: Card, witness: Standing) -> Iterator[Piece]:
    if witness.is_base or witness.divergence is None:
        return
    if not is_comparable(card, witness):
        yield Piece(f"({card.base.quotation.lang}→{witness.quotation.lang}, words not compared)", "faint")
        return
    yield from _differences(witness.divergence.edits)


def _differences(edits: tuple[Edit, ...]) -> Iterator[Piece]:
    """Edits in the order of the text; those of mere print are counted, unless there are no others."""
    ordered = sorted(edits, key=lambda edit: (edit.a or edit.b or ((0, 0),))[0])
    wordings = [edit for edit in ordered if edit.kind not in wording.SURFACE]
    for number, edit in enumerate(wordings or ordered):
        if number:
            yield Piece(",", "faint", tight=True)
        text = f"{_words(edit.a_text)}{_arrow(edit)}{_words(edit.b_text)}"
        # A short difference stays on one line: no line breaks at these spaces, and `table` puts plain ones back.
        text = text.replace(" ", _TIED) if columns(text) <= SHORT else text
        yield Piece(text, "strong" if edit.severity >= GRAVE else "")
    if wordings and len(ordered) > len(wordings):
        yield Piece(f"(+{len(ordered) - len(wordings)} cosmetic)".replace(" ", _TIED), "faint")


def _arrow(edit: Edit) -> str:
    """An arrow that stays between its words, in their order, where a terminal turns Arabic or Hebrew around."""
    turns = any(unicodedata.bidirectional(character) in ("R", "AL") for character in edit.a_text + edit.b_text)
    return f"{_KEEP_ORDER}→{_KEEP_ORDER}" if turns else "→"


def _words(text: str) -> str:
    words = one_line(text).split(" ")
    if len(words) > 7:
        words = [*words[:2], "…", *words[-2:], f"({len(words)} words)"]
    return " ".join(words) if words != [""] else _EMPTY


def _style(label: str) -> str:
    return _STYLES.get(label, "slight")
