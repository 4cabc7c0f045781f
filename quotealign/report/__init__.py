"""Alignment → what a person reads: a self-contained page, a short table for the terminal, two texts side by side.

`wording` holds the English, `cards` what both faces show of a cluster, `running` the differences of a witness,
`grid` the collation table, `articles` and `places` an article cut into highlighted pieces, `originals` links to words
as published, `heatmap`, `between` and `descents` the pictures, `columns` the measure of a terminal, `pair` two texts
one above the other, `findings` and `verdicts` what a check has found.
Nothing here decides anything about quotations: it shows what the stages found.
"""

from quotealign.report.findings import listed, summary
from quotealign.report.page import draw, render
from quotealign.report.pair import compared
from quotealign.report.terminal import table
from quotealign.report.verdicts import verdicts

__all__ = ["compared", "draw", "listed", "render", "summary", "table", "verdicts"]
