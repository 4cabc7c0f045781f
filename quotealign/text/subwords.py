"""Subwords: a sentencepiece unigram model trained on the corpus at hand (Kudo 2018).

No general model is shipped or downloaded. Training is deterministic: one thread, sorted unique lines, a fixed
cap; the same texts give the same pieces. Where there is too little text to train on, characters stand in.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable

from quotealign.text.normalization import fold
from quotealign.text.tokens import is_unspaced

# Thai and Lao vowels that are written in front of the consonant they are spoken after (Unicode's
# Logical_Order_Exception), and those written behind it.
_IN_FRONT = "\u0e40\u0e41\u0e42\u0e43\u0e44\u0ec0\u0ec1\u0ec2\u0ec3\u0ec4"
_BEHIND = "\u0e30\u0e32\u0e33\u0e45\u0eb0\u0eb2\u0eb3"
_VISIBLE = re.compile(r"\S+")
_LINES = 50_000
_SMALLEST_CORPUS = 200  # characters: below this no model can be trained


class Subwords:
    """Cuts texts into pieces. `size` is the number of pieces in the model, 0 where characters stand in."""

    def __init__(self, model: bytes | None) -> None:
        self._processor = None
        if model is not None:
            import sentencepiece

            self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        self.model = model

    @property
    def size(self) -> int:
        return int(self._processor.get_piece_size()) if self._processor else 0

    def pieces(self, text: str) -> list[str]:
        """The pieces of a folded text; the mark of a word's beginning (U+2581) stays on them."""
        folded = fold(text)
        if self._processor is None:
            return [c for c in folded if not c.isspace()]
        return list(self._processor.encode(folded, out_type=str))

    def surface(self, text: str) -> list[tuple[int, int]]:
        """Spans of the pieces in the text as printed, white space left out: tokens for unspaced scripts.

        No piece parts a letter from its combining marks, nor in Thai and Lao from the vowels written beside it.
        """
        if self._processor is None:
            return _clusters(text, [(i, i + 1) for i, c in enumerate(text) if not c.isspace()])
        spans: list[tuple[int, int]] = []
        at = 0
        for piece in self._processor.encode(text, out_type=str):
            bare = piece.replace("\u2581", "")
            while at < len(text) and text[at].isspace():
                at += 1
            if bare and text.startswith(bare, at):
                # An unknown run may hold white space other than the space: it belongs to no piece.
                spans += [(at + m.start(), at + m.end()) for m in _VISIBLE.finditer(bare)]
                at += len(bare)
            elif bare:
                # sentencepiece normalised something away: the rest is cut by character, nothing is lost.
                break
        spans += [(i, i + 1) for i in range(at, len(text)) if not text[i].isspace()]
        return _clusters(text, spans)


def _clusters(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, joined where they would part a letter from its marks and vowels."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start and _belong(text[start - 1], text[start]):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _belong(before: str, after: str) -> bool:
    return unicodedata.category(after).startswith("M") or after in _BEHIND or before in _IN_FRONT


def train_unspaced(texts: Iterable[str]) -> Subwords | None:
    """A model of those texts whose script shows no words; None where there are none, since training takes seconds."""
    unspaced = [text for text in texts if is_unspaced(text)]
    return train(unspaced) if unspaced else None


def train(texts: Iterable[str], *, vocabulary: int = 4000) -> Subwords:
    """A model of the folded texts with at most `vocabulary` pieces."""
    import sentencepiece

    lines = sorted({folded for text in texts for line in text.splitlines() if (folded := fold(line))})
    lines = lines[:: max(1, -(-len(lines) // _LINES))]
    characters = {c for line in lines for c in line}
    amount = sum(map(len, lines))
    if amount < _SMALLEST_CORPUS:
        return Subwords(None)
    # A unigram model cannot hold more pieces than the text has substrings to offer: a sixth is always safe.
    size = max(len(characters) + 16, min(vocabulary, amount // 6))
    sink = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines),
            model_writer=sink,
            model_type="unigram",
            vocab_size=size,
            hard_vocab_limit=False,
            character_coverage=1.0,
            normalization_rule_name="identity",
            num_threads=1,
            max_sentence_length=16384,
            minloglevel=2,
        )
    except RuntimeError:
        return Subwords(None)
    return Subwords(sink.getvalue())
