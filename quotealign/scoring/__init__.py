"""Apparatus → Divergences: typed edits, severity, metrics, classes; then what they say together, drift and
transmission."""

from quotealign.scoring.drift import drifts
from quotealign.scoring.encoders import encoder
from quotealign.scoring.layers import layers_of
from quotealign.scoring.metrics import DEFAULT, METRICS, Texts, measure, signature
from quotealign.scoring.score import classify, score, score_all, score_pairs
from quotealign.scoring.transmission import transmissions
from quotealign.text.nearest import Encoder

__all__ = [
    "DEFAULT",
    "METRICS",
    "Encoder",
    "Texts",
    "classify",
    "drifts",
    "encoder",
    "layers_of",
    "measure",
    "score",
    "score_all",
    "score_pairs",
    "signature",
    "transmissions",
]
