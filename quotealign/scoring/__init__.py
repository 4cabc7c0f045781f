"""Apparatus → Divergences: typed edits, severity, metrics, classes; then what they say together, drift and
transmission."""

from quotealign.scoring.drift import drifts
from quotealign.scoring.metrics import METRICS, measure, signature
from quotealign.scoring.score import classify, score, score_all
from quotealign.scoring.transmission import transmissions

__all__ = ["METRICS", "classify", "drifts", "measure", "score", "score_all", "signature", "transmissions"]
