"""Metrics by name: figures that others know, each with the signature that makes it repeatable.

`table` holds the names, `gauges` what a metric is and how it is made ready for the texts of a run, the other modules
how each figure comes about.
"""

from quotealign.scoring.metrics.gauges import Gauge, Metric, Texts
from quotealign.scoring.metrics.meaning import NEAR, blend
from quotealign.scoring.metrics.table import DEFAULT, METRICS, Gauges, gauges_for, measure, signature

__all__ = [
    "DEFAULT",
    "METRICS",
    "NEAR",
    "Gauge",
    "Gauges",
    "Metric",
    "Texts",
    "blend",
    "gauges_for",
    "measure",
    "signature",
]
