"""Collation: many witnesses to one table of variation units, nothing lost, in any order."""

from __future__ import annotations

from collections.abc import Sequence

from quotealign.collation.segmentation import by_columns, by_rank
from quotealign.errors import QuotealignError
from quotealign.languages import Language
from quotealign.languages import language as language_of
from quotealign.model import Apparatus, Witness
from quotealign.text.alignment import align


def collate(
    witnesses: Sequence[Witness],
    *,
    language: Language | None = None,
    identifier: str = "collation",
    segmentation: bool = True,
    near: bool = True,
    base: str | None = None,
) -> Apparatus:
    """The apparatus of some witnesses, a row each in the order given.

    segmentation  words that always go together make one variation unit; else each token column is one
    near          words that are only alike (spelling, inflection, number, letters) stand together; else those of one
                  compared form only, and what agrees with nothing stands as far left as it can
    base          sigil of the witness whose readings are the base text; None for an apparatus without one
    Raises `QuotealignError` where two witnesses bear one sigil or `base` is none of them.
    """
    sigla = tuple(w.sigil for w in witnesses)
    if len(set(sigla)) < len(sigla):
        twice = next(s for i, s in enumerate(sigla) if s in sigla[:i])
        raise QuotealignError(
            f"two witnesses have the sigil {twice!r}", where=identifier, do="give each witness its own"
        )
    if base is not None and base not in sigla:
        raise QuotealignError(
            f"no witness has the sigil {base!r}", where=identifier, do="name one of the witnesses as base"
        )
    rows = [tuple(token.n for token in w.tokens) for w in witnesses]
    columns = align(rows, language or language_of("und"), near=near)
    units = (by_columns if near else by_rank)(columns, rows, join=segmentation)
    table = tuple(
        tuple(tuple(w.tokens[place] for place in unit[number]) or None for unit in units)
        for number, w in enumerate(witnesses)
    )
    lemma = None if base is None else (sigla.index(base),) * len(units)
    return Apparatus(identifier, sigla, table, lemma)
