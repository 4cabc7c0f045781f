"""Collation: many witnesses to one table of variation units, nothing lost, in any order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from quotealign.collation.lemma import lemma as lemma_by
from quotealign.collation.resolution import resolve
from quotealign.collation.segmentation import Unit, by_columns, by_rank
from quotealign.collation.transpositions import Moved, find
from quotealign.errors import NameUnknown, QuotealignError
from quotealign.languages import Language
from quotealign.languages import language as language_of
from quotealign.model import Apparatus, Token, Transposition, Witness
from quotealign.text.alignment import Column, Row, align

TRANSPOSITIONS = ("mark", "resolve", "ignore")
"""What may be done about words that changed places: a link, a link with the words shown in one unit, nothing."""


def collate(
    witnesses: Sequence[Witness],
    *,
    language: Language | None = None,
    identifier: str = "collation",
    segmentation: bool = True,
    near: bool = True,
    base: str | None = None,
    lemma: str = "none",
    transpositions: str = "mark",
    may_match: Callable[[Token, Token], bool] | None = None,
) -> Apparatus:
    """The apparatus of some witnesses, a row each in the order given.

    segmentation    words that always go together make one variation unit; else each token column is one
    near            words that are only alike (spelling, inflection, number, letters) stand together; else those of one
                    compared form only, and what agrees with nothing stands as far left as it can
    base            sigil of the witness whose readings are the base text
    lemma           without `base`, the policy that finds the base text (`lemma.POLICIES`)
    transpositions  one of `TRANSPOSITIONS`
    may_match       asked for two different tokens, whether they may stand in one unit: CollateX's properties filter
    Raises `QuotealignError` where two witnesses bear one sigil, `base` is none of them, or a name is unknown.
    """
    _check(witnesses, identifier, base, transpositions)
    rules = language or language_of("und")
    rows = [tuple(token.n for token in w.tokens) for w in witnesses]
    columns = _columns(witnesses, rows, rules, near, may_match)
    moved = find(columns, rows, rules) if transpositions != "ignore" else []
    # Rank would put beside each other what the filter keeps apart.
    units = (by_columns if near or may_match else by_rank)(columns, rows, join=segmentation, edges=_edges(moved))
    table = tuple(
        tuple(tuple(w.tokens[place] for place in unit[number]) or None for unit in units)
        for number, w in enumerate(witnesses)
    )
    sigla = tuple(w.sigil for w in witnesses)
    links = tuple(sorted((_link(m, units) for m in moved), key=lambda t: (t.here, t.there)))
    apparatus = Apparatus(identifier, sigla, table, None, links)
    if transpositions == "resolve":
        apparatus = resolve(apparatus)
    # The reading of most witnesses is that of the table as shown.
    fixed = None if base is None else (sigla.index(base),) * len(units)
    return replace(apparatus, lemma=fixed or lemma_by(lemma, witnesses, apparatus.table))


def _check(witnesses: Sequence[Witness], where: str, base: str | None, transpositions: str) -> None:
    sigla = [w.sigil for w in witnesses]
    if len(set(sigla)) < len(sigla):
        twice = next(s for i, s in enumerate(sigla) if s in sigla[:i])
        raise QuotealignError(f"two witnesses have the sigil {twice!r}", where=where, do="give each witness its own")
    if base is not None and base not in sigla:
        raise QuotealignError(f"no witness has the sigil {base!r}", where=where, do="name one of the witnesses as base")
    if transpositions not in TRANSPOSITIONS:
        raise NameUnknown(
            f"no way {transpositions!r} with transpositions", do=f"use one of {', '.join(TRANSPOSITIONS)}"
        )


def _columns(
    witnesses: Sequence[Witness],
    rows: Sequence[Row],
    rules: Language,
    near: bool,
    may_match: Callable[[Token, Token], bool] | None,
) -> list[Column]:
    if may_match is None:
        return align(rows, rules, near=near)
    # Tokens of one compared form may differ in what the filter looks at: each has a name of its own.
    tokens = {_name(token): token for w in witnesses for token in w.tokens}
    names = [tuple(map(_name, w.tokens)) for w in witnesses]
    return align(
        names,
        rules,
        near=near,
        compared={name: token.n for name, token in tokens.items()},
        may_stand=lambda one, other: may_match(tokens[one], tokens[other]),
    )


def _name(token: Token) -> str:
    return repr((token.n, token.t.strip(), sorted(token.properties.items(), key=repr)))


def _edges(moved: Sequence[Moved]) -> set[tuple[int, int]]:
    """Row and place of each token before which, for the sake of a link, a new unit begins."""
    return {
        (row, place)
        for m in moved
        for group, stretches in ((m.rows, m.here), (m.others, m.there))
        for row, stretch in zip(group, stretches, strict=True)
        for place in (stretch.start, stretch.stop)
    }


def _link(moved: Moved, units: Sequence[Unit]) -> Transposition:
    def reach(rows: Sequence[int], stretches: Sequence[range]) -> tuple[int, int]:
        held = [
            number
            for number, unit in enumerate(units)
            for row, stretch in zip(rows, stretches, strict=True)
            if any(place in stretch for place in unit[row])
        ]
        return min(held), max(held) + 1

    return Transposition(reach(moved.rows, moved.here), reach(moved.others, moved.there), moved.rows, moved.others)
