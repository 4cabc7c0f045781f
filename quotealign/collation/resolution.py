"""Resolving transpositions: what changed places is shown in one unit, with the link to where it stands."""

from __future__ import annotations

from dataclasses import replace

from quotealign.model import Apparatus, Reading, Token, Transposition


def resolve(apparatus: Apparatus) -> Apparatus:
    """The words of fewer witnesses shown where the others have them, wherever the table is free there.

    Their own units stay, with nothing of theirs; `Apparatus.text_of` still gives each witness back in its order. A
    link whose words cannot be moved stays a link: where a witness has other words, or an earlier link has taken the
    place.
    """
    done = _movable(apparatus)
    table = [list(row) for row in apparatus.table]
    moves = [(row, t, _taken(table[row], t)) for t in done for row in t.others]
    for row, t, words in moves:
        at = 0
        for unit in range(*t.here):
            length = len(apparatus.table[t.rows[0]][unit] or ())
            table[row][unit] = words[at : at + length] or None
            at += length
    shown = set(map(id, done))
    links = tuple(replace(t, resolved=id(t) in shown) for t in apparatus.transpositions)
    return replace(apparatus, table=tuple(map(tuple, table)), transpositions=links)


def _movable(apparatus: Apparatus) -> list[Transposition]:
    """The links that can be resolved together: each place free, or left by the words of another that can."""
    wanted = list(apparatus.transpositions)
    while True:
        left = {(row, unit) for t in wanted for row in t.others for unit in range(*t.there)}
        taken: set[tuple[int, int]] = set()
        kept = []
        for t in wanted:
            places = {(row, unit) for row in t.others for unit in range(*t.here)}
            free = all(place in left or not apparatus.table[place[0]][place[1]] for place in places)
            if free and not places & taken:
                taken |= places
                kept.append(t)
        if len(kept) == len(wanted):
            return kept
        # What was left only for the sake of a link that stays is not free any more.
        wanted = kept


def _taken(row: list[Reading], moved: Transposition) -> tuple[Token, ...]:
    """The words of a row at the place that it has them, taken out of the table."""
    words = tuple(token for unit in range(*moved.there) for token in row[unit] or ())
    for unit in range(*moved.there):
        row[unit] = None
    return words
