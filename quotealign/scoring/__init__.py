"""Apparatus → Divergences: typed edits, severity, metrics, classes; then what they say together, drift and
transmission."""

from quotealign.scoring.drift import drifts
from quotealign.scoring.encoders import encoder
from quotealign.scoring.layers import layers_of
from quotealign.scoring.metrics import DEFAULT, METRICS, Texts, measure, signature
from quotealign.scoring.score import classify, pairs_of, score, score_all, score_pairs
from quotealign.scoring.transmission import transmissions
from quotealign.scoring.words import Words, words_of
from quotealign.text.nearest import Encoder

__all__ = [
    "DEFAULT",
    "METRICS",
    "Encoder",
    "Texts",
    "Words",
    "classify",
    "drifts",
    "encoder",
    "layers_of",
    "measure",
    "pairs_of",
    "score",
    "score_all",
    "score_pairs",
    "signature",
    "transmissions",
    "words_of",
]
