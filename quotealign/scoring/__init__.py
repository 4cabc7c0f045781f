"""Apparatus → Divergences: typed edits, severity, named metrics, classes."""

from quotealign.scoring.metrics import METRICS, measure, signature
from quotealign.scoring.score import classify, score, score_all

__all__ = ["METRICS", "classify", "measure", "score", "score_all", "signature"]
