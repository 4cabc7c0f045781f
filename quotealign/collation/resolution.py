"""Resolving transpositions: what changed places is shown in one unit, with the link to where it stands."""

from __future__ import annotations

from dataclasses import replace

from quotealign.model import Apparatus, Reading, Token, Transposition


def resolve(apparatus: Apparatus) -> Apparatus:
    """The words of fewer witnesses shown where the others have them, wherever the table is free there.

    Their own units stay, with nothing of theirs; `Apparatus.text_of` still gives each witness back in its order. A
    link whose words cannot be moved stays a link.
    """
    wanted = list(apparatus.transpositions)
    while True:
        table = [list(row) for row in apparatus.table]
        moves = [(row, t, _taken(table[row], t)) for t in wanted for row in t.others]
        blocked = {id(t) for row, t, _ in moves for unit in range(*t.here) if table[row][unit]}
        if not blocked:
            break
        wanted = [t for t in wanted if id(t) not in blocked]
    for row, t, words in moves:
        at = 0
        for unit in range(*t.here):
            length = len(apparatus.table[t.rows[0]][unit] or ())
            table[row][unit] = words[at : at + length] or None
            at += length
    done = {id(t) for t in wanted}
    links = tuple(replace(t, resolved=id(t) in done) for t in apparatus.transpositions)
    return replace(apparatus, table=tuple(map(tuple, table)), transpositions=links)


def _taken(row: list[Reading], moved: Transposition) -> tuple[Token, ...]:
    """The words of a row at the place that it has them, taken out of the table."""
    words = tuple(token for unit in range(*moved.there) for token in row[unit] or ())
    for unit in range(*moved.there):
        row[unit] = None
    return words
