"""Apparatus → Divergences: typed edits, severity, named metrics, classes."""

from quotealign.scoring.encoders import Encoder, encoder
from quotealign.scoring.metrics import DEFAULT, METRICS, Texts, measure, signature
from quotealign.scoring.score import classify, score, score_all, score_pairs

__all__ = [
    "DEFAULT",
    "METRICS",
    "Encoder",
    "Texts",
    "classify",
    "encoder",
    "measure",
    "score",
    "score_all",
    "score_pairs",
    "signature",
]
