"""Witnesses: a text cut into tokens for collation, each with the space that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotealign.model import Token, Witness
from quotealign.text.subwords import Subwords, train
from quotealign.text.tokens import is_unspaced, tokenize


def witness(sigil: str, text: str, *, subwords: Subwords | None = None) -> Witness:
    """A witness of a text; its tokens give the text back, leading space included (it goes with the first token).

    Marks are tokens of their own; scripts without spaces are cut into subwords, by character without a model.
    """
    if is_unspaced(text):
        places = (subwords or Subwords(None)).surface(text)
        pieces = [(s, e, text[s:e]) for s, e in places]
    else:
        pieces = [(p.start, p.end, p.n) for p in tokenize(text)]
    tokens = []
    for i, (start, _, n) in enumerate(pieces):
        begin = start if i else 0
        end = pieces[i + 1][0] if i + 1 < len(pieces) else len(text)
        tokens.append(Token(text[begin:end], n))
    return Witness(sigil, tuple(tokens))


def by_subwords(witnesses: Sequence[Witness]) -> tuple[Witness, ...]:
    """The witnesses, those in a script without spaces cut into subwords of a model trained on all of them.

    Words that the witnesses repeat become tokens of their own; with less than a page of text characters stay. Tokens
    that somebody else made are left as they are.
    """
    subwords = train(w.text for w in witnesses)
    return tuple(
        replace(w, tokens=witness(w.sigil, w.text, subwords=subwords).tokens)
        if w.tokens == witness(w.sigil, w.text).tokens
        else w
        for w in witnesses
    )
