"""Running text: a witness as one reads it, with what differs from the base text marked, word by word.

The apparatus tells where words stand opposite each other, the edits tell of what kind a difference is. The two
are brought together by their places in the quotations' texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from quotealign.model import Apparatus, Edit, Span
from quotealign.model.apparatus import Reading
from quotealign.report import wording
from quotealign.report.cards import Card, Standing

LONG = 60  # words alike on both sides, from which on only the ends of the stretch are shown
ENDS = 12  # words of each end
LONG_GAP = 8  # words left out, from which on a number says it better than the words struck out

SAME, SURFACE, CHANGED, ADDED, LEFT_OUT = "same", "surface", "changed", "added", "left-out"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of running text: `text` here, `gone` in the base text, how they differ, by which edits."""

    state: str
    text: str
    gone: str = ""
    space: str = ""
    edits: tuple[Edit, ...] = ()

    @property
    def kinds(self) -> str:
        """The kinds of the edits, in order, each once."""
        return ", ".join(dict.fromkeys(edit.kind for edit in self.edits))

    @property
    def severity(self) -> float:
        """The worst edit's severity."""
        return max((edit.severity for edit in self.edits), default=0.0)

    @property
    def words_gone(self) -> int:
        """How many words were left out."""
        return len(self.gone.split())

    @property
    def is_gap(self) -> bool:
        """Whether so much was left out that the words are only counted."""
        return self.state == LEFT_OUT and self.words_gone >= LONG_GAP


def printed(reading: Reading) -> str:
    """A reading as printed, with the space behind it."""
    return "".join(token.t for token in reading or ())


def offsets(apparatus: Apparatus, row: int, text: str) -> list[Span] | None:
    """Where each unit of a row stands in the quotation's text; None where the row does not give that text back."""
    spans: list[Span] = []
    place = 0
    for reading in apparatus.table[row]:
        start = None
        for token in reading or ():
            word = token.t.strip()
            found = text.find(word, place) if word else place
            if found < 0:
                return None
            start = found if start is None else start
            place = found + len(word)
        spans.append((place, place) if start is None else (start, place))
    return spans


def state_of(base: Reading, reading: Reading) -> str:
    """How a reading stands to the base text's."""
    if printed(base).strip() == printed(reading).strip():
        return SAME
    if not printed(base).strip():
        return ADDED
    if not printed(reading).strip():
        return LEFT_OUT
    same = [token.n for token in base or ()] == [token.n for token in reading or ()]
    return SURFACE if same else CHANGED


def edits_at(card: Card, witness: Standing) -> list[tuple[Edit, ...]]:
    """For each unit, the edits that touch it and that lead to this witness from the one it is read beside."""
    apparatus, divergence = card.apparatus, witness.reading
    if apparatus is None:
        return []
    none: list[tuple[Edit, ...]] = [() for _ in range(apparatus.width)]
    if divergence is None or not divergence.edits:
        return none
    a = offsets(apparatus, witness.against, card.at(witness.against).quotation.text)
    b = offsets(apparatus, witness.row, witness.quotation.text)
    if a is None or b is None:
        return none
    return [
        tuple(edit for edit in divergence.edits if _touches(edit.a, there) or _touches(edit.b, here))
        for there, here in zip(a, b, strict=True)
    ]


def is_composed(card: Card) -> bool:
    """Whether the base text follows now this witness, now that one."""
    lemma = card.apparatus.lemma if card.apparatus else None
    return len({row for row in lemma or () if row is not None}) > 1


def is_comparable(card: Card, witness: Standing) -> bool:
    """Whether marking single words of the base helps: not across languages, where every word differs."""
    label = witness.divergence.label if witness.divergence else ""
    return witness.quotation.lang == card.base.quotation.lang and label != "translated"


def runs(card: Card, witness: Standing) -> tuple[Run, ...]:
    """The witness's running text, whole, with its differences from the witness it is read beside."""
    apparatus = card.apparatus
    if apparatus is None or not witness.is_read:
        return (Run(SAME, witness.quotation.text),)
    found: list[Run] = []
    for run in _units(card, witness, apparatus):
        if found and _belong_together(found[-1], run):
            last = found.pop()
            edits = tuple(dict.fromkeys([*last.edits, *run.edits]))
            text, gone = last.text + last.space + run.text, last.gone + run.gone
            run = replace(run, text=text if run.state == SAME else text.strip(), gone=gone, edits=edits)
            run = replace(run, state=_joined_state(run, last.state))
        found.append(run)
    return tuple(_spaced(found))


def folded(found: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with the middle of long stretches that do not differ left out and counted, as a difference is read."""
    if len(found) == 1:
        return found
    return tuple(
        replace(run, text=shortened(run.text)) if run.state == SAME and len(run.text.split()) >= LONG else run
        for run in found
    )


def shortened(text: str, ends: int = ENDS) -> str:
    """The first and the last words of a text, with the number of those between them."""
    words = text.split()
    left = len(words) - 2 * ends
    if left < ends:
        return text
    return f"{' '.join(words[:ends])} [… {wording.count(left, 'word')} …] {' '.join(words[-ends:])}"


def base_runs(card: Card) -> tuple[Run, ...]:
    """The base text, whole, with the places marked where witnesses differ from it."""
    apparatus = card.apparatus
    if apparatus is None:
        return (Run(SAME, card.cluster.lemma or card.base.quotation.text),)
    varying = varying_columns(card, apparatus)
    found: list[Run] = []
    for column in range(apparatus.width):
        row = apparatus.lemma[column] if apparatus.lemma else card.base.row
        reading = apparatus.table[row][column] if row is not None else None
        text = printed(reading)
        if not text:
            continue
        state = CHANGED if column in varying else SAME
        if found and found[-1].state == state:
            found[-1] = replace(found[-1], text=found[-1].text + found[-1].space + text.rstrip(), space=_tail(text))
        else:
            found.append(Run(state, text.rstrip(), space=_tail(text)))
    return tuple(_spaced(found))


def varying_columns(card: Card, apparatus: Apparatus) -> frozenset[int]:
    """The units in which comparable witnesses differ as compared; where a shorter one has ended is no difference."""
    found = set()
    for witness in card.witnesses:
        if not is_comparable(card, witness):
            continue
        row = apparatus.table[witness.row]
        held = [column for column, reading in enumerate(row) if reading]
        for column in range(held[0], held[-1] + 1) if held else ():
            base = apparatus.table[card.base.row][column]
            if [token.n for token in base or ()] != [token.n for token in row[column] or ()]:
                found.add(column)
    return frozenset(found)


def _units(card: Card, witness: Standing, apparatus: Apparatus) -> Iterator[Run]:
    edits = edits_at(card, witness)
    for column in range(apparatus.width):
        base, here = apparatus.table[witness.against][column], apparatus.table[witness.row][column]
        state, text, gone = state_of(base, here), printed(here), printed(base)
        if not text and not gone:
            continue
        space = _tail(text) if text.strip() else _tail(gone)
        marked = edits[column] if state != SAME else ()
        if state in (CHANGED, ADDED) and marked and all(edit.kind in wording.SURFACE for edit in marked):
            state = SURFACE
        yield Run(state, text.rstrip(), gone if state != SAME else "", space, marked)


def _belong_together(last: Run, run: Run) -> bool:
    if last.state == SAME or run.state == SAME:
        return last.state == run.state
    if last.state == run.state == LEFT_OUT:
        return True
    return bool(set(last.edits) & set(run.edits))


def _joined_state(run: Run, last: str) -> str:
    if run.state == last:
        return last
    return CHANGED if run.text and run.gone else ADDED if run.text else LEFT_OUT


def _spaced(found: list[Run]) -> Iterator[Run]:
    """Two words never run together where a row ends without a space, and a missing comma stays at its word."""
    for number, raw in enumerate(found):
        run = replace(raw, gone=raw.gone.strip())
        if run.space and number + 1 < len(found) and _is_missing_mark(found[number + 1]):
            found[number + 1] = replace(found[number + 1], space=run.space)
            run = replace(run, space="")
        after = found[number + 1] if number + 1 < len(found) else None
        opens = (after.gone or after.text).strip()[:1] if after else ""
        tail = (run.text or run.gone)[-1:]
        yield replace(run, space=" ") if after and not run.space and tail.isalnum() and opens.isalnum() else run


def _is_missing_mark(run: Run) -> bool:
    return run.state == LEFT_OUT and not any(character.isalnum() for character in run.gone)


def _touches(spans: tuple[Span, ...], place: Span) -> bool:
    return any(start < place[1] and place[0] < end for start, end in spans)


def _tail(text: str) -> str:
    return " " if text != text.rstrip() else ""
